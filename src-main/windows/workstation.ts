import { palettes } from '@app/shared/look/tokens';
import { BrowserWindow } from 'electron';
import { appOrigin } from '../security/app-protocol.ts';
import { safePreferences } from '../security/window-safety.ts';

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
  void window.loadURL(`${appOrigin}/windows/workstation/index.html`);
  return window;
}
