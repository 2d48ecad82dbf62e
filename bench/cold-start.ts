// From the start of the process to a start button that can be pressed and one answer of the engine.
import { openElectronBench } from './electron.ts';
import { type Figure, pairs, type Running } from './measure.ts';

const usable = /"event":"usable"/;

async function time(running: Running): Promise<number> {
  const ms = await running.waitFor(usable, 60_000);
  await running.stop();
  return ms;
}

/** Milliseconds until usable, against a one-window hello-world app; server and Postgres run for neither. */
export async function coldStart(runs = 7): Promise<Figure> {
  const electron = await openElectronBench();
  try {
    await time(electron.app());
    await time(electron.hello());
    const figure = await pairs(
      runs,
      'ms',
      () => time(electron.app()),
      () => time(electron.hello()),
    );
    return { ...figure, bar: 'ratio <= 2.0' };
  } finally {
    await electron.close();
  }
}
