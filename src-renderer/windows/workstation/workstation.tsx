import { ConfigProvider } from 'antd';
import enLocale from 'antd/locale/en_US';
import zhLocale from 'antd/locale/zh_CN';
import { lazy, Suspense, useEffect, useLayoutEffect, useMemo } from 'react';
import { request } from '../../app-api.ts';
import { useApp } from '../../app-store.ts';
import { antdThemeFor, pageNonce } from '../../ui/antd-theme.ts';
import { LanguageProvider } from '../../ui/language.tsx';
import { applyPalette } from '../../ui/palette.ts';
import { Banners } from './banners.tsx';
import { LivePage } from './live-page.tsx';
import { NavRail } from './nav-rail.tsx';
import { Notice } from './notice.tsx';
import { TopBar } from './top-bar.tsx';

// Only the live page is read at start; the others come when they are opened.
const HistoryPage = lazy(async () => ({
  default: (await import('../../features/history/history-page.tsx')).HistoryPage,
}));
const PairingPage = lazy(async () => ({
  default: (await import('../../features/settings/pairing-page.tsx')).PairingPage,
}));
const SettingsPage = lazy(async () => ({
  default: (await import('../../features/settings/settings-page.tsx')).SettingsPage,
}));

const nonce = pageNonce();
const csp = nonce ? { nonce } : {};

/** The main window: the rail of pages, the bar of the session, and the page that is open. */
export function Workstation() {
  const page = useApp((state) => state.page);
  const language = useApp((state) => state.settings?.language ?? 'zh');
  const themeName = useApp((state) => state.settings?.theme ?? 'dark');
  const reduceMotion = useApp((state) => state.settings?.reduceMotion ?? false);
  const theme = useMemo(() => antdThemeFor(themeName, language, reduceMotion), [themeName, language, reduceMotion]);
  const ready = useApp((state) => state.boot.state === 'ready');
  useLayoutEffect(() => applyPalette(themeName, language), [themeName, language]);
  useEffect(() => {
    if (!ready) return;
    // The second frame after the answer is the first in which the start button can be seen enabled.
    const frame = requestAnimationFrame(() =>
      requestAnimationFrame(() => void request('window.usable', {}).catch(() => undefined)),
    );
    return () => cancelAnimationFrame(frame);
  }, [ready]);
  useEffect(() => {
    document.documentElement.dataset.motion = reduceMotion ? 'none' : 'some';
  }, [reduceMotion]);
  return (
    <ConfigProvider
      csp={csp}
      theme={theme}
      locale={language === 'zh' ? zhLocale : enLocale}
      button={{ autoInsertSpace: false }}
      wave={{ disabled: true }}
    >
      <LanguageProvider language={language}>
        <div className="frame">
          <NavRail />
          <div className="frame-main">
            <TopBar />
            <Banners />
            <main className={`page page-${page}`}>
              {page === 'live' && <LivePage />}
              <Suspense fallback={null}>
                {page === 'history' && <HistoryPage />}
                {page === 'settings' && <SettingsPage />}
                {page === 'pairing' && <PairingPage />}
              </Suspense>
            </main>
          </div>
          <Notice />
        </div>
      </LanguageProvider>
    </ConfigProvider>
  );
}
