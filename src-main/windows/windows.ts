// Knows every window of the app: who is who, and how to push to it.
import type { Pushes, PushName, WindowKind } from '@app/shared/ipc';
import type { BrowserWindow, IpcMainInvokeEvent } from 'electron';
import { originOf } from '../security/app-pages.ts';

export type Windows = {
  add(kind: WindowKind, window: BrowserWindow): void;
  get(kind: WindowKind): BrowserWindow | null;
  /** The kind of the window a call came from; null for anything but the top frame of a known window. */
  callerOf(event: IpcMainInvokeEvent): WindowKind | null;
  kindOf(webContentsId: number): WindowKind | null;
  push<N extends PushName>(kind: WindowKind, name: N, payload: Pushes[N]): void;
};

/** An empty register; windows leave it by themselves when they close. */
export function makeWindows(): Windows {
  const byKind = new Map<WindowKind, BrowserWindow>();
  const kindOf = new Map<number, WindowKind>();
  return {
    add(kind, window) {
      const contentsId = window.webContents.id;
      byKind.set(kind, window);
      kindOf.set(contentsId, kind);
      window.once('closed', () => {
        kindOf.delete(contentsId);
        if (byKind.get(kind) === window) byKind.delete(kind);
      });
    },
    get: (kind) => byKind.get(kind) ?? null,
    callerOf(event) {
      const kind = kindOf.get(event.sender.id);
      if (!kind || event.senderFrame !== event.sender.mainFrame) return null;
      return event.senderFrame.url.startsWith(`${originOf(kind)}/windows/${kind}/`) ? kind : null;
    },
    kindOf: (webContentsId) => kindOf.get(webContentsId) ?? null,
    push(kind, name, payload) {
      const window = byKind.get(kind);
      if (window && !window.isDestroyed() && !window.webContents.isCrashed()) {
        window.webContents.send('push', name, payload);
      }
    },
  };
}
