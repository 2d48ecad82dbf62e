import { describe, expect, test } from 'vitest';
import { type Suggestion, type TriggerName, triggerName } from '../live-event.ts';
import { sampleId } from '../suggestions/sample-events.ts';
import { cardText, textWidth } from './cards.ts';

const longName = '一个名字特别特别特别特别特别特别长的观众朋友';
const params: Record<TriggerName, Suggestion['params'][]> = {
  repeated_question: [{ viewers: 120 }],
  price_question: [{ viewers: 4 }],
  logistics_question: [{ viewers: 4 }],
  purchase_intent: [{ viewers: 3 }],
  gift_thanks: [
    { kind: 'one', name: longName, gift: '超级无敌宇宙大火箭', count: 10, viewers: 1 },
    { kind: 'guard', name: longName, gift: '舰长', count: 1, viewers: 1 },
    { kind: 'many', name: '', gift: '', count: 23, viewers: 9 },
  ],
  superchat_thanks: [
    { kind: 'one', name: longName, cents: 3000, count: 1, superchatId: 's' },
    { kind: 'many', name: '', cents: -1, count: 6, superchatId: '' },
  ],
  newcomers: [{ people: 40, seconds: 20, usual: 6 }],
  mood_drop: [{ messages: 30 }],
  negative_burst: [{ viewers: 8 }],
  abuse: [{ count: 12, viewers: 3 }],
  long_silence: [{ seconds: 60, viewers: 4 }],
  streamer_strained: [{ minutes: 2 }],
  viewer_distress: [
    { name: longName, count: 1 },
    { name: 'x', count: 3 },
  ],
};

function card(trigger: TriggerName, values: Suggestion['params'], headline: string): Suggestion {
  return {
    id: sampleId(1),
    trigger,
    type: 'interaction',
    urgency: 'medium',
    confidence: 0.9,
    headline,
    params: values,
    evidence: { quotes: ['新疆包邮吗', '几天到'], count: 3, windowSeconds: 90, danmakuIds: [], figures: {} },
    createdAt: 0,
    expiresAt: 1,
    decidedAt: 0,
  };
}

describe('the words of cards', () => {
  const own = ['', '发货到新疆要几天', 'does this jacket come in a bigger size for tall people', '一'.repeat(24)];
  for (const trigger of triggerName.options) {
    test(`${trigger} is whole in both languages, at most 24 wide, calm in tone`, () => {
      for (const values of params[trigger]) {
        for (const headline of own) {
          for (const language of ['zh', 'en'] as const) {
            const text = cardText(card(trigger, values, headline), language);
            for (const part of Object.values(text)) {
              expect(part.trim(), `${trigger} ${language}`).not.toBe('');
              expect(part).not.toMatch(/undefined|NaN|\[object/);
            }
            expect(textWidth(text.headline), text.headline).toBeLessThanOrEqual(24);
            const ours = `${text.title}${text.line}${text.action}`;
            expect(ours).not.toMatch(/[!！]|亲[，们]|抑郁|焦虑|depress|anxi/);
            if (language === 'en') expect(`${text.title}${text.action}`).not.toMatch(/\p{Script=Han}/u);
          }
        }
      }
    });

    test(`${trigger} of an older version without params still has words`, () => {
      expect(cardText(card(trigger, {}, ''), 'zh').title).not.toBe('');
      expect(cardText(card(trigger, { viewers: 'many' }, ''), 'en').action).not.toBe('');
    });
  }

  test('the headline of a repeated question is the count and the viewer words', () => {
    expect(cardText(card('repeated_question', { viewers: 3 }, '发货到新疆要几天'), 'zh').headline).toBe(
      '3 人问：发货到新疆要几天',
    );
  });

  test('folded attacks are counted in the words of the shield', () => {
    expect(cardText(card('abuse', { count: 12, viewers: 3 }, ''), 'zh').headline).toBe('12 条攻击已折叠');
    expect(cardText(card('abuse', { count: 1, viewers: 1 }, ''), 'en').headline).toBe('1 attack folded away');
  });
});
