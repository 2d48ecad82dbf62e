import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createGiftStreaks, type GiftStep } from './gift-streaks.ts';

const step = (more: Partial<GiftStep>): GiftStep => ({
  key: 'k',
  at: 0,
  mode: 'delta',
  count: 1,
  unitCents: 10,
  end: false,
  ...more,
});

describe('a gift streak', () => {
  test('opens, grows and closes by its end flag', () => {
    const streaks = createGiftStreaks();
    expect(streaks.step(step({ mode: 'total', count: 1 })).change).toBe('opened');
    expect(streaks.step(step({ mode: 'total', count: 4, at: 500 }))).toMatchObject({
      change: 'updated',
      added: 3,
      addedCents: 30,
    });
    const closed = streaks.step(step({ mode: 'total', count: 5, at: 900, end: true }));
    expect(closed).toMatchObject({ change: 'closed', streak: { count: 5, cents: 50, openedAt: 0, updatedAt: 900 } });
    expect(streaks.expire(60_000)).toEqual([]);
  });

  test('closes once when it has been still for longer than ten seconds', () => {
    const streaks = createGiftStreaks();
    streaks.step(step({}));
    expect(streaks.expire(10_000)).toEqual([]);
    expect(streaks.expire(10_001)).toMatchObject([{ key: 'k', count: 1, closed: true }]);
    expect(streaks.expire(10_002)).toEqual([]);
  });

  test('that is closed stays known for a minute: a late total adds nothing twice', () => {
    const streaks = createGiftStreaks();
    streaks.step(step({ mode: 'total', count: 5, end: true }));
    expect(streaks.step(step({ mode: 'total', count: 5, at: 60_000 }))).toMatchObject({ change: 'late', added: 0 });
    expect(streaks.step(step({ mode: 'total', count: 5, at: 130_001 }))).toMatchObject({ change: 'opened', added: 5 });
  });

  test('whose gifts have no known value has none, not 0', () => {
    expect(createGiftStreaks().step(step({ unitCents: null }))).toMatchObject({
      addedCents: null,
      streak: { cents: null },
    });
  });

  test('counts a running total once, in any order and with any repetition', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 99 }), { minLength: 1, maxLength: 50 }), (totals) => {
        const streaks = createGiftStreaks();
        const added = totals.map((count, index) => streaks.step(step({ mode: 'total', count, at: index * 100 })).added);
        expect(added.reduce((sum, each) => sum + each, 0)).toBe(Math.max(...totals));
        expect(added.every((each) => each >= 0)).toBe(true);
      }),
    );
  });

  test('gives the same sum whether it is asked to expire in between or not, for any mix of streaks', () => {
    const messages = fc.array(
      fc.record({
        key: fc.constantFrom('a', 'b', 'c'),
        wait: fc.nat(15_000),
        count: fc.integer({ min: 1, max: 20 }),
        end: fc.boolean(),
      }),
      { maxLength: 60 },
    );
    fc.assert(
      fc.property(messages, (row) => {
        const [asked, silent] = [createGiftStreaks(), createGiftStreaks()];
        let at = 0;
        for (const { key, wait, count, end } of row) {
          at += wait;
          const message = step({ key, at, count, end });
          expect(asked.step(message).added).toBe(count);
          expect(silent.step(message).added).toBe(count);
          for (const closed of asked.expire(at)) expect(at - closed.updatedAt).toBeGreaterThan(10_000);
        }
        expect(asked.expire(at + 80_000).every((streak) => streak.closed)).toBe(true);
        expect(asked.size()).toBe(0);
      }),
    );
  });
});
