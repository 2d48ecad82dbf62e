// What every window may not do: leave its page, open others, or get a permission that is not listed for it.
import type { WindowKind } from '@app/shared/ipc';
import { app, type BrowserWindowConstructorOptions, type Session, shell } from 'electron';
import { mayHave } from './app-pages.ts';

/** The web preferences of every window. */
export const safePreferences = (preload: string): BrowserWindowConstructorOptions['webPreferences'] => ({
  preload,
  contextIsolation: true,
  sandbox: true,
  nodeIntegration: false,
  webviewTag: false,
  spellcheck: false,
  devTools: !app.isPackaged,
});

/** Denies navigation, new windows and webviews for all windows, now and later. */
export function denyNavigation(): void {
  app.on('web-contents-created', (_event, contents) => {
    for (const way of ['will-navigate', 'will-redirect', 'will-frame-navigate'] as const) {
      contents.on(way as 'will-navigate', (event) => event.preventDefault());
    }
    contents.on('will-attach-webview', (event) => event.preventDefault());
    contents.setWindowOpenHandler(({ url }) => {
      if (url.startsWith('https://')) void shell.openExternal(url).catch(() => undefined);
      return { action: 'deny' };
    });
  });
}

/** Grants what `mayHave` lists and nothing else, in both handlers. */
export function limitPermissions(session: Session, kindOf: (webContentsId: number) => WindowKind | null): void {
  session.setPermissionRequestHandler((contents, permission, answer, { requestingUrl, isMainFrame }) => {
    answer(mayHave(permission, { kind: kindOf(contents.id), url: requestingUrl, isMainFrame }));
  });
  session.setPermissionCheckHandler((contents, permission, origin, { isMainFrame }) => {
    // Without contents Chromium asks for its own list of devices, in the name of the page's origin.
    const kind = contents === null ? 'capture' : kindOf(contents.id);
    return mayHave(permission, { kind, url: origin, isMainFrame });
  });
}
