// What the timeline draws, computed from the view: pure, so that it can be tested without a chart.
import type { EmotionLabel } from '@app/shared/emotion/labels';
import type { TimelinePoint } from '@app/shared/view';

export const stepMs = 10_000;
export type Range = 'quarter' | 'hour' | 'all';
const spans: Record<Exclude<Range, 'all'>, number> = { quarter: 15 * 60_000, hour: 60 * 60_000 };
const mostPoints = 180;

export type Span = { from: number; to: number };

/** The stretch of time that is drawn: it ends with the last point and never is shorter than two minutes. */
export function spanOf(points: readonly TimelinePoint[], range: Range, startedAt: number, now: number): Span {
  const to = Math.max((points.at(-1)?.at ?? now) + stepMs, startedAt + 120_000);
  const first = Math.min(points[0]?.at ?? startedAt, startedAt);
  const from = range === 'all' ? first : Math.max(first, to - spans[range]);
  return { from, to };
}

const mean = (values: (number | null)[]): number | null => {
  const known = values.filter((value): value is number => value !== null);
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0) / known.length;
};

function meanCurve(curves: TimelinePoint['curve'][]): TimelinePoint['curve'] {
  const valence = mean(curves.map((curve) => curve?.valence ?? null));
  const arousal = mean(curves.map((curve) => curve?.arousal ?? null));
  return valence === null || arousal === null ? null : { valence, arousal };
}

function mostOften(labels: (EmotionLabel | null)[]): EmotionLabel | null {
  const counts = new Map<EmotionLabel | null, number>();
  for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? null;
}

/** The points inside a span, merged so that at most 180 are drawn. Danmaku and gifts stay sums per ten seconds. */
export function pointsIn(points: readonly TimelinePoint[], span: Span): TimelinePoint[] {
  const inside = points.filter((point) => point.at >= span.from && point.at <= span.to);
  const size = Math.max(1, Math.ceil(inside.length / mostPoints));
  if (size === 1) return inside;
  return Array.from({ length: Math.ceil(inside.length / size) }, (_, index) => {
    const group = inside.slice(index * size, (index + 1) * size);
    return {
      at: group[0]!.at,
      danmaku: mean(group.map((point) => point.danmaku)) ?? 0,
      sentiment: mean(group.map((point) => point.sentiment)),
      emotion: mostOften(group.map((point) => point.emotion)),
      curve: meanCurve(group.map((point) => point.curve)),
      speech: mean(group.map((point) => point.speech)),
      gifts: group.reduce((sum, point) => sum + point.gifts, 0),
    };
  });
}

/** Without the ten seconds that still run: their count has only begun, and would look like a fall. */
export function closedPoints(points: TimelinePoint[], now: number): TimelinePoint[] {
  const last = points.at(-1);
  return points.length > 1 && last && last.at + stepMs > now ? points.slice(0, -1) : points;
}

/** A single point as the ten seconds it stands for: a chart would draw it as half a dot at its edge. */
export const drawable = (points: TimelinePoint[]): TimelinePoint[] =>
  points.length === 1 ? [points[0]!, { ...points[0]!, at: points[0]!.at + stepMs }] : points;

export type Stretch = { from: number; to: number; emotion: EmotionLabel | null };

/** Neighbouring points with the same reading, joined; `null` is a stretch in which nothing was certain. */
export function stretchesOf(points: readonly TimelinePoint[], span: Span): Stretch[] {
  const stretches: Stretch[] = [];
  // The last reading holds for its own step: what comes after it has not happened yet.
  const spacing = points.length > 1 ? points.at(-1)!.at - points.at(-2)!.at : stepMs;
  points.forEach((point, index) => {
    const to = points[index + 1]?.at ?? Math.min(span.to, point.at + spacing);
    const last = stretches.at(-1);
    if (last && last.emotion === point.emotion) last.to = to;
    else stretches.push({ from: point.at, to, emotion: point.emotion });
  });
  return stretches;
}

/** The runs of points where the curve is known, each at least one point long: where it is not, the line is broken. */
export function curveRuns(points: readonly TimelinePoint[]): { at: number; valence: number; arousal: number }[][] {
  const runs: { at: number; valence: number; arousal: number }[][] = [];
  let isOpen = false;
  for (const { at, curve } of points) {
    if (curve && !isOpen) runs.push([]);
    isOpen = curve !== null;
    if (curve) runs.at(-1)!.push({ at: at + stepMs / 2, ...curve });
  }
  return runs;
}

/** Round clock times for the axis, at most six. */
export function ticksOf(span: Span): number[] {
  const steps = [60_000, 120_000, 300_000, 600_000, 900_000, 1_800_000, 3_600_000, 7_200_000];
  const step = steps.find((one) => (span.to - span.from) / one <= 6) ?? 14_400_000;
  const first = Math.ceil(span.from / step) * step;
  const ticks: number[] = [];
  for (let at = first; at <= span.to; at += step) ticks.push(at);
  return ticks;
}
