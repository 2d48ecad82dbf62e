import { expect, test } from 'vitest';
import { measureReadiness } from './readiness.ts';

const readings = (values: number[]) => () => Promise.resolve(values.shift() ?? Number.NaN);

test('one slow moment of three does not switch speech to text off, a slow machine does, and says so in both languages', async () => {
  expect(await measureReadiness(readings([0.2, 3, 0.25]))).toMatchObject({ usable: true, realTimeFactor: 0.25 });
  const slow = await measureReadiness(readings([0.9, 0.85, 0.2]));
  expect(slow).toMatchObject({ usable: false, realTimeFactor: 0.85 });
  expect(slow.sentence.zh).toContain('已关闭');
  expect(slow.sentence.en).toContain('is off');
  expect((await measureReadiness(readings([0.8, 0.8, 0.8]))).usable).toBe(true);
});
