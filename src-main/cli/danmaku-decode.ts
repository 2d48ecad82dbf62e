import { type Platform, platform } from '@app/shared/live-event';
import { type CapturedFrame, capturedFrame, frameDecoders } from '../engine/danmaku/captured-frame.ts';
import { toLine } from '../engine/danmaku/danmaku-line.ts';
import { createDedupe } from '../engine/danmaku/dedupe.ts';
import type { Decoded } from '../engine/danmaku/intake.ts';
import type { Command } from './command.ts';
import { openLines, parseLine, UsageError } from './jsonl.ts';

const usage = 'danmaku decode --platform bilibili --in FILE|- --out FILE|- [--room N]';

/** `danmaku decode`: captured frames in, one line for each event or error out, repeats left out. */
export const command: Command = {
  usage,
  options: {
    platform: { type: 'string' },
    in: { type: 'string' },
    out: { type: 'string' },
    room: { type: 'string' },
  },
  async run(values) {
    const name = readPlatform(values.platform);
    if (typeof values.in !== 'string' || typeof values.out !== 'string') {
      throw new UsageError(`Both --in and --out are needed. Usage: ${usage}`);
    }
    const decode = frameDecoders[name];
    if (!decode) throw new UsageError(`Frames of ${name} cannot be decoded yet; bilibili can.`);
    const roomId = typeof values.room === 'string' ? values.room : '';
    const dedupe = createDedupe();
    const { lines, output } = await openLines({ in: values.in, out: values.out });
    for await (const line of lines) {
      const { at, decoded } = decodeLine(line, (frame) =>
        decode(frame, { source: 'page', roomId: roomId || roomOf(frame.url), receivedAt: frame.at }),
      );
      for (const danmaku of decoded.events) {
        if (!dedupe.isRepeat(danmaku, at ?? 0)) await output.line(toLine(danmaku));
      }
      for (const error of decoded.errors) await output.line({ error, at });
    }
    await output.end();
  },
};

function readPlatform(value: unknown): Platform {
  const parsed = platform.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new UsageError(`--platform must be one of ${platform.options.join(', ')}. Usage: ${usage}`);
}

/** A line that is no frame gives an error like a frame that cannot be read; the run goes on. */
function decodeLine(
  line: string | null,
  decode: (frame: CapturedFrame) => Decoded,
): { at: number | null; decoded: Decoded } {
  const bad = (message: string) => ({ events: [], unknown: {}, ignored: 0, errors: [{ code: 'BAD_INPUT', message }] });
  const read = parseLine(line);
  if ('wrong' in read) return { at: null, decoded: bad(read.wrong) };
  const { value } = read;
  const parsed = capturedFrame.safeParse(value);
  if (parsed.success) return { at: parsed.data.at, decoded: decode(parsed.data) };
  const at =
    typeof value === 'object' && value !== null && 'at' in value && typeof value.at === 'number' ? value.at : null;
  const first = parsed.error.issues[0];
  return { at, decoded: bad(`${first?.path.join('.') || 'line'}: ${first?.message}`) };
}

/** Captured frames carry no room; the address of a room page or socket may. */
function roomOf(url: string): string {
  return /[?&](?:room_?id|id)=(\d{1,20})/i.exec(url)?.[1] ?? '';
}
