import { type EmotionLabel, type EmotionScores, emotionLabels, toReading } from '@app/shared/emotion/labels';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openCalmLabel } from './calm-label.ts';

const frameMs = 200;
const anyScores: fc.Arbitrary<EmotionScores> = fc
  .array(fc.integer({ min: 0, max: 1_000 }), { minLength: 7, maxLength: 7 })
  .map((parts) => {
    const total = parts.reduce((sum, part) => sum + part, 0) || 1;
    return Object.fromEntries(emotionLabels.map((label, at) => [label, parts[at]! / total])) as EmotionScores;
  });

function mostly(label: EmotionLabel, share = 0.9): EmotionScores {
  return Object.fromEntries(
    emotionLabels.map((name) => [name, name === label ? share : (1 - share) / 6]),
  ) as EmotionScores;
}

/** Twenty frames a second: a label is in front for a while, then another one. */
const anyStream: fc.Arbitrary<EmotionScores[]> = fc
  .array(
    fc.record({
      label: fc.constantFrom(...emotionLabels),
      share: fc.double({ min: 0.2, max: 1, noNaN: true }),
      frames: fc.integer({ min: 1, max: 40 }),
    }),
    { minLength: 2, maxLength: 20 },
  )
  .map((spells) =>
    spells.flatMap(({ label, share, frames }) => Array<EmotionScores>(frames).fill(mostly(label, share))),
  );

describe('the calm label', () => {
  it('changes at most once in 0.4 s, whatever the frames say', () => {
    fc.assert(
      fc.property(anyStream, (frames) => {
        const calm = openCalmLabel();
        let changedAtMs = 0;
        let label = calm.push(frames[0]!, 0).label;
        frames.slice(1).forEach((scores, index) => {
          const atMs = (index + 1) * 50;
          const next = calm.push(scores, atMs).label;
          if (next === label) return;
          expect(atMs - changedAtMs).toBeGreaterThanOrEqual(400);
          changedAtMs = atMs;
          label = next;
        });
      }),
    );
  });

  it('only changes to a label that led the old one by 0.12, or by 0.2 for fear, disgust and anger, for 0.4 s', () => {
    fc.assert(
      fc.property(anyStream, (frames) => {
        const calm = openCalmLabel();
        const seen = frames.map((scores, index) => calm.push(scores, index * 50));
        seen.forEach(({ label }, at) => {
          const old = seen[at - 1]?.label ?? label;
          if (label === old) return;
          const needed = ['fear', 'disgust', 'angry'].includes(label) ? 0.2 : 0.12;
          for (const { scores } of seen.slice(Math.max(0, at - 8), at + 1)) {
            expect(scores[label] - scores[old]).toBeGreaterThanOrEqual(needed);
          }
        });
      }),
    );
  });

  it('keeps probabilities that sum to 1, and its confidence is that of its label', () => {
    fc.assert(
      fc.property(
        fc.array(
          anyScores.filter((scores) => toReading(scores).confidence > 0),
          { minLength: 1 },
        ),
        (frames) => {
          const calm = openCalmLabel();
          frames.forEach((scores, index) => {
            const { label, confidence, scores: smooth } = calm.push(scores, index * frameMs);
            const total = emotionLabels.reduce((sum, name) => sum + smooth[name], 0);
            expect(total).toBeCloseTo(1, 6);
            expect(confidence).toBe(Math.min(1, smooth[label]));
          });
        },
      ),
    );
  });

  it('does not follow one odd frame in a second of the same', () => {
    for (const odd of emotionLabels.filter((label) => label !== 'neutral')) {
      const calm = openCalmLabel();
      const labels = [0, 1, 2, 3, 4, 5, 6, 7, 8].map((index) =>
        calm.push(mostly(index === 4 ? odd : 'neutral'), index * frameMs),
      );
      expect(new Set(labels.map(({ label }) => label))).toEqual(new Set(['neutral']));
    }
  });

  it('follows a real change within two seconds, and once', () => {
    for (const target of ['happy', 'angry'] as const) {
      const calm = openCalmLabel();
      for (let atMs = 0; atMs <= 2_000; atMs += frameMs) calm.push(mostly('neutral', 0.7), atMs);
      const after = [];
      for (let atMs = 2_200; atMs <= 6_000; atMs += frameMs) after.push(calm.push(mostly(target, 0.7), atMs).label);
      const first = after.indexOf(target);
      expect(first * frameMs).toBeLessThanOrEqual(2_000);
      expect(after.slice(first).every((label) => label === target)).toBe(true);
    }
  });

  it('says the same at 5 and at 10 frames a second', () => {
    const run = (everyMs: number): string => {
      const calm = openCalmLabel();
      let label = '';
      for (let atMs = 0; atMs <= 4_000; atMs += everyMs) {
        label = calm.push(mostly(atMs < 2_000 ? 'sad' : 'happy'), atMs).label;
      }
      return label;
    };
    expect(run(100)).toBe(run(200));
  });

  it('starts anew when time goes back or three seconds are missing', () => {
    const calm = openCalmLabel();
    calm.push(mostly('sad'), 10_000);
    expect(calm.push(mostly('happy'), 13_500).label).toBe('happy');
    expect(calm.push(mostly('sad'), 1_000).label).toBe('sad');
  });
});
