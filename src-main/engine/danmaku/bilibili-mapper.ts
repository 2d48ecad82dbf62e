import { cleanName } from './clean-text.ts';
import type { Draft } from './danmaku-draft.ts';
import { asCount, type JsonObject } from './json-value.ts';

/** `fallbackId` names a message that has no id of its own by its time, its place in the frame and what it holds. */
export type MessageContext = { receivedAt: number; fallbackId: () => string };
/** Turns one command into drafts; null means: known, and left out on purpose. */
export type Mapper = (message: JsonObject, context: MessageContext) => Draft[] | null;

/** The medal as metadata; none when it has no name. */
export function medalOf(name: unknown, level: unknown): { medal?: { name: string; level: number } } {
  if (typeof name !== 'string' || name === '') return {};
  return { medal: { name: cleanName(name), level: asCount(level) ?? 0 } };
}

/** The guard level as metadata; none when it is 0. */
export function guardOf(level: unknown): { guard_level?: number } {
  const guard = asCount(level);
  return guard === undefined || guard === 0 ? {} : { guard_level: guard };
}
