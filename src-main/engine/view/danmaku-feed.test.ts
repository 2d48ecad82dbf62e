import type { TextAnalysis } from '@app/shared/emotion/labels';
import type { DanmakuReceived } from '@app/shared/live-event';
import type { DanmakuPush } from '@app/shared/view';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { makeDanmakuFeed } from './danmaku-feed.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const event = (n: number, messageType = 'comment') =>
  ({
    id: String(n),
    receivedAt: 0,
    danmaku: { messageType, platform: 'bilibili', username: 'n', content: `line ${n}`, metadata: {} },
  }) as unknown as DanmakuReceived;
const analysis = { sentiment: 0.5, abuse: 0, intent: { label: 'chat' } } as TextAnalysis;
function setUp() {
  const pushed: DanmakuPush[] = [];
  const feed = makeDanmakuFeed(
    (batch) => pushed.push(batch),
    () => performance.now(),
  );
  return { feed, pushed, rows: () => pushed.flatMap((batch) => batch.rows) };
}

test('a row that was analysed goes with its analysis, one that was not goes without it a little later', () => {
  const { feed, rows } = setUp();
  feed.add(event(1));
  feed.add(event(2));
  feed.analyzed('2', analysis);
  vi.advanceTimersByTime(150);
  expect(rows().map((row) => [row.id, row.sentiment])).toEqual([['2', 0.5]]);
  vi.advanceTimersByTime(400);
  expect(rows().map((row) => row.id)).toEqual(['2', '1']);
});

test('faster than eyes read, comments are sampled and counted, and every gift is shown', () => {
  const { feed, pushed, rows } = setUp();
  for (let second = 0; second < 3; second++) {
    for (let n = 0; n < 500; n++) feed.add(event(second * 1_000 + n, n % 50 === 0 ? 'gift' : 'follow'));
    vi.advanceTimersByTime(1_000);
  }
  expect(rows().filter((row) => row.type === 'gift')).toHaveLength(30);
  expect(rows().length).toBeLessThan(160);
  expect(rows().length + pushed.reduce((sum, batch) => sum + batch.dropped, 0)).toBe(1_500);
});

test('nothing is pushed after the end', () => {
  const { feed, pushed } = setUp();
  feed.add(event(1, 'gift'));
  feed.close();
  vi.advanceTimersByTime(1_000);
  expect(pushed).toEqual([]);
});
