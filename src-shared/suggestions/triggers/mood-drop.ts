import { createRoomMood, nextRoomMood, readRoomMood } from '../../emotion/room-mood.ts';
import { Recent } from '../recent.ts';
import type { RoomMessage } from '../room-memory.ts';
import type { Trigger } from '../trigger.ts';

/** A fall of a third of the scale; ordinary half-minutes differ by less than 0.2 (docs/suggestions.md). */
const dropNeeded = 0.35;
/** And below the middle: a room that goes from glad to calm has not soured. */
const below = -0.15;
/** The fall must hold so long; one bad joke is over by then. */
const holdsMs = 8_000;
const least = 6;
const windowMs = 60_000;
const lookEveryMs = 500;
/** One viewer counts once in 10 s, so that nobody makes a mood alone. */
const perViewerMs = 10_000;
const viewerLimit = 2_000;

/** The room's mood fell clearly below that of the last minutes and stayed there. */
export function createMoodDrop(): Trigger {
  let mood = createRoomMood();
  const negative = new Recent<RoomMessage>(windowMs, 200);
  const heardAt = new Map<string, number>();
  let fellAt: number | null = null;
  let lookAt = 0;

  function countsNow(viewer: string, nowMs: number): boolean {
    const last = heardAt.get(viewer);
    if (last !== undefined && nowMs - last < perViewerMs) return false;
    heardAt.delete(viewer);
    heardAt.set(viewer, nowMs);
    if (heardAt.size > viewerLimit) heardAt.delete(heardAt.keys().next().value as string);
    return true;
  }

  return {
    name: 'mood_drop',
    coolDownMs: 480_000,
    topicCoolDownMs: 0,
    freshDanmaku: least,
    analyzed(message, nowMs) {
      if (message.kind !== 'comment' || !countsNow(message.viewer, nowMs)) return;
      const { sentiment, certain, abuse } = message.analysis!;
      // Attacks are the shield's business; they are not what the room feels.
      if (abuse >= 0.5) return;
      mood = nextRoomMood(mood, { sentiment, certain }, nowMs);
      if (sentiment < -0.2) negative.add(message, nowMs);
    },
    propose(nowMs) {
      if (nowMs < lookAt) return [];
      lookAt = nowMs + lookEveryMs;
      const { sentiment, before, messages } = readRoomMood(mood, nowMs);
      const fell = sentiment !== null && before !== null && sentiment <= below && before - sentiment >= dropNeeded;
      if (!fell) {
        fellAt = null;
        return [];
      }
      fellAt ??= nowMs;
      if (nowMs - fellAt < holdsMs) return [];
      const ids = [...new Map(negative.since(nowMs).map((message) => [message.viewer, message.id])).values()];
      if (ids.length < least) return [];
      return [
        {
          topic: 'mood',
          type: 'emotion',
          urgency: 'medium',
          confidence: Math.min(0.9, 0.55 + 0.5 * (before - sentiment - dropNeeded)),
          headline: '',
          params: { messages },
          evidence: {
            quotes: [],
            count: messages,
            windowSeconds: windowMs / 1000,
            danmakuIds: ids.slice(-50),
            figures: { sentiment, before },
          },
          lifeMs: 40_000,
        },
      ];
    },
  };
}
