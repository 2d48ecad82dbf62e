// What the parts of the server are handed; made once in server.ts or in a test.
import type { Logger } from 'pino';
import type { Config } from './config.ts';
import type { Database } from './db/database.ts';
import type { Metrics } from './http/metrics.ts';
import type { Keys } from './keys.ts';

export type Deps = {
  config: Config;
  database: Database;
  keys: Keys;
  log: Logger;
  metrics: Metrics;
  nowMs: () => number;
  newId: () => string;
  /** The epoch of the data; asked for once, then remembered. Rejects while the database is away. */
  epoch: () => Promise<string>;
  /** The folder of the built agency web, or null. */
  adminFolder: string | null;
  /** The address of the server as people type it; known when it listens. */
  baseUrl: () => string;
};
