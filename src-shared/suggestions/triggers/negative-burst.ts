import { contentGrams, gramLikeness, normalize, toHeadline } from '../danmaku-text.ts';
import { Recent } from '../recent.ts';
import type { RoomMessage } from '../room-memory.ts';
import type { Trigger } from '../trigger.ts';
import { newestQuotes } from './intent-burst.ts';

const windowMs = 45_000;
/** Six people who are unhappy at once share a cause; two or three always are. */
const least = 6;
/** And at least three of ten who write: in a big room six are few. */
const leastShare = 0.3;
const lookEveryMs = 1_000;
/** Complaints at least this alike are about one thing, which may then be quoted as the headline. */
const sameThing = 0.2;

/** A complaint or clearly negative and certain words; insults are the shield's business. */
function isUnhappy(message: RoomMessage): boolean {
  const { analysis } = message;
  if (!analysis || analysis.abuse >= 0.5) return false;
  const complains = (analysis.intent.scores.complaint ?? 0) >= 0.6;
  return complains || (analysis.certain && analysis.sentiment <= -0.4);
}

/** Many viewers are unhappy within 45 s, with their own words of what it is. */
export function createNegativeBurst(): Trigger {
  const writers = new Recent<string>(windowMs, 4_000);
  const unhappy = new Recent<RoomMessage>(windowMs, 300);
  let changed = false;
  let lookAt = 0;
  return {
    name: 'negative_burst',
    coolDownMs: 180_000,
    topicCoolDownMs: 0,
    freshDanmaku: least,
    analyzed(message, nowMs) {
      if (message.kind !== 'comment') return;
      writers.add(message.viewer, nowMs);
      if (!isUnhappy(message)) return;
      unhappy.add(message, nowMs);
      changed = true;
    },
    propose(nowMs) {
      if (!changed || nowMs < lookAt) return [];
      lookAt = nowMs + lookEveryMs;
      changed = false;
      const byViewer = new Map(unhappy.since(nowMs).map((message) => [message.viewer, message]));
      const viewers = byViewer.size;
      if (viewers < least) return [];
      const share = viewers / Math.max(viewers, new Set(writers.since(nowMs)).size);
      if (share < leastShare) return [];
      const messages = [...byViewer.values()];
      const { message, likeness } = mostAlike(messages.slice(-24));
      return [
        {
          topic: 'negative_burst',
          type: 'emotion',
          urgency: 'high',
          confidence: Math.min(0.95, 0.5 + 0.3 * share + 0.02 * viewers),
          headline: likeness >= sameThing ? toHeadline(message.text) : '',
          params: { viewers },
          evidence: {
            quotes: newestQuotes([...messages, message], 3),
            count: viewers,
            windowSeconds: windowMs / 1000,
            danmakuIds: messages.slice(-50).map((one) => one.id),
            figures: { share },
          },
          lifeMs: 40_000,
          receivedAt: messages.at(-1)!.receivedAt,
        },
      ];
    },
  };
}

function mostAlike(messages: readonly RoomMessage[]): { message: RoomMessage; likeness: number } {
  const grams = messages.map((message) => contentGrams(normalize(message.text)));
  let best = { message: messages[0]!, likeness: -1 };
  for (const [i, message] of messages.entries()) {
    let sum = 0;
    for (const [j, other] of grams.entries()) if (i !== j) sum += gramLikeness(grams[i]!, other);
    const likeness = sum / Math.max(1, messages.length - 1);
    if (likeness > best.likeness) best = { message, likeness };
  }
  return best;
}
