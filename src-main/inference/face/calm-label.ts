// Turns jumpy readings of single frames into a label that a person can follow. Time is passed in.
import {
  byEmotion,
  type EmotionLabel,
  type EmotionReading,
  type EmotionScores,
  emotionLabels,
} from '@app/shared/emotion/labels';

const smoothingMs = 800;
const leadToSwitch = 0.12;
// Showing these by mistake hurts more, so they need a clearer lead.
const leadOfHardLabels = 0.2;
const hardLabels: readonly EmotionLabel[] = ['fear', 'disgust', 'angry'];
const leadForMs = 400;
// After a longer silence the old average says nothing about now.
const forgetAfterMs = 3_000;

export type CalmLabel = {
  /** Takes one frame's probabilities; the answer holds the smoothed ones and the label that holds now. */
  push(scores: EmotionScores, atMs: number): EmotionReading;
  /** Forgets everything, as at the start. */
  reset(): void;
};

/**
 * Exponential mean over 0.8 s, then hysteresis: a label replaces the shown one only when it has led it by
 * 0.12 (0.2 for fear, disgust and anger) for 0.4 s without a break.
 */
export function openCalmLabel(): CalmLabel {
  let smooth: EmotionScores | null = null;
  let lastAtMs = 0;
  let shown: EmotionLabel = 'neutral';
  let rising: { label: EmotionLabel; sinceMs: number } | null = null;

  const reset = (): void => {
    smooth = null;
    rising = null;
  };
  return {
    reset,
    push(scores, atMs) {
      if (smooth && (atMs < lastAtMs || atMs - lastAtMs > forgetAfterMs)) reset();
      if (smooth === null) {
        smooth = { ...scores };
        shown = strongest(smooth);
      } else {
        smooth = mix(smooth, scores, 1 - Math.exp(-(atMs - lastAtMs) / smoothingMs));
      }
      lastAtMs = atMs;
      const candidate = strongest(smooth);
      const leads = candidate !== shown && smooth[candidate] - smooth[shown] >= leadNeeded(candidate);
      if (!leads) rising = null;
      else if (rising?.label !== candidate) rising = { label: candidate, sinceMs: atMs };
      if (rising && atMs - rising.sinceMs >= leadForMs) {
        shown = rising.label;
        rising = null;
      }
      return { label: shown, confidence: Math.min(1, smooth[shown]), scores: smooth };
    },
  };
}

function leadNeeded(label: EmotionLabel): number {
  return hardLabels.includes(label) ? leadOfHardLabels : leadToSwitch;
}

function strongest(scores: EmotionScores): EmotionLabel {
  return emotionLabels.reduce((best, label) => (scores[label] > scores[best] ? label : best));
}

function mix(old: EmotionScores, fresh: EmotionScores, share: number): EmotionScores {
  return byEmotion((label) => old[label] + share * (fresh[label] - old[label]));
}
