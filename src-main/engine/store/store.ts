// The door of the store and the only owner of SQLite: facts in, sessions, searches and the outbox out.
import type { LiveEvent, Platform } from '@app/shared/live-event';
import { type Settings, settings } from '@app/shared/settings';
import type { SessionSummary } from '@app/shared/sync';
import { and, asc, desc, eq, isNull, notInArray, sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { prepareWriter } from './append.ts';
import { openDatabase } from './open-database.ts';
import { type Outbox, openOutbox } from './outbox.ts';
import { type Depth, readEvents } from './read-events.ts';
import { removeExpired } from './retention.ts';
import {
  consentsTable,
  danmakuMessagesTable,
  liveRoomsTable,
  liveSessionsTable,
  sessionSummariesTable,
  settingsTable,
} from './schema.ts';
import { prepareFigures, type SessionFigures } from './session-figures.ts';

export type Room = { platform: Platform; platformRoomId: string; roomName: string };
export type OpenSession = typeof liveSessionsTable.$inferSelect & { room: typeof liveRoomsTable.$inferSelect };
export type SearchRow = typeof danmakuMessagesTable.$inferSelect;

export type Store = {
  /** Writes events in one transaction: all of them or, when it throws, none. */
  append(events: readonly LiveEvent[]): void;
  /** Makes or finds the room and opens a session in it. */
  startSession(
    session: { id: string; roomId: string; source: 'rehearsal' | 'replay'; at: number },
    room: Room,
  ): OpenSession;
  /** The session that was not closed, newest first; null when there is none. */
  unclosedSession(): OpenSession | null;
  sessions(limit: number): OpenSession[];
  session(id: string): OpenSession | null;
  /** A session's events in order of arrival: all of them, or only the newest messages and readings. */
  events(sessionId: string, depth?: Depth): LiveEvent[];
  figures: SessionFigures;
  /** Removes a session that never came to be, with whatever it left. */
  forget(sessionId: string): void;
  /** The newest rows for the list of a session, oldest first; likes, enters and counts are no rows. */
  recentDanmaku(sessionId: string, limit: number): SearchRow[];
  /** The newest messages with these words. Short words are looked for row by row, in slices. */
  search(query: string, limit: number): Promise<SearchRow[]>;
  /** Closes a session: its last event, the summary and, where `queue` says so, the outbox row, in one transaction. */
  saveSummary(summary: SessionSummary, at: number, queue: { hlc: string } | null, last?: LiveEvent): void;
  summary(sessionId: string): SessionSummary | null;
  outbox: Outbox;
  consent: {
    granted(kind: string): boolean;
    set(kind: string, granted: boolean, at: number): void;
    untold(): { version: number; kind: string; granted: boolean; at: number }[];
    told(version: number, at: number): void;
  };
  settings(): Settings;
  saveSettings(next: Settings): void;
  /** Small facts that must outlive a restart, such as the device's last sequence number; null forgets one. */
  note(key: string): unknown;
  setNote(key: string, value: unknown): void;
  /** Removes everything that sessions left, and returns how many rows went; the outbox then tells the server. */
  erase(): number;
  /** Removes up to `limit` rows of each table that are past their keeping time; true when there may be more. */
  retain(now: number, limit: number): boolean;
  close(): void;
};

/** Every table whose rows belong to one session. */
const sessionTables = ['danmaku_messages', 'emotion_records', 'ai_suggestions', 'speech_segments', 'live_events'];
/** What a trigram index can find; a shorter word is looked for in the rows themselves. */
const shortestIndexed = 3;
/** Some ten milliseconds of looking. */
const scannedAtOnce = 10_000;

/** Opens the database; throws StoreFailure with a code when it cannot be used. `close` checkpoints it. */
export function openStore(path: string, options: { maxPages?: number } = {}): Store {
  const sqlite = openDatabase(path, options);
  const db = drizzle(sqlite);
  const write = prepareWriter(sqlite);
  const appendAll = sqlite.transaction(write);
  const outbox = openOutbox(sqlite);
  const withRoom = () =>
    db
      .select({ session: liveSessionsTable, room: liveRoomsTable })
      .from(liveSessionsTable)
      .innerJoin(liveRoomsTable, eq(liveRoomsTable.id, liveSessionsTable.roomId));
  type Joined = { session: typeof liveSessionsTable.$inferSelect; room: typeof liveRoomsTable.$inferSelect };
  const flat = ({ session, room }: Joined): OpenSession => ({ ...session, room });
  const first = (row: Joined | undefined) => (row ? flat(row) : null);
  const find = {
    indexed: sqlite.prepare<[string, number], { seq: number }>(
      'SELECT rowid AS seq FROM danmaku_search WHERE danmaku_search MATCH ? ORDER BY rowid DESC LIMIT ?',
    ),
    last: sqlite.prepare<[], { seq: number | null }>('SELECT max(seq) AS seq FROM danmaku_messages'),
    scanned: sqlite.prepare<[string, number, number, number], { seq: number }>(
      `SELECT seq FROM danmaku_messages WHERE content LIKE ? ESCAPE '\\' AND message_type IN ('comment', 'superchat')
       AND seq > ? AND seq <= ? ORDER BY seq DESC LIMIT ?`,
    ),
  };
  /** From the newest row on, letting go of the event loop between slices. */
  async function scan(words: string, limit: number): Promise<{ seq: number }[]> {
    const like = `%${words.replaceAll(/[\\%_]/g, '\\$&')}%`;
    const found: { seq: number }[] = [];
    for (let top = find.last.get()?.seq ?? 0; top > 0 && found.length < limit; top -= scannedAtOnce) {
      found.push(...find.scanned.all(like, top - scannedAtOnce, top, limit - found.length));
      await new Promise((resolve) => setImmediate(resolve));
    }
    return found;
  }

  return {
    append: (events) => appendAll(events),
    startSession(session, room) {
      return db.transaction((tx) => {
        const set = { roomName: room.roomName, status: 'monitoring' as const, updatedAt: session.at };
        const [stored] = tx
          .insert(liveRoomsTable)
          .values({ id: session.roomId, ...room, ...set, createdAt: session.at })
          .onConflictDoUpdate({ target: [liveRoomsTable.platform, liveRoomsTable.platformRoomId], set })
          .returning()
          .all();
        const { id, source, at } = session;
        const row = { id, source, roomId: stored!.id, startedAt: at, stoppedAt: null, lastEventAt: at };
        tx.insert(liveSessionsTable).values(row).run();
        return { ...row, room: stored! };
      });
    },
    unclosedSession: () =>
      first(
        withRoom().where(isNull(liveSessionsTable.stoppedAt)).orderBy(desc(liveSessionsTable.startedAt)).limit(1).get(),
      ),
    sessions: (limit) => withRoom().orderBy(desc(liveSessionsTable.startedAt)).limit(limit).all().map(flat),
    session: (id) => first(withRoom().where(eq(liveSessionsTable.id, id)).get()),
    events: (sessionId, depth) => readEvents(sqlite, sessionId, depth),
    figures: prepareFigures(sqlite),
    forget(sessionId) {
      sqlite.transaction(() => {
        for (const table of sessionTables) sqlite.prepare(`DELETE FROM ${table} WHERE session_id = ?`).run(sessionId);
        sqlite.prepare('DELETE FROM live_sessions WHERE id = ?').run(sessionId);
      })();
    },
    recentDanmaku: (sessionId, limit) =>
      db
        .select()
        .from(danmakuMessagesTable)
        .where(
          and(
            eq(danmakuMessagesTable.sessionId, sessionId),
            notInArray(danmakuMessagesTable.messageType, ['like', 'enter', 'online']),
          ),
        )
        .orderBy(desc(danmakuMessagesTable.receivedAt), desc(danmakuMessagesTable.seq))
        .limit(limit)
        .all()
        .reverse(),
    async search(query, limit) {
      const words = query.trim();
      if (words === '') return [];
      const found =
        [...words].length >= shortestIndexed
          ? find.indexed.all(`"${words.replaceAll('"', '""')}"`, limit)
          : await scan(words, limit);
      return found.flatMap(({ seq }) =>
        db.select().from(danmakuMessagesTable).where(eq(danmakuMessagesTable.seq, seq)).all(),
      );
    },
    saveSummary(summary, at, queue, last) {
      db.transaction((tx) => {
        const id = summary.session_id;
        if (last) write([last]);
        tx.insert(sessionSummariesTable).values({ id, data: summary, createdAt: at }).onConflictDoNothing().run();
        if (queue) outbox.add(id, queue.hlc, at);
      });
    },
    summary: (sessionId) =>
      db.select().from(sessionSummariesTable).where(eq(sessionSummariesTable.id, sessionId)).get()?.data ?? null,
    outbox,
    consent: {
      granted: (kind) =>
        db.select().from(consentsTable).where(eq(consentsTable.kind, kind)).orderBy(desc(consentsTable.version)).get()
          ?.granted ?? false,
      set: (kind, granted, at) => void db.insert(consentsTable).values({ kind, granted, at }).run(),
      untold: () =>
        db.select().from(consentsTable).where(isNull(consentsTable.toldAt)).orderBy(asc(consentsTable.version)).all(),
      told(version, at) {
        db.update(consentsTable)
          .set({ toldAt: at })
          .where(and(eq(consentsTable.version, version), isNull(consentsTable.toldAt)))
          .run();
      },
    },
    settings() {
      const row = db.select().from(settingsTable).where(eq(settingsTable.key, 'settings')).get();
      const parsed = settings.safeParse(row?.value ?? {});
      return parsed.success ? parsed.data : settings.parse({});
    },
    saveSettings: (next) => put('settings', next),
    note: (key) =>
      db
        .select()
        .from(settingsTable)
        .where(eq(settingsTable.key, `note:${key}`))
        .get()?.value,
    setNote(key, value) {
      if (value !== null && value !== undefined) return put(`note:${key}`, value);
      db.delete(settingsTable)
        .where(eq(settingsTable.key, `note:${key}`))
        .run();
    },
    erase() {
      const tables = [...sessionTables, 'session_summaries', 'live_sessions', 'live_rooms'];
      const rows = sqlite.transaction(() => {
        const gone = outbox.turnToDeletions();
        return tables.reduce((sum, table) => sum + sqlite.prepare(`DELETE FROM ${table}`).run().changes, gone);
      })();
      sqlite.exec('VACUUM');
      sqlite.pragma('wal_checkpoint(TRUNCATE)');
      return rows;
    },
    retain(now, limit) {
      return removeExpired(sqlite, this.settings().retention, now, limit);
    },
    close() {
      sqlite.pragma('wal_checkpoint(TRUNCATE)');
      sqlite.close();
    },
  };

  function put(key: string, value: unknown): void {
    db.insert(settingsTable)
      .values({ key, value })
      .onConflictDoUpdate({ target: settingsTable.key, set: { value: sql`excluded.value` } })
      .run();
  }
}
