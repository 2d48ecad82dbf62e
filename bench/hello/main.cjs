// The reference for start and memory: one window with one button, told usable at its second frame.
const { app, BrowserWindow, ipcMain } = require('electron');
const { join } = require('node:path');

ipcMain.handle('usable', () => process.stderr.write('{"event":"usable"}\n'));
app.whenReady().then(() => {
  const window = new BrowserWindow({
    width: 1440,
    height: 900,
    show: false,
    webPreferences: { preload: join(__dirname, 'preload.cjs'), contextIsolation: true, sandbox: true },
  });
  window.once('ready-to-show', () => window.show());
  window.loadFile(join(__dirname, 'index.html'));
});
app.on('window-all-closed', () => app.quit());
