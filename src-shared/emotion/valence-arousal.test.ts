import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type EmotionScores, emotionLabels } from './labels.ts';
import { deriveMood, emotionPlane } from './valence-arousal.ts';

const anyScores: fc.Arbitrary<EmotionScores> = fc
  .array(fc.integer({ min: 0, max: 1_000 }), { minLength: 7, maxLength: 7 })
  .filter((parts) => parts.some((part) => part > 0))
  .map((parts) => {
    const total = parts.reduce((sum, part) => sum + part, 0);
    return Object.fromEntries(emotionLabels.map((label, at) => [label, parts[at]! / total])) as EmotionScores;
  });
const axes = ['valence', 'arousal'] as const;
const mix = (one: EmotionScores, other: EmotionScores, share: number): EmotionScores =>
  Object.fromEntries(
    emotionLabels.map((label) => [label, share * one[label] + (1 - share) * other[label]]),
  ) as EmotionScores;

describe('valence and arousal derived from scores', () => {
  it('never leave what the seven emotions span, and so never -1 to 1', () => {
    fc.assert(
      fc.property(anyScores, (scores) => {
        const mood = deriveMood(scores);
        for (const axis of axes) {
          const places = emotionLabels.map((label) => emotionPlane[label][axis]);
          expect(mood[axis]).toBeGreaterThanOrEqual(Math.min(...places) - 1e-9);
          expect(mood[axis]).toBeLessThanOrEqual(Math.max(...places) + 1e-9);
        }
      }),
    );
  });

  it('of a mixture lie on the line between those of its parts', () => {
    fc.assert(
      fc.property(anyScores, anyScores, fc.double({ min: 0, max: 1, noNaN: true }), (one, other, share) => {
        for (const axis of axes) {
          const between = share * deriveMood(one)[axis] + (1 - share) * deriveMood(other)[axis];
          expect(deriveMood(mix(one, other, share))[axis]).toBeCloseTo(between, 6);
        }
      }),
    );
  });

  it('rise in valence when probability goes from an unpleasant emotion to happiness', () => {
    fc.assert(
      fc.property(anyScores, fc.constantFrom('sad', 'angry', 'fear', 'disgust'), (scores, label) => {
        fc.pre(scores[label] > 0.01);
        const better = { ...scores, happy: scores.happy + scores[label], [label]: 0 };
        expect(deriveMood(better).valence).toBeGreaterThan(deriveMood(scores).valence);
      }),
    );
  });

  it('are the middle for a neutral face and for scores that say nothing', () => {
    const none = Object.fromEntries(emotionLabels.map((label) => [label, 0])) as EmotionScores;
    expect(deriveMood({ ...none, neutral: 1 })).toEqual({ valence: 0, arousal: 0 });
    expect(deriveMood(none)).toEqual({ valence: 0, arousal: 0 });
  });
});
