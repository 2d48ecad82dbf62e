// Watches the built-in Postgres through the session that holds its lock, and has it started again when that session ends.
import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { StartFailure } from '../config.ts';

const tries = 20;
const betweenMs = 500;

/** What is told while it runs: it went away and is back at the same port, or cannot be brought back. */
export type EmbeddedNews = { onBack(): void; onLost(failure: StartFailure): void };

type Life = {
  /** Opens the session; it ends when Postgres does. */
  hold(): Promise<pg.Client>;
  /** Resolves when Postgres answers again, started or found running. */
  start(): Promise<void>;
  news: EmbeddedNews | undefined;
};

/** Resolves when the session is held. `stop` ends the watch and the session, and lets Postgres run. */
export async function keepAlive(life: Life): Promise<{ stop(): Promise<void> }> {
  let isStopping = false;
  let held = await life.hold();
  let reviving = Promise.resolve();
  const watch = () =>
    held.once('end', () => {
      if (!isStopping) reviving = revive();
    });
  async function revive(): Promise<void> {
    // What a killed Postgres leaves behind (processes, shared memory) takes a moment to go.
    for (let attempt = 1; attempt <= tries && !isStopping; attempt += 1) {
      try {
        await life.start();
        held = await life.hold();
        watch();
        life.news?.onBack();
        return;
      } catch {
        await sleep(betweenMs);
      }
    }
    if (!isStopping)
      life.news?.onLost(
        new StartFailure('The built-in Postgres ended and could not be started again: see its server.log.'),
      );
  }
  watch();
  return {
    async stop() {
      isStopping = true;
      await reviving;
      await held.end().catch(() => undefined);
    },
  };
}
