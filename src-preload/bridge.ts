// The one door of every window: requests go in, pushes come out; ipcRenderer itself never leaves this file.
import type { AppBridge } from '@app/shared/ipc';
import { contextBridge, ipcRenderer } from 'electron';

const bridge: AppBridge = {
  request: (name, input) => ipcRenderer.invoke('app', name, input),
  onPush(listener) {
    const forward = (_event: unknown, name: string, payload: unknown) => listener(name, payload);
    ipcRenderer.on('push', forward);
    return () => ipcRenderer.removeListener('push', forward);
  },
};
contextBridge.exposeInMainWorld('app', bridge);
