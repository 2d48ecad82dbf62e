import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createFft, powerOfPair } from './fft.ts';
import { logMel } from './log-mel.ts';
import { statisticsCount, statisticsOf } from './statistics.ts';
import { farthest, golden, goldenSound, noise } from './test-sounds.ts';

describe('the transform', () => {
  test.each([5, 8, 20, 400, 512])('of length %i equals the sum that defines it', (n) => {
    const re = Float64Array.from(noise(n, 1, 3));
    const im = Float64Array.from(noise(n, 1, 4));
    const expected = Array.from({ length: n }, (_, k) => {
      let sum = 0;
      for (let i = 0; i < n; i++) {
        const angle = (-2 * Math.PI * i * k) / n;
        sum += re[i]! * Math.cos(angle) - im[i]! * Math.sin(angle);
      }
      return sum;
    });
    createFft(n)(re, im);
    expect(farthest(re, expected)).toBeLessThan(1e-9);
  });

  test('a length with another prime factor is refused, not computed wrongly', () => {
    expect(() => createFft(12)).toThrow(RangeError);
  });

  test('two signals sent together do not leak into each other', () => {
    const fft = createFft(512);
    const loud = Float64Array.from(noise(512, 1, 5));
    const quiet = Float64Array.from(noise(512, 0.001, 6));
    const together = [new Float64Array(257), new Float64Array(257)] as const;
    const alone = [new Float64Array(257), new Float64Array(257)] as const;
    powerOfPair(fft, loud.slice(), quiet.slice(), ...together);
    powerOfPair(fft, quiet.slice(), new Float64Array(512), ...alone);
    expect(farthest(together[1], alone[0])).toBeLessThan(1e-12);
  });
});

describe.each(['speech', 'synthetic'] as const)('the features of %s', (name) => {
  const sound = goldenSound(name);
  const expected = golden[name];

  test('the log-mel is that of the reference program', () => {
    const { data, frames } = logMel(sound);
    expect(frames).toBe(expected.mel.frames);
    const rows = Array.from({ length: 80 }, (_, band) => data.slice(band * frames, (band + 1) * frames));
    const means = rows.map((row) => row.reduce((sum, value) => sum + value, 0) / frames);
    expect(farthest(means, expected.mel.bandMeans)).toBeLessThan(1e-4);
    expect(farthest(rows[40]!, expected.mel.row40)).toBeLessThan(1e-4);
  });

  test('each of the 209 statistics is that of the reference program', () => {
    const { values } = statisticsOf(sound);
    expect(values.length).toBe(209);
    const wrong = expected.statistics.flatMap((value, i) =>
      Math.abs(value - values[i]!) <= 1e-4 * Math.max(1, Math.abs(value)) ? [] : [`${i}: ${values[i]} not ${value}`],
    );
    expect(wrong).toEqual([]);
  });
});

describe('any sound', () => {
  const anySound = fc.oneof(
    fc.float32Array({ min: -1, max: 1, noNaN: true, maxLength: 3_000 }),
    fc
      .tuple(fc.integer({ min: 0, max: 9_000 }), fc.double({ min: 0, max: 1, noNaN: true }), fc.nat())
      .map((parts) => noise(...parts)),
    fc.constantFrom(new Float32Array(0), new Float32Array(20_000), new Float32Array(5_000).fill(1)),
  );

  test('gives finite features of the right size: silence, one sample, DC and full scale too', () => {
    fc.assert(
      fc.property(anySound, (sound) => {
        const { values, prosody } = statisticsOf(sound);
        const { loudnessDb, pitchHz, pitchRangeSemitones, syllablesPerSecond, pauseShare } = prosody;
        const mel = logMel(sound);
        expect(values.length).toBe(statisticsCount);
        expect(values.every(Number.isFinite)).toBe(true);
        expect(mel.data.every(Number.isFinite)).toBe(true);
        expect(mel.data.length).toBe(80 * mel.frames);
        expect(mel.frames).toBeGreaterThan(0);
        expect(mel.frames).toBeLessThanOrEqual(1_000);
        expect(Number.isFinite(loudnessDb)).toBe(true);
        expect(pitchHz === null || (pitchHz >= 60 && pitchHz <= 500)).toBe(true);
        expect(pitchRangeSemitones === null || (pitchRangeSemitones >= 0 && pitchRangeSemitones < 40)).toBe(true);
        expect(syllablesPerSecond >= 0 && syllablesPerSecond < 32).toBe(true);
        expect(pauseShare >= 0 && pauseShare < 1).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  test('a voice that glides around 200 Hz is heard there, and ten times louder as 20 dB louder', () => {
    const glide = (amplitude: number) =>
      Float32Array.from({ length: 16_000 }, (_, i) => {
        const t = i / 16_000;
        const phase = 2 * Math.PI * (180 * t + 20 * t * t);
        return amplitude * (Math.sin(phase) + 0.5 * Math.sin(2 * phase));
      });
    const { prosody: quiet } = statisticsOf(glide(0.05));
    const { prosody: loud } = statisticsOf(glide(0.5));
    expect(Math.abs(quiet.pitchHz! - 200)).toBeLessThan(10);
    expect(loud.loudnessDb - quiet.loudnessDb).toBeCloseTo(20, 1);
  });

  test('five syllables with a second of silence in the middle are counted, and the silence is the pause', () => {
    const sound = Float32Array.from({ length: 48_000 }, (_, i) => {
      const t = i / 16_000;
      const isSilent = t >= 1.2 && t < 2.2;
      const syllable = 0.1 + 0.9 * Math.max(0, Math.sin(2 * Math.PI * 2.5 * t)) ** 2;
      const hz = 2 * Math.PI * 150 * (t + 0.02 * Math.sin(3 * t));
      return isSilent ? 0 : 0.3 * syllable * (Math.sin(hz) + 0.5 * Math.sin(2 * hz));
    });
    const { prosody } = statisticsOf(sound);
    expect(prosody.syllablesPerSecond * 3).toBeGreaterThan(4);
    expect(prosody.syllablesPerSecond * 3).toBeLessThan(6.5);
    expect(prosody.pauseShare).toBeGreaterThan(0.25);
    expect(prosody.pauseShare).toBeLessThan(0.4);
  });

  test('a voice that climbs an octave has a range of nearly twelve semitones', () => {
    const swept = (octaves: number) =>
      Float32Array.from({ length: 32_000 }, (_, i) => {
        const t = i / 16_000;
        const phase = octaves === 0 ? 150 * t : (150 * (2 ** ((octaves * t) / 2) - 1)) / ((Math.LN2 * octaves) / 2);
        return 0.3 * (Math.sin(2 * Math.PI * phase) + 0.5 * Math.sin(4 * Math.PI * phase));
      });
    expect(statisticsOf(swept(1)).prosody.pitchRangeSemitones!).toBeGreaterThan(9);
    expect(statisticsOf(swept(1)).prosody.pitchRangeSemitones!).toBeLessThan(13);
  });
});
