import fc from 'fast-check';
import { expect, test } from 'vitest';
import { speechSpans } from './speech-spans.ts';

const many = (count: number, probability: number): number[] => Array.from({ length: count }, () => probability);

test('two sentences with a second between them are two spans, with a breath between them one', () => {
  expect(speechSpans([...many(30, 0), ...many(40, 0.9), ...many(31, 0), ...many(40, 0.9)])).toHaveLength(2);
  expect(speechSpans([...many(30, 0), ...many(40, 0.9), ...many(10, 0), ...many(40, 0.9)])).toHaveLength(1);
});

test('silence and a click are no span', () => {
  expect(speechSpans(many(300, 0.2))).toEqual([]);
  expect(speechSpans([...many(50, 0), 0.9, 0.9, ...many(50, 0)])).toEqual([]);
  expect(speechSpans([])).toEqual([]);
});

test('a speech without a pause is cut where it is least likely, and nothing of it is lost', () => {
  const long = many(1_200, 0.9);
  long[400] = 0.36;
  const spans = speechSpans(long);
  expect(spans[0]!.end).toBe(401);
  expect(spans.reduce((sum, { start, end }) => sum + end - start, 0)).toBe(1_200);
});

test('spans are in order, apart, inside the sound and at most 15 s, whatever the probabilities', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 1_500 }), (probabilities) => {
      let last = 0;
      for (const { start, end, speechShare } of speechSpans(probabilities)) {
        expect(start).toBeGreaterThanOrEqual(last);
        expect(end).toBeGreaterThan(start);
        expect(end).toBeLessThanOrEqual(probabilities.length);
        expect((end - start) * 512).toBeLessThanOrEqual(15 * 16_000);
        expect(speechShare).toBeGreaterThan(0);
        last = end;
      }
    }),
    { seed: 5, numRuns: 60 },
  );
});
