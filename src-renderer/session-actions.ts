// Starting and ending a session, from wherever a button for it stands.
import { act, openPage, useApp } from './app-store.ts';

let busy = false;

/** Does nothing while an earlier start or stop is still under way: a second click is not a second wish. */
async function once(work: () => Promise<void>): Promise<void> {
  if (busy) return;
  busy = true;
  try {
    await work();
  } finally {
    busy = false;
  }
}

/** Starts the simulated room and opens the live page. */
export const startRehearsal = (): Promise<void> =>
  once(async () => {
    if (await act('session.start', { source: 'rehearsal' })) openPage('live');
  });

/** Lets the streamer choose a recorded file and plays it at its own speed. */
export const chooseReplay = (): Promise<void> =>
  once(async () => {
    const chosen = await act('replay.choose', {});
    if (!chosen?.path) return;
    if (await act('session.start', { source: 'replay', path: chosen.path, speed: 1 })) openPage('live');
  });

/** Ends the session without asking; its report is offered after. */
export const stopSession = (): Promise<void> =>
  once(async () => {
    const stopped = await act('session.stop', {});
    if (stopped) useApp.setState({ endedId: stopped.sessionId });
  });
