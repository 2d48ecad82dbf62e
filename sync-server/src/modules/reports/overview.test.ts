import fc from 'fast-check';
import { expect, test } from 'vitest';
import { firstMonday } from './overview.ts';

test('the week of any moment begins on the Monday at or before it', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: Date.UTC(2000, 0), max: Date.UTC(2199, 0) }),
      fc.integer({ min: 1, max: 53 }),
      (now, weeks) => {
        const monday = firstMonday(now, weeks);
        expect(monday.getUTCDay()).toBe(1);
        expect(monday.getTime() % 86_400_000).toBe(0);
        const days = (now - monday.getTime()) / 86_400_000 - (weeks - 1) * 7;
        expect(days).toBeGreaterThanOrEqual(0);
        expect(days).toBeLessThan(7);
      },
    ),
  );
});
