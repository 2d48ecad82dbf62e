// What summary and report count, read in slices: a long session is counted without holding up what is live.
import type { EmotionLabel } from '@app/shared/emotion/labels';
import type { MessageType } from '@app/shared/live-event';
import type { Sqlite } from './open-database.ts';

/** What counting needs of one message, and nothing of what was said. */
export type DanmakuFact = {
  seq: number;
  id: string;
  messageType: MessageType;
  viewer: string;
  receivedAt: number;
  likes: number | null;
  /** All three are null until the text model has read the message. */
  sentiment: number | null;
  intent: string | null;
  abuse: number | null;
};
export type EmotionCount = { label: EmotionLabel; certain: boolean; count: number };

export type SessionFigures = {
  /** The next messages of a session in order of arrival, after the given one. */
  facts(sessionId: string, after: DanmakuFact | null, limit: number): DanmakuFact[];
  /** Readings that had an emotion, by label and certainty. */
  emotions(sessionId: string): EmotionCount[];
};

/** Prepares the statements once. */
export function prepareFigures(db: Sqlite): SessionFigures {
  const facts = db.prepare<[string, number, number, number], DanmakuFact>(
    `SELECT seq, id, message_type AS messageType, platform_user_id AS viewer, received_at AS receivedAt,
       iif(message_type = 'like', json_extract(metadata, '$.like_count'), NULL) AS likes,
       sentiment_score AS sentiment, intent_category AS intent, abuse
     FROM danmaku_messages WHERE session_id = ? AND (received_at, seq) > (?, ?) ORDER BY received_at, seq LIMIT ?`,
  );
  const emotions = db.prepare<[string], { label: EmotionLabel; certain: number; count: number }>(
    `SELECT emotion_type AS label, json_extract(context, '$.certain') AS certain, count(*) AS count FROM emotion_records
     WHERE session_id = ? AND emotion_type IS NOT NULL GROUP BY 1, 2`,
  );
  return {
    facts: (sessionId, after, limit) => facts.all(sessionId, after?.receivedAt ?? -1, after?.seq ?? -1, limit),
    emotions: (sessionId) => emotions.all(sessionId).map((row) => ({ ...row, certain: row.certain === 1 })),
  };
}
