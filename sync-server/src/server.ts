// The door of the server: opens what it needs, listens, and closes everything in reverse order.
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { makeUuidv7 } from '@app/shared/uuid';
import type { FastifyInstance } from 'fastify';
import { buildApp } from './app.ts';
import { type Config, readConfig, StartFailure } from './config.ts';
import { prepareDatabase, readEpoch } from './db/bootstrap.ts';
import { codeOf, type Database, isAway, openDatabase } from './db/database.ts';
import { startEmbedded } from './db/embedded.ts';
import type { EmbeddedNews } from './db/keep-alive.ts';
import { readMigrations } from './db/migrate.ts';
import type { Deps } from './deps.ts';
import { findAdminFolder } from './http/admin-page.ts';
import { openGate } from './http/gate.ts';
import { openMetrics } from './http/metrics.ts';
import { openLog } from './http/request-log.ts';
import { openKeys } from './keys.ts';
import { firstAdminLink } from './modules/orgs/setup.ts';

/**
 * `env` are settings as in the environment; `log` takes the log lines, stderr by default. `onLost` is told when the server
 * cannot go on, since its own Postgres ended and does not start again; it still has to be stopped.
 */
export type ServerOptions = {
  env: Record<string, string | undefined>;
  log?: { write(line: string): void };
  onLost?: (failure: StartFailure) => void;
};
/** `firstAdminLink` is null once there is an admin, or while the database is away. Stopping twice is harmless. */
export type RunningServer = { url: string; firstAdminLink: string | null; stop(): Promise<void> };

const pruneEveryMs = 6 * 3_600_000;
const drainMs = 4_000;
const lastCallMs = 250;

/** Starts the server; resolves when it listens. Without DATABASE_URL it brings its own Postgres. */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const config = readConfig(options.env);
  const log = openLog(config.logLevel, options.log);
  const closers: (() => Promise<void>)[] = [];
  const closeAll = once(async () => {
    for (const close of closers.reverse())
      await close().catch((error: Error) => log.error({ event: 'stop_failed', error: error.message }, 'stop_failed'));
  });
  try {
    const databaseUrl = await openPostgres(config, closers, {
      onBack: () => log.warn({ event: 'database_started_again' }, 'database_started_again'),
      onLost: (failure) => {
        log.error({ event: 'database_lost', error: failure.message }, 'database_lost');
        options.onLost?.(failure);
      },
    });
    const database = openDatabase(databaseUrl, config.databasePool, (error) =>
      log.warn({ event: 'database_connection_lost', error: error.message }, 'database_connection_lost'),
    );
    closers.push(() => database.close());
    let url = '';
    const deps: Deps = {
      config,
      database,
      keys: await openKeys(config.signingKey, config.dataDir),
      log,
      metrics: openMetrics(database),
      nowMs: Date.now,
      newId: makeUuidv7(Date.now, randomBytes),
      epoch: remember(() => readEpoch(database)),
      adminFolder: findAdminFolder(join(import.meta.dirname, '..', '..', 'out', 'admin')),
      baseUrl: () => config.publicUrl ?? url,
    };
    const gate = openGate(database, (await readMigrations()).length);
    const app = await buildApp(deps, gate);
    url = await listen(app, config);
    closers.push(async () => {
      gate.shut();
      // Callers that are at the door already are let in before it closes.
      await sleep(lastCallMs);
      await withinMs(drainMs, app.close(), () => app.server.closeAllConnections());
    });
    closers.push(
      startPruning(database, (error) => log.warn({ event: 'prune_failed', error: error.message }, 'prune_failed')),
    );
    const link = (await gate.isOpen()) ? await firstAdminLink(deps) : null;
    return { url, firstAdminLink: link, stop: closeAll };
  } catch (error) {
    await closeAll();
    throw error;
  }
}

async function openPostgres(config: Config, closers: (() => Promise<void>)[], news: EmbeddedNews): Promise<string> {
  if (config.databaseUrl !== null) {
    if (config.databaseAdminUrl !== null) await prepareGiven(config.databaseAdminUrl, config.databaseUrl);
    return config.databaseUrl;
  }
  const embedded = await startEmbedded(config.dataDir, news);
  closers.push(() => embedded.stop());
  await prepareDatabase(embedded.adminUrl, embedded.appUrl);
  return embedded.appUrl;
}

async function prepareGiven(adminUrl: string, url: string): Promise<void> {
  await prepareDatabase(adminUrl, url).catch((error: unknown) => {
    if (isAway(error)) throw new StartFailure('The database of DATABASE_ADMIN_URL cannot be reached.');
    throw error;
  });
}

async function listen(app: FastifyInstance, config: Config): Promise<string> {
  return app.listen({ host: config.host, port: config.port }).catch((error: unknown) => {
    if (codeOf(error) === 'EADDRINUSE')
      throw new StartFailure(`The port ${config.port} is in use: set PORT to another.`);
    throw error;
  });
}

function startPruning(database: Database, onError: (error: Error) => void): () => Promise<void> {
  let running = Promise.resolve();
  const prune = () => {
    running = database.query('SELECT prune_expired()').then(() => undefined, onError);
  };
  const timer = setInterval(prune, pruneEveryMs);
  timer.unref();
  return async () => {
    clearInterval(timer);
    await running;
  };
}

function once(work: () => Promise<void>): () => Promise<void> {
  let done: Promise<void> | null = null;
  return () => {
    done ??= work();
    return done;
  };
}

/** Keeps the first value that came; a failure is not kept. */
function remember<T>(read: () => Promise<T>): () => Promise<T> {
  let kept: Promise<T> | null = null;
  return () => {
    kept ??= read().catch((error: unknown) => {
      kept = null;
      throw error;
    });
    return kept;
  };
}

async function withinMs(ms: number, work: Promise<unknown>, late: () => void): Promise<void> {
  const timer = setTimeout(late, ms);
  await work.finally(() => clearTimeout(timer));
}
