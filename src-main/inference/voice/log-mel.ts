// The encoder's input: Whisper's log-mel of one utterance, without the 30 s padding.
import { createFft, powerOfPair } from './fft.ts';
import { slaneyTriangles, under } from './mel-filters.ts';

const bands = 80;
const hop = 160;
const size = 400;
const maxSamples = 96_000;
const tailSamples = 3_200;

const fft = createFft(size);
const triangles = slaneyTriangles();
const hann = Float64Array.from({ length: size }, (_, i) => 0.5 - 0.5 * Math.cos((2 * Math.PI * i) / size));

/** `data` is [80, frames], row by row. */
export type LogMel = { data: Float32Array<ArrayBuffer>; frames: number };

/** Log-mel of 16 kHz mono sound whose quiet ends are cut; at most the first 6 s, 10 ms a frame. */
export function logMel(samples: Float32Array): LogMel {
  const { start, end } = loudSpan(samples);
  return logMelOfAll(samples.subarray(start, Math.min(end, start + maxSamples)), tailSamples);
}

/** Log-mel of all of the sound (16 kHz mono) and of `tail` samples of silence after it, 10 ms a frame. */
export function logMelOfAll(samples: Float32Array, tail: number): LogMel {
  const sound = new Float64Array(samples.length + tail + size + hop);
  sound.set(samples, size / 2);
  reflectEnds(sound, samples.length + tail);
  const frames = Math.floor((samples.length + tail) / hop);
  return { data: toLog(melPower(sound, frames)), frames };
}

/** Where the moving mean of x² over 400 samples is above 1e-4 of its maximum, with 50 ms before and 100 ms after. */
function loudSpan(samples: Float32Array): { start: number; end: number } {
  const n = samples.length;
  if (n < size) return { start: 0, end: n };
  const power = movingPower(samples);
  let max = 0;
  for (let i = 0; i < n; i++) if (power[i]! > max) max = power[i]!;
  if (max <= 0) return { start: 0, end: n };
  let first = 0;
  let last = n - 1;
  while (power[first]! < 1e-4 * max) first++;
  while (power[last]! < 1e-4 * max) last--;
  return { start: Math.max(0, first - 800), end: Math.min(n, last + 1 + 1_600) };
}

function movingPower(samples: Float32Array): Float64Array {
  const n = samples.length;
  const sums = new Float64Array(n + 1);
  for (let i = 0; i < n; i++) sums[i + 1] = sums[i]! + samples[i]! * samples[i]!;
  const power = new Float64Array(n);
  for (let i = 0; i < n; i++) power[i] = (sums[Math.min(n, i + 200)]! - sums[Math.max(0, i - 200)]!) / size;
  return power;
}

function reflectEnds(sound: Float64Array, length: number): void {
  const pad = size / 2;
  const last = pad + length - 1;
  for (let i = 1; i <= pad; i++) {
    sound[pad - i] = sound[pad + i]!;
    sound[last + i] = sound[last - i]!;
  }
}

function melPower(sound: Float64Array, frames: number): Float64Array {
  const mel = new Float64Array(bands * frames);
  const re = new Float64Array(size);
  const im = new Float64Array(size);
  const first = new Float64Array(size / 2 + 1);
  const second = new Float64Array(size / 2 + 1);
  for (let frame = 0; frame < frames; frame += 2) {
    for (let i = 0; i < size; i++) {
      re[i] = hann[i]! * sound[frame * hop + i]!;
      im[i] = hann[i]! * sound[(frame + 1) * hop + i]!;
    }
    powerOfPair(fft, re, im, first, second);
    for (let band = 0; band < bands; band++) {
      mel[band * frames + frame] = under(triangles[band]!, first);
      if (frame + 1 < frames) mel[band * frames + frame + 1] = under(triangles[band]!, second);
    }
  }
  return mel;
}

function toLog(mel: Float64Array): Float32Array<ArrayBuffer> {
  let max = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < mel.length; i++) {
    mel[i] = Math.log10(Math.max(mel[i]!, 1e-10));
    max = Math.max(max, mel[i]!);
  }
  const log = new Float32Array(mel.length);
  for (let i = 0; i < mel.length; i++) log[i] = (Math.max(mel[i]!, max - 8) + 4) / 4;
  return log;
}
