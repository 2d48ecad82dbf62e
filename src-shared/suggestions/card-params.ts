import { z } from 'zod';
import type { TriggerName } from '../live-event.ts';

// A stored card may come from an older version: what is missing or of the wrong kind becomes 0 or '', never an error.
const amount = z.number().catch(0);
const word = z.string().catch('');

/** What the words of each trigger's card are filled with. */
export const cardParams = {
  repeated_question: z.object({ viewers: amount }),
  price_question: z.object({ viewers: amount }),
  logistics_question: z.object({ viewers: amount }),
  purchase_intent: z.object({ viewers: amount }),
  /** `one`: a streak of one viewer; `guard`: a membership; `many`: small gifts together. */
  gift_thanks: z.object({
    kind: z.enum(['one', 'guard', 'many']).catch('many'),
    name: word,
    gift: word,
    count: amount,
    viewers: amount,
  }),
  /** `cents` is -1 where the value is not known; `superchatId` lets a deleted one be withdrawn. */
  superchat_thanks: z.object({
    kind: z.enum(['one', 'many']).catch('one'),
    name: word,
    cents: amount,
    count: amount,
    superchatId: word,
  }),
  newcomers: z.object({ people: amount, seconds: amount, usual: amount }),
  mood_drop: z.object({ messages: amount }),
  negative_burst: z.object({ viewers: amount }),
  abuse: z.object({ count: amount, viewers: amount }),
  long_silence: z.object({ seconds: amount, viewers: amount }),
  streamer_strained: z.object({ minutes: amount }),
  viewer_distress: z.object({ name: word, count: amount }),
} satisfies Record<TriggerName, z.ZodObject>;

export type CardParams = { [T in TriggerName]: z.output<(typeof cardParams)[T]> };
