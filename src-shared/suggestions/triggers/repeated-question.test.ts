import { describe, expect, test } from 'vitest';
import { suggestion as suggestionSchema } from '../../live-event.ts';
import { openSampleRoom, start } from '../sample-room.ts';

describe('repeated question', () => {
  test('three viewers who ask about the same far place in other words make one card with their words', () => {
    const room = openSampleRoom();
    room.ask(0, '发货到新疆要几天', 'a');
    room.ask(20, '新疆包邮吗', 'b');
    expect(room.cards).toHaveLength(0);
    room.ask(40, '偏远地区发吗', 'c');
    expect(room.cards).toHaveLength(1);
    const [card] = room.cards;
    expect(suggestionSchema.parse(card)).toEqual(card);
    expect(card).toMatchObject({ trigger: 'repeated_question', params: { viewers: 3 }, evidence: { count: 3 } });
    expect([...card!.evidence.quotes].sort()).toEqual(['偏远地区发吗', '发货到新疆要几天', '新疆包邮吗'].sort());
    expect(card!.evidence.quotes).toContain(card!.headline);
    expect(card!.receivedAt).toBe(start + 40_000);
  });

  test('one viewer who asks three times is not three viewers', () => {
    const room = openSampleRoom();
    for (const second of [0, 10, 20, 30]) room.ask(second, '新疆包邮吗', 'a');
    expect(room.cards).toHaveLength(0);
  });

  test('questions about different places or different item numbers are not one question', () => {
    const room = openSampleRoom();
    room.ask(0, '新疆包邮吗', 'a');
    room.ask(5, '北京包邮吗', 'b');
    room.ask(10, '广东包邮吗', 'c');
    room.ask(15, '1号多少钱', 'd', 'price');
    room.ask(20, '2号多少钱', 'e', 'price');
    room.ask(25, '3号多少钱', 'f', 'price');
    expect(room.cards).toHaveLength(0);
  });

  test('askers further apart than 90 seconds do not add up', () => {
    const room = openSampleRoom();
    room.ask(0, '什么面料', 'a', 'question');
    room.ask(50, '面料是什么', 'b', 'question');
    room.ask(95, '请问什么面料', 'c', 'question');
    expect(room.cards).toHaveLength(0);
  });

  test('an answered question stays quiet for late askers and is open again for three new ones', () => {
    const room = openSampleRoom();
    room.ask(0, '什么面料', 'a', 'question');
    room.ask(1, '面料是什么', 'b', 'question');
    room.ask(2, '请问什么面料', 'c', 'question');
    expect(room.cards).toHaveLength(1);
    const answered = start + 10_000;
    room.feed([
      {
        ...room.sampler.base(answered),
        type: 'suggestion.closed',
        suggestionId: room.cards[0]!.id,
        outcome: 'accepted',
      },
    ]);
    expect(room.engine.openQuestions(answered)).toHaveLength(0);
    for (const [i, viewer] of ['d', 'e', 'f'].entries()) room.ask(20 + i, '什么面料', viewer, 'question');
    expect(room.cards).toHaveLength(1);
    for (const [i, viewer] of ['g', 'h', 'i'].entries()) room.ask(140 + i, '什么面料啊', viewer, 'question');
    expect(room.cards).toHaveLength(2);
    expect(room.cards[1]!.evidence.count).toBe(3);
  });

  test('a question marked answered by hand makes no card when the third viewer asks just after', () => {
    const room = openSampleRoom();
    room.ask(0, '什么面料', 'a', 'question');
    room.ask(1, '面料是什么', 'b', 'question');
    const ids = room.engine.openQuestions(start + 2000)[0]!.danmakuIds;
    room.feed([{ ...room.sampler.base(start + 3000), type: 'question.answered', danmakuIds: ids }]);
    room.ask(5, '请问什么面料', 'c', 'question');
    expect(room.cards).toHaveLength(0);
  });

  test('who asks within the stream delay of an answer did not hear it yet, and who asks later does', () => {
    const room = openSampleRoom();
    room.ask(0, '什么面料', 'a', 'question');
    room.ask(1, '面料是什么', 'b', 'question');
    const ids = room.engine.openQuestions(start + 2000)[0]!.danmakuIds;
    room.feed([{ ...room.base(3), type: 'question.answered', danmakuIds: ids }]);
    for (const viewer of ['c', 'd', 'e']) room.ask(20, '请问什么面料', viewer, 'question');
    expect(room.cards).toHaveLength(0);
    for (const viewer of ['f', 'g', 'h']) room.ask(40, '请问什么面料', viewer, 'question');
    expect(room.cards).toHaveLength(1);
    expect(room.engine.openQuestions(start + 41_000)[0]).toMatchObject({ viewers: 3, firstAt: start + 40_005 });
  });

  test('the same askers make no second card after the cool-down', () => {
    const room = openSampleRoom();
    for (const [i, viewer] of ['a', 'b', 'c'].entries()) room.ask(i, '什么面料', viewer, 'question');
    for (let second = 10; second < 400; second += 10) {
      room.cards.push(...room.engine.tick(start + second * 1000));
    }
    expect(room.cards).toHaveLength(1);
  });

  test('an insult that looks like a question is never quoted', () => {
    const room = openSampleRoom();
    for (const viewer of ['a', 'b', 'c']) {
      room.feed(room.sampler.comment(start, '你是不是有病', viewer, { intent: 'question', abuse: 0.9 }));
    }
    expect(room.cards).toHaveLength(0);
  });

  test('a long question is cut to 24 characters at a comma', () => {
    const room = openSampleRoom();
    const long = '主播我想问下这件外套，一百六十斤身高一米八穿多大码的比较合适呢谢谢';
    for (const viewer of ['a', 'b', 'c']) room.ask(0, long, viewer, 'question');
    expect(room.cards[0]!.headline).toBe('主播我想问下这件外套…');
  });
});
