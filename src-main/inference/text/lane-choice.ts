// Which lane reads the danmaku: the encoder while it keeps up, the linear model while it would fall behind.

/** What is known when a request comes in. */
export type LaneLoad = {
  atMs: number;
  /** Messages in the request, and those that wait behind it. */
  count: number;
  waiting: number;
  /** How long the oldest of them has waited. */
  waitedMs: number;
};

export type LaneState = {
  isFast: boolean;
  /** Since when the load has been light without a break; null while it is not, or the encoder reads anyway. */
  lightSince: number | null;
  /** Arrivals a second, smoothed over `rateMs`. */
  perSecond: number;
  lastAt: number | null;
};

export const calmLane: LaneState = { isFast: false, lightSince: null, perSecond: 0, lastAt: null };

/** A row is drawn without its analysis after 300 ms; twice that is the most that the encoder may make it wait. */
export const lateMs = 600;
/** The share of one thread that the encoder may need at the present rate, and the share from which it may have it back. */
const busyShare = 0.85;
const lightShare = 0.5;
const lightDelayMs = 150;
/** The load must be light for this long before the encoder reads again: bursts come in rows. */
const lightForMs = 4_000;
const rateMs = 3_000;

/** The state after a request came in, for an encoder that needs `encoderMs` for a message. */
export function nextLane(state: LaneState, load: LaneLoad, encoderMs: number): LaneState {
  const sinceMs = state.lastAt === null ? 0 : Math.max(0, load.atMs - state.lastAt);
  const kept = Math.exp(-sinceMs / rateMs);
  // Each message adds 1 / rateMs to a sum that decays: at a steady rate it settles at that rate.
  const perSecond = state.perSecond * kept + (load.count * 1_000) / rateMs;
  const share = (perSecond * encoderMs) / 1_000;
  const delayMs = load.waitedMs + (load.count + load.waiting) * encoderMs;
  const next = { perSecond, lastAt: load.atMs };
  if (!state.isFast) return { ...next, isFast: share > busyShare || delayMs > lateMs, lightSince: null };
  if (share > lightShare || delayMs > lightDelayMs) return { ...next, isFast: true, lightSince: null };
  const lightSince = state.lightSince ?? load.atMs;
  const isFast = load.atMs - lightSince < lightForMs;
  return { ...next, isFast, lightSince: isFast ? lightSince : null };
}
