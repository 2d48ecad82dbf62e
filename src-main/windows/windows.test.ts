import type { BrowserWindow, IpcMainInvokeEvent } from 'electron';
import { expect, test } from 'vitest';
import { pageUrl } from '../security/app-pages.ts';
import { makeWindows } from './windows.ts';

function fakeWindow(id: number) {
  const closed: (() => void)[] = [];
  const window = { webContents: { id }, once: (_name: string, then: () => void) => void closed.push(then) };
  return { window: window as unknown as BrowserWindow, close: () => closed.forEach((then) => void then()) };
}
function callFrom(id: number, url: string, frame: 'top' | 'sub' = 'top'): IpcMainInvokeEvent {
  const top = { url };
  return { sender: { id, mainFrame: top }, senderFrame: frame === 'top' ? top : { url } } as IpcMainInvokeEvent;
}

test('a call is known by its window and its own page, never by what it says', () => {
  const windows = makeWindows();
  const { window, close } = fakeWindow(7);
  windows.add('overlay', window);
  expect(windows.callerOf(callFrom(7, pageUrl('overlay')))).toBe('overlay');
  expect(windows.callerOf(callFrom(8, pageUrl('overlay')))).toBeNull();
  expect(windows.callerOf(callFrom(7, pageUrl('workstation')))).toBeNull();
  expect(windows.callerOf(callFrom(7, 'https://overlay/windows/overlay/index.html'))).toBeNull();
  expect(windows.callerOf(callFrom(7, 'app://overlay.evil/windows/overlay/index.html'))).toBeNull();
  close();
  expect(windows.callerOf(callFrom(7, pageUrl('overlay')))).toBeNull();
});

test('a frame inside a known window is a stranger, even on the same page', () => {
  const windows = makeWindows();
  windows.add('workstation', fakeWindow(1).window);
  expect(windows.callerOf(callFrom(1, pageUrl('workstation'), 'sub'))).toBeNull();
});
