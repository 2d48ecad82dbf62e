import { expect, test } from 'vitest';
import { minuteTicks } from './minutes-chart.tsx';
import { emotionShares } from './report-page.tsx';

test('what was certain and what was not make a whole', () => {
  const shares = emotionShares({ emotionShare: { happy: 0.75, sad: 0.25 }, uncertainShare: 0.2 });
  expect(shares.happy).toBeCloseTo(0.6);
  expect(shares.sad).toBeCloseTo(0.2);
  expect(emotionShares({ emotionShare: {}, uncertainShare: 1 })).toEqual({});
});

test('no clock time stands twice under the minutes, however short or long a session was', () => {
  const minutes = (count: number) => Array.from({ length: count }, (_, index) => index * 60_000);
  expect(minuteTicks(minutes(2))).toEqual([0, 60_000]);
  const long = minuteTicks(minutes(480));
  expect(long.length).toBeLessThanOrEqual(8);
  expect(new Set(long).size).toBe(long.length);
});
