import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { encodeMessages } from '../../src-main/engine/danmaku/bilibili-packet.ts';
import type { ReceivedDanmaku } from '../../src-main/engine/danmaku/connector.ts';
import { toLine } from '../../src-main/engine/danmaku/danmaku-line.ts';
import { openRehearsalRoom } from '../../src-main/engine/danmaku/rehearsal-room.ts';
import { createReplayConnector } from '../../src-main/engine/danmaku/replay-connector.ts';
import { createFakeClock, until } from './fake-clock.ts';

const startAt = 1_790_000_000_000;
const folders: string[] = [];
afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true });
});

async function record(lines: unknown[]): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'replay-'));
  folders.push(folder);
  const path = join(folder, 'recording.jsonl');
  await writeFile(path, lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n'));
  return path;
}

const frames = (spanMs: number) =>
  openRehearsalRoom({ seed: 6, startAt })
    .until(startAt + spanMs)
    .map(({ at, message }) => ({
      at,
      transport: 'ws',
      direction: 'in',
      base64: encodeMessages([message], 'brotli').toString('base64'),
    }));

async function play(path: string, speed: number | 'max', clock = createFakeClock()) {
  const connector = createReplayConnector({ path, platform: 'bilibili', speed, clock });
  const events: ReceivedDanmaku[] = [];
  const states: string[] = [];
  connector.onEvent((batch) => {
    events.push(...batch);
  });
  connector.onState((state) => states.push(state));
  await connector.start({ platformRoomId: '1' }, new AbortController().signal);
  return { connector, events, states, clock };
}

test('a recording of frames at full speed gives all its events in order, with their own times', async () => {
  const { events, states, connector } = await play(await record(frames(60_000)), 'max');
  await until('the end', () => states.at(-1) === 'ended');
  expect(connector.stats()).toMatchObject({ errors: {}, dropped: { comment: 0, follow: 0, like: 0 } });
  expect(events.length).toBe(connector.stats().decoded - connector.stats().duplicate);
  expect(events.length).toBeGreaterThan(100);
  const times = events.map((event) => event.receivedAt);
  expect(times).toEqual([...times].sort((a, b) => a - b));
  expect(new Set(events.map((event) => event.danmaku.source))).toEqual(new Set(['replay']));
});

test.each([1, 10])('a recording at speed %i waits as long as it was, divided by the speed', async (speed) => {
  const lines = [0, 1_000, 3_000].map((after) => ({
    at: startAt + after,
    base64: encodeMessages([{ cmd: 'DANMU_MSG', info: [[], `at ${after}`, [1, 'a']] }], 'plain').toString('base64'),
  }));
  const { events, clock, states } = await play(await record(lines), speed);
  await until('the first', () => events.length === 1 && clock.waiting() === 1);
  clock.advance(1_000 / speed - 1);
  expect(clock.waiting()).toBe(1);
  clock.advance(1);
  await until('the second', () => events.length === 2 && clock.waiting() === 1);
  clock.advance(2_000 / speed);
  await until('the end', () => states.at(-1) === 'ended');
  expect(events.map((event) => event.danmaku.content)).toEqual(['at 0', 'at 1000', 'at 3000']);
});

test('a recording of events gives what the recording of their frames gave, in each of the forms they are kept in', async () => {
  const first = await play(await record(frames(20_000)), 'max');
  await until('the end', () => first.states.at(-1) === 'ended');
  const forms: ((event: ReceivedDanmaku) => unknown)[] = [
    (event: ReceivedDanmaku) => event.danmaku,
    (event: ReceivedDanmaku) => toLine(event.danmaku),
    (event: ReceivedDanmaku) => ({ type: 'danmaku.received', danmaku: event.danmaku, receivedAt: event.receivedAt }),
  ];
  for (const form of forms) {
    const again = await play(await record(first.events.map((event) => form(event))), 'max');
    await until('the end', () => again.states.at(-1) === 'ended');
    expect(again.events.map((event) => event.danmaku)).toEqual(first.events.map((event) => event.danmaku));
  }
});

test('a line that cannot be read is counted and the rest is played; a recording of nothing is an error', async () => {
  const { events, states, connector } = await play(await record(['{', '{"at":1}', ...frames(3_000)]), 'max');
  await until('the end', () => states.at(-1) === 'ended');
  expect(events.length).toBeGreaterThan(0);
  expect(connector.stats().errors).toEqual({ BAD_LINE: 2 });
  const empty = await play(await record(['nothing']), 'max');
  await until('an error', () => empty.states.at(-1) === 'error');
  await expect(play('/does/not/exist', 'max')).rejects.toMatchObject({ code: 'NO_RECORDING' });
});

test('a slow reader makes the recording wait, and nothing is shed', async () => {
  const messages = Array.from({ length: 30_000 }, (_, index) => ({
    cmd: 'DANMU_MSG',
    info: [[], `${index}`, [1, 'a']],
  }));
  const lines = Array.from({ length: 300 }, (_, index) => ({
    at: startAt + index,
    base64: encodeMessages(messages.slice(index * 100, index * 100 + 100), 'zlib').toString('base64'),
  }));
  const connector = createReplayConnector({ path: await record(lines), platform: 'bilibili', speed: 'max' });
  let next = 0;
  let inOrder = true;
  connector.onEvent(async (batch) => {
    for (const { danmaku } of batch) inOrder &&= danmaku.content === String(next++);
    await new Promise((resolve) => setTimeout(resolve, 2));
  });
  const states: string[] = [];
  connector.onState((state) => states.push(state));
  await connector.start({ platformRoomId: '1' }, new AbortController().signal);
  await until('the end', () => states.at(-1) === 'ended', 15_000);
  expect([next, inOrder]).toEqual([30_000, true]);
  expect(connector.stats().dropped.comment).toBe(0);
});

test('stopping in the middle ends at once', async () => {
  const { connector, events, states } = await play(await record(frames(60_000)), 1);
  await until('the first', () => events.length > 0);
  await connector.stop();
  expect(states.at(-1)).toBe('ended');
});
