import { normalize, toQuote } from '../danmaku-text.ts';
import { askingIntent, looksAsked } from '../question-likeness.ts';
import { Recent } from '../recent.ts';
import type { RoomMessage } from '../room-memory.ts';
import type { Candidate, Trigger } from '../trigger.ts';

type BurstOptions = {
  name: 'price_question' | 'logistics_question' | 'purchase_intent';
  viewers: number;
  windowMs: number;
  matches(message: RoomMessage): boolean;
};

/** Looking through the window twenty times a second keeps a flood cheap and a card prompt. */
const lookEveryMs = 50;

/** The newest message of each viewer, oldest first. */
function newestByViewer(messages: readonly RoomMessage[]): RoomMessage[] {
  const byViewer = new Map<string, RoomMessage>();
  for (const message of messages) {
    byViewer.delete(message.viewer);
    byViewer.set(message.viewer, message);
  }
  return [...byViewer.values()];
}

/** Up to `limit` of the newest texts that are worded differently, cut to quotes. */
export function newestQuotes(messages: readonly RoomMessage[], limit: number): string[] {
  const quotes = new Map<string, string>();
  for (const message of [...messages].reverse()) {
    const key = normalize(message.text);
    if (quotes.size < limit && key !== '' && !quotes.has(key)) quotes.set(key, toQuote(message.text));
  }
  return [...quotes.values()];
}

function createIntentBurst(options: BurstOptions): Trigger {
  const recent = new Recent<RoomMessage>(options.windowMs, 300);
  let changed = false;
  let lookAt = 0;
  return {
    name: options.name,
    // A shop is asked for prices all the time: a reminder every four minutes, not every minute.
    coolDownMs: 240_000,
    topicCoolDownMs: 0,
    // Whoever was on a card about one repeated question does not make a second card.
    freshDanmaku: options.viewers,
    analyzed(message, nowMs) {
      if (message.kind !== 'comment' || message.analysis!.abuse >= 0.5 || !options.matches(message)) return;
      recent.add(message, nowMs);
      changed = true;
    },
    propose(nowMs) {
      if (!changed || nowMs < lookAt) return [];
      lookAt = nowMs + lookEveryMs;
      changed = false;
      const messages = newestByViewer(recent.since(nowMs));
      return messages.length < options.viewers ? [] : [toCandidate(options, messages)];
    },
  };
}

function toCandidate(options: BurstOptions, messages: readonly RoomMessage[]): Candidate {
  const viewers = messages.length;
  return {
    topic: options.name,
    type: 'product',
    urgency: 'medium',
    // Start value: 0.6 at the least number, more with each further viewer.
    confidence: Math.min(0.95, 0.6 + 0.05 * (viewers - options.viewers)),
    headline: '',
    params: { viewers },
    evidence: {
      quotes: newestQuotes(messages, 3),
      count: viewers,
      windowSeconds: options.windowMs / 1000,
      danmakuIds: messages.slice(-50).map((message) => message.id),
      figures: {},
    },
    lifeMs: 45_000,
    receivedAt: messages.at(-1)!.receivedAt,
  };
}

/** The model's price label holds wishes to buy too (上车了, 还有货吗); this figure tells them apart. */
const wantsToBuy = (message: RoomMessage): boolean => message.analysis!.intent.purchase >= 0.6;

const asks = (message: RoomMessage, intent: 'price' | 'logistics'): boolean =>
  askingIntent(message.analysis!) === intent && looksAsked(message.text);

/** Five viewers ask about prices within a minute, about whatever goods. */
export const createPriceQuestion = (): Trigger =>
  createIntentBurst({
    name: 'price_question',
    viewers: 5,
    windowMs: 60_000,
    matches: (message) => asks(message, 'price') && !wantsToBuy(message),
  });

/** Five viewers ask about shipping within a minute, each something else. */
export const createLogisticsQuestion = (): Trigger =>
  createIntentBurst({
    name: 'logistics_question',
    viewers: 5,
    windowMs: 60_000,
    matches: (message) => asks(message, 'logistics'),
  });

/** Three viewers say within a minute that they want to buy. */
export const createPurchaseIntent = (): Trigger =>
  createIntentBurst({
    name: 'purchase_intent',
    viewers: 3,
    windowMs: 60_000,
    matches: wantsToBuy,
  });
