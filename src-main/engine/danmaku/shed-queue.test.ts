import { type MessageType, messageType, moneyTypes } from '@app/shared/live-event';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ReceivedDanmaku } from './connector.ts';
import { createShedQueue } from './shed-queue.ts';

const event = (type: MessageType, id: number): ReceivedDanmaku => ({
  receivedAt: 0,
  decodedAt: 0,
  danmaku: {
    platform: 'bilibili',
    source: 'page',
    platformRoomId: '1',
    platformEventId: String(id),
    messageType: type,
    platformUserId: '',
    username: '',
    content: '',
    at: 0,
    metadata: { raw_type: 'X', ...(type === 'like' ? { like_count: 2 } : {}) },
  },
});

const limits = { comment: 10, follow: 3, like: 4 };

test('any row of events comes out in order, complete but for what was counted as shed, and money is never shed', () => {
  const actions = fc.array(fc.oneof(fc.constantFrom(...messageType.options), fc.integer({ min: 1, max: 5 })), {
    maxLength: 400,
  });
  fc.assert(
    fc.property(actions, (row) => {
      const queue = createShedQueue(limits);
      const out: ReceivedDanmaku[] = [];
      const pushed: ReceivedDanmaku[] = [];
      for (const [index, action] of row.entries()) {
        if (typeof action === 'number') out.push(...queue.take(action));
        else {
          pushed.push(event(action, index));
          queue.push(pushed.at(-1)!);
        }
      }
      out.push(...queue.take(Number.POSITIVE_INFINITY));
      const ids = out.map((each) => Number(each.danmaku.platformEventId));
      expect(ids).toEqual([...ids].sort((a, b) => a - b));
      const { comment, follow, like } = queue.dropped();
      expect(out.length + comment + follow + like).toBe(pushed.length);
      const isMoney = (each: ReceivedDanmaku) => moneyTypes.includes(each.danmaku.messageType);
      expect(out.filter(isMoney).length).toBe(pushed.filter(isMoney).length);
      expect(queue.size()).toBe(0);
    }),
  );
});

test('a full class loses its oldest event and no other class loses any', () => {
  const queue = createShedQueue(limits);
  queue.push(event('follow', 1000));
  queue.push(event('gift', 1001));
  for (let id = 0; id < 15; id += 1) queue.push(event('comment', id));
  const ids = queue.take(100).map((each) => each.danmaku.platformEventId);
  expect(ids).toEqual(['1000', '1001', '5', '6', '7', '8', '9', '10', '11', '12', '13', '14']);
  expect(queue.dropped()).toEqual({ comment: 5, follow: 0, like: 0 });
});

test('likes that are shed stay in the sum', () => {
  const queue = createShedQueue(limits);
  for (let id = 0; id < 20; id += 1) queue.push(event('like', id));
  const kept = queue.take(100);
  expect(kept).toHaveLength(4);
  expect(kept.reduce((sum, each) => sum + (each.danmaku.metadata.like_count ?? 0), 0)).toBe(40);
});

test('half a million events pass through without the time growing with the queue', () => {
  const queue = createShedQueue({ comment: 2_000_000, follow: 1, like: 1 });
  const one = event('comment', 1);
  const started = performance.now();
  for (let index = 0; index < 500_000; index += 1) queue.push(one);
  let taken = 0;
  while (queue.size() > 0) taken += queue.take(500).length;
  expect(taken).toBe(500_000);
  expect(performance.now() - started).toBeLessThan(3_000);
});
