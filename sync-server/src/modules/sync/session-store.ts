// The only place that writes and erases synced sessions; every effect leaves its trace in change_log.
import type { SessionSummary } from '@app/shared/sync';
import type { Tx } from '../../db/database.ts';

/** A summary as it will stand: `order` is the clock by which newer wins. */
export type SessionWrite = { summary: SessionSummary; hlc: string; order: string };
export type Stored = { deviceId: string; hlc: string; order: string };
type By = { userId: string; deviceId: string };

const kind = 'session_summary';

/** What stands of these ids: rows, and ids erased for good. */
export async function findSessions(tx: Tx, ids: string[]): Promise<{ rows: Map<string, Stored>; erased: Set<string> }> {
  const rows = await tx.query<{ id: string; device_id: string; hlc: string; hlc_order: string }>(
    'SELECT id, device_id, hlc, hlc_order FROM live_sessions WHERE organization_id = $1 AND id = ANY($2::uuid[])',
    [tx.organizationId, ids],
  );
  const erased = await tx.query<{ id: string }>(
    'SELECT id FROM tombstones WHERE organization_id = $1 AND kind = $2 AND id = ANY($3::uuid[])',
    [tx.organizationId, kind, ids],
  );
  return {
    rows: new Map(rows.map((row) => [row.id, { deviceId: row.device_id, hlc: row.hlc, order: row.hlc_order }])),
    erased: new Set(erased.map((row) => row.id)),
  };
}

/** Appends to the change log, in this order, and answers the revision of each. */
export async function logChanges(tx: Tx, changes: { id: string; op: 'upsert' | 'delete' }[]): Promise<number[]> {
  if (changes.length === 0) return [];
  const rows = await tx.query<{ seq: number }>(
    `INSERT INTO change_log (organization_id, kind, id, op)
     SELECT $1, $2, id, op FROM unnest($3::uuid[], $4::text[]) WITH ORDINALITY AS c (id, op, n) ORDER BY n RETURNING seq`,
    [tx.organizationId, kind, changes.map((change) => change.id), changes.map((change) => change.op)],
  );
  return rows.map((row) => row.seq);
}

/** Writes the summaries of one device; each id once. */
export async function writeSessions(
  tx: Tx,
  by: By,
  writes: (SessionWrite & { rev: number })[],
  now: Date,
): Promise<void> {
  if (writes.length === 0) return;
  const rooms = await placeRooms(
    tx,
    by,
    writes.map((write) => write.summary),
    now,
  );
  const column = <T>(pick: (write: SessionWrite & { rev: number }) => T): T[] => writes.map(pick);
  const done = await tx.query(
    `INSERT INTO live_sessions AS s (organization_id, id, user_id, device_id, room_id, started_at, stopped_at, break_minutes, summary, hlc, hlc_order, rev, received_at)
     SELECT $1, id, $2, $3, room_id, started_at, stopped_at, break_minutes, summary, hlc, hlc_order, rev, $4
     FROM unnest($5::uuid[], $6::uuid[], $7::timestamptz[], $8::timestamptz[], $9::float8[], $10::jsonb[], $11::text[], $12::text[], $13::int8[])
       AS w (id, room_id, started_at, stopped_at, break_minutes, summary, hlc, hlc_order, rev)
     ON CONFLICT (organization_id, id) DO UPDATE SET room_id = excluded.room_id, started_at = excluded.started_at, stopped_at = excluded.stopped_at,
       break_minutes = excluded.break_minutes, summary = excluded.summary, hlc = excluded.hlc, hlc_order = excluded.hlc_order,
       rev = excluded.rev, received_at = excluded.received_at
     WHERE s.device_id = excluded.device_id RETURNING 1`,
    [
      tx.organizationId,
      by.userId,
      by.deviceId,
      now,
      column((write) => write.summary.session_id),
      column((write) => rooms.get(roomKey(write.summary))),
      column((write) => new Date(write.summary.started_at)),
      column((write) => new Date(write.summary.stopped_at)),
      column((write) => breakMinutes(write.summary)),
      column((write) => JSON.stringify(write.summary)),
      column((write) => write.hlc),
      column((write) => write.order),
      column((write) => write.rev),
    ],
  );
  // Another device took one of these ids in the meantime: judge the batch again.
  if (done.length < writes.length) throw Object.assign(new Error('a session id was taken'), { code: '40001' });
}

const roomKey = (summary: SessionSummary) => `${summary.platform} ${summary.platform_room_id}`;
const breakMinutes = (summary: SessionSummary) =>
  summary.breaks.reduce((sum, pause) => sum + (Date.parse(pause.end_at) - Date.parse(pause.start_at)) / 60_000, 0);

// A room is known by its platform number; two devices of an agency may stream in the same one.
async function placeRooms(tx: Tx, by: By, summaries: SessionSummary[], now: Date): Promise<Map<string, string>> {
  const latest = new Map(summaries.map((summary) => [roomKey(summary), summary]));
  const rooms = [...latest.keys()].sort().map((key) => latest.get(key)!);
  const rows = await tx.query<{ id: string; platform: string; platform_room_id: string }>(
    `INSERT INTO live_rooms (organization_id, id, user_id, platform, platform_room_id, room_name, created_at, updated_at)
     SELECT $1, gen_random_uuid(), $2, platform, platform_room_id, room_name, $3, $3
     FROM unnest($4::platform_enum[], $5::text[], $6::text[]) AS r (platform, platform_room_id, room_name)
     ON CONFLICT (organization_id, platform, platform_room_id) DO UPDATE SET room_name = excluded.room_name, updated_at = excluded.updated_at
     RETURNING id, platform, platform_room_id`,
    [
      tx.organizationId,
      by.userId,
      now,
      rooms.map((room) => room.platform),
      rooms.map((room) => room.platform_room_id),
      rooms.map((room) => room.room_name),
    ],
  );
  return new Map(rows.map((row) => [`${row.platform} ${row.platform_room_id}`, row.id]));
}

/** When this person last erased sessions, as far as tombstones are kept; null when never. */
export async function lastErased(tx: Tx, userId: string): Promise<Date | null> {
  const [row] = await tx.query<{ at: Date | null }>(
    'SELECT max(deleted_at) AS at FROM tombstones WHERE organization_id = $1 AND user_id = $2',
    [tx.organizationId, userId],
  );
  return row?.at ?? null;
}

/** Erases sessions for good: all of a streamer, or these ids. They cannot come back; answers how many there were. */
export async function eraseSessions(tx: Tx, which: { userId: string; ids?: string[] }): Promise<number> {
  const rows = await tx.query<{ id: string }>(
    'DELETE FROM live_sessions WHERE organization_id = $1 AND user_id = $2 AND ($3::uuid[] IS NULL OR id = ANY($3)) RETURNING id',
    [tx.organizationId, which.userId, which.ids ?? null],
  );
  const ids = [...new Set([...rows.map((row) => row.id), ...(which.ids ?? [])])];
  await tx.query(
    'INSERT INTO tombstones (organization_id, kind, id, user_id) SELECT $1, $2, id, $4 FROM unnest($3::uuid[]) AS t (id) ON CONFLICT DO NOTHING',
    [tx.organizationId, kind, ids, which.userId],
  );
  if (which.ids === undefined)
    await logChanges(
      tx,
      rows.map((row) => ({ id: row.id, op: 'delete' as const })),
    );
  return rows.length;
}
