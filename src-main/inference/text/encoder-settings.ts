// models/text/encoder.json: what the encoder's training fixed beside the weights.
import { z } from 'zod';
import { ModelFailure } from '../model-files.ts';

const fileName = 'text/encoder.json';
const share = z.number().min(0).max(1);
const heads = <V extends z.ZodType>(value: V) =>
  z.object({ emotion: value, sentiment: value.optional(), abuse: value, intent: value, purchase: value });

const encoderSettings = z.object({
  version: z.union([z.string(), z.number()]),
  /** Logits are divided by this before they become probabilities. */
  temperature: heads(z.number().positive()),
  /** The winning emotion is called certain from this probability on. */
  certainThreshold: share,
  /** From this probability on a message is called abusive. */
  abuseThreshold: z.number().gt(0).lt(1),
  /** The linear model's share in the mean of both models' probabilities. */
  linearWeight: heads(share),
  /** Two questions whose vectors reach this cosine are one. */
  sameQuestionCosine: z.number().min(-1).max(1),
});
export type EncoderSettings = z.infer<typeof encoderSettings>;

/** The settings in the bytes of encoder.json; anything amiss throws ModelFailure MODEL_DAMAGED. */
export function readEncoderSettings(bytes: Uint8Array): EncoderSettings {
  try {
    return encoderSettings.parse(JSON.parse(new TextDecoder().decode(bytes)));
  } catch {
    throw new ModelFailure('MODEL_DAMAGED', fileName);
  }
}
