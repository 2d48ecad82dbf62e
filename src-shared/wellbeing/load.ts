// The streamer's load: four states with reasons, never a score, never a diagnosis. Only what needs no camera counts:
// hours, breaks, danmaku against reading speed, attacks, night. Hours, attacks and missed breaks go with burnout most.
import type { LiveEvent } from '../live-event.ts';
import { foldFrom } from '../suggestions/triggers/abuse.ts';
import type { LoadState } from './load-state.ts';

/** Why the load is what it is; `value` is in the unit of the code (minutes, per minute, or the hour of the day). */
export type LoadReason = {
  code: 'live_long' | 'no_break' | 'chat_fast' | 'attacks' | 'night' | 'just_started' | 'gap' | 'on_break';
  value: number;
};

export type Load = { state: LoadState; reasons: LoadReason[]; liveMinutes: number; sinceBreakMinutes: number };

/** What the reducer keeps: some times and two rates. */
export type LoadKeeper = {
  startedAt: number | null;
  stopped: boolean;
  breakSince: number | null;
  /** Time spent on breaks before now: it is not time on air. */
  brokenMs: number;
  restedAt: number;
  commentRate: number;
  attackRate: number;
  ratesAt: number;
  /** Until when the danmaku counts are not to be trusted, since something was away. */
  blindUntil: number;
  shown: LoadState;
  lowerSince: number | null;
  nowMs: number;
};

const minuteMs = 60_000;
/** A shorter pause does not rest anyone (micro-breaks of studies end at ten minutes; three is the least that can be left). */
const restMs = 3 * minuteMs;
/** Both rates forget within about two minutes: bursts of seconds are no load. */
const rateTauMs = 2 * minuteMs;
/** Earlier than this nothing can be said. */
const learnMs = 3 * minuteMs;
/** A lighter state is shown only after it held so long: a warning that flickers is not believed. */
const lighterMs = 3 * minuteMs;
/** After a gap of danmaku the rates need two minutes to fill. */
const blindMs = 2 * minuteMs;

/** Nobody is live. */
export function createLoad(): LoadKeeper {
  return {
    startedAt: null,
    stopped: false,
    breakSince: null,
    brokenMs: 0,
    restedAt: 0,
    commentRate: 0,
    attackRate: 0,
    ratesAt: 0,
    blindUntil: 0,
    shown: 'unknown',
    lowerSince: null,
    nowMs: 0,
  };
}

/** Per-minute rates with exponential forgetting; a new message weighs so that a steady rate settles at itself. */
function fadeRates(keeper: LoadKeeper, now: number): LoadKeeper {
  const kept = Math.exp(-Math.max(0, now - keeper.ratesAt) / rateTauMs);
  return { ...keeper, commentRate: keeper.commentRate * kept, attackRate: keeper.attackRate * kept, ratesAt: now };
}

function endBreak(keeper: LoadKeeper, now: number): LoadKeeper {
  if (keeper.breakSince === null) return keeper;
  const length = now - keeper.breakSince;
  const restedAt = length >= restMs ? now : keeper.restedAt;
  return { ...keeper, breakSince: null, brokenMs: keeper.brokenMs + length, restedAt };
}

function apply(keeper: LoadKeeper, event: LiveEvent, now: number): LoadKeeper {
  const one = minuteMs / rateTauMs;
  switch (event.type) {
    case 'session.started':
      return keeper.startedAt === null
        ? { ...keeper, startedAt: Math.min(event.at, now), restedAt: Math.min(event.at, now) }
        : keeper;
    case 'session.stopped':
      return { ...endBreak(keeper, now), stopped: true };
    case 'break':
      if (!event.active) return endBreak(keeper, now);
      return keeper.breakSince === null ? { ...keeper, breakSince: now } : keeper;
    case 'danmaku.received':
      return event.danmaku.messageType === 'comment' ? { ...keeper, commentRate: keeper.commentRate + one } : keeper;
    case 'danmaku.analyzed':
      return event.analysis.abuse >= foldFrom ? { ...keeper, attackRate: keeper.attackRate + one } : keeper;
    case 'gap':
      return event.part === 'capture' ? keeper : { ...keeper, blindUntil: Math.max(keeper.blindUntil, now + blindMs) };
    default:
      return keeper;
  }
}

const from = (value: number, steps: readonly [limit: number, points: number][]): number =>
  steps.reduce((points, [limit, worth]) => (value >= limit ? Math.max(points, worth) : points), 0);

type Weighed = { points: number; reason: LoadReason };

function weigh(keeper: LoadKeeper, now: number, hourOfDay: number): Weighed[] {
  const live = liveMs(keeper, now) / minuteMs;
  const sinceBreak = (now - keeper.restedAt) / minuteMs;
  const faded = fadeRates(keeper, now);
  const comments = Math.round(faded.commentRate);
  const attacks = Math.round(faded.attackRate * 10) / 10;
  const all: Weighed[] = [
    // More than 8 h a day live goes with 3.6 times the odds of burnout; the steps before it leave time to act.
    {
      points: from(live, [
        [240, 1],
        [360, 2],
        [480, 4],
      ]),
      reason: { code: 'live_long', value: Math.floor(live) },
    },
    {
      points: from(sinceBreak, [
        [60, 1],
        [90, 2],
        [150, 4],
      ]),
      reason: { code: 'no_break', value: Math.floor(sinceBreak) },
    },
    // Silent reading does about 40 short danmaku a minute; 113 is a usual mean, 300 cannot be followed at all.
    {
      points: from(comments, [
        [120, 1],
        [300, 2],
      ]),
      reason: { code: 'chat_fast', value: comments },
    },
    // Attacks weigh most of all that is measured here: odds of 6.8.
    {
      points: from(attacks, [
        [2, 1],
        [5, 2],
        [15, 3],
      ]),
      reason: { code: 'attacks', value: attacks },
    },
    { points: hourOfDay < 6 ? 1 : 0, reason: { code: 'night', value: hourOfDay } },
  ];
  return all.filter((one) => one.points > 0).sort((a, b) => b.points - a.points);
}

function liveMs(keeper: LoadKeeper, now: number): number {
  if (keeper.startedAt === null) return 0;
  const pausing = keeper.breakSince === null ? 0 : now - keeper.breakSince;
  return Math.max(0, now - keeper.startedAt - keeper.brokenMs - pausing);
}

const stateOf = (points: number): LoadState => (points >= 4 ? 'rest' : points >= 2 ? 'busy' : 'calm');
const weight: Record<LoadState, number> = { unknown: 0, calm: 1, busy: 2, rest: 3 };

function target(keeper: LoadKeeper, now: number, hourOfDay: number): { state: LoadState; reasons: LoadReason[] } {
  if (keeper.startedAt === null || keeper.stopped) return { state: 'unknown', reasons: [] };
  if (keeper.breakSince !== null) {
    return { state: 'calm', reasons: [{ code: 'on_break', value: Math.floor((now - keeper.breakSince) / minuteMs) }] };
  }
  if (now - keeper.startedAt < learnMs) return { state: 'unknown', reasons: [{ code: 'just_started', value: 0 }] };
  const weighed = weigh(keeper, now, hourOfDay);
  const points = weighed.reduce((sum, one) => sum + one.points, 0);
  const reasons = weighed.map((one) => one.reason);
  // Hours are known also when danmaku were not; only a light state would be a guess then.
  if (now < keeper.blindUntil && points < 4)
    return { state: 'unknown', reasons: [{ code: 'gap', value: 0 }, ...reasons] };
  return { state: stateOf(points), reasons };
}

function settle(keeper: LoadKeeper, now: number, hourOfDay: number): LoadKeeper {
  const { state } = target(keeper, now, hourOfDay);
  const atOnce = weight[state] >= weight[keeper.shown] || state === 'unknown' || keeper.breakSince !== null;
  if (atOnce) return { ...keeper, shown: state, lowerSince: null };
  const lowerSince = keeper.lowerSince ?? now;
  if (now - lowerSince < lighterMs) return { ...keeper, lowerSince };
  return { ...keeper, shown: state, lowerSince: null };
}

/** The load after an event, or after time alone (`null`, about every ten seconds). `hourOfDay` is the streamer's local hour, 0 to 23. */
export function nextLoad(keeper: LoadKeeper, event: LiveEvent | null, nowMs: number, hourOfDay: number): LoadKeeper {
  const now = Math.max(keeper.nowMs, nowMs);
  const faded = { ...fadeRates(keeper, now), nowMs: now };
  if (event) {
    const applied = apply(faded, event, now);
    // Single danmaku change rates, not states: those settle on ticks and on events of the session.
    return event.type.startsWith('danmaku.') ? applied : settle(applied, now, hourOfDay);
  }
  return settle(faded, now, hourOfDay);
}

/** What to show now: the settled state with today's reasons. */
export function readLoad(keeper: LoadKeeper, nowMs: number, hourOfDay: number): Load {
  const now = Math.max(keeper.nowMs, nowMs);
  const settled = settle(keeper, now, hourOfDay);
  const since = keeper.startedAt === null || keeper.breakSince !== null ? 0 : now - keeper.restedAt;
  return {
    state: settled.shown,
    reasons: target(keeper, now, hourOfDay).reasons,
    liveMinutes: Math.floor(liveMs(keeper, now) / minuteMs),
    sinceBreakMinutes: Math.floor(since / minuteMs),
  };
}
