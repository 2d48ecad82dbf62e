import { type AgencyWords, agencyWordsFor } from '@app/shared/words/agency';
import { usePreferences } from './preferences.ts';

/** The sentences of the chosen language. */
export const useWords = (): AgencyWords => agencyWordsFor(usePreferences(({ language }) => language));
