// The capture window: camera and microphone in, frames out, nothing else.
import type { CaptureCommand, Pushes } from '@app/shared/ipc';
import { frameHeight, frameWidth, openCamera } from './camera.ts';
import { makeDevice } from './device.ts';
import { makeFrameGate } from './frame-gate.ts';
import { openMicrophone } from './microphone.ts';

const { app } = window as unknown as { app: import('@app/shared/ipc').AppBridge };
/** A frame of sound is told by the moment of its first sample. */
const frameMs = 100;
/** The governor's word; told anew with each command. */
let faceFps = 5;
const gates = { audio: makeFrameGate(2), frame: makeFrameGate(2) };
const send = (name: string, input: unknown) => void app.request(name, input).catch(() => undefined);

const microphone = makeDevice(
  (deviceId, onEnded) =>
    openMicrophone(
      deviceId,
      (samples) => {
        const seq = gates.audio.next();
        if (seq !== null) send('capture.audio', { seq, atMs: Date.now() - frameMs, samples });
      },
      onEnded,
    ),
  () => void report(),
);
const camera = makeDevice(
  (deviceId, onEnded) =>
    openCamera(
      deviceId,
      () => faceFps,
      (rgb) => {
        const seq = gates.frame.next();
        if (seq !== null) {
          send('capture.frame', { seq, atMs: Date.now(), width: frameWidth, height: frameHeight, rgb });
        }
      },
      onEnded,
    ),
  () => void report(),
);

async function report(): Promise<void> {
  const devices = await navigator.mediaDevices.enumerateDevices().catch(() => []);
  const list = (kind: MediaDeviceKind) =>
    devices
      .filter((device) => device.kind === kind && device.deviceId !== '')
      .slice(0, 50)
      .map((device) => ({ id: device.deviceId, label: device.label }));
  send('capture.report', {
    camera: camera.report,
    microphone: microphone.report,
    cameras: list('videoinput'),
    microphones: list('audioinput'),
    dropped: { audio: gates.audio.dropped, frame: gates.frame.dropped },
  });
}

app.onPush((name, payload) => {
  if (name === 'capture.acked') {
    const { stream, seq } = payload as Pushes['capture.acked'];
    gates[stream].acknowledge(seq);
  } else if (name === 'capture.command') {
    const command = payload as CaptureCommand;
    faceFps = command.camera?.fps ?? faceFps;
    camera.command(command.camera);
    microphone.command(command.microphone);
  }
});
navigator.mediaDevices.addEventListener('devicechange', () => {
  camera.devicesChanged();
  microphone.devicesChanged();
  void report();
});
// Dropped frames are counted all the time but only worth telling now and then.
setInterval(() => void report(), 5_000);
void report();
