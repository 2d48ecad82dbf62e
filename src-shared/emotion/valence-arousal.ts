// Pleasure and excitement worked out from the scores of the seven emotions; nothing reads them from face or voice.
import { type EmotionLabel, type EmotionScores, emotionLabels } from './labels.ts';

/** Valence and arousal, each -1 to 1; derived from emotion scores, never measured. */
export type DerivedMood = { valence: number; arousal: number };

/**
 * Mean pleasure and arousal that people gave to each word, on scales from -1 to 1: Russell and Mehrabian, "Evidence for
 * a three-factor theory of emotions", Journal of Research in Personality 11 (1977); neutral is the scale's middle.
 */
export const emotionPlane: Readonly<Record<EmotionLabel, DerivedMood>> = {
  happy: { valence: 0.81, arousal: 0.51 },
  sad: { valence: -0.63, arousal: -0.27 },
  angry: { valence: -0.51, arousal: 0.59 },
  fear: { valence: -0.64, arousal: 0.6 },
  surprise: { valence: 0.4, arousal: 0.67 },
  disgust: { valence: -0.6, arousal: 0.35 },
  neutral: { valence: 0, arousal: 0 },
};

/** The places of the emotions, averaged by the scores; scores that sum to 0 give the middle. */
export function deriveMood(scores: EmotionScores): DerivedMood {
  let [valence, arousal, total] = [0, 0, 0];
  for (const label of emotionLabels) {
    total += scores[label];
    valence += scores[label] * emotionPlane[label].valence;
    arousal += scores[label] * emotionPlane[label].arousal;
  }
  return total > 0 ? { valence: valence / total, arousal: arousal / total } : { valence: 0, arousal: 0 };
}
