// Reading sessions. What an admin reads of one streamer is written down where this streamer can see it.
import { type AccessEntry, adminRoles, type SessionPage, type SessionRow } from '@app/shared/api';
import { instant, type SessionSummary } from '@app/shared/sync';
import { z } from 'zod';
import type { Tx } from '../../db/database.ts';
import type { Deps } from '../../deps.ts';
import { ApiFailure } from '../../http/failure.ts';
import type { Caller, MemberHandlers } from '../../http/handlers.ts';
import { pageById, readCursor, toPage } from '../../http/paging.ts';
import { currentConsents } from '../consents/consents.ts';

type SessionRecord = {
  id: string;
  user_id: string;
  username: string;
  device_id: string;
  room_id: string;
  started_at: Date;
  break_minutes: number;
  summary: SessionSummary;
  received_at: Date;
};

const select = `SELECT s.id, s.user_id, u.username, s.device_id, s.room_id, s.started_at, s.break_minutes, s.summary, s.received_at
  FROM live_sessions s JOIN users u ON u.organization_id = s.organization_id AND u.id = s.user_id
  WHERE s.organization_id = $1`;

const toRow = (record: SessionRecord): SessionRow => ({
  id: record.id,
  streamer: { id: record.user_id, username: record.username },
  platform: record.summary.platform,
  platform_room_id: record.summary.platform_room_id,
  room_name: record.summary.room_name,
  started_at: record.summary.started_at,
  stopped_at: record.summary.stopped_at,
  hours_live: record.summary.hours_live,
  break_minutes: record.break_minutes,
  danmaku: record.summary.danmaku,
  connector_uptime_share: record.summary.quality.connector_uptime_share,
});

// Which cards a person was shown hints at their state, so only they see the counts of a single session.
const toSessionPage = (record: SessionRecord, isOwn: boolean, consents: SessionPage['consents']): SessionPage => ({
  ...toRow(record),
  room_id: record.room_id,
  device_id: record.device_id,
  received_at: record.received_at.toISOString(),
  breaks: record.summary.breaks,
  quality: record.summary.quality,
  suggestions: isOwn ? record.summary.suggestions : null,
  consents,
});

type Read = { subjectId: string; what: AccessEntry['what']; sessionId: string | null };
/** Writes down that an admin read of a streamer; one's own reading is not written down. */
export async function logAccess(deps: Deps, tx: Tx, caller: Caller, read: Read): Promise<void> {
  if (read.subjectId === caller.userId) return;
  await tx.query(
    'INSERT INTO access_log (organization_id, id, subject_id, reader_id, what, session_id, at) VALUES ($1, $2, $3, $4, $5, $6, $7)',
    [tx.organizationId, deps.newId(), read.subjectId, caller.userId, read.what, read.sessionId, new Date(deps.nowMs())],
  );
}

const cursorShape = z.tuple([instant, z.uuid()]);

/** Lists and pages of sessions, and the log of who read them. */
export function sessionHandlers(deps: Deps): Pick<MemberHandlers, 'sessions.list' | 'sessions.get' | 'me.accessLog'> {
  return {
    async 'sessions.list'({ query, caller, tx }) {
      const isAdmin = adminRoles.includes(caller.role);
      const streamerId = isAdmin ? (query.streamer_id ?? null) : caller.userId;
      if (isAdmin && streamerId) await logStreamerRead(deps, tx, caller, streamerId);
      const [beforeTime, beforeId] = readCursor(query.cursor, cursorShape) ?? [null, null];
      const rows = await tx.query<SessionRecord>(
        `${select} AND ($2::uuid IS NULL OR s.user_id = $2) AND ($3::timestamptz IS NULL OR s.started_at >= $3)
           AND ($4::timestamptz IS NULL OR s.started_at < $4) AND ($5::timestamptz IS NULL OR (s.started_at, s.id) < ($5, $6::uuid))
         ORDER BY s.started_at DESC, s.id DESC LIMIT $7`,
        [tx.organizationId, streamerId, query.from ?? null, query.to ?? null, beforeTime, beforeId, query.limit + 1],
      );
      return toPage(rows, query.limit, toRow, (row) => [row.started_at.toISOString(), row.id]);
    },
    async 'sessions.get'({ params, caller, tx }) {
      const [row] = await tx.query<SessionRecord>(`${select} AND s.id = $2`, [tx.organizationId, params.id]);
      const isOwn = row?.user_id === caller.userId;
      if (!row || (!isOwn && !adminRoles.includes(caller.role)))
        throw new ApiFailure('NOT_FOUND', 'There is no such session.');
      await logAccess(deps, tx, caller, { subjectId: row.user_id, what: 'session', sessionId: row.id });
      const consents = await currentConsents(tx, row.user_id);
      return toSessionPage(
        row,
        isOwn,
        consents.map(({ kind, granted }) => ({ kind, granted })),
      );
    },
    'me.accessLog': async ({ query, caller, tx }) =>
      pageById(query, toEntry, (before, limit) => readAccess(tx, caller.userId, before, limit)),
  };
}

async function logStreamerRead(deps: Deps, tx: Tx, caller: Caller, streamerId: string): Promise<void> {
  const rows = await tx.query("SELECT 1 FROM users WHERE organization_id = $1 AND id = $2 AND role = 'streamer'", [
    tx.organizationId,
    streamerId,
  ]);
  if (rows.length === 0) throw new ApiFailure('NOT_FOUND', 'There is no such streamer.');
  await logAccess(deps, tx, caller, { subjectId: streamerId, what: 'streamer_sessions', sessionId: null });
}

type AccessRecord = {
  id: string;
  at: Date;
  reader_id: string;
  username: string;
  role: AccessEntry['reader']['role'];
  what: AccessEntry['what'];
  session_id: string | null;
};
const toEntry = (row: AccessRecord): AccessEntry => ({
  id: row.id,
  at: row.at.toISOString(),
  reader: { id: row.reader_id, username: row.username, role: row.role },
  what: row.what,
  session_id: row.session_id,
});

function readAccess(tx: Tx, subjectId: string, before: string | null, limit: number): Promise<AccessRecord[]> {
  return tx.query<AccessRecord>(
    `SELECT a.id, a.at, a.reader_id, u.username, u.role, a.what, a.session_id FROM access_log a
     JOIN users u ON u.organization_id = a.organization_id AND u.id = a.reader_id
     WHERE a.organization_id = $1 AND a.subject_id = $2 AND ($3::uuid IS NULL OR a.id < $3) ORDER BY a.id DESC LIMIT $4`,
    [tx.organizationId, subjectId, before, limit],
  );
}
