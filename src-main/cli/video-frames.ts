// Video files become plain RGB frames here, one by one, through the ffmpeg binary that comes with the app's packages.
import { spawn } from 'node:child_process';
import { stat } from 'node:fs/promises';
import ffmpeg from '@ffmpeg-installer/ffmpeg';

/** One frame: `atMs` from the start of the video, tightly packed RGB. */
export type VideoFrame = { atMs: number; width: number; height: number; rgb: Uint8Array };

const mostWidth = 640;
const stalledMs = 30_000;
const mostPixels = 8_192 * 8_192;

/**
 * The frames of a video, `fps` a second, upright and at most 640 px wide; a slow reader holds ffmpeg back. Rejects with
 * one plain sentence when the file is missing, holds no picture or breaks off; ends quietly when `signal` aborts.
 */
export async function* readVideoFrames(
  path: string,
  fps: number,
  signal?: AbortSignal,
): AsyncGenerator<VideoFrame, void, undefined> {
  const file = await stat(path).catch(() => null);
  if (!file?.isFile()) throw new Error(`There is no video file at ${path}.`);
  // Each frame comes as a PPM picture, which says its own size.
  const filter = `fps=${fps},scale='min(${mostWidth},iw)':-2`;
  const args = ['-nostdin', '-v', 'error', '-xerror', '-protocol_whitelist', 'file,pipe', '-i', `file:${path}`];
  args.push('-map', '0:v:0', '-vf', filter, '-c:v', 'ppm', '-f', 'image2pipe', '-');
  const child = spawn(ffmpeg.path, args, { stdio: ['ignore', 'pipe', 'pipe'], windowsHide: true });
  const stop = (): boolean => child.kill('SIGKILL');
  signal?.addEventListener('abort', stop, { once: true });
  if (signal?.aborted) stop();
  let complaint = '';
  child.stderr.on('data', (chunk: Buffer) => {
    complaint = `${complaint}${chunk}`.slice(0, 500);
  });
  const ended = new Promise<number | null>((resolve, reject) => {
    child.on('error', (error) => reject(new Error(`ffmpeg cannot be started: ${error.message}`)));
    child.on('close', resolve);
  });
  ended.catch(() => undefined);
  let timer = setTimeout(stop, stalledMs);
  let count = 0;
  try {
    for await (const picture of pictures(child.stdout)) {
      clearTimeout(timer);
      yield { atMs: Math.round((count * 1_000) / fps), ...picture };
      count++;
      timer = setTimeout(stop, stalledMs);
    }
    const code = await ended;
    if (signal?.aborted) return;
    if (code !== 0 || count === 0) {
      const why = complaint.split('\n')[0] || (code === null ? 'it stalled' : 'no picture in it');
      throw new Error(`${path} cannot be decoded as video${count > 0 ? ` after frame ${count}` : ''}: ${why}.`);
    }
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', stop);
    stop();
  }
}

type Picture = { width: number; height: number; rgb: Uint8Array };

async function* pictures(stream: AsyncIterable<Buffer>): AsyncGenerator<Picture> {
  let chunks: Buffer[] = [];
  let length = 0;
  let header: { width: number; height: number; at: number } | null = null;
  for await (const chunk of stream) {
    chunks.push(chunk);
    length += chunk.length;
    for (;;) {
      header ??= readHeader(chunks, length);
      const whole: number = header ? header.at + header.width * header.height * 3 : Number.POSITIVE_INFINITY;
      if (!header || length < whole) break;
      const bytes = Buffer.concat(chunks);
      yield { width: header.width, height: header.height, rgb: new Uint8Array(bytes.subarray(header.at, whole)) };
      chunks = [bytes.subarray(whole)];
      length -= whole;
      header = null;
    }
  }
}

/** Size and end of a binary PPM header: `P6`, width, height and 255 between white space. */
function readHeader(chunks: Buffer[], length: number): { width: number; height: number; at: number } | null {
  if (length < 24) return null;
  const start = (chunks[0]!.length >= 24 ? chunks[0]! : Buffer.concat(chunks)).toString('latin1', 0, 24);
  const found = /^P6\s(\d{1,5})\s(\d{1,5})\s255\s/.exec(start);
  if (!found) throw new Error('ffmpeg gave something that is no picture.');
  const [width, height] = [Number(found[1]), Number(found[2])];
  if (width * height > mostPixels) throw new Error('The pictures of the video are too large.');
  return { width, height, at: found[0].length };
}
