// 20,000 damaged frames: half are damaged as they are, half after inflation and packed again, so that the damage
// reaches what lies behind the compression.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { danmaku } from '@app/shared/live-event';
import { expect, test } from 'vitest';
import { decodeBilibili } from '../../src-main/engine/danmaku/bilibili-decode.ts';
import {
  encodeMessages,
  encodePacket,
  op,
  type Packing,
  packPackets,
  walkPackets,
} from '../../src-main/engine/danmaku/bilibili-packet.ts';
import { openRehearsalRoom } from '../../src-main/engine/danmaku/rehearsal-room.ts';
import { type Random, seededRandom } from '../../src-main/engine/danmaku/seeded-random.ts';
import { fixtureFolder, haveFixtures } from './fixtures.ts';

const context = { source: 'page', roomId: '1', receivedAt: 1_790_000_000_000 } as const;
const packings: Packing[] = ['plain', 'zlib', 'brotli'];
const edges = [0, 1, 15, 16, 17, 0x7f, 0x80, 0xff, 0xffff, 0x7fff_ffff, 0xffff_ffff];

function seedFrames(random: Random): Buffer[] {
  const room = openRehearsalRoom({ seed: 5, startAt: 1_790_000_000_000 });
  const messages = room.until(1_790_000_000_000 + 400_000).map((each) => each.message);
  const frames: Buffer[] = [];
  for (let at = 0; at < messages.length; at += 4) {
    frames.push(encodeMessages(messages.slice(at, at + random.integer(1, 4)), random.pick(packings)));
  }
  if (!haveFixtures()) return frames;
  const recorded = readdirSync(join(fixtureFolder, 'frames')).filter((name) => name.endsWith('.bin'));
  return [...frames, ...recorded.map((name) => readFileSync(join(fixtureFolder, 'frames', name)))];
}

function damage(bytes: Buffer, random: Random): Buffer {
  const copy = Buffer.from(bytes);
  for (let times = random.integer(1, 4); times > 0 && copy.length >= 4; times -= 1) {
    const at = random.integer(0, copy.length - 4);
    const kind = random.integer(0, 5);
    if (kind === 0) copy[at] = random.integer(0, 255);
    else if (kind === 1) copy.writeUInt32BE(random.pick(edges), random.integer(0, Math.min(12, copy.length - 4)));
    else if (kind === 2) return copy.subarray(0, at);
    else if (kind === 3) return Buffer.concat([copy.subarray(0, at), copy.subarray(at + random.integer(1, 9))]);
    else if (kind === 4)
      return Buffer.concat([copy.subarray(0, at), copy.subarray(random.integer(0, at)), copy.subarray(at)]);
    else copy.write(random.pick(['null', '"', '[[[[', '{}', '-1', '1e999', '\\ud800', '9'.repeat(20)]), at);
  }
  return copy;
}

/** The packets of a frame, one of them damaged inside, in another packing. */
function repack(frame: Buffer, random: Random): Buffer {
  const bodies: Buffer[] = [];
  walkPackets(frame, { onPacket: (packet) => bodies.push(Buffer.from(packet.body)), onError: () => true });
  const hit = random.integer(0, Math.max(0, bodies.length - 1));
  const packets = bodies.map((body, index) =>
    encodePacket({ op: op.message, body: index === hit ? damage(body, random) : body }),
  );
  const joined = random.next() < 0.5 ? packets : [damage(Buffer.concat(packets), random)];
  return packPackets(joined, random.pick(packings));
}

test('20,000 damaged frames are decoded without a throw, each in a bounded time, and what comes out is valid', () => {
  const random = seededRandom(20_260);
  const frames = seedFrames(random);
  let slowestMs = 0;
  let events = 0;
  let errors = 0;
  const started = performance.now();
  for (let round = 0; round < 20_000; round += 1) {
    const frame = random.pick(frames);
    const input = round % 2 === 0 ? damage(frame, random) : repack(frame, random);
    const before = performance.now();
    const decoded = decodeBilibili(input, context);
    slowestMs = Math.max(slowestMs, performance.now() - before);
    events += decoded.events.length;
    errors += decoded.errors.length;
    if (round % 10 === 1) for (const event of decoded.events) danmaku.parse(event);
  }
  const seconds = (performance.now() - started) / 1000;
  console.log(
    `20000 damaged frames: ${events} events, ${errors} error entries, slowest ${slowestMs.toFixed(1)} ms, ${seconds.toFixed(1)} s`,
  );
  expect(errors).toBeGreaterThan(5_000);
  expect(events).toBeGreaterThan(5_000);
  expect(slowestMs).toBeLessThan(1_000);
}, 120_000);
