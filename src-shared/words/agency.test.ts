import { expect, test } from 'vitest';
import { errorCode } from '../api.ts';
import { type AgencyWords, agencyErrorWords, agencyWordsFor } from './agency.ts';

type Leaf = { path: string; text: string };

/** Every sentence of a catalogue; functions are called with figures that also read as texts. */
function leaves(value: unknown, path = ''): Leaf[] {
  if (typeof value === 'string') return [{ path, text: value }];
  if (typeof value === 'function') {
    if (/list|line$/.test(path)) return [{ path, text: String(value(['a', 'b'])) }];
    if (path === '.weekOf') return [{ path, text: String(value('2026-11-23')) }];
    return [{ path, text: String(value(...[7, 8, 9].slice(0, value.length))) }];
  }
  return Object.entries(value as object).flatMap(([key, inner]) => leaves(inner, `${path}.${key}`));
}
const all = (words: AgencyWords) => leaves(words);

test('no sentence in English holds Chinese, but for the button that leads to Chinese', () => {
  const chinese = all(agencyWordsFor('en')).filter(({ text }) => /\p{Script=Han}/u.test(text));
  expect(chinese).toEqual([{ path: '.otherLanguage.label', text: '中文' }]);
});

test('no sentence of the agency web speaks of feelings', () => {
  const words =
    /情绪|心情|开心|高兴|愤怒|生气|悲伤|难过|焦虑|抑郁|emotion|mood|happy|happiness|angry|anger|\bsad\b|anxi|depress/i;
  const found = [...all(agencyWordsFor('zh')), ...all(agencyWordsFor('en'))].filter(({ text }) => words.test(text));
  expect(found).toEqual([]);
});

test('no sentence of either language congratulates, shouts or fawns', () => {
  const loud = [...all(agencyWordsFor('zh')), ...all(agencyWordsFor('en'))];
  expect(loud.filter(({ text }) => /[!！]|亲爱|亲，/.test(text))).toEqual([]);
});

test('Chinese uses full-width punctuation between Chinese words', () => {
  const half = all(agencyWordsFor('zh')).filter(({ text }) =>
    /\p{Script=Han}[,;:?()]|[,;:?()]\p{Script=Han}/u.test(text),
  );
  expect(half).toEqual([]);
});

test('every code of the server has its own words, and an unknown one the general words', () => {
  for (const language of ['zh', 'en'] as const) {
    const words = agencyWordsFor(language);
    for (const code of errorCode.options) expect(agencyErrorWords(words, code)).toBe(words.error[code]);
    expect(agencyErrorWords(words, 'toString')).toBe(words.error.INTERNAL);
  }
});

test('one of a thing is not many in English', () => {
  const { quality, session, sessions } = agencyWordsFor('en');
  expect(quality.reconnects(1)).toBe('1\u00a0reconnect.');
  expect(session.breakTotal(1, '5 min')).toBe('1\u00a0break, 5 min in all');
  expect(sessions.shown('1')).toBe('1\u00a0session');
});
