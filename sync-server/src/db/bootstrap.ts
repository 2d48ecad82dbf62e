// What a superuser does at boot: roles, database, migrations. Requests are never served over this connection.
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import type { Database } from './database.ts';
import { migrate } from './migrate.ts';

const lockKey = 7_214_008;

/** Makes the roles and the database that `appUrl` names where they are missing, and runs the migrations. */
export async function prepareDatabase(adminUrl: string, appUrl: string): Promise<void> {
  const app = new URL(appUrl);
  const name = decodeURIComponent(app.pathname.slice(1));
  const admin = new URL(adminUrl);
  await withClient(adminUrl, async (client) => {
    await client.query('SELECT pg_advisory_lock($1)', [lockKey]);
    await makeRoles(client, decodeURIComponent(app.username), decodeURIComponent(app.password));
    const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [name]);
    if (!rowCount) await client.query(`CREATE DATABASE ${client.escapeIdentifier(name)} OWNER timao_migrator`);
  });
  admin.pathname = app.pathname;
  await withClient(admin.href, async (client) => {
    const owner = client.escapeIdentifier(name);
    await client.query(`ALTER DATABASE ${owner} OWNER TO timao_migrator`);
    await client.query('GRANT USAGE, CREATE ON SCHEMA public TO timao_migrator');
    await migrate(client);
  });
}

async function makeRoles(client: pg.Client, login: string, password: string): Promise<void> {
  const { rows } = await client.query<{ rolname: string; rolsuper: boolean }>(
    "SELECT rolname, rolsuper FROM pg_roles WHERE rolname IN ('timao_migrator', 'timao_app', $1)",
    [login],
  );
  const known = new Map(rows.map((row) => [row.rolname, row.rolsuper]));
  if (!known.has('timao_migrator')) await client.query('CREATE ROLE timao_migrator NOLOGIN NOSUPERUSER NOBYPASSRLS');
  if (!known.has('timao_app')) await client.query('CREATE ROLE timao_app NOLOGIN NOSUPERUSER NOBYPASSRLS');
  // A superuser in DATABASE_URL is left as it is: the server will say that it does not serve with it.
  if (known.get(login)) return;
  const id = client.escapeIdentifier(login);
  const secret = password === '' ? '' : ` PASSWORD ${client.escapeLiteral(password)}`;
  await client.query(
    `${known.has(login) || login === 'timao_app' ? 'ALTER' : 'CREATE'} ROLE ${id} LOGIN NOSUPERUSER NOBYPASSRLS${secret}`,
  );
  if (login !== 'timao_app') await client.query(`GRANT timao_app TO ${id}`);
}

async function withClient(url: string, work: (client: pg.Client) => Promise<void>): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}

/**
 * The epoch of this server's data. It changes when the data are found on another cluster than before (a restored
 * dump, a promoted backup), so that devices push again what the restored data lack.
 */
export async function readEpoch(database: Database): Promise<string> {
  const [place] = await database.query<{ cluster: string }>(
    `SELECT s.system_identifier || '/' || c.timeline_id || '/' || (SELECT oid FROM pg_database WHERE datname = current_database()) AS cluster
     FROM pg_control_system() s, pg_control_checkpoint() c`,
  );
  const [row] = await database.query<{ epoch: string }>(
    `INSERT INTO server_state (epoch, cluster) VALUES ($1, $2)
     ON CONFLICT (only_row) DO UPDATE SET
       epoch = CASE WHEN server_state.cluster = excluded.cluster THEN server_state.epoch ELSE excluded.epoch END,
       cluster = excluded.cluster
     RETURNING epoch`,
    [randomUUID(), place!.cluster],
  );
  return row!.epoch;
}
