import type { Language } from '@app/shared/settings';
import { type Words, wordsFor } from '@app/shared/words/words';
import { createContext, type ReactNode, useContext } from 'react';

const LanguageContext = createContext<Language>('zh');

/** Sets the language of everything inside. */
export function LanguageProvider({ language, children }: { language: Language; children: ReactNode }) {
  return <LanguageContext value={language}>{children}</LanguageContext>;
}

/** The sentences of the current language. */
export const useWords = (): Words => wordsFor(useContext(LanguageContext));

/** The current language, for texts that come from elsewhere than the catalogue. */
export const useLanguage = (): Language => useContext(LanguageContext);
