// Writes LiveEvents, each once, to the table of its kind. Prepared statements: this is the hot path of the store.
import { type EmotionLabel, withoutVector } from '@app/shared/emotion/labels';
import type { LiveEvent } from '@app/shared/live-event';
import type { Sqlite } from './open-database.ts';

type Writer = (event: LiveEvent) => void;
type Of<T extends LiveEvent['type']> = Extract<LiveEvent, { type: T }>;

/** Prepares the statements once; the writer takes any events, and taking one twice has no effect. */
export function prepareWriter(db: Sqlite): (events: readonly LiveEvent[]) => void {
  const danmaku = prepareDanmaku(db);
  const suggestions = prepareSuggestions(db);
  const emotion = prepareEmotion(db);
  const speech = db.prepare('INSERT OR IGNORE INTO speech_segments VALUES (?, ?, ?, ?, ?, ?)');
  const other = db.prepare(
    'INSERT OR IGNORE INTO live_events (id, session_id, type, at, received_at, data) VALUES (?, ?, ?, ?, ?, ?)',
  );
  const touch = db.prepare('UPDATE live_sessions SET last_event_at = max(last_event_at, ?) WHERE id = ?');
  const stop = db.prepare('UPDATE live_sessions SET stopped_at = ? WHERE id = ? AND stopped_at IS NULL');
  const write: Writer = (event) => {
    switch (event.type) {
      case 'danmaku.received':
        return danmaku.received(event);
      case 'danmaku.analyzed':
        return danmaku.analyzed(event);
      case 'emotion.observed':
        return emotion(event);
      case 'speech.segment':
        return void speech.run(event.id, event.sessionId, event.startAt, event.at, event.loudnessDb, event.receivedAt);
      case 'suggestion.made':
        return suggestions.made(event);
      case 'suggestion.shown':
        return suggestions.shown(event);
      case 'suggestion.closed':
        return suggestions.closed(event);
      case 'suggestion.rated':
        return suggestions.rated(event);
      default: {
        if (event.type === 'session.stopped') stop.run(event.at, event.sessionId);
        const { id, sessionId, type, at, receivedAt, ...data } = event;
        return void other.run(id, sessionId, type, at, receivedAt, JSON.stringify(data));
      }
    }
  };
  return (events) => {
    const lastAt = new Map<string, number>();
    for (const event of events) {
      write(event);
      lastAt.set(event.sessionId, Math.max(lastAt.get(event.sessionId) ?? 0, event.receivedAt));
    }
    for (const [sessionId, at] of lastAt) touch.run(at, sessionId);
  };
}

function prepareDanmaku(db: Sqlite) {
  const insert = db.prepare(
    `INSERT OR IGNORE INTO danmaku_messages (id, session_id, room_id, platform, source, platform_room_id,
       platform_event_id, platform_user_id, username, content, message_type, metadata, timestamp, received_at, decoded_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const analyze = db.prepare(
    `UPDATE danmaku_messages SET sentiment_score = ?, emotion_labels = ?, intent_category = ?, analysis = ?,
       processed_at = ?, abuse = ? WHERE id = ?`,
  );
  return {
    received(event: Of<'danmaku.received'>) {
      const d = event.danmaku;
      insert.run(
        event.id,
        event.sessionId,
        event.roomId,
        d.platform,
        d.source,
        d.platformRoomId,
        d.platformEventId,
        d.platformUserId,
        d.username,
        d.content,
        d.messageType,
        JSON.stringify(d.metadata),
        d.at,
        event.receivedAt,
        event.decodedAt,
      );
    },
    analyzed(event: Of<'danmaku.analyzed'>) {
      const analysis = withoutVector(event.analysis);
      const labels: EmotionLabel[] = analysis.certain ? [analysis.emotion.label] : [];
      const kept = JSON.stringify({ id: event.id, at: event.at, receivedAt: event.receivedAt, analysis });
      analyze.run(
        analysis.sentiment,
        JSON.stringify(labels),
        analysis.intent.label,
        kept,
        event.inferredAt,
        analysis.abuse,
        event.danmakuId,
      );
    },
  };
}

function prepareSuggestions(db: Sqlite) {
  const made = db.prepare(
    `INSERT OR IGNORE INTO ai_suggestions (id, session_id, room_id, suggestion_type, trigger, content, params, context,
       confidence, urgency, outcome, created_at, received_at, decided_at, expires_at)
     SELECT ?, ?, room_id, ?, ?, ?, ?, ?, ?, ?, 'open', ?, ?, ?, ? FROM live_sessions WHERE id = ?`,
  );
  const shown = db.prepare('UPDATE ai_suggestions SET shown_at = ? WHERE id = ? AND shown_at IS NULL');
  const closed = db.prepare(
    `UPDATE ai_suggestions SET outcome = ?, is_used = (? = 'accepted'), used_at = iif(? = 'accepted', ?, used_at), closed_at = ?
     WHERE id = ? AND outcome = 'open'`,
  );
  const rated = db.prepare('UPDATE ai_suggestions SET user_feedback = ? WHERE id = ?');
  return {
    made(event: Of<'suggestion.made'>) {
      const s = event.suggestion;
      made.run(
        s.id,
        event.sessionId,
        s.type,
        s.trigger,
        s.headline,
        JSON.stringify(s.params),
        JSON.stringify(s.evidence),
        s.confidence,
        s.urgency,
        s.createdAt,
        s.receivedAt ?? null,
        s.decidedAt,
        s.expiresAt,
        event.sessionId,
      );
    },
    shown: (event: Of<'suggestion.shown'>) => void shown.run(event.shownAt, event.suggestionId),
    closed({ outcome, at, suggestionId }: Of<'suggestion.closed'>) {
      closed.run(outcome, outcome, outcome, at, at, suggestionId);
    },
    rated: (event: Of<'suggestion.rated'>) => void rated.run(event.rating, event.suggestionId),
  };
}

function prepareEmotion(db: Sqlite) {
  const insert = db.prepare('INSERT OR IGNORE INTO emotion_records VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)');
  return (event: Of<'emotion.observed'>) => {
    const { emotion } = event;
    insert.run(
      event.id,
      event.sessionId,
      event.source,
      emotion?.label ?? null,
      emotion ? Math.max(0, Math.min(1, 1 - emotion.scores.neutral)) : null,
      emotion?.confidence ?? null,
      emotion ? JSON.stringify(emotion.scores) : null,
      JSON.stringify({ certain: event.certain, reason: event.reason, figures: event.figures }),
      event.at,
      event.receivedAt,
    );
  };
}
