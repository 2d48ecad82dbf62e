// The trained part behind the encoder: linear heads over normalised features, their mean, then a temperature.
import { byEmotion, type EmotionLabel, type EmotionScores, emotionLabel } from '@app/shared/emotion/labels';
import { z } from 'zod';
import { type Guard, guardFile, makeGuard } from './guard.ts';
import type { VoicePrior } from './speaker.ts';

const numbers = z.array(z.number());
const headsFile = z.object({
  labels: z.array(emotionLabel).min(2),
  prior: z.object({ mean: numbers, std: numbers }),
  heads: z.array(z.object({ weights: z.array(numbers), bias: numbers })).min(1),
  temperature: z.number().positive(),
  minimumConfidence: z.number().min(0).max(1),
  guard: guardFile,
});

/** The trained heads: `scores` takes normalised features, `minimumConfidence` was chosen on training folds. */
export type Heads = {
  prior: VoicePrior;
  minimumConfidence: number;
  guard: Guard;
  scores(features: Float64Array): EmotionScores;
};

type Head = { weights: Float64Array[]; bias: number[] };

/** Reads `heads.json`; throws when its parts do not fit together. */
export function parseHeads(bytes: Uint8Array): Heads {
  const file = headsFile.parse(JSON.parse(new TextDecoder().decode(bytes)));
  const width = file.prior.mean.length;
  const heads = file.heads.map(({ weights, bias }) => ({
    weights: weights.map((row) => Float64Array.from(row)),
    bias,
  }));
  const fits = heads.every(
    (head) =>
      head.weights.length === file.labels.length &&
      head.bias.length === file.labels.length &&
      head.weights.every((row) => row.length <= width),
  );
  if (!fits || file.prior.std.length !== width) throw new Error('heads.json: the parts differ in size');
  return {
    prior: { mean: Float64Array.from(file.prior.mean), std: Float64Array.from(file.prior.std) },
    minimumConfidence: file.minimumConfidence,
    guard: makeGuard(file.guard, width),
    scores(features) {
      const mixed = meanOf(heads.map((head) => headProbabilities(head, features)));
      return toScores(file.labels, cool(mixed, file.temperature));
    },
  };
}

/** A head may be shorter than the features: it then sees the first of them only (the encoder's part). */
function headProbabilities({ weights, bias }: Head, features: Float64Array): number[] {
  return softmax(
    weights.map((row, label) => {
      let sum = bias[label]!;
      for (let i = 0; i < row.length; i++) sum += row[i]! * features[i]!;
      return sum;
    }),
  );
}

function softmax(logits: number[]): number[] {
  const max = Math.max(...logits);
  const powers = logits.map((logit) => Math.exp(logit - max));
  const total = powers.reduce((sum, power) => sum + power, 0);
  return powers.map((power) => power / total);
}

const meanOf = (rows: number[][]): number[] =>
  rows[0]!.map((_, i) => rows.reduce((sum, row) => sum + row[i]!, 0) / rows.length);

const cool = (probabilities: number[], temperature: number): number[] =>
  softmax(probabilities.map((p) => Math.log(Math.max(p, 1e-12)) / temperature));

function toScores(labels: EmotionLabel[], probabilities: number[]): EmotionScores {
  const scores = byEmotion(() => 0);
  labels.forEach((label, i) => {
    scores[label] = probabilities[i]!;
  });
  return scores;
}
