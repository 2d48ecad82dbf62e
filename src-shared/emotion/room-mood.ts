// The room's mood from the text model's sentiment of danmaku; apart from the streamer's own emotion.

type Mean = { weight: number; sum: number; count: number };

/** Two means that forget at different speeds: what the room says now, and what it said in the last minutes. */
export type RoomMoodState = { fast: Mean; slow: Mean; atMs: number };

/** One analysed danmaku. `weight` is lower where the model is unsure. */
export type MoodInput = { sentiment: number; certain: boolean };

/** The smoothed mood, -1 to 1; null (uncertain) when too few messages speak. `messages` counts those that still weigh. */
export type RoomMood = { sentiment: number | null; before: number | null; messages: number };

/** Half a minute is what a streamer can still connect with something they did. */
const fastTauMs = 30_000;
const slowTauMs = 300_000;
/** Fewer than eight messages' worth is a mood of persons, not of a room. */
const leastFast = 8;
const leastSlow = 20;
/** An unsure sentiment counts, but less: many of them still show a direction. */
const unsureWeight = 0.4;

const empty: Mean = { weight: 0, sum: 0, count: 0 };

/** A room in which nobody has spoken. */
export const createRoomMood = (): RoomMoodState => ({ fast: empty, slow: empty, atMs: 0 });

function fade(mean: Mean, elapsedMs: number, tauMs: number): Mean {
  const kept = Math.exp(-Math.max(0, elapsedMs) / tauMs);
  return { weight: mean.weight * kept, sum: mean.sum * kept, count: mean.count * kept };
}

function add(mean: Mean, sentiment: number, weight: number): Mean {
  return { weight: mean.weight + weight, sum: mean.sum + weight * sentiment, count: mean.count + 1 };
}

/** The mood after one more message. */
export function nextRoomMood(state: RoomMoodState, input: MoodInput, nowMs: number): RoomMoodState {
  const now = Math.max(state.atMs, nowMs);
  const sentiment = Math.max(-1, Math.min(1, input.sentiment));
  const weight = input.certain ? 1 : unsureWeight;
  return {
    fast: add(fade(state.fast, now - state.atMs, fastTauMs), sentiment, weight),
    slow: add(fade(state.slow, now - state.atMs, slowTauMs), sentiment, weight),
    atMs: now,
  };
}

/** What the room's mood is now. */
export function readRoomMood(state: RoomMoodState, nowMs: number): RoomMood {
  const elapsed = Math.max(0, nowMs - state.atMs);
  const fast = fade(state.fast, elapsed, fastTauMs);
  const slow = fade(state.slow, elapsed, slowTauMs);
  return {
    sentiment: fast.count >= leastFast ? fast.sum / fast.weight : null,
    before: slow.count >= leastSlow ? slow.sum / slow.weight : null,
    messages: Math.round(fast.count),
  };
}
