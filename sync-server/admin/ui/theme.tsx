import { palettes, radiusPx } from '@app/shared/look/tokens';
import { theme as antdTheme, ConfigProvider, type ThemeConfig } from 'antd';
import enUs from 'antd/locale/en_US';
import zhCn from 'antd/locale/zh_CN';
import { type ReactNode, useLayoutEffect } from 'react';
import { applyLook, fontFor, type Preferences, usePreferences } from './preferences.ts';

function themeFor({ language, theme }: Preferences, reduceMotion: boolean): ThemeConfig {
  const palette = palettes[theme];
  const isDark = theme === 'dark';
  return {
    algorithm: isDark ? antdTheme.darkAlgorithm : antdTheme.defaultAlgorithm,
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
      colorBgContainer: palette.surface,
      colorBgElevated: palette.raised,
      colorBgLayout: palette.ground,
      colorBorder: palette.hairline,
      colorBorderSecondary: palette.hairline,
      colorLink: palette.text,
      colorTextLightSolid: isDark ? palette.ground : '#FFFFFF',
      borderRadius: radiusPx.control,
      borderRadiusLG: radiusPx.control,
      fontFamily: fontFor(language),
      fontSize: 14,
      controlHeight: 36,
      controlHeightSM: 28,
      boxShadowTertiary: 'none',
      motion: !reduceMotion,
    },
    components: {
      Button: {
        primaryShadow: 'none',
        defaultShadow: 'none',
        dangerShadow: 'none',
        fontWeight: 500,
        // White on amber would be 3.6:1, dark is 5.2:1; antd's dark algorithm would dim the amber.
        primaryColor: palettes.dark.ground,
        colorPrimary: palette.accent,
        colorPrimaryHover: palette.accent,
        colorPrimaryActive: palette.accent,
      },
      Select: { optionSelectedBg: isDark ? palette.hairline : palette.ground },
      Segmented: { trackBg: palette.ground, itemSelectedBg: palette.raised, itemColor: palette.quiet },
    },
  };
}

// Vite marks the place, the server fills it in; a browser gives a nonce away through the property only.
const pageNonce = (): string | undefined =>
  document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce || undefined;

/** Language, colours and antd for everything inside. */
export function Look({ children }: { children: ReactNode }) {
  const preferences = usePreferences();
  useLayoutEffect(() => applyLook(preferences), [preferences]);
  const reduceMotion = window.matchMedia('(prefers-reduced-motion: reduce)').matches;
  const nonce = pageNonce();
  return (
    <ConfigProvider
      theme={themeFor(preferences, reduceMotion)}
      locale={preferences.language === 'zh' ? zhCn : enUs}
      button={{ autoInsertSpace: false }}
      {...(nonce ? { csp: { nonce } } : {})}
    >
      {children}
    </ConfigProvider>
  );
}
