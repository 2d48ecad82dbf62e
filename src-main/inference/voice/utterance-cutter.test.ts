import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createUtteranceCutter, type Utterance } from './utterance-cutter.ts';

/** Feeds windows of 32 ms whose samples are their own number. */
function cut(probabilities: number[]): Utterance[] {
  const cutter = createUtteranceCutter();
  const ended = probabilities.map((probability, i) =>
    cutter.next({ samples: new Float32Array(512).fill(i), probability, startMs: i * 32 }),
  );
  return [...ended, cutter.flush()].filter((one) => one !== null);
}
const run = (probability: number, seconds: number): number[] => Array(Math.round(seconds / 0.032)).fill(probability);

test('silence and half-heard noise never make an utterance', () => {
  expect(cut([...run(0.05, 60), ...run(0.49, 10)])).toEqual([]);
});

test('two sentences with half a second between them are two utterances', () => {
  const [first, second, ...more] = cut([...run(0, 1), ...run(0.9, 2), ...run(0, 0.5), ...run(0.9, 2), ...run(0, 2)]);
  expect(more).toEqual([]);
  expect(first!.startMs).toBeGreaterThanOrEqual(800);
  expect(first!.startMs).toBeLessThan(1_000);
  expect(second!.startMs).toBeGreaterThan(first!.endMs - 300);
  expect(second!.speechSeconds).toBeCloseTo(2, 1);
});

test('a short word waits for the rest of its sentence', () => {
  const utterances = cut([...run(0.9, 0.3), ...run(0, 0.7), ...run(0.9, 1.5), ...run(0, 2)]);
  expect(utterances).toHaveLength(1);
  expect(utterances[0]!.speechSeconds).toBeCloseTo(1.8, 1);
});

test('a dip to 0.4 does not end speech, and 0.4 alone does not start it', () => {
  expect(cut([...run(0.4, 1), ...run(0.9, 1), ...run(0.4, 1), ...run(0.9, 1), ...run(0, 2)])).toHaveLength(1);
});

test('long speech is cut at its quietest late place and nothing is lost', () => {
  const probabilities = [...run(0.9, 5.5), 0.36, ...run(0.9, 4), ...run(0, 1)];
  const [first, second] = cut(probabilities);
  expect(second!.startMs).toBe(first!.endMs);
  expect(first!.endMs).toBe((Math.round(5.5 / 0.032) + 1) * 32);
});

test('whatever the probabilities: at most 6 s, in order, whole windows, each with some speech', () => {
  const stretch = fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0.03, max: 8, noNaN: true }));
  fc.assert(
    fc.property(fc.array(stretch, { maxLength: 12 }), (stretches) => {
      const utterances = cut(stretches.flatMap(([probability, seconds]) => run(probability, seconds)));
      let lastEnd = 0;
      for (const { samples, startMs, endMs, speechSeconds } of utterances) {
        expect(samples.length).toBeLessThanOrEqual(96_000);
        expect(samples.length % 512).toBe(0);
        expect(endMs - startMs).toBeCloseTo(samples.length / 16, 6);
        expect(samples[0]).toBe(startMs / 32);
        expect(speechSeconds).toBeGreaterThan(0);
        // The silence kept after one utterance may be the silence kept before the next.
        expect(startMs).toBeGreaterThanOrEqual(lastEnd - 160);
        lastEnd = endMs;
      }
    }),
  );
});
