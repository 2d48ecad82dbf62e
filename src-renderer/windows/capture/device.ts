// One device's life: opened on command, its failures named, opened again when it comes back.
import type { DeviceState } from '@app/shared/live-event';
import type { OpenDevice } from './microphone.ts';

export type DeviceReport = { state: DeviceState; label: string };

/** What a getUserMedia failure means (names from the Media Capture specification). */
export function stateOfError(error: unknown): DeviceState {
  const name = error instanceof DOMException || error instanceof Error ? error.name : '';
  if (name === 'NotAllowedError' || name === 'SecurityError') return 'denied';
  if (name === 'NotReadableError' || name === 'AbortError') return 'busy';
  if (name === 'NotFoundError' || name === 'OverconstrainedError') return 'missing';
  return 'failed';
}

/** While another program holds the device, or it is away, it is tried again this often. */
const retryMs = 3_000;

export type Device = {
  readonly report: DeviceReport;
  /** `null` closes it; the same command twice changes nothing. */
  command(wanted: { deviceId: string | null } | null): void;
  /** The list of devices changed: what was lost may be back. */
  devicesChanged(): void;
};

/** Makes a device over its `open` function; `onReport` hears every change of state. */
export function makeDevice(
  open: (deviceId: string | null, onEnded: () => void) => Promise<OpenDevice>,
  onReport: () => void,
): Device {
  let report: DeviceReport = { state: 'off', label: '' };
  let wanted: { deviceId: string | null } | null = null;
  let opened: OpenDevice | null = null;
  let attempt = 0;
  let timer: ReturnType<typeof setTimeout> | null = null;

  const become = (state: DeviceState, label = report.label) => {
    if (report.state === state && report.label === label) return;
    report = { state, label };
    onReport();
  };
  const close = () => {
    attempt += 1;
    if (timer) clearTimeout(timer);
    timer = null;
    opened?.close();
    opened = null;
  };
  const later = () => {
    timer = setTimeout(start, retryMs);
  };
  const start = () => {
    close();
    if (!wanted) return;
    const mine = attempt;
    if (report.state === 'off' || report.state === 'on') become('starting');
    const ended = () => {
      if (mine !== attempt) return;
      close();
      become('lost');
      later();
    };
    open(wanted.deviceId, ended).then(
      (device) => {
        if (mine !== attempt) return device.close();
        opened = device;
        become('on', device.label);
      },
      (error: unknown) => {
        if (mine !== attempt) return;
        const state = stateOfError(error);
        // A device that was chosen and is unplugged is 'missing' to the browser, 'lost' to its owner.
        become(report.state === 'lost' && state === 'missing' ? 'lost' : state);
        if (state !== 'denied') later();
      },
    );
  };
  return {
    get report() {
      return report;
    },
    command(next) {
      if (JSON.stringify(next) === JSON.stringify(wanted)) return;
      wanted = next;
      if (next) return start();
      close();
      become('off', '');
    },
    devicesChanged() {
      if (wanted && report.state !== 'on' && report.state !== 'starting') start();
    },
  };
}
