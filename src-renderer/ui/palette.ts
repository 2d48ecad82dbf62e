import { fontFamily, palettes } from '@app/shared/look/tokens';

/** Writes a palette into CSS variables; through the style object, which the content policy allows. */
export function applyPalette(theme: 'dark' | 'light'): void {
  const root = document.documentElement;
  for (const [name, value] of Object.entries(palettes[theme])) root.style.setProperty(`--${name}`, value);
  root.style.setProperty('--font', fontFamily);
  root.style.colorScheme = theme;
  root.dataset.theme = theme;
}
