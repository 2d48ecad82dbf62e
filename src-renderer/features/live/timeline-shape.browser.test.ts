import type { TimelinePoint } from '@app/shared/view';
import { expect, test } from 'vitest';
import { closedPoints, curveRuns, drawable, pointsIn, spanOf, stretchesOf, ticksOf } from './timeline-shape.ts';

const point = (at: number, change: Partial<TimelinePoint> = {}): TimelinePoint => ({
  at,
  danmaku: 4,
  sentiment: null,
  emotion: null,
  curve: null,
  speech: null,
  gifts: 0,
  ...change,
});

test('eight hours are drawn with at most 180 points, and gifts are not lost in merging', () => {
  const points = Array.from({ length: 2880 }, (_, index) => point(index * 10_000, { gifts: 1 }));
  const merged = pointsIn(points, { from: 0, to: 28_800_000 });
  expect(merged.length).toBeLessThanOrEqual(180);
  expect(merged.reduce((sum, one) => sum + one.gifts, 0)).toBe(2880);
  expect(merged.every((one) => one.danmaku === 4)).toBe(true);
});

test('merging keeps "not known" as not known instead of making it zero', () => {
  const points = Array.from({ length: 400 }, (_, index) => point(index * 10_000));
  expect(
    pointsIn(points, { from: 0, to: 4_000_000 }).every((one) => one.sentiment === null && one.speech === null),
  ).toBe(true);
});

test('a quarter of an hour starts no earlier than the session', () => {
  const points = [point(1_000_000), point(1_010_000)];
  expect(spanOf(points, 'quarter', 1_000_000, 1_020_000)).toEqual({ from: 1_000_000, to: 1_120_000 });
  const long = Array.from({ length: 500 }, (_, index) => point(index * 10_000));
  expect(spanOf(long, 'quarter', 0, 5_000_000)).toEqual({ from: 4_100_000, to: 5_000_000 });
});

test('equal readings are one stretch, and an uncertain one between them stands alone', () => {
  const points = [
    point(0, { emotion: 'happy' }),
    point(10_000, { emotion: 'happy' }),
    point(20_000),
    point(30_000, { emotion: 'happy' }),
  ];
  expect(stretchesOf(points, { from: 0, to: 40_000 })).toEqual([
    { from: 0, to: 20_000, emotion: 'happy' },
    { from: 20_000, to: 30_000, emotion: null },
    { from: 30_000, to: 40_000, emotion: 'happy' },
  ]);
});

test('the last reading is not drawn into time that has not come yet', () => {
  const points = [point(0, { emotion: 'happy' }), point(10_000, { emotion: 'happy' })];
  expect(stretchesOf(points, { from: 0, to: 120_000 })).toEqual([{ from: 0, to: 20_000, emotion: 'happy' }]);
});

test('the axis has at most seven times, all on round minutes', () => {
  for (const span of [120_000, 900_000, 3_600_000, 28_800_000]) {
    const ticks = ticksOf({ from: 1_790_000_012_345, to: 1_790_000_012_345 + span });
    expect(ticks.length).toBeLessThanOrEqual(7);
    expect(ticks.every((at) => at % 60_000 === 0)).toBe(true);
  }
});

test('the ten seconds that still run are not drawn as a fall, and are drawn once they ended', () => {
  const points = [point(0, { danmaku: 60 }), point(10_000, { danmaku: 3 })];
  expect(closedPoints(points, 12_000)).toEqual([points[0]]);
  expect(closedPoints(points, 20_000)).toEqual(points);
  expect(closedPoints([points[1]!], 12_000)).toHaveLength(1);
});

test('a single point is drawn over its own ten seconds, and more are left as they are', () => {
  expect(drawable([point(20_000)]).map(({ at }) => at)).toEqual([20_000, 30_000]);
  expect(drawable([point(0), point(10_000)]).map(({ at }) => at)).toEqual([0, 10_000]);
  expect(drawable([])).toEqual([]);
});

test('the curve of valence and arousal is broken where nothing was certain, and merging keeps its mean', () => {
  const curve = { valence: 0.4, arousal: 0.2 };
  const points = [point(0, { curve }), point(10_000), point(20_000, { curve }), point(30_000, { curve })];
  expect(curveRuns(points).map((run) => run.map(({ at }) => at))).toEqual([[5_000], [25_000, 35_000]]);
  const many = Array.from({ length: 360 }, (_, index) => point(index * 10_000, index % 2 === 0 ? { curve } : {}));
  expect(pointsIn(many, { from: 0, to: 3_600_000 })[0]!.curve).toEqual(curve);
});
