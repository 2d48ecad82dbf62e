// Fits and measures the fusion on moments put together from what the single models said of labelled material.
//   node_modules/.bin/node models/training/fusion.ts SCORES [--fit]
// SCORES holds text.jsonl, voice.jsonl and face.jsonl, lines {"label", "scores", "group"?} of people and texts no model learned from.
// With --fit the numbers are chosen on one half of the lines and written; the figures are always those of the other half.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  createFusion,
  type FusedSource,
  type FusionNumbers,
  type FusionState,
  fusedSources,
  nextFusion,
  readFusion,
} from '../../src-shared/emotion/fusion.ts';
import { fittedFusion } from '../../src-shared/emotion/fusion-numbers.ts';
import { byEmotion, type EmotionLabel, type EmotionScores, emotionLabels } from '../../src-shared/emotion/labels.ts';

const [folder, mode] = process.argv.slice(2);
if (!folder) throw new Error('usage: fusion.ts SCORES [--fit]');

const longestAgeMs: Record<FusedSource, number> = { text: 6_000, voice: 3_600, face: 900 };
/** An ordinary stream is mostly calm; the same shares as the fusion's prior. */
const moodShare: EmotionScores = {
  happy: 0.15,
  sad: 0.07,
  angry: 0.07,
  fear: 0.07,
  surprise: 0.07,
  disgust: 0.07,
  neutral: 0.5,
};
const missingShare = 0.3;
const conflictShare = 0.15;
const nowMs = 1_700_000_000_000;

/** `group` keeps lines together that must not be in both halves, such as one clip heard in several orders. */
type Line = { label: EmotionLabel; scores: EmotionScores; group?: string };
type Heard = { scores: EmotionScores; ageMs: number };
type Moment = { truth: EmotionLabel; isConflict: boolean; heard: Partial<Record<FusedSource, Heard>> };
type Half = Record<FusedSource, Record<EmotionLabel, EmotionScores[]>>;

/** Mulberry32: a small seeded generator, uniform in [0, 1). */
function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

const bySource = <T>(value: (source: FusedSource) => T) =>
  Object.fromEntries(fusedSources.map((source) => [source, value(source)])) as Record<FusedSource, T>;

const lines = bySource((source) =>
  readFileSync(join(folder, `${source}.jsonl`), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Line),
);

/** Which half a line belongs to: FNV-1a of its group, or of its place. */
function partOf(name: string): number {
  let hash = 0x811c9dc5;
  for (const character of name) hash = Math.imul(hash ^ character.codePointAt(0)!, 0x01000193) >>> 0;
  return (hash >>> 7) & 1;
}

const halfOf = (part: 0 | 1): Half =>
  bySource((source) => {
    const own = lines[source].filter(({ group }, at) => partOf(group ?? String(at)) === part);
    return byEmotion((label) => own.filter((line) => line.label === label).map(({ scores }) => scores));
  });

function drawMoments(half: Half, count: number, seed: number): Moment[] {
  const random = seeded(seed);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
  const mood = (): EmotionLabel => {
    let left = random();
    for (const label of emotionLabels) {
      left -= moodShare[label];
      if (left < 0) return label;
    }
    return 'neutral';
  };
  const moments: Moment[] = [];
  while (moments.length < count) {
    const moment: Moment = { truth: mood(), isConflict: false, heard: {} };
    for (const source of fusedSources) {
      const shown = random() < conflictShare ? mood() : moment.truth;
      const pool = half[source][shown];
      if (random() < missingShare || pool.length === 0) continue;
      moment.heard[source] = { scores: pick(pool), ageMs: random() * longestAgeMs[source] };
      moment.isConflict ||= shown !== moment.truth;
    }
    if (Object.keys(moment.heard).length > 0) moments.push(moment);
  }
  return moments;
}

function fuse({ heard }: Moment, numbers: FusionNumbers) {
  let state: FusionState = createFusion(undefined, numbers);
  for (const source of fusedSources) {
    const one = heard[source];
    if (!one) continue;
    const input = { source, atMs: nowMs - one.ageMs, scores: one.scores, quality: 1, reason: null };
    state = nextFusion(state, input, nowMs);
  }
  return readFusion(state, nowMs);
}

const leader = (scores: EmotionScores): EmotionLabel =>
  emotionLabels.reduce((best, label) => (scores[label] > scores[best] ? label : best));

type Answer = { confidence: number; isRight: boolean };

/** Expected calibration error over ten bins of equally many answers. */
function calibrationError(answers: Answer[]): number {
  const sorted = [...answers].sort((a, b) => a.confidence - b.confidence);
  let error = 0;
  for (let bin = 0; bin < 10; bin++) {
    const part = sorted.slice(Math.floor((bin * sorted.length) / 10), Math.floor(((bin + 1) * sorted.length) / 10));
    error += Math.abs(part.reduce((sum, { confidence, isRight }) => sum + confidence - Number(isRight), 0));
  }
  return error / sorted.length;
}

function figures(answers: Answer[]) {
  const random = seeded(11);
  const drawn = Array.from({ length: 200 }, () =>
    calibrationError(answers.map(() => answers[Math.floor(random() * answers.length)]!)),
  ).sort((a, b) => a - b);
  const right = answers.filter(({ isRight }) => isRight).length / answers.length;
  const round = (value: number) => Math.round(value * 1_000) / 1_000;
  return {
    n: answers.length,
    accuracy: round(right),
    ece: round(calibrationError(answers)),
    eceUpper: round(drawn[194]!),
  };
}

/** The single model's own scores for the mood shares of these moments: the fairest rival of the fused ones. */
function alone(source: FusedSource, { scores }: Heard, numbers: FusionNumbers): EmotionScores {
  const shifted = byEmotion((label) => (scores[label] * moodShare[label]) / numbers.share[source][label]);
  const sum = emotionLabels.reduce((total, label) => total + shifted[label], 0);
  return byEmotion((label) => shifted[label] / sum);
}

function measure(moments: Moment[], numbers: FusionNumbers) {
  const read = (list: Moment[]) => {
    const results = list.map((moment) => ({ moment, fused: fuse(moment, numbers) }));
    const answer = ({ moment, fused }: (typeof results)[number]): Answer => {
      const label = leader(fused.scores);
      return { confidence: fused.scores[label], isRight: label === moment.truth };
    };
    const certain = results.filter(({ fused }) => fused.certain);
    return {
      fused: { ...figures(results.map(answer)), coverage: Math.round((certain.length / list.length) * 1_000) / 1_000 },
      fusedWhenCertain: figures(certain.map(answer)),
      ...bySource((source) => {
        const answers = list.flatMap((moment): Answer[] => {
          const heard = moment.heard[source];
          if (!heard) return [];
          const scores = alone(source, heard, numbers);
          const label = leader(scores);
          return [{ confidence: scores[label], isRight: label === moment.truth }];
        });
        return figures(answers);
      }),
    };
  };
  const present = ({ heard }: Moment) => Object.keys(heard).length;
  return {
    all: read(moments),
    conflicting: read(moments.filter(({ isConflict }) => isConflict)),
    missing: read(moments.filter((moment) => present(moment) < 3)),
    onlyOne: read(moments.filter((moment) => present(moment) === 1)),
  };
}

const mean = (values: number[]): number => values.reduce((a, b) => a + b, 0) / values.length;

/** Label shares of the lines, and mean log-scores over ordinary moments, from one half. */
function countNumbers(half: Half): FusionNumbers {
  const share = bySource((source) => {
    const total = emotionLabels.reduce((sum, label) => sum + half[source][label].length, 0);
    return byEmotion((label) => Math.max(0.02, half[source][label].length / total));
  });
  const typicalLog = bySource((source) => {
    const present = emotionLabels.filter((label) => half[source][label].length > 0);
    const total = present.reduce((sum, label) => sum + moodShare[label], 0);
    return byEmotion((label) =>
      present.reduce(
        (sum, truth) =>
          sum +
          (moodShare[truth] / total) *
            mean(half[source][truth].map((scores) => Math.log(Math.max(scores[label], 1e-3)))),
        0,
      ),
    );
  });
  return { reliability: { text: 1, voice: 1, face: 1 }, share, typicalLog };
}

/** Chooses the reliabilities by the mean log-loss, one at a time in steps that shrink. */
function fitNumbers(half: Half): FusionNumbers {
  const moments = drawMoments(half, 3_000, 5);
  const numbers = countNumbers(half);
  const loss = () =>
    mean(moments.map((moment) => -Math.log(Math.max(1e-9, fuse(moment, numbers).scores[moment.truth]))));
  let best = loss();
  for (let step = 0.4; step > 0.03; step /= 2) {
    for (const source of fusedSources) {
      for (const change of [step, -step]) {
        const before = numbers.reliability[source];
        numbers.reliability[source] = Math.max(0.1, before + change);
        const now = loss();
        if (now < best) best = now;
        else numbers.reliability[source] = before;
      }
    }
  }
  return numbers;
}

const short = (_: string, value: unknown) => (typeof value === 'number' ? Math.round(value * 10_000) / 10_000 : value);

let numbers: FusionNumbers = fittedFusion;
if (mode === '--fit') {
  numbers = fitNumbers(halfOf(0));
  const body = JSON.stringify(numbers, short, 2).replaceAll('"', '');
  writeFileSync(
    join(import.meta.dirname, '../../src-shared/emotion/fusion-numbers.ts'),
    `// Written by models/training/fusion.ts; on what it was fitted: docs/decisions/fusion.md.\nexport const fittedFusion = ${body};\n`,
  );
}
const result = { reliability: numbers.reliability, ...measure(drawMoments(halfOf(1), 6_000, 6), numbers) };
process.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
