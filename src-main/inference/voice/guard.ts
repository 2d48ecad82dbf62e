// What must be neither read nor learnt: music and noise, singing, and a voice that is not the enrolled speaker's.
import { z } from 'zod';
import { clipsBeforeCertain, type SpeakerState } from './speaker.ts';

const numbers = z.array(z.number());

/** The part `guard` of heads.json; both models are linear over the raw features. */
export const guardFile = z.object({
  kinds: z.object({
    weights: z.array(numbers).length(3),
    bias: numbers.length(3),
    leastSpeech: z.number().min(0).max(1),
  }),
  voiceprint: z.object({ projection: z.array(numbers).min(1), farthest: z.number().positive() }),
});
type GuardFile = z.infer<typeof guardFile>;

/** Why a sound is not read; null when it is the speaker talking. */
export type Refusal = 'background_sound' | 'singing' | 'other_voice';
export type Guard = {
  /** What the raw features say, against a speaker known from 20 clips or more. */
  refusal(features: Float64Array, speaker: SpeakerState): Refusal | null;
};

/** Makes the guard; throws when a row of it has not the width of the features. */
export function makeGuard({ kinds, voiceprint }: GuardFile, width: number): Guard {
  const rows = [...kinds.weights, ...voiceprint.projection];
  if (rows.some((row) => row.length !== width)) throw new Error('heads.json: the guard has another size');
  const weights = kinds.weights.map((row) => Float64Array.from(row));
  const projection = voiceprint.projection.map((row) => Float64Array.from(row));
  return {
    refusal(features, speaker) {
      const [speech, background, song] = weights.map((row, i) => kinds.bias[i]! + dot(row, features)) as [
        number,
        number,
        number,
      ];
      const share = 1 / (1 + Math.exp(background - speech) + Math.exp(song - speech));
      if (share < kinds.leastSpeech) return background >= song ? 'background_sound' : 'singing';
      if (speaker.clips < clipsBeforeCertain) return null;
      const distance = features.map((value, i) => value - speaker.mean[i]!);
      const squared = projection.reduce((sum, row) => sum + dot(row, distance) ** 2, 0);
      return squared > voiceprint.farthest ? 'other_voice' : null;
    },
  };
}

function dot(row: Float64Array, values: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < row.length; i++) sum += row[i]! * values[i]!;
  return sum;
}
