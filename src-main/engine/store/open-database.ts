import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { migrations } from './migrations.ts';

export type Sqlite = Database.Database;

/** The file is not ours, from a newer app, or broken; `code` has a sentence in the windows. */
export class StoreFailure extends Error {
  readonly code: 'DATABASE_DAMAGED' | 'DATABASE_NEWER' | 'DATABASE_FULL';
  constructor(code: StoreFailure['code'], message: string) {
    super(message);
    this.code = code;
  }
}

/** Opens a file, or memory for `:memory:`, with WAL and every migration applied. */
export function openDatabase(path: string, options: { maxPages?: number } = {}): Sqlite {
  if (path !== ':memory:') mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const db = new Database(path);
  try {
    db.pragma('journal_mode = WAL');
    db.pragma('synchronous = NORMAL'); // a crash of the app loses nothing; only a power cut may lose the last moments
    db.pragma('foreign_keys = ON');
    db.pragma('busy_timeout = 2000');
    migrate(db);
    if (options.maxPages) db.pragma(`max_page_count = ${Math.floor(options.maxPages)}`);
    return db;
  } catch (error) {
    db.close();
    if (error instanceof StoreFailure) throw error;
    throw new StoreFailure('DATABASE_DAMAGED', error instanceof Error ? error.message : 'cannot be read');
  }
}

function migrate(db: Sqlite): void {
  const version = db.pragma('user_version', { simple: true }) as number;
  if (version > migrations.length) throw new StoreFailure('DATABASE_NEWER', `schema ${version}`);
  for (let step = version; step < migrations.length; step++) {
    db.transaction(() => {
      db.exec(migrations[step]!);
      db.pragma(`user_version = ${step + 1}`);
    })();
  }
}

/** Whether SQLite said that the disk or the allowed size is full. */
export const isFull = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error.code === 'SQLITE_FULL' || error.code === 'SQLITE_IOERR_WRITE');

const ownFaults = ['SQLITE_CONSTRAINT', 'SQLITE_MISMATCH', 'SQLITE_TOOBIG', 'SQLITE_RANGE'];

/** Whether the database itself is in trouble (busy, read-only, damaged, closed), whatever is written to it. */
export const isTrouble = (error: unknown): boolean => {
  if (!(error instanceof Error)) return false;
  if (!('code' in error)) return error.message.includes('database connection');
  const code = String(error.code);
  return code.startsWith('SQLITE_') && !ownFaults.some((fault) => code.startsWith(fault));
};
