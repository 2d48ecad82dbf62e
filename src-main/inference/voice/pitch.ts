// Pitch by autocorrelation, two frames a transform.
import { createFft, powerOfPair } from './fft.ts';

const size = 1_024;
const fftSize = 2_048;
const hop = 256;
const firstLag = 32;
const lastLag = 266;
const fft = createFft(fftSize);

/** Per frame of 16 ms: the best frequency between 60 and 500 Hz, and how periodic the sound is there (about 0 to 1). */
export type PitchTrack = { f0: Float64Array; periodicity: Float64Array };

/** Pitch of `frames` frames of 16 kHz sound; frame i is centred on sample 256 i + 256. */
export function trackPitch(sound: Float64Array, frames: number): PitchTrack {
  const track = { f0: new Float64Array(frames), periodicity: new Float64Array(frames) };
  const re = new Float64Array(fftSize);
  const im = new Float64Array(fftSize);
  const first = new Float64Array(fftSize / 2 + 1);
  const second = new Float64Array(fftSize / 2 + 1);
  // Reading outside an array is slow, so both ends are padded.
  const padded = new Float64Array(Math.max(sound.length + 256, (frames + 1) * hop + size));
  padded.set(sound, 256);
  for (let frame = 0; frame < frames; frame += 2) {
    cutFrame(padded, frame, re);
    cutFrame(padded, frame + 1, im);
    powerOfPair(fft, re, im, first, second);
    for (let k = 0; k < fftSize; k++) {
      re[k] = first[Math.min(k, fftSize - k)]! / fftSize;
      im[k] = second[Math.min(k, fftSize - k)]! / fftSize;
    }
    // Both spectra are even, so the transform of one + i * other has one autocorrelation in each part.
    fft(re, im);
    pickBest(re, track, frame);
    if (frame + 1 < frames) pickBest(im, track, frame + 1);
  }
  return track;
}

function cutFrame(padded: Float64Array, frame: number, into: Float64Array): void {
  const start = frame * hop;
  let sum = 0;
  for (let i = 0; i < size; i++) {
    const value = padded[start + i]!;
    into[i] = value;
    sum += value;
  }
  for (let i = 0; i < size; i++) into[i] = into[i]! - sum / size;
  into.fill(0, size);
}

function pickBest(correlation: Float64Array, track: PitchTrack, frame: number): void {
  const total = correlation[0]! + 1e-9;
  let best = Number.NEGATIVE_INFINITY;
  let bestLag = firstLag;
  for (let lag = firstLag; lag <= lastLag; lag++) {
    const value = correlation[lag]! / total / (1 - lag / size);
    if (value > best) {
      best = value;
      bestLag = lag;
    }
  }
  track.f0[frame] = 16_000 / bestLag;
  track.periodicity[frame] = best;
}
