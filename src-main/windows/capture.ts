import { BrowserWindow } from 'electron';
import { appOrigin } from '../security/app-protocol.ts';
import { safePreferences } from '../security/window-safety.ts';

/** Opens the hidden window that owns camera and microphone; it is never shown and never throttled. */
export function openCaptureWindow(preload: string): BrowserWindow {
  const window = new BrowserWindow({
    show: false,
    width: 320,
    height: 180,
    skipTaskbar: true,
    webPreferences: { ...safePreferences(preload), backgroundThrottling: false },
  });
  void window.loadURL(`${appOrigin}/windows/capture/index.html`);
  return window;
}
