import { expect, test } from 'vitest';
import { makeDevice, stateOfError } from './device.ts';
import { makeFrameGate } from './frame-gate.ts';

test('a third frame is dropped while two are not acknowledged, and counted', () => {
  const gate = makeFrameGate(2);
  expect([gate.next(), gate.next(), gate.next()]).toEqual([1, 2, null]);
  expect(gate.dropped).toBe(1);
  gate.acknowledge(1);
  expect(gate.next()).toBe(3);
  gate.acknowledge(99);
  expect(gate.next()).toBeNull();
});

test('each failure of the browser has its own state', () => {
  const named = (name: string) => stateOfError(new DOMException('', name));
  expect(named('NotAllowedError')).toBe('denied');
  expect(named('NotReadableError')).toBe('busy');
  expect(named('NotFoundError')).toBe('missing');
  expect(named('OverconstrainedError')).toBe('missing');
  expect(named('TypeError')).toBe('failed');
});

const soon = () => new Promise((resolve) => setTimeout(resolve, 0));

test('an unplugged device is lost, and is open again as soon as the list of devices changes', async () => {
  let plugged = true;
  let unplug: () => void = () => undefined;
  const device = makeDevice(
    async (_id, onEnded) => {
      if (!plugged) throw new DOMException('', 'NotFoundError');
      unplug = onEnded;
      return { label: 'desk microphone', close: () => undefined };
    },
    () => undefined,
  );
  device.command({ deviceId: null });
  await soon();
  expect(device.report).toEqual({ state: 'on', label: 'desk microphone' });
  plugged = false;
  unplug();
  expect(device.report.state).toBe('lost');
  device.devicesChanged();
  await soon();
  expect(device.report.state).toBe('lost');
  plugged = true;
  device.devicesChanged();
  await soon();
  expect(device.report.state).toBe('on');
  device.command(null);
  expect(device.report.state).toBe('off');
});

test('a device that opens after it was no longer wanted is closed at once', async () => {
  let closed = 0;
  let open: (device: { label: string; close(): void }) => void = () => undefined;
  const device = makeDevice(
    () =>
      new Promise((resolve) => {
        open = resolve;
      }),
    () => undefined,
  );
  device.command({ deviceId: null });
  device.command(null);
  open({ label: '', close: () => void closed++ });
  await soon();
  expect(closed).toBe(1);
  expect(device.report.state).toBe('off');
});
