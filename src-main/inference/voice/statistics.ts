// The 209 hand-made statistics of one utterance: spectrum, pitch and loudness, in a fixed order.
import { createFft, powerOfPair } from './fft.ts';
import { evenTriangles, under } from './mel-filters.ts';
import { deviation, halvesDifference, largest, mean, meanStep, percentiles } from './numbers.ts';
import { trackPitch } from './pitch.ts';
import { type Prosody, prosodyOf } from './prosody.ts';

const size = 512;
const hop = 256;
const bands = 40;
const secondsPerFrame = 0.016;

const fft = createFft(size);
const triangles = evenTriangles();
const hann = Float64Array.from({ length: size }, (_, i) => 0.5 - 0.5 * Math.cos((2 * Math.PI * i) / (size - 1)));
const cosines = Array.from({ length: 13 }, (_, n) =>
  Float64Array.from({ length: bands }, (_, k) => Math.cos((Math.PI * (k + 0.5) * (n + 1)) / bands)),
);

/** How many statistics there are. */
export const statisticsCount = 209;

/** The statistics, and the figures that a person can read. */
export type Statistics = { values: Float64Array; prosody: Prosody };

type Frames = { mel: Float64Array[]; energy: number[]; f0: number[]; periodicity: number[] };

/** The statistics of 16 kHz mono sound of any length; every value is finite when the samples are. */
export function statisticsOf(samples: Float32Array): Statistics {
  const middle = mean(samples);
  const count = 1 + Math.max(0, Math.floor((samples.length - size) / hop));
  // One frame more than is measured: frames are transformed in pairs.
  const sound = new Float64Array(Math.max(samples.length, (count + 1) * hop + size));
  for (let i = 0; i < samples.length; i++) sound[i] = samples[i]! - middle;
  const frames = trimQuiet(toFrames(sound, count));
  const floor = largest(frames.energy) - 6;
  const act = frames.energy.map((value) => value > floor);
  const voiced = act.map((isActive, i) => isActive && frames.periodicity[i]! > 0.5);
  const values = Float64Array.from([
    ...spectrumPart(frames.mel, act),
    ...pitchPart(frames, act, voiced),
    ...energyPart(frames.energy, act),
  ]);
  return { values, prosody: prosodyOf({ ...frames, act, voiced }) };
}

function toFrames(sound: Float64Array, count: number): Frames {
  const { f0, periodicity } = trackPitch(sound, count);
  const energy = Array.from({ length: count }, (_, frame) => {
    let sum = 0;
    for (let i = 0; i < size; i++) sum += sound[frame * hop + i]! ** 2;
    return Math.log(sum / size + 1e-8);
  });
  return { mel: melRows(sound, count), energy, f0: [...f0], periodicity: [...periodicity] };
}

function melRows(sound: Float64Array, count: number): Float64Array[] {
  const re = new Float64Array(size);
  const im = new Float64Array(size);
  const first = new Float64Array(size / 2 + 1);
  const second = new Float64Array(size / 2 + 1);
  const rows: Float64Array[] = [];
  const row = (power: Float64Array) => Float64Array.from(triangles, (one) => Math.log(under(one, power) + 1e-6));
  for (let frame = 0; frame < count; frame += 2) {
    for (let i = 0; i < size; i++) {
      re[i] = hann[i]! * sound[frame * hop + i]!;
      im[i] = hann[i]! * sound[(frame + 1) * hop + i]!;
    }
    powerOfPair(fft, re, im, first, second);
    rows.push(row(first));
    if (frame + 1 < count) rows.push(row(second));
  }
  return rows;
}

function trimQuiet(frames: Frames): Frames {
  const floor = Math.max(largest(frames.energy) - 7, -13);
  const loud = frames.energy.flatMap((value, i) => (value > floor ? [i] : []));
  if (loud.length < 5) return frames;
  const from = loud[0]!;
  const to = loud.at(-1)! + 1;
  return {
    mel: frames.mel.slice(from, to),
    energy: frames.energy.slice(from, to),
    f0: frames.f0.slice(from, to),
    periodicity: frames.periodicity.slice(from, to),
  };
}

function spectrumPart(mel: Float64Array[], act: boolean[]): number[] {
  const active = mel.filter((_, i) => act[i]);
  const rows = active.length > 4 ? active : mel;
  const columns = Array.from({ length: bands }, (_, band) => rows.map((row) => row[band]!));
  const spreads = columns.map((column) => percentiles(column, [10, 90])).map(([low, high]) => high! - low!);
  const steps = columns.map((_, band) => meanStep(mel.map((row) => row[band]!)));
  const cepstrum = cosines.map((wave) =>
    rows.map((row) => {
      let sum = 0;
      for (let k = 0; k < bands; k++) sum += row[k]! * wave[k]!;
      return sum;
    }),
  );
  return [
    ...columns.map(mean),
    ...columns.map(deviation),
    ...spreads,
    ...steps,
    ...cepstrum.map(mean),
    ...cepstrum.map(deviation),
  ];
}

function pitchPart({ f0, periodicity }: Frames, act: boolean[], voiced: boolean[]): number[] {
  const heard = f0.filter((_, i) => voiced[i]).map(Math.log);
  const f = heard.length > 3 ? heard : [5, 5, 5];
  const last = f.slice(-Math.max(3, Math.floor(f.length / 5)));
  const points = percentiles(f, [5, 25, 50, 75, 95, 0, 100]);
  const strengths = periodicity.filter((_, i) => voiced[i]);
  return [
    mean(f),
    deviation(f),
    ...points.slice(0, 5),
    points[6]! - points[5]!,
    meanStep(f),
    halvesDifference(f),
    mean(last) - mean(f),
    heard.length / Math.max(1, act.filter(Boolean).length),
    mean(strengths),
    deviation(strengths),
  ];
}

function energyPart(energy: number[], act: boolean[]): number[] {
  const seconds = energy.length * secondsPerFrame;
  const max = largest(energy);
  const [quarter, top] = percentiles(energy, [25, 95]);
  const peaks = energy.filter((value, i) => {
    const before = energy[i - 1];
    const after = energy[i + 1];
    return before !== undefined && after !== undefined && value > before && value >= after && value > max - 3.5;
  });
  return [
    mean(energy),
    deviation(energy),
    max - mean(energy),
    top! - quarter!,
    meanStep(energy),
    halvesDifference(energy),
    Math.log(seconds),
    peaks.length / seconds,
    act.filter(Boolean).length / act.length,
  ];
}
