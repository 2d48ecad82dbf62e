/** More calls wait for a model than it can ever serve in time; the caller drops its sound and counts it. */
export class VoiceBusy extends Error {
  readonly code = 'VOICE_BUSY';
}

/** Runs tasks one at a time in order; past the limit a task is rejected with VoiceBusy, unless it must run. */
export type OneAtATime = <T>(task: () => Promise<T>, options?: { mustRun: boolean }) => Promise<T>;

/** A queue of its own, in which at most `limit` tasks run or wait. */
export function oneAtATime(limit: number): OneAtATime {
  let tail: Promise<unknown> = Promise.resolve();
  let inside = 0;
  return async (task, options) => {
    if (inside >= limit && !options?.mustRun) throw new VoiceBusy(`${limit} calls are waiting already`);
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
