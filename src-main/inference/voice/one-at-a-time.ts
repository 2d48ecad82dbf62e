/** More calls wait for a model than it can ever serve in time; the caller drops its sound and counts it. */
export class VoiceBusy extends Error {
  readonly code = 'VOICE_BUSY';
}

/** Runs one task at a time, in order; a task that finds `limit` others before it is rejected with VoiceBusy. */
export function oneAtATime(limit: number): <T>(task: () => Promise<T>) => Promise<T> {
  let tail: Promise<unknown> = Promise.resolve();
  let inside = 0;
  return async (task) => {
    if (inside >= limit) throw new VoiceBusy(`${limit} calls are waiting already`);
    inside += 1;
    const run = tail.then(task);
    tail = run.catch(() => undefined);
    try {
      return await run;
    } finally {
      inside -= 1;
    }
  };
}
