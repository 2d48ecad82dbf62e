import { fontFamily, palettes } from '@app/shared/look/tokens';
import { language as languageShape } from '@app/shared/settings';
import { z } from 'zod';
import { create } from 'zustand';

const preferences = z.object({ language: languageShape, theme: z.enum(['light', 'dark']) });
export type Preferences = z.infer<typeof preferences>;

const storageKey = 'timao.agency';

// A browser that forbids storage still shows the page.
function readStored(): Preferences | null {
  try {
    return preferences.safeParse(JSON.parse(localStorage.getItem(storageKey) ?? 'null')).data ?? null;
  } catch {
    return null;
  }
}

/** Language and look of this browser: what was chosen, else the browser's language and light. */
export const usePreferences = create<Preferences>(
  () => readStored() ?? { language: navigator.language.toLowerCase().startsWith('zh') ? 'zh' : 'en', theme: 'light' },
);

/** Changes a preference and keeps it in this browser. */
export function setPreference(change: Partial<Preferences>): void {
  usePreferences.setState(change);
  try {
    localStorage.setItem(storageKey, JSON.stringify(usePreferences.getState()));
  } catch {
    return;
  }
}

const latinFirst = `"Segoe UI", -apple-system, Roboto, "Noto Sans", ${fontFamily}`;
/** The font stack of a language: English asks for a Latin face first, whose quotes are narrow. */
export const fontFor = (language: Preferences['language']): string => (language === 'zh' ? fontFamily : latinFirst);

/** Words in amber on white need a darker amber (5.1:1) than the token, which is for fills and icons (3.6:1). */
const amberWords = { dark: palettes.dark.accent, light: '#966303' };

/** Writes language and palette into the page; through the style object, which the content policy allows. */
export function applyLook({ language, theme }: Preferences): void {
  const root = document.documentElement;
  for (const [name, value] of Object.entries(palettes[theme])) root.style.setProperty(`--${name}`, value);
  root.style.setProperty('--accent-words', amberWords[theme]);
  root.style.setProperty('--font', fontFor(language));
  root.style.colorScheme = theme;
  root.lang = language === 'zh' ? 'zh-CN' : 'en';
  root.dataset.theme = theme;
  document.querySelector('meta[name="theme-color"]')?.setAttribute('content', palettes[theme].ground);
}
