// What main answers to windows. Routes of the engine are passed on; the rest is windows, devices and keys.
import { type EngineRequestName, engineRequests, type Input, IpcFailure } from '@app/shared/ipc';
import { type DeviceState, deviceState } from '@app/shared/live-event';
import type { Settings } from '@app/shared/settings';
import { dialog } from 'electron';
import type { Parts } from '../supervisor/parts.ts';
import type { SystemState } from '../system-state.ts';
import type { Hotkeys } from '../windows/hotkeys.ts';
import type { Overlay } from '../windows/overlay.ts';
import type { Windows } from '../windows/windows.ts';
import type { Handlers } from './router.ts';

export type HandlerParts = {
  parts: Parts;
  windows: Windows;
  system: SystemState;
  hotkeys: Hotkeys;
  overlay(): Overlay | null;
  onUsable(): void;
  /** Stores a change and lets windows, keys and devices follow it. */
  saveSettings(patch: Input<'settings.save'>): Promise<Settings>;
};

const done: Record<string, never> = {};

/** One handler a route; a missing one does not compile. */
export function makeHandlers({
  parts,
  windows,
  system,
  hotkeys,
  overlay,
  onUsable,
  saveSettings,
}: HandlerParts): Handlers {
  const passedOn = Object.fromEntries(
    Object.keys(engineRequests).map((name) => [
      name,
      (input: unknown) => parts.engine.call(name as EngineRequestName, input as never),
    ]),
  ) as unknown as Pick<Handlers, EngineRequestName>;
  const shown = (): Overlay => {
    const open = overlay();
    if (!open) throw new IpcFailure('OVERLAY_CLOSED', 'the overlay is not open');
    return open;
  };
  return {
    ...passedOn,
    'system.get': () => system.view(),
    'window.usable': () => {
      onUsable();
      return done;
    },
    'settings.set': async (patch) => ({ settings: await saveSettings(patch) }),
    async 'hotkey.set'({ action, accelerator }) {
      if (!hotkeys.isFree(action, accelerator)) throw new IpcFailure('HOTKEY_TAKEN', accelerator);
      return { settings: await saveSettings({ hotkeys: { [action]: accelerator } }) };
    },
    async 'replay.choose'() {
      const owner = windows.get('workstation');
      const filters = [{ name: 'JSON Lines', extensions: ['jsonl'] }];
      const chosen = owner
        ? await dialog.showOpenDialog(owner, { properties: ['openFile'], filters })
        : await dialog.showOpenDialog({ properties: ['openFile'], filters });
      return { path: chosen.filePaths[0] ?? null };
    },
    'overlay.toggle': () => ({ visible: shown().toggle() }),
    'overlay.bringBack': () => {
      shown().bringBack();
      return done;
    },
    'overlay.size': ({ height }) => {
      shown().setHeight(height);
      return done;
    },
    'overlay.move': ({ dx, dy }) => {
      shown().move(dx, dy);
      return done;
    },
    'overlay.touch': ({ active }, caller) => {
      // The overlay follows a key that is held; a button elsewhere is followed by a way there.
      if (active && caller.kind === 'workstation') shown().touchForAWhile();
      else shown().setTouchable(active);
      return done;
    },
    'part.restart': ({ part }) => {
      parts.restart(part);
      return done;
    },
    'capture.audio': (frame) => {
      if (!parts.toInference({ type: 'audio', ...frame })) acknowledge('audio', frame.seq);
      return done;
    },
    'capture.frame': (frame) => {
      if (frame.rgb.length !== frame.width * frame.height * 3) throw new IpcFailure('BAD_INPUT', 'frame size');
      if (!parts.toInference({ type: 'frame', ...frame })) acknowledge('frame', frame.seq);
      return done;
    },
    'capture.report'(report) {
      parts.captureReady();
      const state = (text: string): DeviceState => deviceState.catch('failed').parse(text);
      system.setDevices({
        camera: { state: state(report.camera.state), label: report.camera.label },
        microphone: { state: state(report.microphone.state), label: report.microphone.label },
        cameras: report.cameras,
        microphones: report.microphones,
      });
      return done;
    },
  };

  /** While inference is away its frames are thrown away here, so that the capture window goes on. */
  function acknowledge(stream: 'audio' | 'frame', seq: number): void {
    windows.push('capture', 'capture.acked', { stream, seq });
  }
}
