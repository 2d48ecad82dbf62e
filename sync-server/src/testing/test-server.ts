// A server for tests: the real app on a real Postgres, a fresh database a file, a clock that the test moves.
import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { makeUuidv7 } from '@app/shared/uuid';
import type { FastifyInstance, InjectOptions } from 'fastify';
import pg from 'pg';
import { buildApp } from '../app.ts';
import { readConfig } from '../config.ts';
import { prepareDatabase, readEpoch } from '../db/bootstrap.ts';
import { type Database, openDatabase } from '../db/database.ts';
import { type Embedded, startEmbedded } from '../db/embedded.ts';
import { readMigrations } from '../db/migrate.ts';
import type { Deps } from '../deps.ts';
import { type Gate, openGate } from '../http/gate.ts';
import { openMetrics } from '../http/metrics.ts';
import { openLog } from '../http/request-log.ts';
import { openKeys } from '../keys.ts';

export type TestDatabase = {
  /** A superuser's address of the fresh database, and the address of the role that serves. */
  adminUrl: string;
  appUrl: string;
  close(): Promise<void>;
};

/**
 * A fresh migrated database: on the Postgres of DATABASE_URL (a superuser) when it is set, else on a built-in one in
 * the temporary folder, which one test file at a time may hold.
 */
export async function openTestDatabase(): Promise<TestDatabase> {
  const given = process.env.DATABASE_URL;
  const embedded = given ? null : await holdEmbedded();
  const base = given ?? embedded!.adminUrl;
  const name = `timao_test_${randomBytes(6).toString('hex')}`;
  const adminUrl = withPath(base, name);
  const app = new URL(adminUrl);
  app.username = 'timao_test_app';
  app.password = 'only-for-tests';
  await prepareDatabase(withPath(base, 'postgres'), app.href);
  return {
    adminUrl,
    appUrl: app.href,
    async close() {
      const client = new pg.Client({ connectionString: withPath(base, 'postgres') });
      await client.connect();
      await client.query(`DROP DATABASE ${name} WITH (FORCE)`);
      await client.end();
      await embedded?.stop();
    },
  };
}

async function holdEmbedded(): Promise<Embedded> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await startEmbedded(join(tmpdir(), `timao-test-pg18-${process.getuid?.() ?? 'user'}`));
    } catch (error) {
      if (attempt >= 30 || !(error instanceof Error && error.message.startsWith('Another server'))) throw error;
      await sleep(1_000);
    }
  }
}

function withPath(url: string, name: string): string {
  const changed = new URL(url);
  changed.pathname = `/${name}`;
  return changed.href;
}

export type TestServer = {
  app: FastifyInstance;
  deps: Deps;
  gate: Gate;
  database: Database;
  adminUrl: string;
  appUrl: string;
  logLines: string[];
  clock: { ms: number };
  call(method: InjectOptions['method'], url: string, options?: CallOptions): Promise<Reply>;
  close(): Promise<void>;
};
export type CallOptions = { token?: string; body?: unknown; headers?: Record<string, string>; from?: string };
export type Reply = {
  status: number;
  // biome-ignore lint/suspicious/noExplicitAny: a test looks into answers of every shape.
  body: any;
  text: string;
  headers: Record<string, string | string[] | number | undefined>;
};

/** Opens the app on a fresh database; `env` are settings on top of high rate limits. */
export async function openTestServer(
  env: Record<string, string> = {},
  adminFolder: string | null = null,
): Promise<TestServer> {
  const place = await openTestDatabase();
  const many = {
    RATE_LIMIT_PER_MINUTE: '1000000',
    LOGIN_LIMIT_PER_MINUTE: '1000000',
    PAIR_LIMIT_PER_MINUTE: '1000000',
  };
  const config = readConfig({
    ...many,
    DATABASE_URL: place.appUrl,
    TIMAO_DATA_DIR: join(tmpdir(), 'timao-test-keys'),
    ...env,
  });
  const logLines: string[] = [];
  const clock = { ms: Date.now() };
  const database = openDatabase(place.appUrl, 10, () => undefined);
  const epoch = await readEpoch(database);
  const deps: Deps = {
    config,
    database,
    keys: await openKeys(null, config.dataDir),
    log: openLog('info', { write: (line) => void logLines.push(line) }),
    metrics: openMetrics(database),
    nowMs: () => clock.ms,
    newId: makeUuidv7(() => clock.ms, randomBytes),
    epoch: async () => epoch,
    adminFolder,
    baseUrl: () => 'http://127.0.0.1:10090',
  };
  const gate = openGate(database, (await readMigrations()).length);
  const app = await buildApp(deps, gate);
  await app.ready();
  return {
    app,
    deps,
    gate,
    database,
    adminUrl: place.adminUrl,
    appUrl: place.appUrl,
    logLines,
    clock,
    call: (method, url, options) => call(app, method, url, options),
    async close() {
      await app.close();
      await database.close();
      await place.close();
    },
  };
}

async function call(
  app: FastifyInstance,
  method: InjectOptions['method'],
  url: string,
  options: CallOptions = {},
): Promise<Reply> {
  const { token, body, headers, from } = options;
  const reply = await app.inject({
    method: method!,
    url,
    remoteAddress: from ?? '127.0.0.1',
    headers: { ...(token ? { authorization: `Bearer ${token}` } : {}), ...headers },
    ...(body === undefined ? {} : { payload: body as object }),
  });
  const isJson = String(reply.headers['content-type']).includes('application/json');
  return {
    status: reply.statusCode,
    body: isJson && reply.body !== '' ? reply.json() : null,
    text: reply.body,
    headers: reply.headers,
  };
}
