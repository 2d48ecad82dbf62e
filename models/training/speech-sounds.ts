// Sounds without a word, made by seeded chance: what speech to text must not write anything about. 16 kHz mono.
import { seededRandom } from '../../src-main/engine/danmaku/seeded-random.ts';

const rateHz = 16_000;
const seconds = 6;
const length = rateHz * seconds;

type Random = () => number;
type Maker = (random: Random) => Float32Array;

const tau = 2 * Math.PI;
const between = (random: Random, low: number, high: number) => low + (high - low) * random();
const noteHz = (step: number) => 220 * 2 ** (step / 12);
const scale = [0, 2, 4, 7, 9, 12, 14, 16];

/** Adds one note with some overtones that starts at once and dies away. */
function addNote(to: Float32Array, startS: number, lengthS: number, hz: number, loud: number, overtones = 5): void {
  const from = Math.floor(startS * rateHz);
  for (let i = 0; i < lengthS * rateHz && from + i < to.length; i++) {
    const time = i / rateHz;
    let value = 0;
    for (let k = 1; k <= overtones; k++) value += Math.sin(tau * hz * k * time) / k ** 1.5;
    to[from + i]! += loud * value * Math.exp((-3 * time) / lengthS) * Math.min(1, time / 0.01);
  }
}

/** A short burst of noise, low (a drum) or high (a cymbal, a clap). */
function addHit(to: Float32Array, random: Random, startS: number, lengthS: number, loud: number, isLow: boolean): void {
  const from = Math.floor(startS * rateHz);
  let kept = 0;
  for (let i = 0; i < lengthS * rateHz && from + i < to.length; i++) {
    const noise = 2 * random() - 1;
    kept += isLow ? 0.05 * (noise - kept) : 0.7 * (noise - kept);
    const value = isLow ? 4 * kept + Math.sin(tau * 70 * (i / rateHz)) : noise - kept;
    to[from + i]! += loud * value * Math.exp((-6 * i) / rateHz / lengthS);
  }
}

function drums(random: Random, to = new Float32Array(length)): Float32Array {
  const beat = between(random, 0.3, 0.6);
  for (let at = 0, n = 0; at < seconds; at += beat / 2, n++) addHit(to, random, at, 0.12, 0.25, n % 4 === 0);
  return to;
}

function melody(random: Random, to = new Float32Array(length)): Float32Array {
  const step = between(random, 0.15, 0.5);
  const key = Math.floor(between(random, -6, 8));
  for (let at = 0; at < seconds; at += step) {
    addNote(to, at, step * 1.5, noteHz(key + scale[Math.floor(random() * scale.length)]!), 0.15);
  }
  return to;
}

function chords(random: Random, to = new Float32Array(length)): Float32Array {
  const step = between(random, 0.8, 2);
  for (let at = 0; at < seconds; at += step) {
    const root = Math.floor(between(random, -8, 6));
    for (const part of [0, random() < 0.5 ? 3 : 4, 7, 12]) addNote(to, at, step * 1.3, noteHz(root + part), 0.08, 7);
  }
  return to;
}

function filteredNoise(random: Random, share: number, loud: number): Float32Array {
  const sound = new Float32Array(length);
  let kept = 0;
  for (let i = 0; i < length; i++) {
    kept += share * (2 * random() - 1 - kept);
    sound[i] = (loud * kept) / Math.sqrt(share);
  }
  return sound;
}

/** Kinds of sound by name. */
const makers: Record<string, Maker> = {
  silence: () => new Float32Array(length),
  faint_noise: (random) => filteredNoise(random, 0.9, 0.001),
  white_noise: (random) => filteredNoise(random, 0.95, between(random, 0.05, 0.3)),
  low_noise: (random) => filteredNoise(random, between(random, 0.02, 0.2), between(random, 0.05, 0.2)),
  hum: (random) => {
    const hz = random() < 0.5 ? 50 : 60;
    const loud = between(random, 0.02, 0.2);
    return Float32Array.from({ length }, (_, i) => {
      const time = (tau * hz * i) / rateHz;
      return loud * (Math.sin(time) + 0.5 * Math.sin(3 * time) + 0.2 * Math.sin(5 * time) + 0.02 * (random() - 0.5));
    });
  },
  tone: (random) => {
    const hz = between(random, 120, 3_000);
    return Float32Array.from({ length }, (_, i) => 0.2 * Math.sin((tau * hz * i) / rateHz));
  },
  sweep: (random) => {
    const speed = between(random, 0.1, 0.6);
    let phase = 0;
    return Float32Array.from({ length }, (_, i) => {
      phase += (tau * (600 + 500 * Math.sin(tau * speed * (i / rateHz)))) / rateHz;
      return 0.2 * Math.sin(phase);
    });
  },
  melody: (random) => melody(random),
  chords: (random) => chords(random),
  drums: (random) => drums(random),
  band: (random) => drums(random, chords(random, melody(random))),
  applause: (random) => {
    const sound = new Float32Array(length);
    const claps = Math.floor(between(random, 200, 900));
    for (let i = 0; i < claps; i++) addHit(sound, random, random() * seconds, 0.03, 0.12, false);
    return sound;
  },
  keys_and_clicks: (random) => {
    const sound = new Float32Array(length);
    for (let at = 0; at < seconds; at += between(random, 0.06, 0.3)) addHit(sound, random, at, 0.015, 0.3, false);
    return sound;
  },
};

/** `count` sounds of each kind, the same for the same seed. */
export function wordlessSounds(seed: number, count: number): { kind: string; samples: Float32Array }[] {
  const random = seededRandom(seed).next;
  return Object.entries(makers).flatMap(([kind, make]) =>
    Array.from({ length: count }, () => ({
      kind,
      samples: make(random).map((value) => Math.max(-1, Math.min(1, value))),
    })),
  );
}
