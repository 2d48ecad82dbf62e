// Every change of the tables, in order. A released step is never edited: a new one is added.

const first = `
CREATE TABLE live_rooms (
  id TEXT PRIMARY KEY, platform TEXT NOT NULL, platform_room_id TEXT NOT NULL, room_name TEXT NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('active', 'inactive', 'monitoring', 'error')),
  created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL,
  UNIQUE (platform, platform_room_id)
);
CREATE TABLE live_sessions (
  id TEXT PRIMARY KEY, room_id TEXT NOT NULL REFERENCES live_rooms (id), source TEXT NOT NULL,
  started_at INTEGER NOT NULL, stopped_at INTEGER, last_event_at INTEGER NOT NULL
);
CREATE TABLE danmaku_messages (
  seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, session_id TEXT NOT NULL, room_id TEXT NOT NULL,
  platform TEXT NOT NULL, source TEXT NOT NULL, platform_room_id TEXT NOT NULL, platform_event_id TEXT NOT NULL,
  platform_user_id TEXT NOT NULL, username TEXT NOT NULL, content TEXT NOT NULL, message_type TEXT NOT NULL,
  metadata TEXT NOT NULL, sentiment_score REAL, emotion_labels TEXT, intent_category TEXT, analysis TEXT,
  timestamp INTEGER NOT NULL, received_at INTEGER NOT NULL, decoded_at INTEGER NOT NULL, processed_at INTEGER
);
CREATE INDEX danmaku_messages_session ON danmaku_messages (session_id, received_at);
CREATE TABLE emotion_records (
  id TEXT PRIMARY KEY, session_id TEXT NOT NULL, source TEXT NOT NULL, emotion_type TEXT,
  intensity REAL CHECK (intensity >= 0 AND intensity <= 1), confidence REAL CHECK (confidence >= 0 AND confidence <= 1),
  raw_data TEXT, context TEXT, timestamp INTEGER NOT NULL, received_at INTEGER NOT NULL
);
CREATE INDEX emotion_records_session ON emotion_records (session_id, received_at);
CREATE TABLE ai_suggestions (
  id TEXT PRIMARY KEY, session_id TEXT NOT NULL, room_id TEXT NOT NULL, suggestion_type TEXT NOT NULL,
  trigger TEXT NOT NULL, content TEXT NOT NULL, params TEXT NOT NULL, context TEXT NOT NULL, confidence REAL NOT NULL,
  urgency TEXT NOT NULL, is_used INTEGER NOT NULL DEFAULT 0, user_feedback INTEGER CHECK (user_feedback BETWEEN 1 AND 5),
  outcome TEXT NOT NULL, created_at INTEGER NOT NULL, received_at INTEGER, decided_at INTEGER NOT NULL,
  shown_at INTEGER, used_at INTEGER, closed_at INTEGER, expires_at INTEGER NOT NULL
);
CREATE INDEX ai_suggestions_session ON ai_suggestions (session_id, created_at);
CREATE TABLE speech_segments (
  id TEXT PRIMARY KEY, session_id TEXT NOT NULL, started_at INTEGER NOT NULL, stopped_at INTEGER NOT NULL,
  loudness_db REAL NOT NULL, received_at INTEGER NOT NULL
);
CREATE INDEX speech_segments_session ON speech_segments (session_id, received_at);
CREATE TABLE live_events (
  seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, session_id TEXT NOT NULL, type TEXT NOT NULL,
  at INTEGER NOT NULL, received_at INTEGER NOT NULL, data TEXT NOT NULL
);
CREATE INDEX live_events_session ON live_events (session_id, received_at);
CREATE TABLE session_summaries (id TEXT PRIMARY KEY, data TEXT NOT NULL, created_at INTEGER NOT NULL);
CREATE TABLE consents (
  version INTEGER PRIMARY KEY, kind TEXT NOT NULL, granted INTEGER NOT NULL, at INTEGER NOT NULL, told_at INTEGER
);
CREATE TABLE outbox (
  position INTEGER PRIMARY KEY, summary_id TEXT NOT NULL UNIQUE REFERENCES session_summaries (id), kind TEXT NOT NULL,
  hlc TEXT NOT NULL, seq INTEGER, state TEXT NOT NULL CHECK (state IN ('waiting', 'sent', 'rejected')), code TEXT,
  created_at INTEGER NOT NULL, sent_at INTEGER
);
CREATE TABLE settings (key TEXT PRIMARY KEY, value TEXT NOT NULL);

CREATE VIRTUAL TABLE danmaku_search USING fts5 (
  content, content='danmaku_messages', content_rowid='seq', tokenize='trigram'
);
CREATE TRIGGER danmaku_search_insert AFTER INSERT ON danmaku_messages WHEN new.message_type IN ('comment', 'superchat') BEGIN
  INSERT INTO danmaku_search (rowid, content) VALUES (new.seq, new.content);
END;
CREATE TRIGGER danmaku_search_delete AFTER DELETE ON danmaku_messages WHEN old.message_type IN ('comment', 'superchat') BEGIN
  INSERT INTO danmaku_search (danmaku_search, rowid, content) VALUES ('delete', old.seq, old.content);
END;
`;

/**
 * The outbox outlives what it names: after an erase it still has to tell the server which sessions to delete.
 * The indexes let retention find old rows without reading the tables; the column spares counting the whole analysis.
 */
const second = `
CREATE TABLE outbox_kept (
  position INTEGER PRIMARY KEY, summary_id TEXT NOT NULL UNIQUE, kind TEXT NOT NULL,
  op TEXT NOT NULL CHECK (op IN ('upsert', 'delete')), hlc TEXT NOT NULL, seq INTEGER,
  state TEXT NOT NULL CHECK (state IN ('waiting', 'sent', 'rejected')), code TEXT,
  created_at INTEGER NOT NULL, sent_at INTEGER
);
INSERT INTO outbox_kept (position, summary_id, kind, op, hlc, seq, state, code, created_at, sent_at)
  SELECT position, summary_id, kind, 'upsert', hlc, seq, state, code, created_at, sent_at FROM outbox;
DROP TABLE outbox;
ALTER TABLE outbox_kept RENAME TO outbox;
ALTER TABLE danmaku_messages ADD COLUMN abuse REAL;
UPDATE danmaku_messages SET abuse = json_extract(analysis, '$.analysis.abuse') WHERE analysis IS NOT NULL;
CREATE INDEX danmaku_messages_received ON danmaku_messages (received_at);
CREATE INDEX emotion_records_received ON emotion_records (received_at);
`;

export const migrations: readonly string[] = [first, second];
