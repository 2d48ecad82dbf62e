// The tables of the device, with the seed's names and enums. `migrations.ts` makes them; a test holds the two together.
import type { DanmakuMetadata, Evidence } from '@app/shared/live-event';
import type { SessionSummary } from '@app/shared/sync';
import { integer, real, sqliteTable, text } from 'drizzle-orm/sqlite-core';

export const liveRoomsTable = sqliteTable('live_rooms', {
  id: text('id').primaryKey(),
  platform: text('platform').notNull(),
  platformRoomId: text('platform_room_id').notNull(),
  roomName: text('room_name').notNull(),
  status: text('status', { enum: ['active', 'inactive', 'monitoring', 'error'] }).notNull(),
  createdAt: integer('created_at').notNull(),
  updatedAt: integer('updated_at').notNull(),
});

export const liveSessionsTable = sqliteTable('live_sessions', {
  id: text('id').primaryKey(),
  roomId: text('room_id').notNull(),
  source: text('source', { enum: ['rehearsal', 'replay'] }).notNull(),
  startedAt: integer('started_at').notNull(),
  stoppedAt: integer('stopped_at'),
  lastEventAt: integer('last_event_at').notNull(),
});

export const danmakuMessagesTable = sqliteTable('danmaku_messages', {
  seq: integer('seq').primaryKey(),
  id: text('id').notNull().unique(),
  sessionId: text('session_id').notNull(),
  roomId: text('room_id').notNull(),
  platform: text('platform').notNull(),
  source: text('source').notNull(),
  platformRoomId: text('platform_room_id').notNull(),
  platformEventId: text('platform_event_id').notNull(),
  platformUserId: text('platform_user_id').notNull(),
  username: text('username').notNull(),
  content: text('content').notNull(),
  messageType: text('message_type').notNull(),
  metadata: text('metadata', { mode: 'json' }).$type<DanmakuMetadata>().notNull(),
  sentimentScore: real('sentiment_score'),
  emotionLabels: text('emotion_labels', { mode: 'json' }).$type<string[]>(),
  intentCategory: text('intent_category'),
  analysis: text('analysis', { mode: 'json' }),
  timestamp: integer('timestamp').notNull(),
  receivedAt: integer('received_at').notNull(),
  decodedAt: integer('decoded_at').notNull(),
  processedAt: integer('processed_at'),
  abuse: real('abuse'),
});

export const emotionRecordsTable = sqliteTable('emotion_records', {
  id: text('id').primaryKey(),
  sessionId: text('session_id').notNull(),
  source: text('source', { enum: ['text', 'voice', 'face', 'behavior'] }).notNull(),
  emotionType: text('emotion_type'),
  intensity: real('intensity'),
  confidence: real('confidence'),
  rawData: text('raw_data', { mode: 'json' }),
  context: text('context', { mode: 'json' }),
  timestamp: integer('timestamp').notNull(),
  receivedAt: integer('received_at').notNull(),
});

export const aiSuggestionsTable = sqliteTable('ai_suggestions', {
  id: text('id').primaryKey(),
  sessionId: text('session_id').notNull(),
  roomId: text('room_id').notNull(),
  suggestionType: text('suggestion_type').notNull(),
  trigger: text('trigger').notNull(),
  content: text('content').notNull(),
  params: text('params', { mode: 'json' }).$type<Record<string, string | number>>().notNull(),
  context: text('context', { mode: 'json' }).$type<Evidence>().notNull(),
  confidence: real('confidence').notNull(),
  urgency: text('urgency').notNull(),
  isUsed: integer('is_used', { mode: 'boolean' }).notNull(),
  userFeedback: integer('user_feedback'),
  outcome: text('outcome').notNull(),
  createdAt: integer('created_at').notNull(),
  receivedAt: integer('received_at'),
  decidedAt: integer('decided_at').notNull(),
  shownAt: integer('shown_at'),
  usedAt: integer('used_at'),
  closedAt: integer('closed_at'),
  expiresAt: integer('expires_at').notNull(),
});

export const speechSegmentsTable = sqliteTable('speech_segments', {
  id: text('id').primaryKey(),
  sessionId: text('session_id').notNull(),
  startedAt: integer('started_at').notNull(),
  stoppedAt: integer('stopped_at').notNull(),
  loudnessDb: real('loudness_db').notNull(),
  receivedAt: integer('received_at').notNull(),
});

export const liveEventsTable = sqliteTable('live_events', {
  seq: integer('seq').primaryKey(),
  id: text('id').notNull().unique(),
  sessionId: text('session_id').notNull(),
  type: text('type').notNull(),
  at: integer('at').notNull(),
  receivedAt: integer('received_at').notNull(),
  data: text('data', { mode: 'json' }).notNull(),
});

export const sessionSummariesTable = sqliteTable('session_summaries', {
  id: text('id').primaryKey(),
  data: text('data', { mode: 'json' }).$type<SessionSummary>().notNull(),
  createdAt: integer('created_at').notNull(),
});

export const consentsTable = sqliteTable('consents', {
  version: integer('version').primaryKey(),
  kind: text('kind').notNull(),
  granted: integer('granted', { mode: 'boolean' }).notNull(),
  at: integer('at').notNull(),
  /** When the server was told; null while it was not. */
  toldAt: integer('told_at'),
});

export const outboxTable = sqliteTable('outbox', {
  /** The place in this device's queue. The server's gapless `seq` is given when the row is first sent. */
  position: integer('position').primaryKey(),
  summaryId: text('summary_id').notNull().unique(),
  kind: text('kind').notNull(),
  /** `delete` after an erase: the summary is gone here and has to go there. */
  op: text('op', { enum: ['upsert', 'delete'] }).notNull(),
  hlc: text('hlc').notNull(),
  seq: integer('seq'),
  state: text('state', { enum: ['waiting', 'sent', 'rejected'] }).notNull(),
  code: text('code'),
  createdAt: integer('created_at').notNull(),
  sentAt: integer('sent_at'),
});

export const settingsTable = sqliteTable('settings', {
  key: text('key').primaryKey(),
  value: text('value', { mode: 'json' }).notNull(),
});
