// What every window may not do: leave its page, open others, or get a permission that is not listed for it.
import { app, type BrowserWindowConstructorOptions, type Session, shell } from 'electron';
import { appOrigin } from './app-protocol.ts';

/** The web preferences of every window. */
export const safePreferences = (preload: string): BrowserWindowConstructorOptions['webPreferences'] => ({
  preload,
  contextIsolation: true,
  sandbox: true,
  nodeIntegration: false,
  webviewTag: false,
  spellcheck: false,
});

/** Denies navigation, new windows and webviews for all windows, now and later. */
export function denyNavigation(): void {
  app.on('web-contents-created', (_event, contents) => {
    contents.on('will-navigate', (event) => event.preventDefault());
    contents.on('will-attach-webview', (event) => event.preventDefault());
    contents.setWindowOpenHandler(({ url }) => {
      if (url.startsWith('https://')) void shell.openExternal(url).catch(() => undefined);
      return { action: 'deny' };
    });
  });
}

/** Grants `media` to the capture window's page and nothing to anybody else, in both handlers. */
export function limitPermissions(session: Session, isCapture: (webContentsId: number) => boolean): void {
  session.setPermissionRequestHandler((contents, permission, answer) => {
    answer(permission === 'media' && isCapture(contents.id));
  });
  session.setPermissionCheckHandler((contents, permission, origin) => {
    if (permission !== 'media') return false;
    return origin.startsWith(appOrigin) && (contents === null || isCapture(contents.id));
  });
}
