// What main knows of devices, processes, models and the overlay, told to the workstation when it changes.
import type { DeviceChoice, DeviceView, ModelView, SystemView } from '@app/shared/view';

type Devices = { camera: DeviceView; microphone: DeviceView; cameras: DeviceChoice[]; microphones: DeviceChoice[] };

export type SystemState = {
  view(): SystemView;
  set(change: Partial<SystemView>): void;
  setModels(models: ModelView[]): void;
  setDevices(devices: Devices): void;
};

export type SystemStateOptions = {
  first: Pick<SystemView, 'rehearsal' | 'sampleMedia' | 'oldElectron' | 'captureProtection'>;
  onChange(view: SystemView): void;
  /** A camera or microphone went into another state. */
  onDevice(device: 'camera' | 'microphone', view: DeviceView): void;
};

/** Holds the state; every change is told once, and only if it is one. */
export function makeSystemState({ first, onChange, onDevice }: SystemStateOptions): SystemState {
  const off: DeviceView = { state: 'off', label: '' };
  let view: SystemView = {
    ...first,
    camera: off,
    microphone: off,
    cameras: [],
    microphones: [],
    processes: { engine: 'starting', inference: 'starting', capture: 'starting' },
    models: [],
    governor: { level: 'full', reason: null },
    hotkeysTaken: [],
    overlayVisible: true,
    overlayTouchable: false,
  };
  const set = (change: Partial<SystemView>) => {
    const next = { ...view, ...change };
    if (JSON.stringify(next) === JSON.stringify(view)) return;
    view = next;
    onChange(view);
  };
  return {
    view: () => view,
    set,
    setModels: (models) => set({ models }),
    setDevices(devices) {
      const before = view;
      set(devices);
      for (const device of ['camera', 'microphone'] as const) {
        if (before[device].state !== devices[device].state) onDevice(device, devices[device]);
      }
    },
  };
}
