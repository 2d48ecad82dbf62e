// Memory of all processes of the app, idle and on air with camera, microphone and models, against hello world.

import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { prepareRehearsalMedia } from '../scripts/rehearsal-media.mjs';
import { openElectronBench, root } from './electron.ts';
import { type Figure, treePssMib } from './measure.ts';

const settleMs = 5_000;
const onAirMs = 45_000;

/** PSS in MiB, one run each: memory varies little between runs. */
export async function memory(): Promise<Record<'idle' | 'on_air', Figure>> {
  const electron = await openElectronBench();
  const measure = async (running: ReturnType<typeof electron.app>, pattern: RegExp, waitMs: number) => {
    await running.waitFor(pattern, 60_000);
    await sleep(waitMs);
    const mib = treePssMib(running.child.pid!);
    await running.stop();
    return mib;
  };
  try {
    const media = await prepareRehearsalMedia(join(root, '.cache', 'media'));
    const fake = [
      '--use-fake-device-for-media-stream',
      `--use-file-for-fake-video-capture=${media.videoPath}`,
      `--use-file-for-fake-audio-capture=${media.audioPath}`,
    ];
    const reference = await measure(electron.hello(), /"event":"usable"/, settleMs);
    const idle = await measure(electron.app(), /"event":"usable"/, settleMs);
    const onAir = await measure(
      electron.app([...fake, '--sample-media', '--auto-start', '--rate=6']),
      /"event":"session_started"/,
      onAirMs,
    );
    const figure = (value: number): Figure => ({
      unit: 'MiB PSS',
      value,
      reference,
      ratio: value / reference,
      runs: 1,
    });
    return { idle: figure(idle), on_air: figure(onAir) };
  } finally {
    await electron.close();
  }
}
