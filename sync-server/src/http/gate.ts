// Whether this server may serve: the database answers, the schema is ours, the role cannot look across tenants.
import type { ReadyReply } from '@app/shared/api';
import type { Database } from '../db/database.ts';

export type Gate = {
  check(): Promise<ReadyReply>;
  /** Whether role and schema were found right once; asked before every API call. */
  isOpen(): Promise<boolean>;
  /** From now on not ready: the server is about to stop. */
  shut(): void;
};

const roleWords = {
  superuser: 'DATABASE_URL is a superuser, for whom row security does not hold',
  bypasses_row_security: 'the role of DATABASE_URL bypasses row security',
  owns_tables: 'the role of DATABASE_URL owns the tables',
};

/** `version` is the number of migrations of this server. */
export function openGate(database: Database, version: number): Gate {
  let isShut = false;
  let wasRight = false;
  let looking: ReturnType<Database['inspect']> | null = null;
  // Everyone may ask, as often as they like: those who ask at once share one look.
  const look = () => {
    looking ??= database.inspect().finally(() => {
      looking = null;
    });
    return looking;
  };
  async function check(): Promise<ReadyReply> {
    const checks: ReadyReply['checks'] = {};
    const found = await look().catch(() => null);
    checks.database = found ? { ok: true, detail: 'answers' } : { ok: false, detail: 'does not answer' };
    if (found) {
      checks.migrations = { ok: found.version === version, detail: `version ${found.version} of ${version}` };
      checks.role = found.role
        ? { ok: false, detail: roleWords[found.role] }
        : { ok: true, detail: 'is held by row security' };
      wasRight = checks.migrations.ok && checks.role.ok;
    }
    if (isShut) checks.process = { ok: false, detail: 'is stopping' };
    return { ready: Object.values(checks).every((one) => one.ok), checks };
  }
  return {
    check,
    async isOpen() {
      if (!wasRight) await check();
      return wasRight;
    },
    shut() {
      isShut = true;
    },
  };
}
