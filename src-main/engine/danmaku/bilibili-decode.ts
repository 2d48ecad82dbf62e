// Bilibili frames to danmaku. Pure: no clock, no memory of earlier frames, never throws.
import type { Danmaku } from '@app/shared/live-event';
import type { Mapper, MessageContext } from './bilibili-mapper.ts';
import { openPlatformMappers } from './bilibili-open-platform.ts';
import { type FrameErrorCode, frameLimits, op, walkPackets } from './bilibili-packet.ts';
import { moneyMappers } from './bilibili-web-money.ts';
import { roomMappers } from './bilibili-web-room.ts';
import { type DecodeContext, type Draft, digest, toDanmaku } from './danmaku-draft.ts';
import { asCount, asObject, type JsonObject, parseJson, RoundedNumber } from './json-value.ts';

export type DecodeError = { code: FrameErrorCode | 'BAD_JSON' | 'BAD_MESSAGE'; message: string };
export type BilibiliDecoded = {
  /** In wire order. */
  events: Danmaku[];
  /** How often each command came that has no mapping. */
  unknown: Record<string, number>;
  /** Commands left out on purpose, such as running combo totals. */
  ignored: number;
  errors: DecodeError[];
  popularity?: number;
  /** `code` 0 is accepted; -101 means that the token was refused. */
  authReply?: { code: number };
};

const mappers: ReadonlyMap<string, Mapper> = new Map([
  ...Object.entries(roomMappers),
  ...Object.entries(moneyMappers),
  ...Object.entries(openPlatformMappers),
]);
const mostUnknownNames = 100;

/** Decodes one WebSocket frame; what cannot be read becomes an error entry beside the rest. */
export function decodeBilibili(bytes: Uint8Array, context: DecodeContext): BilibiliDecoded {
  const decoded: BilibiliDecoded = { events: [], unknown: Object.create(null), ignored: 0, errors: [] };
  const report = (code: DecodeError['code'], message: string): boolean => {
    const room = frameLimits.errors - decoded.errors.length;
    if (room > 0) decoded.errors.push({ code, message });
    else if (room === 0) decoded.errors.push({ code: 'TOO_MANY_ERRORS', message: 'the rest of the frame is left out' });
    return room > 0;
  };
  let position = 0;
  let giveUp = false;
  walkPackets(bytes, {
    onPacket(packet) {
      if (giveUp) return;
      position += 1;
      if (packet.op === op.message) giveUp = !readMessage(packet.body, position, decoded, context, report);
      else if (packet.op === op.heartbeatReply) readHeartbeatReply(packet.body, decoded, context);
      else if (packet.op === op.authReply) readAuthReply(packet.body, decoded, report);
      else count(decoded.unknown, `op:${packet.op}`);
    },
    onError: report,
  });
  return decoded;
}

/** Decodes one command object that did not come in a frame, such as a recorded one. */
export function decodeBilibiliMessage(value: unknown, context: DecodeContext): BilibiliDecoded {
  const decoded: BilibiliDecoded = { events: [], unknown: Object.create(null), ignored: 0, errors: [] };
  mapMessage(value, null, 1, decoded, context, (code, message) => decoded.errors.push({ code, message }) > 0);
  return decoded;
}

type Report = (code: DecodeError['code'], message: string) => boolean;

function readMessage(
  body: Buffer,
  position: number,
  decoded: BilibiliDecoded,
  context: DecodeContext,
  report: Report,
): boolean {
  const text = body.toString();
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return report('BAD_JSON', `packet ${position} of the frame, ${body.length} bytes`);
  }
  return mapMessage(value, text, position, decoded, context, report);
}

/** `text` is what the value was parsed from, where there was such a text. */
function mapMessage(
  value: unknown,
  text: string | null,
  position: number,
  decoded: BilibiliDecoded,
  context: DecodeContext,
  report: Report,
): boolean {
  const message = asObject(value);
  if (typeof message.cmd !== 'string') return report('BAD_MESSAGE', `packet ${position} of the frame has no cmd`);
  const name = mappers.has(message.cmd) ? message.cmd : baseName(message.cmd);
  const mapper = mappers.get(name);
  if (!mapper) {
    count(decoded.unknown, name);
    return true;
  }
  try {
    const { receivedAt } = context;
    const fallbackId = () => `${name}:${receivedAt}:${position}:${digest(text ?? JSON.stringify(message))}`;
    const drafts = draftsOf(mapper, message, text, { receivedAt, fallbackId });
    if (!drafts) decoded.ignored += 1;
    for (const draft of drafts ?? []) decoded.events.push(toDanmaku(draft, 'bilibili', context));
    return true;
  } catch {
    return report('BAD_MESSAGE', `${name} cannot be read`);
  }
}

// Parsing with all digits takes many times as long and is almost never needed: it waits until an id asks for it.
function draftsOf(mapper: Mapper, message: JsonObject, text: string | null, context: MessageContext): Draft[] | null {
  try {
    return mapper(message, context);
  } catch (error) {
    if (text === null || !(error instanceof RoundedNumber)) throw error;
    return mapper(asObject(parseJson(text)), context);
  }
}

/** A command's name without what follows a colon; a name that could hold a viewer's words is not repeated. */
function baseName(cmd: string): string {
  const colon = cmd.indexOf(':');
  const name = colon === -1 ? cmd : cmd.slice(0, colon);
  return /^\w{1,64}$/.test(name) ? name : '(other)';
}

function readHeartbeatReply(body: Buffer, decoded: BilibiliDecoded, context: DecodeContext): void {
  if (body.length < 4) return;
  const popularity = body.readUInt32BE(0);
  decoded.popularity = popularity;
  // 1 is what the platform sends where it no longer counts popularity: not a reading.
  if (popularity <= 1) return;
  const metadata = { online_count: popularity };
  const id = `popularity:${context.receivedAt}`;
  decoded.events.push(toDanmaku({ type: 'online', rawType: 'HEARTBEAT_REPLY', id, metadata }, 'bilibili', context));
}

function readAuthReply(body: Buffer, decoded: BilibiliDecoded, report: Report): void {
  try {
    const reply = asObject(body.length === 0 ? { code: 0 } : parseJson(body.toString('utf8')));
    decoded.authReply = { code: typeof reply.code === 'number' ? reply.code : (asCount(reply.code) ?? -1) };
  } catch {
    report('BAD_JSON', `auth reply, ${body.length} bytes`);
  }
}

function count(counts: Record<string, number>, name: string): void {
  const known = counts[name];
  if (known !== undefined) counts[name] = known + 1;
  else if (Object.keys(counts).length < mostUnknownNames) counts[name] = 1;
  else counts['(other)'] = (counts['(other)'] ?? 0) + 1;
}
