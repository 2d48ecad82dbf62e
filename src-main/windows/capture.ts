import { BrowserWindow } from 'electron';
import { pageUrl } from '../security/app-pages.ts';
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
  void window.loadURL(pageUrl('capture'));
  return window;
}
