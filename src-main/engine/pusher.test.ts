import type { PushMessage } from '@app/shared/links';
import { emptyLiveView } from '@app/shared/view';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { makePusher } from './pusher.ts';
import { makeLiveView } from './view/live-view.ts';

beforeEach(() => void vi.useFakeTimers({ now: 1_000_000 }));
afterEach(() => void vi.useRealTimers());

function setUp() {
  const pushed: PushMessage[] = [];
  const pusher = makePusher((push) => pushed.push(push), Date.now);
  const builder = makeLiveView(null);
  const change = (n: number) => {
    builder.setTextWaiting(n);
    pusher.changed(builder, false);
  };
  return { pusher, builder, change, views: () => pushed.filter((push) => push.name === 'live.changed') };
}

test('a view that changes all the time is pushed at most twenty times a second', () => {
  const { change, views } = setUp();
  for (let n = 1; n <= 1_000; n++) {
    change(n);
    vi.advanceTimersByTime(1);
  }
  expect(views().length).toBeGreaterThan(15);
  expect(views().length).toBeLessThanOrEqual(21);
});

test('a clock that is set back does not freeze the windows', () => {
  const { change, views } = setUp();
  change(1);
  vi.advanceTimersByTime(100);
  vi.setSystemTime(1_000_000 - 3_600_000);
  change(2);
  vi.advanceTimersByTime(100);
  expect(views().at(-1)!.payload).toMatchObject({ counts: { textWaiting: 2 } });
});

test('what a session had still to show is not pushed after it was cleared away', () => {
  const { pusher, change, views } = setUp();
  change(1);
  vi.advanceTimersByTime(100);
  change(2);
  pusher.reset(emptyLiveView);
  vi.advanceTimersByTime(1_000);
  expect(views().at(-1)!.payload).toMatchObject({ counts: { textWaiting: 0 } });
});
