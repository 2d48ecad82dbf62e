// A session as it happened: the tables merged by the time at which each fact arrived.
import { type LiveEvent, liveEvent } from '@app/shared/live-event';
import type { Sqlite } from './open-database.ts';

type Row = Record<string, string | number | null>;

const json = (value: unknown): unknown => (typeof value === 'string' ? JSON.parse(value) : undefined);

/** How much of a session is read: the newest messages and readings only, or all that there are. */
export type Depth = { newestDanmaku: number; newestReadings: number };
const everything: Depth = { newestDanmaku: Number.MAX_SAFE_INTEGER, newestReadings: Number.MAX_SAFE_INTEGER };

/** The events of a session in order of `receivedAt`; rows that cannot be read are left out. */
export function readEvents(db: Sqlite, sessionId: string, depth: Depth = everything): LiveEvent[] {
  const rows = (sql: string) => db.prepare<[string], Row>(sql).all(sessionId);
  const newest = (table: string, limit: number) =>
    db
      .prepare<[string, number], Row>(
        `SELECT * FROM ${table} WHERE session_id = ? ORDER BY received_at DESC, rowid DESC LIMIT ?`,
      )
      .all(sessionId, limit)
      .reverse();
  const base = (row: Row, at: unknown) => ({ id: row.id, sessionId, at, receivedAt: row.received_at });
  const values: unknown[] = [];
  for (const row of newest('danmaku_messages', depth.newestDanmaku)) {
    values.push({
      ...base(row, row.timestamp),
      type: 'danmaku.received',
      roomId: row.room_id,
      decodedAt: row.decoded_at,
      danmaku: {
        platform: row.platform,
        source: row.source,
        platformRoomId: row.platform_room_id,
        platformEventId: row.platform_event_id,
        messageType: row.message_type,
        platformUserId: row.platform_user_id,
        username: row.username,
        content: row.content,
        at: row.timestamp,
        metadata: json(row.metadata),
      },
    });
    const analyzed = json(row.analysis);
    if (analyzed && typeof analyzed === 'object') {
      const extra = { type: 'danmaku.analyzed', sessionId, danmakuId: row.id, inferredAt: row.processed_at };
      values.push({ ...analyzed, ...extra });
    }
  }
  for (const row of newest('emotion_records', depth.newestReadings)) {
    const context = json(row.context) as { certain: boolean; reason: string | null; figures: object };
    const scores = json(row.raw_data);
    const emotion = row.emotion_type ? { label: row.emotion_type, confidence: row.confidence, scores } : null;
    values.push({ ...base(row, row.timestamp), type: 'emotion.observed', source: row.source, emotion, ...context });
  }
  for (const row of newest('speech_segments', depth.newestReadings)) {
    const { started_at: startAt, loudness_db: loudnessDb } = row;
    values.push({ ...base(row, row.stopped_at), type: 'speech.segment', startAt, loudnessDb });
  }
  for (const row of rows('SELECT * FROM live_events WHERE session_id = ? ORDER BY seq')) {
    values.push({ ...base(row, row.at), type: row.type, ...(json(row.data) as object) });
  }
  for (const row of rows('SELECT * FROM ai_suggestions WHERE session_id = ?'))
    values.push(...suggestionEvents(row, sessionId));
  const events = values.flatMap((value) => {
    const parsed = liveEvent.safeParse(value);
    return parsed.success ? [parsed.data] : [];
  });
  return events.sort((a, b) => a.receivedAt - b.receivedAt);
}

/** The life of a card, rebuilt from its row; events derived from one row take the row's id with a last digit changed. */
function suggestionEvents(row: Row, sessionId: string): unknown[] {
  const at = (time: unknown, digit: string) => ({
    id: `${String(row.id).slice(0, -1)}${digit}`,
    sessionId,
    at: time,
    receivedAt: time,
  });
  const suggestion = {
    id: row.id,
    trigger: row.trigger,
    type: row.suggestion_type,
    urgency: row.urgency,
    confidence: row.confidence,
    headline: row.content,
    params: json(row.params),
    evidence: json(row.context),
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    ...(row.received_at === null ? {} : { receivedAt: row.received_at }),
    decidedAt: row.decided_at,
  };
  const events: unknown[] = [{ ...at(row.decided_at, '0'), type: 'suggestion.made', suggestion }];
  const suggestionId = row.id;
  if (row.shown_at !== null) {
    events.push({ ...at(row.shown_at, '1'), type: 'suggestion.shown', suggestionId, shownAt: row.shown_at });
  }
  if (row.outcome !== 'open') {
    const when = row.closed_at ?? row.expires_at;
    events.push({ ...at(when, '2'), type: 'suggestion.closed', suggestionId, outcome: row.outcome });
  }
  if (row.user_feedback !== null) {
    const when = row.closed_at ?? row.shown_at ?? row.decided_at;
    events.push({ ...at(when, '3'), type: 'suggestion.rated', suggestionId, rating: row.user_feedback });
  }
  return events;
}
