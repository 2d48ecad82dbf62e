import type { CardParams } from '../card-params.ts';
import { toHeadline, toQuote } from '../danmaku-text.ts';
import { distressFrom, distressScore } from '../distress-rules.ts';
import type { RoomMessage } from '../room-memory.ts';
import type { Candidate, Trigger } from '../trigger.ts';

/** How long a superchat waits for the text model before its card comes without its words. */
const analysisWaitMs = 1_500;
const togetherFrom = 4;
const waitingLimit = 200;
const deletedLimit = 200;

/** One card a superchat with its words, or one for several that wait. Insults and words of distress are not quoted. */
export function createSuperchatThanks(): Trigger {
  let waiting: RoomMessage[] = [];
  const deleted = new Set<string>();

  const isReady = (message: RoomMessage, nowMs: number): boolean =>
    message.analysis !== null || nowMs - message.seenAt >= analysisWaitMs;

  return {
    name: 'superchat_thanks',
    coolDownMs: 5_000,
    topicCoolDownMs: 0,
    freshDanmaku: 1,
    message(message) {
      const id = message.metadata.superchat_id;
      if (message.kind === 'superchat_delete' && id !== undefined) {
        deleted.add(id);
        if (deleted.size > deletedLimit) deleted.delete(deleted.values().next().value as string);
        waiting = waiting.filter((other) => other.metadata.superchat_id !== id);
      }
      if (message.kind !== 'superchat' || (id !== undefined && deleted.has(id))) return;
      waiting.push(message);
      // Their places in the list and in the store stay; only the card that counts them says 200.
      if (waiting.length > waitingLimit) waiting.shift();
    },
    propose(nowMs) {
      if (waiting.length === 0) return [];
      const ready = waiting.filter((message) => isReady(message, nowMs));
      if (ready.length === 0) return [];
      if (ready.length < togetherFrom) {
        waiting = waiting.filter((message) => message !== ready[0]);
        return [oneCard(ready[0]!)];
      }
      waiting = waiting.filter((message) => !ready.includes(message));
      return [manyCard(ready)];
    },
  };
}

function mayQuote(message: RoomMessage): boolean {
  return message.analysis !== null && message.analysis.abuse < 0.5 && distressScore(message.text) < distressFrom;
}

function oneCard(message: RoomMessage): Candidate {
  const { price_cents, superchat_id, duration_seconds } = message.metadata;
  const params: CardParams['superchat_thanks'] = {
    kind: 'one',
    name: message.username,
    cents: price_cents ?? -1,
    count: 1,
    superchatId: superchat_id ?? '',
  };
  // The platform shows it for its duration; a card beyond two minutes would only stand in the way.
  const lifeMs = Math.min(120, Math.max(30, duration_seconds ?? 60)) * 1000;
  return toCandidate([message], params, mayQuote(message) ? toHeadline(message.text) : '', lifeMs);
}

function manyCard(messages: readonly RoomMessage[]): Candidate {
  const known = messages.every((message) => typeof message.metadata.price_cents === 'number');
  const cents = known ? messages.reduce((sum, message) => sum + (message.metadata.price_cents ?? 0), 0) : -1;
  return toCandidate(messages, { kind: 'many', name: '', cents, count: messages.length, superchatId: '' }, '', 60_000);
}

function toCandidate(
  messages: readonly RoomMessage[],
  params: CardParams['superchat_thanks'],
  headline: string,
  lifeMs: number,
): Candidate {
  return {
    topic: messages[0]!.id,
    type: 'interaction',
    urgency: 'high',
    confidence: 0.95,
    headline,
    params,
    evidence: {
      quotes: messages
        .filter(mayQuote)
        .slice(0, 3)
        .map((message) => toQuote(message.text)),
      count: messages.length,
      windowSeconds: 60,
      danmakuIds: messages.slice(-50).map((message) => message.id),
      figures: {},
    },
    lifeMs,
    receivedAt: messages.at(-1)!.receivedAt,
  };
}
