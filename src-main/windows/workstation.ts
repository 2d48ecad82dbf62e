import { palettes } from '@app/shared/look/tokens';
import { BrowserWindow } from 'electron';
import { pageUrl } from '../security/app-pages.ts';
import { safePreferences } from '../security/window-safety.ts';
import { zoomAfter } from './zoom.ts';

/** Opens the workstation; it shows itself when its first picture is ready. */
export function openWorkstation(preload: string, icon: string, dark: boolean): BrowserWindow {
  const window = new BrowserWindow({
    width: 1440,
    height: 900,
    minWidth: 1024,
    minHeight: 640,
    show: false,
    autoHideMenuBar: true,
    title: '提猫直播伴侣',
    icon,
    backgroundColor: (dark ? palettes.dark : palettes.light).ground,
    webPreferences: safePreferences(preload),
  });
  window.once('ready-to-show', () => window.show());
  // There is no menu that would zoom: Electron's own one is English, reloads the page and takes F10 and Alt.
  window.webContents.on('before-input-event', (event, input) => {
    const next = zoomAfter(input, window.webContents.getZoomFactor());
    if (next === null) return;
    event.preventDefault();
    window.webContents.setZoomFactor(next);
  });
  void window.loadURL(pageUrl('workstation'));
  return window;
}
