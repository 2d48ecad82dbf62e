import type { CardParams } from '../card-params.ts';
import { Recent } from '../recent.ts';
import type { RoomMessage } from '../room-memory.ts';
import type { SuggestionSettings } from '../settings.ts';
import type { Candidate, Trigger } from '../trigger.ts';

/** A gift streak as it runs. `cents` is what is known of its value; events carry their own part of it. */
type Streak = {
  name: string;
  viewer: string;
  gift: string;
  guard: boolean;
  count: number;
  cents: number;
  danmakuIds: string[];
  lastAt: number;
  ended: boolean;
  streak: boolean;
};

/** Platforms often lose the end of a streak (product facts, section 3): after 10 s of silence it is over. */
const streakSilenceMs = 10_000;
/** Gifts without a streak id are single clicks; 3 s join the clicks of one hand. */
const clickSilenceMs = 3_000;
const openLimit = 500;
/** More waiting than this are thanked together: names read out one after another are no longer heard. */
const togetherFrom = 4;
const smallWindowMs = 120_000;
/** Six people in two minutes: a trickle of thirty small gifts an hour almost never comes that close together. */
const smallViewers = 6;
const idLimit = 50;

function toStreak(message: RoomMessage): Streak {
  const { metadata, kind } = message;
  return {
    name: message.username,
    viewer: message.viewer,
    gift: metadata.gift_name ?? '',
    guard: kind === 'guard',
    count: 0,
    cents: 0,
    danmakuIds: [],
    lastAt: message.seenAt,
    ended: false,
    streak: metadata.streak_id !== undefined,
  };
}

function grow(streak: Streak, message: RoomMessage): void {
  streak.count += Math.max(1, message.metadata.gift_count ?? 1);
  streak.cents += Math.max(0, message.metadata.price_cents ?? 0);
  if (streak.danmakuIds.length < idLimit) streak.danmakuIds.push(message.id);
  streak.lastAt = message.seenAt;
  streak.ended = streak.guard || message.metadata.streak_end === true;
}

/** Thanks for gifts: one card a big streak when it ends, one for many small gifts. It never asks for more. */
export function createGiftThanks(): Trigger {
  const open = new Map<string, Streak>();
  const big: Streak[] = [];
  const small = new Recent<Streak>(smallWindowMs, 500);

  function close(key: string, streak: Streak, nowMs: number, settings: SuggestionSettings): void {
    open.delete(key);
    if (streak.guard || streak.cents >= settings.giftCardCents) big.push(streak);
    else small.add(streak, nowMs);
  }

  function closeEnded(nowMs: number, settings: SuggestionSettings): void {
    for (const [key, streak] of open) {
      const silence = streak.streak ? streakSilenceMs : clickSilenceMs;
      if (streak.ended || nowMs - streak.lastAt >= silence || open.size > openLimit)
        close(key, streak, nowMs, settings);
    }
  }

  let lookAt = 0;
  return {
    name: 'gift_thanks',
    // Long enough to say a name and a thank-you.
    coolDownMs: 5_000,
    topicCoolDownMs: 0,
    freshDanmaku: 1,
    message(message) {
      if (message.kind !== 'gift' && message.kind !== 'guard') return;
      const { streak_id, gift_id, gift_name } = message.metadata;
      const key = `${message.viewer}:${message.kind}:${streak_id ?? gift_id ?? gift_name ?? ''}`;
      const streak = open.get(key) ?? toStreak(message);
      grow(streak, message);
      open.set(key, streak);
      if (streak.ended || open.size > openLimit) lookAt = 0;
    },
    propose(nowMs, settings) {
      if (nowMs >= lookAt) {
        // Half a second is soon enough for thanks and keeps a gift storm cheap.
        lookAt = nowMs + 500;
        closeEnded(nowMs, settings);
      }
      if (big.length >= togetherFrom) return [together(big.splice(0), 'medium')];
      const [next] = big.splice(0, 1);
      if (next) return [thanksTo(next, settings)];
      const viewers = new Set<string>();
      if (small.size < smallViewers) return [];
      const recent = small.since(nowMs);
      for (const streak of recent) viewers.add(streak.viewer);
      if (viewers.size < smallViewers) return [];
      small.clear();
      return [together(recent, 'low')];
    },
  };
}

function thanksTo(streak: Streak, settings: SuggestionSettings): Candidate {
  const params: CardParams['gift_thanks'] = {
    kind: streak.guard ? 'guard' : 'one',
    name: streak.name,
    gift: streak.gift,
    count: streak.count,
    viewers: 1,
  };
  // Ten times the threshold is rare in every room: such a viewer should not wait behind a question.
  const rare = streak.guard || streak.cents >= 10 * settings.giftCardCents;
  return toCandidate(params, [streak], rare ? 'high' : 'medium');
}

function together(streaks: readonly Streak[], urgency: 'medium' | 'low'): Candidate {
  const viewers = new Set(streaks.map((streak) => streak.viewer)).size;
  const count = streaks.reduce((sum, streak) => sum + streak.count, 0);
  return toCandidate({ kind: 'many', name: '', gift: '', count, viewers }, streaks, urgency);
}

function toCandidate(
  params: CardParams['gift_thanks'],
  streaks: readonly Streak[],
  urgency: Candidate['urgency'],
): Candidate {
  const danmakuIds = streaks.flatMap((streak) => streak.danmakuIds).slice(-idLimit);
  return {
    topic: danmakuIds[0] ?? '',
    type: 'interaction',
    urgency,
    // Counted, not guessed; what stays open is only whether the platform sent everything.
    confidence: 0.95,
    headline: '',
    params,
    evidence: {
      quotes: [],
      count: params.count,
      windowSeconds: smallWindowMs / 1000,
      danmakuIds,
      figures: { cents: streaks.reduce((sum, streak) => sum + streak.cents, 0) },
    },
    // Thanks after more than a minute sound like a list.
    lifeMs: 60_000,
  };
}
