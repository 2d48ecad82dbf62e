import type { TextAnalysis } from '@app/shared/emotion/labels';
import type { DanmakuReceived } from '@app/shared/live-event';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { makeTextLane, type TextLaneLoad } from './text-lane.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const event = (n: number) => ({ id: String(n), danmaku: { content: `line ${n}` } }) as unknown as DanmakuReceived;
const analysis = { lane: 'linear' } as TextAnalysis;
function setUp() {
  const asked: { id: number; texts: string[]; load: TextLaneLoad }[] = [];
  const done: string[] = [];
  const lane = makeTextLane({
    ask: (id, texts, load) => asked.push({ id, texts, load }),
    onAnalysis: (one) => done.push(one.id),
  });
  const answer = () =>
    lane.answer(
      asked.at(-1)!.id,
      asked.at(-1)!.texts.map(() => analysis),
      1,
    );
  return { lane, asked, done, answer };
}

test('one request is under way at a time, and what came meanwhile goes as one batch in order', () => {
  const { lane, asked, done, answer } = setUp();
  for (let n = 0; n < 10; n++) lane.add(event(n));
  expect(asked.map((one) => one.texts.length)).toEqual([1]);
  answer();
  expect(asked.map((one) => one.texts.length)).toEqual([1, 9]);
  answer();
  expect(done).toEqual(Array.from({ length: 10 }, (_, n) => String(n)));
  expect(lane.waiting).toBe(0);
});

test('what inference had not answered when it died is asked again, and two answers count once', () => {
  const { lane, asked, done, answer } = setUp();
  lane.add(event(0));
  lane.again();
  expect(asked.at(-1)!.texts).toEqual(['line 0']);
  answer();
  answer();
  expect(done).toEqual(['0']);
});

test('a model slower than the time limit is heard all the same', () => {
  const { lane, asked, done } = setUp();
  lane.add(event(0));
  vi.advanceTimersByTime(3_000);
  expect(asked).toHaveLength(2);
  lane.answer(asked[0]!.id, [analysis], 1);
  expect(done).toEqual(['0']);
});

test('a model that never answers does not stop the lane: it is asked again after two seconds', () => {
  const { lane, asked } = setUp();
  lane.add(event(0));
  vi.advanceTimersByTime(2_100);
  expect(asked).toHaveLength(2);
  lane.close();
});

test('a queue beyond its limit loses the oldest and says how many', () => {
  const { lane, done, answer } = setUp();
  for (let n = 0; n < 2_101; n++) lane.add(event(n));
  expect(lane.takeShed()).toBe(100);
  expect(lane.takeShed()).toBe(0);
  for (let turn = 0; turn < 40; turn++) answer();
  expect(done[0]).toBe('0');
  expect(done[1]).toBe('101');
  expect(done.at(-1)).toBe('2100');
});

test('a request says how many wait behind it and how long its oldest message has waited', () => {
  const { lane, asked, answer } = setUp();
  lane.add(event(0));
  expect(asked[0]!.load).toEqual({ waiting: 0, waitedMs: 0 });
  lane.add(event(1));
  vi.advanceTimersByTime(700);
  for (let n = 2; n < 80; n++) lane.add(event(n));
  answer();
  expect(asked[1]!.texts).toHaveLength(64);
  expect(asked[1]!.load).toEqual({ waiting: 15, waitedMs: 700 });
});
