import type { Language } from '../settings.ts';
import { agencyEn } from './agency-en.ts';
import { type AgencyErrorWords, type AgencyWords, agencyZh } from './agency-zh.ts';

export type { AgencyErrorWords, AgencyWords, PageErrorCode } from './agency-zh.ts';
export type { CountedType } from './agency-zh-sessions.ts';

const catalogue: Record<Language, AgencyWords> = { zh: agencyZh, en: agencyEn };

/** The sentences of the agency web in a language. */
export const agencyWordsFor = (language: Language): AgencyWords => catalogue[language];

/** What happened and what to do for a code; a code that is not known gets the sentence of INTERNAL. */
export function agencyErrorWords(words: AgencyWords, code: string): AgencyErrorWords {
  const known: Record<string, AgencyErrorWords> = words.error;
  return (Object.hasOwn(known, code) ? known[code] : undefined) ?? words.error.INTERNAL;
}
