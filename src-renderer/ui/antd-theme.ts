import { palettes, radiusPx } from '@app/shared/look/tokens';
import type { Language } from '@app/shared/settings';
import { theme as antdTheme, type ThemeConfig } from 'antd';
import { fontFor } from './palette.ts';

/** Four parts of a colour to one of another, both as #RRGGBB. */
function mix(colour: string, other: string): string {
  const part = (hex: string, at: number) => Number.parseInt(hex.slice(at, at + 2), 16);
  const mixed = [1, 3, 5].map((at) => Math.round((part(colour, at) * 4 + part(other, at)) / 5));
  return `#${mixed.map((value) => value.toString(16).padStart(2, '0')).join('')}`;
}

/** antd's theme from the app's tokens. */
export function antdThemeFor(name: 'dark' | 'light', language: Language, reduceMotion: boolean): ThemeConfig {
  const palette = palettes[name];
  return {
    algorithm: name === 'dark' ? antdTheme.darkAlgorithm : antdTheme.defaultAlgorithm,
    token: {
      colorPrimary: palette.accent,
      colorInfo: palette.note,
      colorSuccess: palette.good,
      colorWarning: palette.warn,
      colorError: palette.critical,
      colorText: palette.text,
      colorTextSecondary: palette.quiet,
      colorTextPlaceholder: palette.quiet,
      colorBgBase: palette.ground,
      colorBgContainer: name === 'dark' ? palette.raised : palette.surface,
      colorBgElevated: palette.raised,
      colorBgLayout: palette.ground,
      colorBorder: palette.hairline,
      colorBorderSecondary: palette.hairline,
      colorBorderDisabled: palette.hairline,
      colorTextLightSolid: name === 'dark' ? palette.ground : '#FFFFFF',
      borderRadius: radiusPx.control,
      borderRadiusLG: radiusPx.control,
      fontFamily: fontFor(language),
      fontSize: 14,
      controlHeight: 32,
      boxShadow: 'none',
      boxShadowTertiary: 'none',
      motion: !reduceMotion,
      wireframe: false,
    },
    components: {
      Button: {
        primaryShadow: 'none',
        defaultShadow: 'none',
        dangerShadow: 'none',
        fontWeight: 500,
        // antd's dark algorithm would dim the accent
        primaryColor: palettes.dark.ground,
        colorPrimary: palette.accent,
        colorPrimaryHover: mix(palette.accent, palette.text),
        colorPrimaryActive: palette.accent,
      },
      Switch: { colorPrimary: palette.accent, colorPrimaryHover: palette.accent },
      Slider: {
        trackBg: palette.accent,
        trackHoverBg: palette.accent,
        handleColor: palette.accent,
        handleActiveColor: palette.accent,
        railBg: palette.hairline,
      },
      Segmented: { trackBg: palette.ground, itemSelectedBg: palette.raised, itemColor: palette.quiet },
    },
  };
}

/** The nonce that main wrote into the page, for the styles that antd adds while running. */
export const pageNonce = (): string | undefined =>
  document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content || undefined;
