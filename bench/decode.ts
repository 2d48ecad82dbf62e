// Bilibili decode and normalise, against inflate + JSON.parse of the same bytes and nothing else.
import { brotliDecompressSync, inflateSync } from 'node:zlib';
import { decodeBilibili } from '../src-main/engine/danmaku/bilibili-decode.ts';
import { encodeMessages, type Packing } from '../src-main/engine/danmaku/bilibili-packet.ts';
import { danmuMsg } from '../src-main/engine/danmaku/bilibili-wire.ts';
import { inviteViewers } from '../src-main/engine/danmaku/rehearsal-viewers.ts';
import { seededRandom } from '../src-main/engine/danmaku/seeded-random.ts';
import { type Figure, pairs } from './measure.ts';

const messages = 20_000;
const headerBytes = 16;

function makeFrames(packing: Packing, batch: number): Buffer[] {
  const random = seededRandom(5);
  const viewers = inviteViewers(random, 500);
  const room = { roomId: 900_001, anchorUid: 1 };
  const lines = Array.from({ length: messages }, (_, index) =>
    danmuMsg(
      viewers[index % viewers.length]!,
      `第${index}句，主播今天讲得真清楚${random.integer(0, 99)}`,
      1_764_000_000_000 + index,
      room,
    ),
  );
  const frames: Buffer[] = [];
  for (let from = 0; from < lines.length; from += batch)
    frames.push(encodeMessages(lines.slice(from, from + batch), packing));
  return frames;
}

function ours(frames: readonly Buffer[]): number {
  let decoded = 0;
  const startedAt = performance.now();
  for (const frame of frames) {
    decoded += decodeBilibili(frame, { source: 'official', roomId: '900001', receivedAt: 1_764_000_000_000 }).events
      .length;
  }
  if (decoded !== messages) throw new Error(`${decoded} of ${messages} messages`);
  return messages / ((performance.now() - startedAt) / 1000);
}

/** The floor: what any decoder must do, with no check and no event made. */
function floor(frames: readonly Buffer[], packing: Packing): number {
  const inflate = packing === 'brotli' ? brotliDecompressSync : inflateSync;
  let parsed = 0;
  const startedAt = performance.now();
  for (const frame of frames) {
    const body = inflate(frame.subarray(headerBytes));
    for (let at = 0; at < body.length; ) {
      const length = body.readUInt32BE(at);
      if (JSON.parse(body.toString('utf8', at + headerBytes, at + length)).cmd === 'DANMU_MSG') parsed += 1;
      at += length;
    }
  }
  if (parsed !== messages) throw new Error(`${parsed} of ${messages} messages`);
  return messages / ((performance.now() - startedAt) / 1000);
}

/** Messages a second, brotli and zlib, 1 and 20 messages a frame; a higher ratio is better, 1 is the floor's speed. */
export async function decode(runs = 7): Promise<Record<string, Figure>> {
  const figures: Record<string, Figure> = {};
  for (const packing of ['brotli', 'zlib'] as const) {
    for (const batch of [1, 20]) {
      const frames = makeFrames(packing, batch);
      ours(frames);
      floor(frames, packing);
      figures[`${packing}_batch_${batch}`] = await pairs(
        runs,
        'messages/s',
        () => ours(frames),
        () => floor(frames, packing),
      );
    }
  }
  return figures;
}
