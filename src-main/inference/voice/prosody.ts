// Figures of speaking that a person can read: how loud, how fast, how much pause, how high and how lively.
import { largest, mean, percentiles } from './numbers.ts';

const framesPerSecond = 62.5;
/** A syllable's peak stands 2 dB above the dip before it (the usual rule for counting nuclei), in natural log power. */
const dip = 0.46;
/** Quieter than this below the loudest frame (18 dB) nothing is a nucleus. */
const nucleusDepth = 4.1;
/** Ten frames, 0.16 s: shorter gaps are stop consonants. */
const pauseFrames = 10;
const leastVoicedFrames = 4;
/** 0.4 s: a single click is no rate of 60 a second. */
const leastFrames = 25;

/** `loudnessDb` in dBFS over the loud frames; pitch figures are null with fewer than four voiced frames. */
export type Prosody = {
  loudnessDb: number;
  pitchHz: number | null;
  pitchRangeSemitones: number | null;
  syllablesPerSecond: number;
  pauseShare: number;
};

/** Frames of 16 ms from first to last sound: log power, pitch, and which are loud (`act`) and voiced. */
type Frames = { energy: number[]; f0: number[]; act: boolean[]; voiced: boolean[] };

/** The figures of one utterance. */
export function prosodyOf({ energy, f0, act, voiced }: Frames): Prosody {
  const pitches = f0.filter((_, i) => voiced[i]);
  const powers = energy.filter((_, i) => act[i]).map(Math.exp);
  const [low, middle, high] = percentiles(pitches, [5, 50, 95]) as [number, number, number];
  const isVoiced = pitches.length >= leastVoicedFrames;
  return {
    loudnessDb: 10 * Math.log10(Math.max(mean(powers), 1e-10)),
    pitchHz: isVoiced ? middle : null,
    pitchRangeSemitones: isVoiced ? 12 * Math.log2(high / low) : null,
    syllablesPerSecond: (nuclei(energy, voiced) * framesPerSecond) / Math.max(leastFrames, energy.length),
    pauseShare: pausedFrames(act) / Math.max(1, act.length),
  };
}

function nuclei(energy: number[], voiced: boolean[]): number {
  const floor = largest(energy) - nucleusDepth;
  let count = 0;
  let peak = Number.NEGATIVE_INFINITY;
  let isPeakVoiced = false;
  let valley = Number.NEGATIVE_INFINITY;
  const close = () => {
    if (isPeakVoiced && peak > floor && peak - valley >= dip) count += 1;
  };
  energy.forEach((value, i) => {
    if (value > peak) {
      peak = value;
      isPeakVoiced = voiced[i]!;
    } else if (peak - value >= dip) {
      // Far enough below the peak: it is over, and from here the next one rises.
      close();
      valley = value;
      peak = value;
      isPeakVoiced = false;
    }
    if (value < valley) {
      valley = value;
      peak = value;
    }
  });
  close();
  return count;
}

function pausedFrames(act: boolean[]): number {
  let paused = 0;
  let run = 0;
  for (const isActive of [...act, true]) {
    if (!isActive) run += 1;
    else {
      if (run >= pauseFrames) paused += run;
      run = 0;
    }
  }
  return paused;
}
