// What still has to reach the server: closed summaries, and after an erase the deletion of those it may hold.
import type { SessionSummary } from '@app/shared/sync';
import { and, asc, eq, ne } from 'drizzle-orm';
import { type BetterSQLite3Database, drizzle } from 'drizzle-orm/better-sqlite3';
import type { Sqlite } from './open-database.ts';
import { outboxTable, sessionSummariesTable } from './schema.ts';

/** A row of the queue; `summary` is null for a deletion. */
export type OutboxRow = {
  position: number;
  seq: number | null;
  hlc: string;
  createdAt: number;
  sessionId: string;
  summary: SessionSummary | null;
};

export type Outbox = {
  /** Queues a summary that was saved; queueing it twice has no effect. */
  add(sessionId: string, hlc: string, at: number): void;
  /** Oldest first; without consent only deletions go. */
  waiting(limit: number, which: 'all' | 'deletions'): OutboxRow[];
  state(sessionId: string): 'local' | 'waiting' | 'sent' | 'rejected';
  counts(): { waiting: number; rejected: number };
  number(position: number, seq: number): void;
  /** Forgets the given numbers, for what waits (the server counts otherwise) or for all rows (it was restored). */
  forgetNumbers(which: 'waiting' | 'all'): void;
  /** Marks what was sent under this number; a row that was erased meanwhile has another and stays. */
  sent(position: number, seq: number, at: number): void;
  reject(position: number, seq: number, code: string): void;
  retryRejected(): void;
  /** Turns what the server may hold into deletions and forgets the rest; returns how many rows went. */
  turnToDeletions(): number;
  /** Forgets everything: it was meant for another server. */
  clear(): void;
};

/** Opens the queue in the store's database. */
export function openOutbox(sqlite: Sqlite): Outbox {
  const db: BetterSQLite3Database = drizzle(sqlite);
  const counted = sqlite.prepare<[], { state: string; n: number }>(
    'SELECT state, count(*) AS n FROM outbox GROUP BY state',
  );
  const place = (position: number, seq: number) => and(eq(outboxTable.position, position), eq(outboxTable.seq, seq));
  return {
    add(sessionId, hlc, at) {
      const row = { summaryId: sessionId, kind: 'session_summary', op: 'upsert' as const, hlc, createdAt: at };
      db.insert(outboxTable)
        .values({ ...row, state: 'waiting' })
        .onConflictDoNothing()
        .run();
    },
    waiting(limit, which) {
      const rows = db
        .select({ row: outboxTable, summary: sessionSummariesTable.data })
        .from(outboxTable)
        .leftJoin(sessionSummariesTable, eq(sessionSummariesTable.id, outboxTable.summaryId))
        .where(and(eq(outboxTable.state, 'waiting'), which === 'all' ? undefined : eq(outboxTable.op, 'delete')))
        .orderBy(asc(outboxTable.position))
        .limit(limit)
        .all();
      return rows.map(({ row: { position, seq, hlc, createdAt, summaryId, op }, summary }) => {
        return { position, seq, hlc, createdAt, sessionId: summaryId, summary: op === 'delete' ? null : summary };
      });
    },
    state: (sessionId) =>
      db.select().from(outboxTable).where(eq(outboxTable.summaryId, sessionId)).get()?.state ?? 'local',
    counts() {
      const rows = counted.all();
      const of = (state: string) => rows.find((row) => row.state === state)?.n ?? 0;
      return { waiting: of('waiting'), rejected: of('rejected') };
    },
    number: (position, seq) => void db.update(outboxTable).set({ seq }).where(eq(outboxTable.position, position)).run(),
    forgetNumbers(which) {
      const rows = which === 'all' ? ne(outboxTable.state, 'rejected') : eq(outboxTable.state, 'waiting');
      db.update(outboxTable).set({ seq: null, state: 'waiting' }).where(rows).run();
    },
    sent: (position, seq, at) =>
      void db.update(outboxTable).set({ state: 'sent', sentAt: at }).where(place(position, seq)).run(),
    reject: (position, seq, code) =>
      void db.update(outboxTable).set({ state: 'rejected', code }).where(place(position, seq)).run(),
    retryRejected() {
      const again = { state: 'waiting' as const, seq: null, code: null };
      db.update(outboxTable).set(again).where(eq(outboxTable.state, 'rejected')).run();
    },
    turnToDeletions() {
      // A row without a number was never on its way, unless a restored server made it wait again.
      const gone = sqlite
        .prepare("DELETE FROM outbox WHERE op = 'upsert' AND seq IS NULL AND sent_at IS NULL")
        .run().changes;
      sqlite
        .prepare("UPDATE outbox SET op = 'delete', state = 'waiting', seq = NULL, code = NULL WHERE op = 'upsert'")
        .run();
      return gone;
    },
    clear: () => void db.delete(outboxTable).run(),
  };
}
