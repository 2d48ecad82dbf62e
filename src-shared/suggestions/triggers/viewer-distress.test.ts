import { describe, expect, test } from 'vitest';
import { openSampleRoom } from '../sample-room.ts';

describe('viewer distress', () => {
  test('plain words make one critical card at once, without the text model and without the words in large', () => {
    const room = openSampleRoom();
    room.message(0, { text: '我真的不想活了', viewer: 'a' });
    expect(room.cards).toHaveLength(1);
    expect(room.cards[0]).toMatchObject({
      urgency: 'critical',
      type: 'emergency',
      headline: '',
      params: { name: 'a', count: 1 },
    });
  });

  test('the same viewer makes no second card in ten minutes', () => {
    const room = openSampleRoom();
    for (let second = 0; second < 500; second += 20) room.message(second, { text: '我真的不想活了', viewer: 'a' });
    expect(room.cards).toHaveLength(1);
  });

  test('several viewers within a minute share a card, none is lost', () => {
    const room = openSampleRoom();
    for (const [i, viewer] of ['a', 'b', 'c', 'd'].entries()) room.message(i * 5, { text: '我想自杀', viewer });
    room.wait(20, 90);
    expect(room.cards.map((card) => card.params.count)).toEqual([1, 3]);
  });

  test('settings that want only very sure cards do not silence it', () => {
    const room = openSampleRoom({ minConfidence: 1 });
    room.message(0, { text: '我想自杀', viewer: 'a' });
    expect(room.cards).toHaveLength(1);
  });

  test('being waved away does not make it rarer', () => {
    const room = openSampleRoom();
    for (let i = 0; i < 6; i += 1) {
      room.message(i * 61, { text: '我想自杀', viewer: `v${i}` });
      const suggestionId = room.cards.at(-1)!.id;
      room.feed([{ ...room.base(i * 61 + 1), type: 'suggestion.closed', suggestionId, outcome: 'dismissed' }]);
    }
    expect(room.cards).toHaveLength(6);
  });

  test('sayings and game talk in a whole round make none', () => {
    const room = openSampleRoom();
    const talk = [
      '笑死',
      '想死你了',
      '杀了他',
      '累死了',
      '我又死了',
      '自杀回城',
      '跳楼价',
      '要死了要死了',
      '不想活了哈哈哈',
    ];
    for (let i = 0; i < 200; i += 1) room.message(i, { text: talk[i % talk.length]!, viewer: `v${i % 7}` });
    expect(room.cards).toHaveLength(0);
  });
});
