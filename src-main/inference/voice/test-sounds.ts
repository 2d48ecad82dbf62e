// Sounds for the tests: the project's own golden files, and noise that every machine makes the same.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..', '..', '..');

/** The folder models/ of this working copy. */
export const modelsRoot = join(root, 'models');
const goldenRoot = join(modelsRoot, 'voice', 'golden');

/** A 16 kHz mono 16-bit WAV with a plain header, as the golden script writes it. */
export function readWav(path: string): Float32Array {
  const bytes = readFileSync(path);
  const data = bytes.indexOf('data', 12, 'latin1') + 8;
  if (bytes.readUInt32LE(24) !== 16_000 || bytes.readUInt16LE(34) !== 16) throw new Error(`${path}: not 16 kHz 16 bit`);
  const count = Math.floor((bytes.length - data) / 2);
  return Float32Array.from({ length: count }, (_, i) => bytes.readInt16LE(data + 2 * i) / 32_768);
}

/** One of the project's own golden sounds. */
export const goldenSound = (name: 'speech' | 'synthetic'): Float32Array => readWav(join(goldenRoot, `${name}.wav`));

export type Golden = {
  mel: { frames: number; bandMeans: number[]; row40: number[] };
  statistics: number[];
  embedding: number[];
  vad: number[];
};
export type Scores = Record<string, number>;

/** The reference program's numbers. */
export const golden = JSON.parse(readFileSync(join(goldenRoot, 'golden.json'), 'utf8')) as {
  speech: Golden;
  synthetic: Golden;
  scores: Scores[];
  mic: { file: string; scores: Scores; vad: number[] }[];
};

/** The folder of real microphone clips that may lie beside the project, or null (said in one plain line). */
export function micFolder(): string | null {
  const folder = join(root, '..', 'shared', 'data', 'voice', 'mic');
  if (existsSync(folder)) return folder;
  process.stdout.write('shared/data/voice/mic is not there: the real clips are left out, our own sounds are tested.\n');
  return null;
}

/** The largest distance between two lists of equal length. */
export function farthest(ours: ArrayLike<number>, theirs: ArrayLike<number>): number {
  if (ours.length !== theirs.length) return Number.POSITIVE_INFINITY;
  let max = 0;
  for (let i = 0; i < ours.length; i++) {
    const distance = Math.abs(ours[i]! - theirs[i]!);
    if (!(distance <= max)) max = distance;
  }
  return max;
}

/** White noise between -amplitude and amplitude, the same for the same seed. */
export function noise(length: number, amplitude: number, seed = 1): Float32Array {
  let state = seed >>> 0;
  return Float32Array.from({ length }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return amplitude * (state / 2 ** 31 - 1);
  });
}
