import type { CardParams } from '../card-params.ts';
import { toQuote } from '../danmaku-text.ts';
import { distressFrom, distressScore } from '../distress-rules.ts';
import type { RoomMessage } from '../room-memory.ts';
import type { Trigger } from '../trigger.ts';

/** One card a viewer in ten minutes: the streamer knows, and each further line would only press. */
const perViewerMs = 10 * 60_000;
/** Two hints of one viewer within ten minutes weigh like one plain sentence. */
const hintFrom = 0.55;
const viewerLimit = 500;
const waitingLimit = 20;

type Found = { message: RoomMessage; score: number };

/** A viewer's words say they may be in danger: the platform's report route and one safe sentence. Never a diagnosis. */
export function createViewerDistress(): Trigger {
  let waiting: Found[] = [];
  const hints = new Map<string, number>();
  const carded = new Map<string, number>();

  function bound(map: Map<string, number>): void {
    while (map.size > viewerLimit) map.delete(map.keys().next().value as string);
  }

  /** The score of the words, raised when the same viewer hinted at it a moment ago. */
  function scoreOf(message: RoomMessage, nowMs: number): number {
    const score = distressScore(message.text);
    if (score < hintFrom || score >= distressFrom) return score;
    const hinted = hints.get(message.viewer);
    hints.delete(message.viewer);
    hints.set(message.viewer, nowMs);
    bound(hints);
    return hinted !== undefined && nowMs - hinted < perViewerMs ? distressFrom : score;
  }

  return {
    name: 'viewer_distress',
    coolDownMs: 60_000,
    topicCoolDownMs: 0,
    freshDanmaku: 1,
    message(message, nowMs) {
      if (message.kind !== 'comment' && message.kind !== 'superchat') return;
      const score = scoreOf(message, nowMs);
      const last = carded.get(message.viewer);
      if (score < distressFrom || (last !== undefined && nowMs - last < perViewerMs)) return;
      waiting.push({ message, score });
      if (waiting.length > waitingLimit) waiting.shift();
    },
    propose(nowMs) {
      if (waiting.length === 0) return [];
      const found = waiting;
      waiting = [];
      for (const { message } of found) {
        carded.delete(message.viewer);
        carded.set(message.viewer, nowMs);
      }
      bound(carded);
      const last = found.at(-1)!;
      const params: CardParams['viewer_distress'] = { name: last.message.username, count: found.length };
      return [
        {
          topic: last.message.id,
          type: 'emergency',
          urgency: 'critical',
          confidence: Math.max(...found.map((one) => one.score)),
          // Such words do not belong in large letters next to a stream.
          headline: '',
          params,
          evidence: {
            quotes: found.slice(-3).map((one) => toQuote(one.message.text)),
            count: found.length,
            windowSeconds: 60,
            danmakuIds: found.map((one) => one.message.id),
            figures: {},
          },
          lifeMs: 120_000,
          receivedAt: last.message.receivedAt,
        },
      ];
    },
  };
}
