import { hlc as hlcSchema } from '@app/shared/sync';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { makeHlc } from './hlc.ts';

test('whatever the wall clock does, each value is later than the one before and fits the protocol', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 2 ** 45 }), { minLength: 1, maxLength: 200 }), (times) => {
      let wall = 0;
      const clock = makeHlc('0a1b2c3d', () => wall);
      let last = '';
      for (const time of times) {
        wall = time;
        const next = clock.next();
        expect(hlcSchema.safeParse(next).success).toBe(true);
        expect(next > last).toBe(true);
        last = next;
      }
    }),
  );
});

test('a full counter carries into the time, and a clock goes on from what was kept', () => {
  const clock = makeHlc('0a1b2c3d', () => 5, '000000000005-ffff-0a1b2c3d');
  expect(clock.next()).toBe('000000000006-0000-0a1b2c3d');
});
