import { describe, expect, test } from 'vitest';
import { openSampleRoom } from '../sample-room.ts';

const paid = { price_cents: 3000, superchat_id: 's1', duration_seconds: 60 };

describe('superchat thanks', () => {
  test('a superchat is shown with its words as soon as they were analysed', () => {
    const room = openSampleRoom();
    const message = room.message(0, { kind: 'superchat', viewer: 'a', text: '唱首晴天好吗', metadata: paid });
    expect(room.cards).toHaveLength(0);
    room.feed([room.sampler.analysis(room.at(0.1), message.id, {})]);
    expect(room.cards[0]).toMatchObject({
      headline: '唱首晴天好吗',
      params: { name: 'a', cents: 3000, superchatId: 's1' },
    });
  });

  test('without an analysis it comes after a moment, without its words', () => {
    const room = openSampleRoom();
    room.message(0, { kind: 'superchat', viewer: 'a', text: '任何话', metadata: paid });
    room.wait(1, 3);
    expect(room.cards).toHaveLength(1);
    expect(JSON.stringify(room.cards[0])).not.toContain('任何话');
  });

  test('an insult or words of distress are not quoted', () => {
    const room = openSampleRoom();
    for (const [text, abuse] of [
      ['骂人的话', 0.9],
      ['我真的不想活了', 0.1],
    ] as const) {
      const message = room.message(0, { kind: 'superchat', viewer: text, text, metadata: { price_cents: 3000 } });
      room.feed([room.sampler.analysis(room.at(0.1), message.id, { abuse })]);
    }
    room.wait(1, 20);
    // The words of distress have their own card; a danmaku carries one.
    expect(room.cards.map((card) => card.trigger).sort()).toEqual(['superchat_thanks', 'viewer_distress']);
    for (const card of room.of('superchat_thanks')) expect([card.headline, ...card.evidence.quotes]).toEqual(['']);
  });

  test('a superchat that was deleted before its card, or before it came, makes none', () => {
    const room = openSampleRoom();
    room.message(0, { kind: 'superchat', text: '一', metadata: paid });
    room.message(0.5, { kind: 'superchat_delete', metadata: { superchat_id: 's1' } });
    room.message(1, { kind: 'superchat_delete', metadata: { superchat_id: 's2' } });
    room.message(1.5, { kind: 'superchat', text: '二', metadata: { ...paid, superchat_id: 's2' } });
    room.wait(2, 10);
    expect(room.cards).toHaveLength(0);
  });

  test('many at once are counted on one card', () => {
    const room = openSampleRoom();
    for (let i = 0; i < 9; i += 1)
      room.message(i / 10, { kind: 'superchat', viewer: `v${i}`, text: `留言${i}`, metadata: { price_cents: 3000 } });
    room.wait(3, 30);
    expect(room.cards.reduce((sum, card) => sum + card.evidence.count, 0)).toBe(9);
    expect(room.cards.length).toBe(1);
  });
});
