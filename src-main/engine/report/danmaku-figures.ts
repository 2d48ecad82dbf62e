// The messages of a session in counts, added up one by one, from events in memory or from rows of the store.
import { type LiveEvent, type MessageType, moneyTypes } from '@app/shared/live-event';
import { foldFrom } from '@app/shared/suggestions/triggers/abuse';
import type { DanmakuFact, SessionFigures } from '../store/session-figures.ts';

const questionIntents = ['question', 'price', 'logistics'];
const minuteMs = 60_000;
/** The platform adds likes up by itself; the server takes counts up to this one. */
const mostLikes = 1_000_000_000;

type Minute = { at: number; danmaku: number; sum: number; count: number };

export type DanmakuFigures = {
  byType: Record<string, number>;
  likes: number;
  abusive: number;
  viewers: Set<string>;
  /** Ids of messages that ask something and are no attack. */
  questions: Set<string>;
  minutes: Map<number, Minute>;
  analyzed: number;
};

/** Counts of nothing yet. */
export function emptyFigures(): DanmakuFigures {
  return {
    byType: {},
    likes: 0,
    abusive: 0,
    viewers: new Set(),
    questions: new Set(),
    minutes: new Map(),
    analyzed: 0,
  };
}

function minuteOf(figures: DanmakuFigures, time: number): Minute {
  const at = Math.floor(time / minuteMs) * minuteMs;
  const minute = figures.minutes.get(at) ?? { at, danmaku: 0, sum: 0, count: 0 };
  figures.minutes.set(at, minute);
  return minute;
}

function addMessage(
  figures: DanmakuFigures,
  message: { messageType: MessageType; viewer: string; receivedAt: number; likes: number | null },
): void {
  const { messageType, viewer, receivedAt, likes } = message;
  figures.byType[messageType] = (figures.byType[messageType] ?? 0) + 1;
  if (messageType === 'like') figures.likes = Math.min(mostLikes, figures.likes + Math.max(1, likes ?? 1));
  if (viewer) figures.viewers.add(viewer);
  minuteOf(figures, receivedAt).danmaku += 1;
}

function addAnalysis(
  figures: DanmakuFigures,
  id: string,
  receivedAt: number,
  said: { sentiment: number; intent: string; abuse: number },
): void {
  figures.analyzed += 1;
  if (said.abuse >= foldFrom) figures.abusive += 1;
  else if (questionIntents.includes(said.intent)) figures.questions.add(id);
  const minute = minuteOf(figures, receivedAt);
  minute.sum += said.sentiment;
  minute.count += 1;
}

/** Adds one row of the store. */
export function addFact(figures: DanmakuFigures, fact: DanmakuFact): void {
  addMessage(figures, fact);
  const { id, receivedAt, sentiment, intent, abuse } = fact;
  if (sentiment !== null && intent !== null && abuse !== null) {
    addAnalysis(figures, id, receivedAt, { sentiment, intent, abuse });
  }
}

/** The figures of events in memory; what is no danmaku is passed over. */
export function figuresOf(events: readonly LiveEvent[]): DanmakuFigures {
  const figures = emptyFigures();
  for (const event of events) {
    if (event.type === 'danmaku.received') {
      const { messageType, platformUserId: viewer, metadata } = event.danmaku;
      addMessage(figures, { messageType, viewer, receivedAt: event.receivedAt, likes: metadata.like_count ?? null });
    } else if (event.type === 'danmaku.analyzed') {
      const { sentiment, intent, abuse } = event.analysis;
      addAnalysis(figures, event.danmakuId, event.receivedAt, { sentiment, intent: intent.label, abuse });
    }
  }
  return figures;
}

/** Gifts, superchats and guards; one that the platform took back is not a second gift. */
export const giftsOf = (byType: Record<string, number>): number =>
  moneyTypes.reduce((sum, type) => sum + (type === 'superchat_delete' ? 0 : (byType[type] ?? 0)), 0);

/** Five milliseconds or so, and less than a danmaku waits for the eye. */
const rowsAtOnce = 500;

/** Reads a session's figures from the store, letting go of the event loop between slices. */
export async function readFigures(source: SessionFigures, sessionId: string): Promise<DanmakuFigures> {
  const figures = emptyFigures();
  for (let last: DanmakuFact | null = null; ; ) {
    const facts = source.facts(sessionId, last, rowsAtOnce);
    for (const fact of facts) addFact(figures, fact);
    if (facts.length < rowsAtOnce) return figures;
    last = facts.at(-1)!;
    await new Promise((resolve) => setImmediate(resolve));
  }
}
