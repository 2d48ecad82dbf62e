// What can be set from outside, by environment variables only. Nothing else in the server reads process.env.
import { homedir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';

const proxies = z
  .enum(['false', 'true', '0', '1', '2', '3'])
  .transform((text) => (text === 'true' ? 1 : Number(text) || false));
const perMinute = (fallback: number) => z.coerce.number().int().min(1).max(10_000_000).default(fallback);
const postgresUrl = z.url({ protocol: /^postgres(ql)?$/ });

const environment = z.object({
  HOST: z.string().min(1).default('127.0.0.1'),
  PORT: z.coerce.number().int().min(0).max(65_535).default(10_090),
  /** The address that people type, behind a proxy: decides links, cookie names and the allowed Origin. */
  PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
  /** How many proxies of our own stand in front: the caller's address is the one that the outermost of them saw. */
  TRUST_PROXY: proxies.default(false),
  /** Role that serves requests. Without it the server brings its own Postgres. */
  DATABASE_URL: postgresUrl.optional(),
  /** Superuser, used at boot only: makes roles and database, runs migrations. */
  DATABASE_ADMIN_URL: postgresUrl.optional(),
  DATABASE_POOL: z.coerce.number().int().min(1).max(200).default(10),
  TIMAO_DATA_DIR: z.string().min(1).optional(),
  /** Ed25519 private key as PKCS8 PEM, for several replicas; else one is made in the data folder. */
  AUTH_SIGNING_KEY: z.string().min(1).optional(),
  METRICS_TOKEN: z.string().min(16).optional(),
  RATE_LIMIT_PER_MINUTE: perMinute(600),
  LOGIN_LIMIT_PER_MINUTE: perMinute(20),
  PAIR_LIMIT_PER_MINUTE: perMinute(10),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
});

export type Config = {
  host: string;
  port: number;
  publicUrl: string | null;
  trustProxy: number | false;
  databaseUrl: string | null;
  databaseAdminUrl: string | null;
  databasePool: number;
  dataDir: string;
  signingKey: string | null;
  metricsToken: string | null;
  limits: { allPerMinute: number; loginPerMinute: number; pairPerMinute: number };
  logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent';
};

/** Why the server cannot start, in one sentence for the person who starts it. */
export class StartFailure extends Error {}

/** Reads the settings; a bad one throws StartFailure with one clear sentence. An empty variable counts as absent. */
export function readConfig(env: Record<string, string | undefined>): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''));
  const parsed = environment.safeParse(given);
  if (!parsed.success) {
    const first = parsed.error.issues[0];
    throw new StartFailure(`The setting ${first?.path.join('.')} cannot be used: ${first?.message}.`);
  }
  const set = parsed.data;
  if (set.DATABASE_ADMIN_URL && !set.DATABASE_URL) {
    throw new StartFailure('DATABASE_ADMIN_URL needs DATABASE_URL: the role that serves requests.');
  }
  return {
    host: set.HOST,
    port: set.PORT,
    publicUrl: set.PUBLIC_URL ? new URL(set.PUBLIC_URL).origin : null,
    trustProxy: set.TRUST_PROXY,
    databaseUrl: set.DATABASE_URL ?? null,
    databaseAdminUrl: set.DATABASE_ADMIN_URL ?? null,
    databasePool: set.DATABASE_POOL,
    dataDir: set.TIMAO_DATA_DIR ?? defaultDataDir(given),
    signingKey: set.AUTH_SIGNING_KEY ?? null,
    metricsToken: set.METRICS_TOKEN ?? null,
    limits: {
      allPerMinute: set.RATE_LIMIT_PER_MINUTE,
      loginPerMinute: set.LOGIN_LIMIT_PER_MINUTE,
      pairPerMinute: set.PAIR_LIMIT_PER_MINUTE,
    },
    logLevel: set.LOG_LEVEL,
  };
}

// Postgres refuses to run as root, so root's data lies where the postgres user can reach it.
function defaultDataDir(env: Record<string, string | undefined>): string {
  if (process.getuid?.() === 0) return '/var/lib/timao';
  if (process.platform === 'win32') return join(env.LOCALAPPDATA ?? join(homedir(), 'AppData', 'Local'), 'timao');
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'timao');
  return join(env.XDG_DATA_HOME ?? join(homedir(), '.local', 'share'), 'timao');
}
