// Starts and stops the parts of the app, in order; nothing else.
import { resolve } from 'node:path';
import { type Input, IpcFailure } from '@app/shared/ipc';
import { type HotkeyAction, type Settings, settings as settingsSchema } from '@app/shared/settings';
import { app, dialog, globalShortcut, ipcMain, Menu, session } from 'electron';
import { makeHandlers } from './ipc/handlers.ts';
import { dispatch } from './ipc/router.ts';
import { readOptions } from './options.ts';
import { findPaths } from './paths.ts';
import { openLogger } from './process/logger.ts';
import { endRehearsal } from './rehearsal-end.ts';
import { registerAppScheme, serveApp } from './security/app-protocol.ts';
import { openSecretFile } from './security/secrets.ts';
import { denyNavigation, limitPermissions } from './security/window-safety.ts';
import { makeParts, type Parts } from './supervisor/parts.ts';
import { oldElectron } from './supervisor/start-process.ts';
import { makeSystemState } from './system-state.ts';
import { openCaptureWindow } from './windows/capture.ts';
import { pressed } from './windows/hotkey-press.ts';
import { makeHotkeys } from './windows/hotkeys.ts';
import { type Overlay, openOverlay } from './windows/overlay.ts';
import { type AppTray, openTray } from './windows/tray.ts';
import { makeWindows } from './windows/windows.ts';
import { openWorkstation } from './windows/workstation.ts';

const options = readOptions(process.argv);
const log = openLogger('main');
if (options.dataDir) app.setPath('userData', resolve(options.dataDir));
registerAppScheme();
denyNavigation();

/** The rest is opened after this time even if the workstation never says that it can be used. */
const restWithinMs = 5_000;

function start(): void {
  const paths = findPaths(options.modelsDir && resolve(options.modelsDir));
  const secrets = openSecretFile(paths.secrets, options.rehearsal ? ['sync-refresh-token'] : []);
  const windows = makeWindows();
  let settings: Settings = settingsSchema.parse({});
  let overlay: Overlay | null = null;
  let tray: AppTray | null = null;
  let sessionId: string | null = null;
  let quitting = false;
  let faceFps = 5;

  const system = makeSystemState({
    first: {
      rehearsal: options.rehearsal,
      sampleMedia: options.sampleMedia,
      oldElectron,
      captureProtection: process.platform === 'linux' ? 'unsupported' : 'unknown',
    },
    onChange: (view) => {
      for (const kind of ['workstation', 'overlay'] as const) windows.push(kind, 'system.changed', view);
    },
    onDevice: (device, { state, label }) => parts.toEngine({ type: 'device', device, state, label }),
  });
  const parts: Parts = makeParts({
    builtFolder: paths.built,
    nodePath: paths.node,
    engineConfig: () => ({
      databasePath: paths.database,
      appVersion: app.getVersion(),
      os: `${process.platform} ${process.getSystemVersion()}`.slice(0, 40),
      secrets: secrets.all(),
      endpoint: options.endpoint,
      rate: options.rate,
      coolDownsOff: options.cooldownsOff,
      maxPages: options.maxPages,
    }),
    inferenceConfig: { modelsPath: paths.models },
    windows,
    openCapture: () => openCaptureWindow(paths.preload),
    onState: () => system.set({ processes: parts.states() }),
    onModels: system.setModels,
    onGovernor(governor, fps) {
      system.set({ governor });
      if (fps === faceFps) return;
      faceFps = fps;
      commandDevices();
    },
    onSecret: secrets.set,
    onEngineReady: (wasAway) => void engineReady(wasAway).catch(report('engine ready')),
    onCaptureBack: () => commandDevices(),
  });
  const report = (name: string) => (error: unknown) =>
    log.error('failed', { name, kind: error instanceof Error ? error.name : typeof error, code: codeOf(error) });

  /** Tells the capture window which devices to open: those allowed here, or the sample media of a rehearsal. */
  function commandDevices(): void {
    const { cameraId, microphoneId, cameraAllowed, microphoneAllowed } = settings.devices;
    const always = options.sampleMedia || options.devices;
    windows.push('capture', 'capture.command', {
      camera: always || cameraAllowed ? { deviceId: cameraId, fps: faceFps } : null,
      microphone: always || microphoneAllowed ? { deviceId: microphoneId } : null,
    });
  }
  function applyHotkeys(): void {
    system.set({ hotkeysTaken: hotkeys.apply(settings.hotkeys, overlay?.visible ?? true) });
  }
  /** Overlay, models and devices wait until the workstation can be used, so that it can be used sooner. */
  function openTheRest(): void {
    if (overlay || quitting) return;
    overlay = openOverlay(paths.preload, settings.overlay, {
      onMoved: (place) => void saveSettings({ overlay: place }).catch(report('overlay place')),
      onChanged: () => {
        system.set({ overlayVisible: overlay?.visible ?? false, overlayTouchable: overlay?.touchable ?? false });
        applyHotkeys();
      },
    });
    windows.add('overlay', overlay.window);
    parts.startOthers();
    tray = openTray(paths.icon, settings.language, {
      show: () => windows.get('workstation')?.show(),
      toggleOverlay: () => void overlay?.toggle(),
      bringBack: () => overlay?.bringBack(),
      quit: () => app.quit(),
    });
    applyHotkeys();
  }
  function onUsable(): void {
    openTheRest();
    const startedAt = process.getCreationTime() ?? Date.now();
    log.info('usable', { ms: Math.round(Date.now() - startedAt) });
  }
  async function saveSettings(patch: Input<'settings.save'>): Promise<Settings> {
    settings = (await parts.engine.call('settings.save', patch)).settings;
    for (const kind of ['workstation', 'overlay'] as const) windows.push(kind, 'settings.changed', settings);
    if (patch.overlay) overlay?.apply(settings.overlay);
    if (patch.language) tray?.setLanguage(settings.language);
    if (patch.hotkeys) applyHotkeys();
    if (patch.devices) commandDevices();
    return settings;
  }
  const hotkeys = makeHotkeys(globalShortcut, (action) => void press(action).catch(report(`hotkey ${action}`)));

  /** What a key came to is told to both windows: with the mouse elsewhere there is no other sign of it. */
  async function press(action: HotkeyAction): Promise<void> {
    if (action === 'toggle') return void overlay?.toggle();
    const told = await pressed(action, parts.engine).catch((error: unknown) => {
      const code = error instanceof IpcFailure ? error.code : 'INTERNAL';
      if (code === 'INTERNAL') report(`hotkey ${action}`)(error);
      return { action: action === 'break' ? ('rest' as const) : action, code };
    });
    for (const kind of ['workstation', 'overlay'] as const) windows.push(kind, 'hotkey.pressed', told);
  }

  /** The engine answers: at first start the windows follow, after a death the session goes on. */
  async function engineReady(wasAway: boolean): Promise<void> {
    settings = (await parts.engine.call('settings.get', {})).settings;
    for (const { name } of [{ name: 'camera' }, { name: 'microphone' }] as const) {
      const { state, label } = system.view()[name];
      parts.toEngine({ type: 'device', device: name, state, label });
    }
    if (wasAway && sessionId) return void (await parts.engine.call('session.resume', { sessionId, part: 'engine' }));
    if (wasAway) return;
    applyHotkeys();
    overlay?.apply(settings.overlay);
    tray?.setLanguage(settings.language);
    commandDevices();
    if (options.pairCode && options.serverUrl && !(await parts.engine.call('pairing.get', {})).paired) {
      const name = app.getName();
      await parts.engine
        .call('pairing.redeem', { serverUrl: options.serverUrl, code: options.pairCode, name })
        .catch(report('pairing'));
    }
    // A session that an earlier run left open is offered for resuming instead.
    const leftOpen = (await parts.engine.call('live.get', {})).live.resumable !== null;
    if (options.autoStart && !leftOpen) await parts.engine.call('session.start', { source: 'rehearsal' });
    if (options.exitAfterSeconds) setTimeout(() => void endByItself(), options.exitAfterSeconds * 1000);
  }
  async function endByItself(): Promise<void> {
    let code = 0;
    const outDir = resolve(options.outDir);
    await endRehearsal({ engine: parts.engine, windows, outDir, serverUrl: options.serverUrl }).catch(
      (error: unknown) => {
        report('rehearsal end')(error);
        code = 1;
      },
    );
    await stopAll();
    app.exit(code);
  }
  async function stopAll(): Promise<void> {
    quitting = true;
    globalShortcut.unregisterAll();
    tray?.destroy();
    await parts.stop();
  }

  const handlers = makeHandlers({ parts, windows, system, hotkeys, overlay: () => overlay, onUsable, saveSettings });
  ipcMain.handle('app', async (event, name: string, input: unknown) => {
    const kind = windows.callerOf(event);
    if (!kind) return { ok: false, error: { code: 'NOT_ALLOWED', message: 'unknown caller' } };
    const reply = await dispatch(handlers, name, input, { kind }, (route, error) => report(route)(error));
    if (reply.ok) followSession(name, reply.data);
    if (name === 'capture.report' && !sentFirstCommand) {
      sentFirstCommand = true;
      commandDevices();
    }
    return reply;
  });
  let sentFirstCommand = false;

  /** Main remembers which session is on air, so that it can go on after a death of the engine. */
  function followSession(name: string, data: unknown): void {
    if (name === 'session.start' || name === 'session.resume') sessionId = (data as { sessionId: string }).sessionId;
    if (name === 'session.stop' || name === 'session.close') sessionId = null;
  }

  if (process.platform !== 'darwin') Menu.setApplicationMenu(null);
  serveApp(paths.renderer);
  limitPermissions(session.defaultSession, windows.kindOf);
  parts.startEngine();
  windows.add('workstation', openWorkstation(paths.preload, paths.icon, settings.theme === 'dark'));
  setTimeout(openTheRest, restWithinMs);
  windows.get('workstation')?.once('closed', () => app.quit());
  app.on('before-quit', (event) => {
    if (quitting) return;
    event.preventDefault();
    void stopAll().finally(() => app.exit(0));
  });
  app.on('second-instance', () => windows.get('workstation')?.show());
}

const codeOf = (error: unknown) => (error instanceof Error && 'code' in error ? String(error.code) : undefined);

if (app.requestSingleInstanceLock()) {
  void app.whenReady().then(start, (error: unknown) => {
    dialog.showErrorBox('提猫直播伴侣', error instanceof Error ? error.message : String(error));
    app.exit(1);
  });
} else {
  app.quit();
}
