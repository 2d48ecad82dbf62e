import { fontFamily, palettes, radiusPx } from '@app/shared/look/tokens';
import { theme as antdTheme, type ThemeConfig } from 'antd';

/** antd's theme from the app's tokens. */
export function antdThemeFor(name: 'dark' | 'light', reduceMotion: boolean): ThemeConfig {
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
      colorTextPlaceholder: palette.faint,
      colorBgBase: palette.ground,
      colorBgContainer: name === 'dark' ? palette.raised : palette.surface,
      colorBgElevated: palette.raised,
      colorBgLayout: palette.ground,
      colorBorder: palette.hairline,
      colorBorderSecondary: palette.hairline,
      colorTextLightSolid: name === 'dark' ? palette.ground : '#FFFFFF',
      borderRadius: radiusPx.control,
      borderRadiusLG: radiusPx.control,
      fontFamily,
      fontSize: 14,
      controlHeight: 32,
      boxShadow: 'none',
      boxShadowTertiary: 'none',
      motion: !reduceMotion,
      wireframe: false,
    },
    components: {
      Button: { primaryShadow: 'none', defaultShadow: 'none', dangerShadow: 'none', fontWeight: 500 },
      Segmented: { trackBg: palette.ground, itemSelectedBg: palette.raised, itemColor: palette.quiet },
      Table: {
        headerBg: 'transparent',
        headerColor: palette.quiet,
        rowHoverBg: palette.raised,
        cellPaddingBlock: 12,
        borderColor: palette.hairline,
      },
    },
  };
}

/** The nonce that main wrote into the page, for the styles that antd adds while running. */
export const pageNonce = (): string | undefined =>
  document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content || undefined;
