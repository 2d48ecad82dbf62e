import { describe, expect, test } from 'vitest';
import { openSampleRoom } from '../sample-room.ts';

const rocket = (count: number, more = {}) => ({
  gift_id: 'g1',
  gift_name: '火箭',
  gift_count: count,
  price_cents: 500 * count,
  paid: true,
  ...more,
});

describe('gift thanks', () => {
  test('a streak makes one card with its whole count when its end comes', () => {
    const room = openSampleRoom();
    for (let i = 0; i < 5; i += 1) {
      room.message(i, { kind: 'gift', viewer: 'a', metadata: rocket(2, { streak_id: 's', streak_end: i === 4 }) });
    }
    room.wait(5, 30);
    expect(room.of('gift_thanks')).toHaveLength(1);
    expect(room.cards[0]).toMatchObject({
      params: { kind: 'one', name: 'a', gift: '火箭', count: 10 },
      evidence: { figures: { cents: 5000 } },
    });
    expect(room.cards[0]!.evidence.danmakuIds).toHaveLength(5);
  });

  test('a streak whose end is lost is thanked after ten seconds of silence', () => {
    const room = openSampleRoom();
    room.message(0, { kind: 'gift', viewer: 'a', metadata: rocket(3, { streak_id: 's' }) });
    room.wait(1, 9);
    expect(room.cards).toHaveLength(0);
    room.wait(10, 12);
    expect(room.of('gift_thanks')).toHaveLength(1);
  });

  test('a repeated gift message is counted once', () => {
    const room = openSampleRoom();
    const message = room.message(0, { kind: 'gift', viewer: 'a', metadata: rocket(3) });
    room.feed([
      message,
      {
        ...room.sampler.message(room.at(1), { kind: 'gift', viewer: 'a', metadata: rocket(3) }),
        danmaku: message.danmaku,
      },
    ]);
    room.wait(1, 20);
    expect(room.cards[0]!.params.count).toBe(3);
  });

  test('small gifts make no cards of their own, and six people together make one', () => {
    const room = openSampleRoom();
    const heart = { gift_name: '小心心', gift_count: 1, price_cents: 10, paid: true };
    for (let i = 0; i < 5; i += 1) room.message(i * 5, { kind: 'gift', viewer: `v${i}`, metadata: heart });
    room.wait(20, 35);
    expect(room.cards).toHaveLength(0);
    room.message(36, { kind: 'gift', viewer: 'v9', metadata: heart });
    room.wait(36, 60);
    expect(room.of('gift_thanks')).toHaveLength(1);
    expect(room.cards[0]).toMatchObject({ urgency: 'low', params: { kind: 'many', viewers: 6, count: 6 } });
  });

  test('a storm of big gifts is thanked together, and every gift is in the count', () => {
    const room = openSampleRoom();
    for (let i = 0; i < 40; i += 1) room.message(i / 20, { kind: 'gift', viewer: `v${i}`, metadata: rocket(4) });
    room.wait(3, 60);
    const counted = room.of('gift_thanks').reduce((sum, card) => sum + Number(card.params.count), 0);
    expect(counted).toBe(160);
    expect(room.cards.length).toBeLessThan(5);
  });

  test('a new membership is named at once', () => {
    const room = openSampleRoom();
    room.message(0, {
      kind: 'guard',
      viewer: 'a',
      metadata: { gift_name: '舰长', gift_count: 1, price_cents: 19_800 },
    });
    expect(room.cards[0]).toMatchObject({ urgency: 'high', params: { kind: 'guard', gift: '舰长', name: 'a' } });
  });

  test('a gift of unknown value is never taken for a big one', () => {
    const room = openSampleRoom();
    room.message(0, { kind: 'gift', viewer: 'a', metadata: { gift_name: '?', gift_count: 999, price_cents: null } });
    room.wait(1, 30);
    expect(room.cards).toHaveLength(0);
  });
});
