import { fontFamily, palettes } from '@app/shared/look/tokens';
import type { Language } from '@app/shared/settings';

/** The font stack of a language: English asks for a Latin face first, whose quotes are narrow. */
export const fontFor = (language: Language): string =>
  language === 'zh' ? fontFamily : `"Segoe UI", -apple-system, Roboto, "Noto Sans", ${fontFamily}`;

/** Words in amber on white need a darker amber (5.1:1) than the token, which is for fills and icons (3.6:1). */
const amberWords = { dark: palettes.dark.accent, light: '#966303' };

/** Writes a palette into CSS variables; through the style object, which the content policy allows. */
export function applyPalette(theme: 'dark' | 'light', language: Language): void {
  const root = document.documentElement;
  for (const [name, value] of Object.entries(palettes[theme])) root.style.setProperty(`--${name}`, value);
  root.style.setProperty('--accent-words', amberWords[theme]);
  root.style.setProperty('--font', fontFor(language));
  root.lang = language === 'zh' ? 'zh-CN' : 'en';
  root.style.colorScheme = theme;
  root.dataset.theme = theme;
}
