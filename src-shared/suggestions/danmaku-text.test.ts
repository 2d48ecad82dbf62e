import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { contentGrams, cutWords, gramLikeness, headlineLimit, normalize, toHeadline } from './danmaku-text.ts';
import { Recent } from './recent.ts';

describe('danmaku text', () => {
  test('full-width letters, marks, emoji and long laughter do not make another text', () => {
    expect(normalize('ＸＬ 有吗？？😂')).toBe('xl 有吗');
    expect(normalize('哈哈哈哈哈')).toBe(normalize('哈哈哈'));
  });

  test('questions that differ only in polite and empty words are the same', () => {
    const [a, b] = ['请问主播这个是什么面料呀', '面料是什么'].map((text) => contentGrams(normalize(text)));
    expect(gramLikeness(a!, b!)).toBe(1);
  });

  test('a headline is never longer than its limit, never loses its start and says when it was cut', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 80 }), (text) => {
        const headline = toHeadline(text);
        expect([...headline].length).toBeLessThanOrEqual(headlineLimit);
        if (headline.endsWith('…') && !text.includes('…')) {
          expect(headline.length).toBeGreaterThan(1);
        }
      }),
    );
    expect(toHeadline('发货到新疆要几天')).toBe('发货到新疆要几天');
    expect(cutWords('第一句话，第二句话比较长', 8)).toBe('第一句话…');
  });

  test('control characters and direction marks of viewers do not reach a card', () => {
    expect(toHeadline('a\u202Eb\u0000c\nd')).toBe('a b c d');
  });
});

describe('a window of recent things', () => {
  test('keeps the newest within its time and its number, whatever the order of asking', () => {
    const recent = new Recent<number>(1_000, 100);
    for (let i = 0; i < 1_000; i += 1) recent.add(i, i * 5);
    expect(recent.size).toBe(100);
    expect(recent.since(4_995, 50)).toEqual([990, 991, 992, 993, 994, 995, 996, 997, 998, 999]);
    recent.prune(5_995);
    expect(recent.size).toBe(0);
  });
});
