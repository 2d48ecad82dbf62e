// A streamer's resting face as zero: what the networks say of it is taken off what they say later. Time is passed in.
import { type EmotionScores, emotionLabels } from '@app/shared/emotion/labels';
import { z } from 'zod';
import { softmax } from './expression.ts';

/** Plain JSON, to be kept between live streams: how far this face at rest lies from neutral faces, in nats. */
export const neutralState = z.object({ version: z.literal(1), offset: z.array(z.number()).length(7) });
export type NeutralState = z.infer<typeof neutralState>;

/** One frame of a face: calibrated scores, and where it is (pixels of the frame). */
export type NeutralFrame = { scores: EmotionScores; x: number; y: number; size: number };

export type PersonalNeutral = {
  /** Takes one frame; the answer holds its scores with the resting face taken off. */
  push(frame: NeutralFrame, atMs: number): EmotionScores;
  /** What is known of this face; null until ten still seconds were seen. */
  state(): NeutralState | null;
};

const collectMs = 10_000;
const refreshMs = 5 * 60_000;
const mostOffset = 1.5;
/** A face that moves by more of its size in a second than this talks or turns; it is not at rest. */
const stillPerSecond = 0.25;
/** A longer pause between two frames says nothing about the time in between. */
const longestStepMs = 1_500;
/** A resting face may look a little sad or stern, but neutral must be near: a smile must not become the zero. */
const leastNeutral = 0.2;
/** A later rest moves the zero by this part of the way. */
const refreshShare = 0.3;
const mostFrames = 600;

/** Opens the measuring of one face; `typicalLog` are the mean log-probabilities of neutral faces of many people. */
export function openPersonalNeutral(typicalLog: readonly number[], known: NeutralState | null): PersonalNeutral {
  let offset: number[] | null = known ? known.offset.map(capped) : null;
  let nextFromMs: number | null = null;
  let still: { logs: number[][]; lastedMs: number } = { logs: [], lastedMs: 0 };
  let last: { frame: NeutralFrame; atMs: number } | null = null;

  const learn = (): void => {
    const median = emotionLabels.map((_, at) => medianOf(still.logs.map((log) => log[at]!)));
    const fresh = median.map((value, at) => capped(value - typicalLog[at]!));
    offset = offset ? offset.map((old, at) => old + refreshShare * (fresh[at]! - old)) : fresh;
  };
  const collect = (frame: NeutralFrame, atMs: number): void => {
    const stepMs = last ? atMs - last.atMs : 0;
    const isStill = last !== null && stepMs > 0 && stepMs <= longestStepMs && stayed(last.frame, frame, stepMs);
    last = { frame, atMs };
    if (!isStill || frame.scores.neutral < leastNeutral) return;
    if (nextFromMs !== null && atMs < nextFromMs) return;
    still.lastedMs += stepMs;
    if (still.logs.length < mostFrames) still.logs.push(emotionLabels.map((label) => logOf(frame.scores[label])));
    if (still.lastedMs < collectMs) return;
    learn();
    still = { logs: [], lastedMs: 0 };
    nextFromMs = atMs + refreshMs;
  };
  return {
    push(frame, atMs) {
      if (last && atMs < last.atMs) last = null;
      // With a zero from an earlier stream there is no hurry to measure again.
      if (known && nextFromMs === null) nextFromMs = atMs + refreshMs;
      collect(frame, atMs);
      return offset ? takeOff(frame.scores, offset) : frame.scores;
    },
    state: () => (offset ? { version: 1, offset: [...offset] } : null),
  };
}

function takeOff(scores: EmotionScores, offset: readonly number[]): EmotionScores {
  return softmax(emotionLabels.map((label, at) => logOf(scores[label]) - offset[at]!));
}

function stayed(before: NeutralFrame, now: NeutralFrame, stepMs: number): boolean {
  const distance = Math.hypot(now.x - before.x, now.y - before.y) + Math.abs(now.size - before.size);
  return distance / Math.max(1, now.size) <= stillPerSecond * Math.max(0.2, stepMs / 1_000);
}

const capped = (value: number): number => Math.max(-mostOffset, Math.min(mostOffset, value));
const logOf = (score: number): number => Math.log(Math.max(score, 1e-4));

function medianOf(values: number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
