// Population statistics over short number lists; an empty list gives 0, so that no feature is ever NaN.

/** Arithmetic mean. */
export function mean(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]!;
  return values.length === 0 ? 0 : sum / values.length;
}

/** Population standard deviation. */
export function deviation(values: ArrayLike<number>): number {
  const middle = mean(values);
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += (values[i]! - middle) ** 2;
  return values.length === 0 ? 0 : Math.sqrt(sum / values.length);
}

/** Percentiles by linear interpolation, in the order asked for. */
export function percentiles(values: ArrayLike<number>, percents: number[]): number[] {
  const sorted = Float64Array.from(values).sort();
  return percents.map((percent) => {
    const place = (percent / 100) * (sorted.length - 1);
    const below = sorted[Math.floor(place)] ?? 0;
    const above = sorted[Math.ceil(place)] ?? 0;
    return below + (above - below) * (place - Math.floor(place));
  });
}

/** Mean absolute difference of neighbours. */
export function meanStep(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 1; i < values.length; i++) sum += Math.abs(values[i]! - values[i - 1]!);
  return values.length < 2 ? 0 : sum / (values.length - 1);
}

/** Mean of the second half less mean of the first. */
export function halvesDifference(values: number[]): number {
  const half = Math.floor(values.length / 2);
  return half === 0 ? 0 : mean(values.slice(half)) - mean(values.slice(0, half));
}

/** The largest value, or 0 of none. */
export function largest(values: ArrayLike<number>): number {
  let max = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < values.length; i++) max = Math.max(max, values[i]!);
  return values.length === 0 ? 0 : max;
}
