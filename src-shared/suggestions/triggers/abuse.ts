import { Recent } from '../recent.ts';
import type { RoomMessage } from '../room-memory.ts';
import type { Trigger } from '../trigger.ts';

/** Where the windows fold a message as an attack; high, since rude words are also friends' talk. */
export const foldFrom = 0.7;
const windowMs = 60_000;
const least = 3;
/** From here on the moderator is needed. */
const many = 10;
const lookEveryMs = 500;

/** Attacks were folded away: how many, from how many people, never their words. */
export function createAbuse(): Trigger {
  const recent = new Recent<RoomMessage>(windowMs, 500);
  let changed = false;
  let lookAt = 0;
  return {
    name: 'abuse',
    // Longer than the window, so that no attack is counted on two cards.
    coolDownMs: 120_000,
    topicCoolDownMs: 0,
    freshDanmaku: least,
    analyzed(message, nowMs) {
      if ((message.kind !== 'comment' && message.kind !== 'superchat') || message.analysis!.abuse < foldFrom) return;
      recent.add(message, nowMs);
      changed = true;
    },
    propose(nowMs) {
      if (!changed || nowMs < lookAt) return [];
      lookAt = nowMs + lookEveryMs;
      changed = false;
      const attacks = recent.since(nowMs);
      if (attacks.length < least) return [];
      const viewers = new Set(attacks.map((message) => message.viewer)).size;
      const sure = attacks.reduce((sum, message) => sum + message.analysis!.abuse, 0) / attacks.length;
      return [
        {
          topic: 'abuse',
          type: 'emotion',
          urgency: attacks.length >= many ? 'high' : 'medium',
          confidence: sure,
          headline: '',
          params: { count: attacks.length, viewers },
          evidence: {
            quotes: [],
            count: attacks.length,
            windowSeconds: windowMs / 1000,
            danmakuIds: attacks.slice(-50).map((message) => message.id),
            figures: { viewers },
          },
          lifeMs: 30_000,
          receivedAt: attacks.at(-1)!.receivedAt,
        },
      ];
    },
  };
}
