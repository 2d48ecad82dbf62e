import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { learn, newSpeakerFrom, normalise, speakerState, startEnrolment } from './speaker.ts';

const prior = { mean: Float64Array.of(1, -2, 0), std: Float64Array.of(0.5, 2, 0) };
const clip = fc.tuple(...[0, 1, 2].map(() => fc.double({ min: -1e3, max: 1e3, noNaN: true })));
const clips = fc.array(
  clip.map((values) => Float64Array.from(values)),
  { minLength: 1, maxLength: 60 },
);

/** Mean and variance of the clips and of 4 clips that are the prior. */
function inOneGo(heard: Float64Array[], i: number): { mean: number; variance: number } {
  const n = heard.length + 4;
  const mean = (4 * prior.mean[i]! + heard.reduce((sum, one) => sum + one[i]!, 0)) / n;
  const spread = heard.reduce((sum, one) => sum + (one[i]! - mean) ** 2, 0);
  return { mean, variance: (4 * prior.std[i]! ** 2 + 4 * (prior.mean[i]! - mean) ** 2 + spread) / n };
}

describe('a speaker heard clip by clip', () => {
  test('is remembered as if all clips had been measured at once, in any order', () => {
    fc.assert(
      fc.property(clips, (heard) => {
        const speaker = newSpeakerFrom(prior);
        for (const one of heard) learn(speaker, one);
        expect(speaker.clips).toBe(heard.length);
        for (let i = 0; i < 3; i++) {
          const { mean, variance } = inOneGo(heard, i);
          expect(Math.abs(speaker.mean[i]! - mean)).toBeLessThan(1e-6);
          expect(Math.abs(speaker.m2[i]! / speaker.n - variance)).toBeLessThan(1e-6 * Math.max(1, variance));
        }
      }),
    );
  });

  test('goes on after being saved as JSON exactly where it stopped', () => {
    fc.assert(
      fc.property(clips, clips, (first, second) => {
        const whole = newSpeakerFrom(prior);
        for (const one of [...first, ...second]) learn(whole, one);
        const early = newSpeakerFrom(prior);
        for (const one of first) learn(early, one);
        const restored = speakerState.parse(JSON.parse(JSON.stringify(early)));
        for (const one of second) learn(restored, one);
        expect(restored).toEqual(whole);
      }),
    );
  });

  test('a feature that never changes does not divide by zero', () => {
    const still = newSpeakerFrom({ mean: Float64Array.of(3), std: Float64Array.of(0) });
    learn(still, Float64Array.of(3));
    expect(normalise(still, Float64Array.of(3))).toEqual(Float64Array.of(0));
  });
});

describe('a speaker enrolled from unlabelled clips', () => {
  test('has the mean of the clips, and a spread between theirs and the prior', () => {
    const enrolment = startEnrolment(prior);
    for (let i = 0; i < 30; i++) enrolment.add(Float64Array.of(i % 2 === 0 ? 9 : 11, 5, 5));
    const speaker = enrolment.finish();
    expect(speaker.clips).toBe(30);
    expect(speaker.mean[0]).toBeCloseTo(10, 9);
    // l = 30/40; sd² = 0.75 * 1² + 0.25 * 0.5²
    expect(speaker.m2[0]! / speaker.n).toBeCloseTo(0.8125, 9);
  });

  test('without a single clip is a new speaker', () => {
    expect(startEnrolment(prior).finish()).toEqual(newSpeakerFrom(prior));
  });
});

test('a saved speaker with a damaged part is refused', () => {
  const saved = newSpeakerFrom(prior);
  for (const damaged of [
    { ...saved, m2: [1] },
    { ...saved, n: 0 },
    { ...saved, version: 2 },
    { ...saved, mean: ['x'] },
  ]) {
    expect(speakerState.safeParse(damaged).success).toBe(false);
  }
});
