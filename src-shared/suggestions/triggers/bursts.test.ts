import { describe, expect, test } from 'vitest';
import { openSampleRoom } from '../sample-room.ts';

describe('price, logistics and purchase', () => {
  test('five viewers who ask prices of different goods make a price card and no repeated question', () => {
    const room = openSampleRoom();
    for (const [i, text] of ['1号多少钱', '2号什么价', '那双鞋怎么卖', '5号价格', '杯子贵不贵'].entries()) {
      room.ask(i * 5, text, `v${i}`, 'price');
    }
    expect(room.of('price_question')[0]).toMatchObject({ params: { viewers: 5 }, type: 'product' });
    expect(room.of('repeated_question')).toHaveLength(0);
  });

  test('four viewers are too few, and one viewer who asks ten times is one', () => {
    const room = openSampleRoom();
    for (let i = 0; i < 4; i += 1) room.ask(i, `${i + 1}号多少钱`, `v${i}`, 'price');
    for (let i = 0; i < 10; i += 1) room.ask(10 + i, `${i + 10}号多少钱`, 'v0', 'price');
    room.wait(20, 40);
    expect(room.of('price_question')).toHaveLength(0);
  });

  test('who says that they want to buy does not count as asking for prices', () => {
    const room = openSampleRoom();
    for (const [i, text] of ['还有货吗', '链接在哪', '怎么又没抢到', '什么时候上链接', '补货吗'].entries()) {
      room.say(i * 5, text, `v${i}`, { intent: 'price', purchase: 0.9 });
    }
    room.wait(21, 40);
    expect(room.of('price_question')).toHaveLength(0);
    expect(room.of('purchase_intent')).toHaveLength(1);
  });

  test('askers who are on the card of a repeated question make no second card', () => {
    const room = openSampleRoom();
    for (let i = 0; i < 6; i += 1) room.ask(i, '包邮吗', `v${i}`);
    room.wait(6, 60);
    expect(room.cards.map((card) => card.trigger)).toEqual(['repeated_question']);
  });

  test('different shipping questions of five viewers make a shipping card', () => {
    const room = openSampleRoom();
    for (const [i, text] of ['发什么快递', '今天能发货吗', '可以改地址吗', '不合适能退吗', '广东几天到'].entries()) {
      room.ask(i * 5, text, `v${i}`);
    }
    expect(room.of('logistics_question')).toHaveLength(1);
  });

  test('three viewers who want to buy make a card, lower scores make none', () => {
    const room = openSampleRoom();
    for (const viewer of ['a', 'b', 'c', 'd']) room.say(1, '还不错', viewer, { purchase: 0.5 });
    expect(room.cards).toHaveLength(0);
    for (const viewer of ['a', 'b', 'c']) room.say(10, '怎么拍', viewer, { purchase: 0.9 });
    room.wait(11, 12);
    expect(room.of('purchase_intent')).toHaveLength(1);
  });
});

describe('newcomers', () => {
  function usualRoom(perSlice: number) {
    const room = openSampleRoom();
    let n = 0;
    for (let slice = 0; slice < 9; slice += 1) {
      for (let i = 0; i < perSlice; i += 1)
        room.message(slice * 20 + (i * 20) / perSlice, { kind: 'enter', viewer: `n${n++}` });
    }
    return room;
  }

  test('thirty arrivals where five are usual make one card', () => {
    const room = usualRoom(5);
    expect(room.cards).toHaveLength(0);
    for (let i = 0; i < 60; i += 1) room.message(181 + i / 10, { kind: 'enter', viewer: `w${i}` });
    expect(room.of('newcomers')).toHaveLength(1);
  });

  test('thirty arrivals where thirty are usual, one person thirty times, or the first rush make none', () => {
    const busy = usualRoom(30);
    for (let i = 0; i < 30; i += 1) busy.message(181 + i / 10, { kind: 'enter', viewer: `w${i}` });
    const one = usualRoom(5);
    for (let i = 0; i < 60; i += 1) one.message(181 + i / 10, { kind: 'enter', viewer: 'same' });
    const first = openSampleRoom();
    for (let i = 0; i < 200; i += 1) first.message(i / 10, { kind: 'enter', viewer: `w${i}` });
    expect([busy, one, first].map((room) => room.cards.length)).toEqual([0, 0, 0]);
  });
});

describe('abuse', () => {
  test('attacks are counted and none of their words is anywhere in the card', () => {
    const room = openSampleRoom();
    for (let i = 0; i < 12; i += 1) room.say(i / 10, `脏话${i}`, `v${i % 3}`, { intent: 'abuse', abuse: 0.95 });
    room.wait(2, 119);
    const [card] = room.of('abuse');
    expect(JSON.stringify(room.cards)).not.toContain('脏话');
    expect(card!.evidence.danmakuIds.length).toBeGreaterThanOrEqual(3);
    expect(room.of('abuse')).toHaveLength(1);
  });

  test('rude banter below the threshold and two attacks make none', () => {
    const room = openSampleRoom();
    for (let i = 0; i < 30; i += 1) room.say(i, '你真菜', `v${i}`, { abuse: 0.6 });
    room.say(31, 'x', 'a', { abuse: 0.9 });
    room.say(32, 'y', 'b', { abuse: 0.9 });
    room.wait(33, 60);
    expect(room.cards).toHaveLength(0);
  });
});

describe('negative burst', () => {
  const unhappy = { intent: 'complaint', sentiment: -0.6 } as const;

  test('six viewers with one complaint make a card whose headline is their words', () => {
    const room = openSampleRoom();
    for (const [i, text] of [
      '声音太小了',
      '声音好小',
      '听不清声音小',
      '声音太小',
      '声音小听不见',
      '声音小了',
    ].entries()) {
      room.say(i * 2, text, `v${i}`, unhappy);
    }
    room.wait(12, 14);
    expect(room.of('negative_burst')[0]!.headline).toContain('声音');
  });

  test('six unhappy ones among sixty writers, or one who complains six times, make none', () => {
    const crowd = openSampleRoom();
    for (let i = 0; i < 60; i += 1) crowd.say(i / 4, '不错', `w${i}`, { sentiment: 0.4 });
    for (let i = 0; i < 6; i += 1) crowd.say(15 + i, '卡', `v${i}`, unhappy);
    crowd.wait(21, 30);
    const one = openSampleRoom();
    for (let i = 0; i < 12; i += 1) one.say(i, `卡死了${i}`, 'same', unhappy);
    one.wait(12, 20);
    expect([crowd.of('negative_burst').length, one.of('negative_burst').length]).toEqual([0, 0]);
  });
});

describe('mood drop', () => {
  function gladRoom() {
    const room = openSampleRoom();
    for (let i = 0; i < 120; i += 1) room.say(i * 2, '好看', `v${i % 40}`, { sentiment: 0.5 });
    return room;
  }

  test('a room that turns from glad to sour and stays so makes one card', () => {
    const room = gladRoom();
    for (let i = 0; i < 80; i += 1) room.say(240 + i, '唉', `w${i % 30}`, { sentiment: -0.7, certain: true });
    room.wait(320, 330);
    expect(room.of('mood_drop')).toHaveLength(1);
  });

  test('one sour viewer who writes eighty times, or a room that only grows calm, makes none', () => {
    const one = gladRoom();
    for (let i = 0; i < 80; i += 1) one.say(240 + i, '唉', 'same', { sentiment: -0.9 });
    const calm = gladRoom();
    for (let i = 0; i < 80; i += 1) calm.say(240 + i, '嗯', `w${i % 30}`, { sentiment: 0 });
    for (const room of [one, calm]) room.wait(320, 340);
    expect([one.of('mood_drop').length, calm.of('mood_drop').length]).toEqual([0, 0]);
  });
});
