import fc from 'fast-check';
import { expect, it } from 'vitest';
import { toBatches } from './batches.ts';
import { makeRecentResults } from './recent-results.ts';

it('every text stands in one batch, of at most eight, of which at most 15 % is padding', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 2, max: 48 }), { maxLength: 200 }), (lengths) => {
      const batches = toBatches(lengths);
      expect(batches.flat().sort((a, b) => a - b)).toEqual(lengths.map((_, i) => i));
      for (const batch of batches) {
        const sizes = batch.map((i) => lengths[i]!);
        const padded = Math.max(...sizes) * sizes.length;
        expect(batch.length).toBeLessThanOrEqual(8);
        expect(1 - sizes.reduce((sum, size) => sum + size, 0) / padded).toBeLessThanOrEqual(0.15 + 1e-9);
      }
    }),
  );
});

it('eight texts of one length are one batch', () => {
  expect(toBatches(Array.from({ length: 8 }, () => 12))).toHaveLength(1);
  expect(toBatches([])).toEqual([]);
});

it('recent results keep the newest, count hits, and drop what was unused for the longest', () => {
  const recent = makeRecentResults<number>(2);
  recent.set('a', 1);
  recent.set('b', 2);
  expect(recent.get('a')).toBe(1);
  recent.set('c', 3);
  expect([recent.get('a'), recent.get('b'), recent.get('c')]).toEqual([1, undefined, 3]);
  expect(recent.size).toBe(2);
  expect(recent.counts).toEqual({ hits: 3, misses: 1 });
});
