import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { scoresOf } from '../suggestions/sample-events.ts';
import {
  createFusion,
  type FusedSource,
  type FusionInput,
  type FusionState,
  nextFusion,
  readFusion,
} from './fusion.ts';
import { type EmotionScores, emotionLabels } from './labels.ts';

const start = 1_700_000_000_000;

const reading = (source: FusedSource, atMs: number, scores: EmotionScores | null, quality = 1): FusionInput => ({
  source,
  atMs,
  scores,
  quality: scores ? quality : 0,
  reason: scores ? null : source === 'face' ? 'no_face' : 'no_speech',
});

function play(inputs: readonly FusionInput[], state: FusionState = createFusion()): FusionState {
  return inputs.reduce((now, input) => nextFusion(now, input, input.atMs), state);
}
const steady = (source: FusedSource, scores: EmotionScores, fromMs: number, toMs: number, stepMs = 200) => {
  const inputs: FusionInput[] = [];
  for (let at = fromMs; at < toMs; at += stepMs) inputs.push(reading(source, at, scores));
  return inputs;
};

describe('fusion', () => {
  test('without any device it is uncertain and says that nothing is open', () => {
    expect(readFusion(createFusion(), start)).toMatchObject({
      label: null,
      certain: false,
      reason: 'no_device',
      weight: 0,
    });
  });

  test('voice and face that agree are surer than either alone', () => {
    const happy = scoresOf('happy', 0.8);
    const both = play([reading('voice', start, happy), reading('face', start, happy)]);
    const alone = play([reading('face', start, happy)]);
    expect(readFusion(both, start).label).toBe('happy');
    expect(readFusion(both, start).confidence).toBeGreaterThan(readFusion(alone, start).confidence);
    expect(readFusion(alone, start).scores.happy).toBeGreaterThan(readFusion(createFusion(), start).scores.happy);
  });

  test('one decided source is enough, and a flat one is not', () => {
    expect(readFusion(play([reading('face', start, scoresOf('angry', 0.9))]), start).label).toBe('angry');
    const flat = Object.fromEntries(emotionLabels.map((label) => [label, 1 / 7])) as EmotionScores;
    expect(readFusion(play([reading('face', start, flat)]), start)).toMatchObject({
      label: null,
      reason: 'low_confidence',
    });
  });

  test('a reading fades: seconds after the last face the state is uncertain and says why', () => {
    const state = play(steady('face', scoresOf('happy', 0.9), start, start + 3_000));
    expect(readFusion(state, start + 3_000).certain).toBe(true);
    expect(readFusion(state, start + 8_000).certain).toBe(false);
    const gone = nextFusion(state, reading('face', start + 3_200, null), start + 3_200);
    expect(readFusion(gone, start + 3_200)).toMatchObject({ label: null, reason: 'no_face' });
  });

  test('a new label has to lead for two seconds', () => {
    const calm = play(steady('face', scoresOf('neutral'), start, start + 5_000));
    const first = play(steady('face', scoresOf('angry', 0.9), start + 5_000, start + 6_600), calm);
    expect(readFusion(first, start + 6_600).label).toBe('neutral');
    const later = play(steady('face', scoresOf('angry', 0.9), start + 6_600, start + 7_600), first);
    expect(readFusion(later, start + 7_600).label).toBe('angry');
  });

  test('a face that always looks a little sad is calm for its owner', () => {
    const usual: EmotionScores = {
      happy: 0.02,
      sad: 0.5,
      angry: 0.05,
      fear: 0.02,
      surprise: 0.02,
      disgust: 0.02,
      neutral: 0.37,
    };
    const stranger = readFusion(play([reading('face', start, usual)]), start);
    const hour = play(steady('face', usual, start, start + 3_600_000));
    const known = readFusion(hour, start + 3_600_000);
    expect(known.scores.sad).toBeLessThan(stranger.scores.sad / 2);
    const saved = createFusion(JSON.parse(JSON.stringify(hour.baselines)));
    expect(readFusion(nextFusion(saved, reading('face', start, usual), start), start).scores.sad).toBeCloseTo(
      known.scores.sad,
      1,
    );
  });

  test('two tense minutes do not become the baseline', () => {
    const calm = play(steady('face', scoresOf('neutral'), start, start + 600_000));
    const tense = play(steady('face', scoresOf('angry', 0.9), start + 600_000, start + 720_000), calm);
    expect(readFusion(tense, start + 720_000).label).toBe('angry');
  });

  test('a class that a model lacks is left to the others', () => {
    const lacking: EmotionScores = {
      happy: 0.3,
      sad: 0.1,
      angry: 0.1,
      fear: 0.1,
      surprise: 0,
      disgust: 0,
      neutral: 0.4,
    };
    const state = play([reading('voice', start, lacking), reading('face', start, scoresOf('surprise', 0.9))]);
    expect(readFusion(state, start).scores.surprise).toBeGreaterThan(0.3);
  });

  const scoreSet = fc.tuple(...emotionLabels.map(() => fc.double({ min: 0.01, max: 1, noNaN: true }))).map((raw) => {
    const sum = raw.reduce((a, b) => a + b, 0);
    return Object.fromEntries(emotionLabels.map((label, i) => [label, raw[i]! / sum])) as EmotionScores;
  });
  const anyInput: fc.Arbitrary<FusionInput> = fc
    .record({
      source: fc.constantFrom<FusedSource>('text', 'voice', 'face'),
      offset: fc.integer({ min: 0, max: 20_000 }),
      scores: fc.option(scoreSet, { nil: null }),
    })
    .map(({ source, offset, scores }) => reading(source, start + offset, scores));
  const manyInputs = fc.uniqueArray(anyInput, {
    maxLength: 25,
    size: 'max',
    selector: (input) => `${input.source}${input.atMs}`,
  });
  const now = start + 20_000;

  test('the order of arrival does not change what the readings say together', () => {
    const shuffled = manyInputs.chain((inputs) =>
      fc.tuple(fc.constant(inputs), fc.shuffledSubarray(inputs, { minLength: inputs.length })),
    );
    fc.assert(
      fc.property(shuffled, ([inputs, other]) => {
        const read = (list: readonly FusionInput[]) =>
          readFusion(
            list.reduce((state, input) => nextFusion(state, input, now), createFusion()),
            now,
          );
        const a = read(inputs);
        const b = read(other);
        for (const label of emotionLabels) expect(a.scores[label]).toBeCloseTo(b.scores[label], 9);
        expect(a.weight).toBeCloseTo(b.weight, 9);
      }),
      { numRuns: 200, seed: 3 },
    );
  });

  test('a reading that comes again changes nothing', () => {
    fc.assert(
      fc.property(manyInputs, fc.array(fc.nat()), (inputs, again) => {
        const once = inputs.reduce((state, input) => nextFusion(state, input, now), createFusion());
        const repeats = inputs.length === 0 ? [] : again.map((i) => inputs[i % inputs.length]!);
        const twice = repeats.reduce((state, input) => nextFusion(state, input, now), once);
        expect(twice).toEqual(once);
      }),
      { numRuns: 200, seed: 4 },
    );
  });

  test('whatever is missing, skewed or broken in time, scores stay a distribution and weights bounded', () => {
    const skewed = fc.array(
      fc.tuple(anyInput, fc.integer({ min: -600_000, max: 600_000 }), fc.integer({ min: -5_000, max: 30_000 })),
      {
        maxLength: 40,
      },
    );
    fc.assert(
      fc.property(skewed, (steps) => {
        let state = createFusion();
        let clock = start;
        for (const [input, skewMs, elapsedMs] of steps) {
          clock += elapsedMs;
          state = nextFusion(state, { ...input, atMs: input.atMs + skewMs }, clock);
          const read = readFusion(state, clock);
          const sum = emotionLabels.reduce((total, label) => total + read.scores[label], 0);
          expect(sum).toBeCloseTo(1, 9);
          expect(read.weight).toBeGreaterThanOrEqual(0);
          expect(read.weight).toBeLessThanOrEqual(2);
          expect(Math.abs(read.valence)).toBeLessThanOrEqual(1);
          expect(Math.abs(read.arousal)).toBeLessThanOrEqual(1);
          expect(read.certain).toBe(read.label !== null);
          if (read.certain) expect(read.weight).toBeGreaterThanOrEqual(0.2);
        }
        for (const times of Object.values(state.times)) expect(times.length).toBeLessThanOrEqual(32);
      }),
      { numRuns: 200, seed: 5 },
    );
  });

  test('a clock that runs ahead does not keep a reading fresh for ever', () => {
    const state = nextFusion(createFusion(), reading('face', start + 600_000, scoresOf('happy', 0.9)), start);
    expect(readFusion(state, start + 10_000).certain).toBe(false);
  });
});
