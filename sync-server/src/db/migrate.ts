// Runs the numbered SQL files, each in one transaction, as the owner role.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type pg from 'pg';
import { StartFailure } from '../config.ts';

const folder = join(import.meta.dirname, 'migrations');
const lockKey = 7_214_009;

export type Migration = { version: number; name: string; sql: string };

/** The migrations in order of number; numbers run 1, 2, 3 ... */
export async function readMigrations(): Promise<Migration[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.sql')).sort();
  return Promise.all(
    names.map(async (name, index) => {
      const version = Number.parseInt(name, 10);
      if (version !== index + 1) throw new Error(`The migration ${name} is out of order.`);
      return { version, name, sql: await readFile(join(folder, name), 'utf8') };
    }),
  );
}

/** Brings the database of this connection up to date and answers how many files ran. A newer database is refused. */
export async function migrate(admin: pg.Client): Promise<number> {
  const migrations = await readMigrations();
  await admin.query('SELECT pg_advisory_lock($1)', [lockKey]);
  try {
    await admin.query('SET ROLE timao_migrator');
    await admin.query(
      'CREATE TABLE IF NOT EXISTS schema_migrations (version integer PRIMARY KEY, name text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now())',
    );
    const { rows } = await admin.query<{ version: number }>(
      'SELECT coalesce(max(version), 0) AS version FROM schema_migrations',
    );
    const current = rows[0]!.version;
    if (current > migrations.length)
      throw new StartFailure(`The database is at version ${current}, newer than this server (${migrations.length}).`);
    const pending = migrations.slice(current);
    for (const migration of pending) await apply(admin, migration);
    return pending.length;
  } finally {
    await admin.query('RESET ROLE');
    await admin.query('SELECT pg_advisory_unlock($1)', [lockKey]);
  }
}

async function apply(admin: pg.Client, migration: Migration): Promise<void> {
  await admin.query('BEGIN');
  try {
    await admin.query(migration.sql);
    await admin.query('INSERT INTO schema_migrations (version, name) VALUES ($1, $2)', [
      migration.version,
      migration.name,
    ]);
    await admin.query('COMMIT');
  } catch (error) {
    await admin.query('ROLLBACK');
    throw error;
  }
}
