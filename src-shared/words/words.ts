import type { Language } from '../settings.ts';
import { en } from './en.ts';
import { type Words, zh } from './zh.ts';
import type { ErrorWords } from './zh-errors.ts';

export type { Words } from './zh.ts';
export type { ErrorWords } from './zh-errors.ts';

const catalogue: Record<Language, Words> = { zh, en };

/** The sentences of a language. */
export const wordsFor = (language: Language): Words => catalogue[language];

/** What happened, what still works and what to do for a code; a code that is not known gets the general sentence. */
export function errorWords(words: Words, code: string): ErrorWords {
  const known: Record<string, ErrorWords> = words.errors.known;
  return (Object.hasOwn(known, code) ? known[code] : undefined) ?? words.errors.general;
}
