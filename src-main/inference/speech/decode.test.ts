import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decode, loopStart, type Reader } from './decode.ts';
import { special } from './tokenizer.ts';

const vocabulary = 51_865;
type Next = (said: readonly number[]) => Record<number, number | undefined>;

/** A model in small: what comes next is a table of logits by what was said; the rest is at minus 20. */
function made(next: Next): { reader: Reader; first: Float32Array; steps: () => number } {
  const said: number[] = [];
  const logits = () => {
    const row = new Float32Array(vocabulary).fill(-20);
    for (const [token, value] of Object.entries(next(said))) row[Number(token)] = value ?? -20;
    return row;
  };
  const first = logits();
  const reader: Reader = {
    async read(ids) {
      said.push(...ids);
      return logits();
    },
  };
  return { reader, first, steps: () => said.length };
}
const options = { longestTokens: 30, hotWords: [] };
const end = special.endOfText;

test('what is likeliest is said until the end comes, and signs, tags and an empty text are never said', async () => {
  const words = [300, 301, 302];
  const { reader, first } = made((said) => ({
    [words[said.length] ?? end]: 5,
    [special.noTimestamps]: 9,
    50400: 9,
    2: 9,
    ...(said.length === 0 ? { [end]: 8 } : {}),
  }));
  const { tokens, looped, meanLogProbability } = await decode(reader, first, options);
  expect([tokens, looped]).toEqual([words, false]);
  expect(meanLogProbability).toBeGreaterThan(-0.1);
});

test('a model that never ends is ended by the longest length, one that goes in circles by the circle', async () => {
  const straight = made((said) => ({ [1_000 + said.length]: 5 }));
  expect((await decode(straight.reader, straight.first, options)).tokens).toHaveLength(30);
  const circling = made((said) => ({ [400 + (said.length % 4)]: 5 }));
  const found = await decode(circling.reader, circling.first, options);
  expect(found).toMatchObject({ tokens: [400, 401, 402, 403], looped: true });
  expect(circling.steps()).toBeLessThan(13);
});

test('a hot word wins where it was nearly said, and not where nothing of it was', async () => {
  const next: Next = (said) => (said.length === 0 ? { 300: 5 } : said.length === 1 ? { 301: 3, 302: 2 } : { [end]: 9 });
  const plain = made(next);
  const hot = made(next);
  const other = made(next);
  const say = async (model: typeof plain, hotWords: number[][]) =>
    (await decode(model.reader, model.first, { ...options, hotWords })).tokens;
  expect(await say(plain, [])).toEqual([300, 301]);
  expect(await say(hot, [[300, 302]])).toEqual([300, 302]);
  expect(await say(other, [[700, 302]])).toEqual([300, 301]);
});

test('logits that are no numbers give an empty text, not an endless run', async () => {
  const broken: Reader = {
    read: async () => new Float32Array(vocabulary).fill(Number.NaN),
  };
  expect((await decode(broken, await broken.read([]), options)).tokens).toEqual([]);
});

test('a row without repeats is never cut, a repeated one is cut to its first round', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.nat(1_000), { maxLength: 60 }), (tokens) => {
      expect(loopStart(tokens)).toBeNull();
    }),
    { seed: 3 },
  );
  expect(loopStart([1, 2, 3, 7, 7, 7])).toBeNull();
  expect(loopStart([9, 5, 6, 7, 8, 5, 6, 7, 8, 5, 6, 7, 8])).toBe(5);
});
