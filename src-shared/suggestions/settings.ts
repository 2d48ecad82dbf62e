import { z } from 'zod';
import { triggerName } from '../live-event.ts';

/** What the streamer can set about suggestions; every field has a default. */
export const suggestionSettings = z.object({
  /** Triggers that never make a card. */
  off: z.array(triggerName).default([]),
  /** Candidates below this confidence are dropped; 0.5 = more likely useful than not. */
  minConfidence: z.number().min(0).max(1).default(0.5),
  /** A gift streak from this value on gets a card of its own; smaller ones are thanked together. 1000 = 10 yuan. */
  giftCardCents: z.number().int().min(0).default(1000),
  /** Off only to measure: then neither triggers nor the screen rest between cards. */
  coolDowns: z.boolean().default(true),
});
export type SuggestionSettings = z.infer<typeof suggestionSettings>;

/** The settings of somebody who changed nothing. */
export const defaultSuggestionSettings: SuggestionSettings = suggestionSettings.parse({});
