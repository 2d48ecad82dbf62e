// The one door to Postgres for the modules: every tenant statement runs inside inOrganization().
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';

/** Runs one statement; rows come back typed by the caller, who wrote the SQL. */
export type Query = <Row extends object = Record<string, unknown>>(sql: string, values?: unknown[]) => Promise<Row[]>;
export type Tx = { organizationId: string; query: Query };
/** Why this role may not serve, or null when it may. */
export type RoleFault = 'superuser' | 'bypasses_row_security' | 'owns_tables' | null;

export type Database = {
  /** A transaction that sees one organization only; repeated when Postgres asks for it (deadlock, serialization). */
  inOrganization<T>(organizationId: string, work: (tx: Tx) => Promise<T>): Promise<T>;
  /** For the few tables and functions that belong to no organization. */
  query: Query;
  /** Looks at the role and the schema; rejects when the database is away. */
  inspect(): Promise<{ role: RoleFault; version: number }>;
  counts(): { open: number; idle: number; waiting: number };
  close(): Promise<void>;
};

// BIGINT and NUMERIC of this schema (sequence numbers, revisions) stay far below 2^53.
const types = {
  getTypeParser: ((oid: number, format?: 'text') =>
    oid === 20 ? Number : pg.types.getTypeParser(oid, format)) as typeof pg.types.getTypeParser,
};

const closeMs = 1_000;
const repeatable = new Set(['40001', '40P01']);

/** Opens a pool; nothing connects until it is used. `onError` hears of connections that broke. */
export function openDatabase(url: string, size: number, onError: (error: Error) => void): Database {
  const pool = new pg.Pool({
    connectionString: url,
    max: size,
    types,
    connectionTimeoutMillis: 5_000,
    idleTimeoutMillis: 30_000,
    statement_timeout: 20_000,
    idle_in_transaction_session_timeout: 30_000,
    application_name: 'timao-sync',
  });
  // A connection may break while a request holds it between two statements; unheard, that would end the process.
  pool.on('connect', (client) => client.on('error', onError));
  pool.on('error', () => undefined);
  const query: Query = async (sql, values) => (await pool.query(sql, values)).rows;
  return {
    query,
    async inOrganization(organizationId, work) {
      for (let attempt = 1; ; attempt += 1) {
        try {
          return await transaction(pool, organizationId, work);
        } catch (error) {
          if (attempt >= 3 || !repeatable.has(codeOf(error))) throw error;
        }
      }
    },
    async inspect() {
      const [row] = await query<{ super: boolean; bypass: boolean; owner: boolean; version: number | null }>(
        `SELECT r.rolsuper AS super, r.rolbypassrls AS bypass,
           EXISTS (SELECT 1 FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r'
             AND pg_has_role(current_user, c.relowner, 'MEMBER')) AS owner,
           CASE WHEN to_regclass('public.schema_migrations') IS NULL THEN 0 ELSE NULL END AS version
         FROM pg_roles r WHERE r.rolname = current_user`,
      );
      const [latest] =
        row?.version === 0
          ? []
          : await query<{ version: number }>('SELECT coalesce(max(version), 0) AS version FROM schema_migrations');
      const role = row?.super ? 'superuser' : row?.bypass ? 'bypasses_row_security' : row?.owner ? 'owns_tables' : null;
      return { role, version: latest?.version ?? 0 };
    },
    counts: () => ({ open: pool.totalCount, idle: pool.idleCount, waiting: pool.waitingCount }),
    // A statement that hangs must not hold up the end; its connection goes with the process.
    close: () => Promise.race([pool.end(), sleep(closeMs, undefined, { ref: false })]),
  };
}

async function transaction<T>(pool: pg.Pool, organizationId: string, work: (tx: Tx) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    await client.query('BEGIN');
    await client.query("SELECT set_config('app.org', $1, true)", [organizationId]);
    const result = await work({ organizationId, query: async (sql, values) => (await client.query(sql, values)).rows });
    await client.query('COMMIT');
    return result;
  } catch (error) {
    // A connection whose ROLLBACK fails is not given to the next caller.
    await client.query('ROLLBACK').catch((failure: Error) => {
      broken = failure;
    });
    throw error;
  } finally {
    client.release(broken);
  }
}

/** The SQLSTATE or system code of an error, or ''. */
export function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
}

// Gone, short of room or memory, timed out, or still in each other's way after three tries: all pass.
const away = /^(08|53|57P|57014|25P0[34]|40001|40P01|55P03|ECONN|EPIPE|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|ENOENT)/;
/** Whether the error says that Postgres cannot be reached now, so that a later try may work. */
export function isAway(error: unknown): boolean {
  if (away.test(codeOf(error))) return true;
  if (error instanceof AggregateError) return error.errors.some(isAway);
  return (
    error instanceof Error &&
    /timeout exceeded when trying to connect|Connection terminated|not queryable/.test(error.message)
  );
}

/** Whether the error is the unique constraint or index of this name. */
export function isTaken(error: unknown, constraint: string): boolean {
  return codeOf(error) === '23505' && (error as { constraint?: string }).constraint === constraint;
}
