const { contextBridge, ipcRenderer } = require('electron');

contextBridge.exposeInMainWorld('usable', () => ipcRenderer.invoke('usable'));
