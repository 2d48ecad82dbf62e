// How strong an expression is for this person: people differ in how much their faces move.
import type { EmotionScores } from '@app/shared/emotion/labels';

const quantile = 0.95;
/** Of the way to the quantile a frame moves it: a few minutes at five frames a second until it has settled. */
const step = 0.002;
const atStart = 0.85;
const lowest = 0.4;

export type Intensity = {
  /** Takes one smoothed reading into the person's own scale. */
  learn(scores: EmotionScores): void;
  /** 0 for a neutral face, 1 from this person's 95th percentile on. */
  of(scores: EmotionScores): number;
  /** Where that percentile lies now, 0.4 to 1. */
  strongest(): number;
};

/** Opens the scale of one person; the percentile is followed step by step, so that no readings are kept. */
export function openIntensity(known: number | null): Intensity {
  let strongest = Math.max(lowest, Math.min(1, known ?? atStart));
  return {
    learn({ neutral }) {
      const up = 1 - neutral > strongest;
      strongest += step * (up ? quantile : quantile - 1);
      strongest = Math.max(lowest, Math.min(1, strongest));
    },
    of: ({ neutral }) => Math.max(0, Math.min(1, (1 - neutral) / strongest)),
    strongest: () => strongest,
  };
}
