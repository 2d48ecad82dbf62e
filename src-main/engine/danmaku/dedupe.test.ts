import type { Danmaku, MessageType } from '@app/shared/live-event';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createDedupe } from './dedupe.ts';

const event = (id: string, messageType: MessageType = 'comment', room = '1'): Danmaku => ({
  platform: 'bilibili',
  source: 'page',
  platformRoomId: room,
  platformEventId: id,
  messageType,
  platformUserId: 'u',
  username: '',
  content: '',
  at: 0,
  metadata: { raw_type: 'X' },
});

describe('repeats', () => {
  test('any row of ids, repeated in any way within ten minutes, is let through once an id', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(30), fc.nat(500)), { maxLength: 300 }), (row) => {
        const dedupe = createDedupe();
        let now = 0;
        const passed: number[] = [];
        for (const [id, wait] of row) {
          now += wait;
          if (!dedupe.isRepeat(event(String(id)), now)) passed.push(id);
        }
        expect(passed).toEqual([...new Set(row.map(([id]) => id))]);
      }),
    );
  });

  test('are known for ten minutes from the first time, and new after that', () => {
    const dedupe = createDedupe();
    expect(dedupe.isRepeat(event('a'), 0)).toBe(false);
    expect(dedupe.isRepeat(event('a'), 600_000)).toBe(true);
    expect(dedupe.isRepeat(event('a'), 600_001)).toBe(false);
  });

  test('of another room or another platform are none', () => {
    const dedupe = createDedupe();
    expect(dedupe.isRepeat(event('a'), 0)).toBe(false);
    expect(dedupe.isRepeat(event('a', 'comment', '2'), 0)).toBe(false);
    expect(dedupe.isRepeat({ ...event('a'), platform: 'douyin' }, 0)).toBe(false);
  });

  test('of 200,000 comments are all known, more push the oldest out, and none pushes out a gift', () => {
    const dedupe = createDedupe();
    dedupe.isRepeat(event('gift', 'gift'), 0);
    for (let index = 0; index < 200_000; index += 1) dedupe.isRepeat(event(`c${index}`), 1);
    expect(dedupe.isRepeat(event('c0'), 2)).toBe(true);
    dedupe.isRepeat(event('one more'), 2);
    expect(dedupe.isRepeat(event('c1'), 2)).toBe(true);
    expect(dedupe.isRepeat(event('c0'), 2)).toBe(false);
    expect(dedupe.isRepeat(event('gift', 'gift'), 3)).toBe(true);
    expect(dedupe.size()).toBeLessThanOrEqual(200_001);
  });
});

test('an hour of 200 a second is no slower at its end than at its beginning', () => {
  const dedupe = createDedupe();
  const partMs: number[] = [];
  for (let part = 0; part < 6; part += 1) {
    const started = performance.now();
    for (let index = 0; index < 120_000; index += 1) {
      const now = part * 600_000 + index * 5;
      dedupe.isRepeat(
        { ...event(`${part}:${index}`, 'enter'), platformUserId: `${index}`, metadata: { raw_type: 'ENTRY_EFFECT' } },
        now,
      );
    }
    partMs.push(performance.now() - started);
  }
  expect(Math.max(...partMs.slice(2))).toBeLessThan(Math.max(400, 8 * Math.min(...partMs)));
  expect(dedupe.size()).toBeLessThanOrEqual(200_000);
});

describe('one thing told under two names', () => {
  const told = (name: string, id: string, type: MessageType = 'enter') => ({
    ...event(id, type),
    metadata: { raw_type: name, guard_level: 3, gift_count: 1 },
  });

  test('n purchases, each told under up to three names in any order, are n purchases', () => {
    const names = ['GUARD_BUY', 'USER_TOAST_MSG', 'USER_TOAST_MSG_V2'];
    const purchases = fc.array(fc.subarray(names, { minLength: 1 }), { minLength: 1, maxLength: 5 });
    // Each name tells each purchase, or only the first k of them: that is how a server that omits one looks.
    fc.assert(
      fc.property(purchases, fc.infiniteStream(fc.nat()), (list, order) => {
        const most = Math.max(...names.map((name) => list.filter((each) => each.includes(name)).length));
        const messages = list.flatMap((each, index) => each.map((name) => told(name, `${index}${name}`, 'guard')));
        const shuffled = messages
          .map((message) => ({ message, key: order.next().value ?? 0 }))
          .sort((a, b) => a.key - b.key);
        const dedupe = createDedupe();
        const passed = shuffled.filter(({ message }) => !dedupe.isRepeat(message, 1_000)).length;
        expect(passed).toBe(most);
      }),
    );
  });

  test('an entry is one within 15 s, and another one later', () => {
    const dedupe = createDedupe();
    expect(dedupe.isRepeat(told('INTERACT_WORD_V2', '1'), 0)).toBe(false);
    expect(dedupe.isRepeat(told('ENTRY_EFFECT', '2'), 15_000)).toBe(true);
    expect(dedupe.isRepeat(told('ENTRY_EFFECT', '3'), 31_000)).toBe(false);
  });
});
