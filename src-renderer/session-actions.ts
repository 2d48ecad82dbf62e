// Starting and ending a session, from wherever a button for it stands.
import { act, openPage, useApp } from './app-store.ts';

/** Starts the simulated room and opens the live page. */
export async function startRehearsal(): Promise<void> {
  if (await act('session.start', { source: 'rehearsal' })) openPage('live');
}

/** Lets the streamer choose a recorded file and plays it at its own speed. */
export async function chooseReplay(): Promise<void> {
  const chosen = await act('replay.choose', {});
  if (!chosen?.path) return;
  if (await act('session.start', { source: 'replay', path: chosen.path, speed: 1 })) openPage('live');
}

/** Ends the session without asking; its report is offered after. */
export async function stopSession(): Promise<void> {
  const stopped = await act('session.stop', {});
  if (stopped) useApp.setState({ endedId: stopped.sessionId });
}
