/** Runs work one piece after the other, in the order asked; rejects at once when `mostWaiting` pieces wait. */
export type Turns = { take<T>(work: () => Promise<T>): Promise<T>; close(last: () => Promise<void>): Promise<void> };

/** Opens a line of work; `close` lets the waiting pieces end, does the last one once, and refuses new work. */
export function openTurns(mostWaiting: number): Turns {
  let waiting = 0;
  let last: Promise<unknown> = Promise.resolve();
  let closed: Promise<void> | undefined;
  return {
    async take(work) {
      if (closed) throw new Error('This face model is closed.');
      if (waiting >= mostWaiting) throw new Error(`More than ${mostWaiting} pictures wait for the face model.`);
      waiting++;
      const result = last.then(work).finally(() => {
        waiting--;
      });
      last = result.catch(() => undefined);
      return result;
    },
    close(work) {
      closed ??= last.then(work);
      return closed;
    },
  };
}
