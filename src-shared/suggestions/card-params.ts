// What the words of each trigger's card are filled with. No schema library here: windows carry this file.
import type { TriggerName } from '../live-event.ts';

/** The fields of each trigger, with what stands in where a stored card of an older version lacks one. */
const defaults = {
  repeated_question: { viewers: 0 },
  price_question: { viewers: 0 },
  logistics_question: { viewers: 0 },
  purchase_intent: { viewers: 0 },
  /** `one`: a streak of one viewer; `guard`: a membership; `many`: small gifts together. */
  gift_thanks: { kind: 'many' as 'one' | 'guard' | 'many', name: '', gift: '', count: 0, viewers: 0 },
  /** `cents` is -1 where the value is not known; `superchatId` lets a deleted one be withdrawn. */
  superchat_thanks: { kind: 'one' as 'one' | 'many', name: '', cents: 0, count: 0, superchatId: '' },
  newcomers: { people: 0, seconds: 0, usual: 0 },
  mood_drop: { messages: 0 },
  negative_burst: { viewers: 0 },
  abuse: { count: 0, viewers: 0 },
  long_silence: { seconds: 0, viewers: 0 },
  streamer_strained: { minutes: 0 },
  viewer_distress: { name: '', count: 0 },
} satisfies Record<TriggerName, Record<string, string | number>>;

export type CardParams = { [T in TriggerName]: (typeof defaults)[T] };

const kinds: { [T in TriggerName]?: readonly string[] } = {
  gift_thanks: ['one', 'guard', 'many'],
  superchat_thanks: ['one', 'many'],
};

/** The params of a card: what is missing or of the wrong kind is 0 or empty, never an error. */
export function readCardParams<T extends TriggerName>(trigger: T, given: Record<string, unknown>): CardParams[T] {
  const fallback: Record<string, string | number> = defaults[trigger];
  const allowed: readonly string[] = kinds[trigger] ?? [];
  const known = (key: string, value: unknown) =>
    typeof value === typeof fallback[key] && (key !== 'kind' || allowed.includes(String(value)));
  const entries = Object.entries(fallback).map(([key, value]) => [key, known(key, given[key]) ? given[key] : value]);
  return Object.fromEntries(entries) as CardParams[T];
}
