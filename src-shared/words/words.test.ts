import { expect, test } from 'vitest';
import { errorCode } from '../api.ts';
import { errorWords, type Words, wordsFor } from './words.ts';

const han = /\p{Script=Han}/u;
type Leaf = { path: string; text: string };

/** Every sentence of a catalogue; functions are called with plain figures. */
function leaves(value: unknown, path = ''): Leaf[] {
  if (typeof value === 'string') return [{ path, text: value }];
  if (typeof value === 'function') {
    const parameters = ['alpha', 'beta', 'gamma'].slice(0, value.length);
    const byText = String(
      value(
        ...parameters.map((_, index) =>
          path.match(/count|ago|minutes|day|clock|percent|Minute|milli|Short/) ? 7 + index : parameters[index],
        ),
      ),
    );
    return [{ path, text: byText }];
  }
  return Object.entries(value as object).flatMap(([key, inner]) => leaves(inner, `${path}.${key}`));
}

const all = (words: Words) => leaves(words);

test('no sentence in English holds Chinese, but for the button that leads to Chinese', () => {
  expect(all(wordsFor('en')).filter(({ text }) => han.test(text))).toEqual([
    { path: '.actions.toEnglish', text: '中文' },
  ]);
});

test('no sentence of either language congratulates, shouts or fawns', () => {
  const loud = [...all(wordsFor('zh')), ...all(wordsFor('en'))].filter(({ text }) => /[!！]|亲爱|亲，/.test(text));
  expect(loud).toEqual([]);
});

test('Chinese uses full-width punctuation between Chinese words', () => {
  const half = all(wordsFor('zh')).filter(({ text }) => /\p{Script=Han}[,;:?()]|[,;:?()]\p{Script=Han}/u.test(text));
  expect(half).toEqual([]);
});

test('every code of the server has its own words', () => {
  const words = wordsFor('zh');
  for (const code of errorCode.options) expect(errorWords(words, code)).not.toBe(words.errors.general);
});

test('a code that is a property of every object is still unknown', () => {
  const words = wordsFor('en');
  expect(errorWords(words, 'constructor')).toBe(words.errors.general);
});

test('large counts are written as people say them', () => {
  expect([999, 8204, 123_000, 250_000_000].map(wordsFor('zh').count)).toEqual([
    '999',
    '8,204',
    '12.3\u00a0万',
    '2.5\u00a0亿',
  ]);
  expect([999, 8204, 123_000, 2_500_000].map(wordsFor('en').count)).toEqual(['999', '8,204', '123K', '2.5M']);
});

test('ages are coarse and never negative in words', () => {
  const { ago } = wordsFor('zh');
  expect([0, 12_000, 180_000, 7_200_000, 172_800_000].map(ago)).toEqual([
    '刚刚',
    '12\u00a0秒前',
    '3\u00a0分钟前',
    '2\u00a0小时前',
    '2 天前',
  ]);
});
