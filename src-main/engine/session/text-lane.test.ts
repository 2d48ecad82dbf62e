import type { TextAnalysis } from '@app/shared/emotion/labels';
import type { DanmakuReceived } from '@app/shared/live-event';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { makeTextLane } from './text-lane.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const event = (n: number) => ({ id: String(n), danmaku: { content: `line ${n}` } }) as unknown as DanmakuReceived;
const analysis = { lane: 'linear' } as TextAnalysis;
function setUp() {
  const asked: { id: number; texts: string[] }[] = [];
  const done: string[] = [];
  let shed = 0;
  const lane = makeTextLane({
    ask: (id, texts) => asked.push({ id, texts }),
    onAnalysis: (one) => done.push(one.id),
    onShed: (count) => {
      shed += count;
    },
  });
  const answer = () =>
    lane.answer(
      asked.at(-1)!.id,
      asked.at(-1)!.texts.map(() => analysis),
      1,
    );
  return { lane, asked, done, answer, shed: () => shed };
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

test('what inference had not answered when it died is asked again, and a late answer is not taken twice', () => {
  const { lane, asked, done, answer } = setUp();
  lane.add(event(0));
  const first = asked[0]!.id;
  lane.again();
  expect(asked.at(-1)!.texts).toEqual(['line 0']);
  lane.answer(first, [analysis], 1);
  expect(done).toEqual([]);
  answer();
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
  const { lane, shed, done, answer } = setUp();
  for (let n = 0; n < 2_101; n++) lane.add(event(n));
  expect(shed()).toBe(100);
  for (let turn = 0; turn < 40; turn++) answer();
  expect(done[0]).toBe('0');
  expect(done[1]).toBe('101');
  expect(done.at(-1)).toBe('2100');
});
