import type { LatencyView } from '@app/shared/view';

/** The newest latencies of a session: enough for a p95, little enough to sort at will. */
const kept = 1_000;

/** Value at a share of the sorted values, nearest rank; null when there is none. */
export function percentile(values: readonly number[], share: number): number | null {
  if (values.length === 0) return null;
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(share * sorted.length) - 1))]!;
}

export type Latencies = { add(ms: number): void; view(): LatencyView };

/** Collects milliseconds from danmaku received to card visible. */
export function makeLatencies(): Latencies {
  const values: number[] = [];
  let count = 0;
  return {
    add(ms) {
      count += 1;
      values.push(ms);
      if (values.length > kept) values.shift();
    },
    view: () => ({ count, p50Ms: percentile(values, 0.5), p95Ms: percentile(values, 0.95) }),
  };
}
