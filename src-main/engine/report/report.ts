// What the streamer sees of a closed session: the agency's counts, and what stays on the device.
import type { SessionReport, SessionRow } from '@app/shared/ipc';
import type { LiveEvent } from '@app/shared/live-event';
import type { SessionSummary } from '@app/shared/sync';
import type { EmotionCount } from '../store/session-figures.ts';
import type { OpenSession, Store } from '../store/store.ts';
import { percentile } from '../view/latency.ts';
import { type DanmakuFigures, giftsOf, readFigures } from './danmaku-figures.ts';
import { breaksOf, latenciesOf } from './summary.ts';

/** Cards, breaks, gaps and the like are few; messages and readings are counted instead of read. */
export const besideMessages = { newestDanmaku: 0, newestReadings: 0 };

/** One row of the list of sessions. */
export function toSessionRow(session: OpenSession, store: Store): SessionRow {
  const summary = store.summary(session.id);
  const used = summary?.suggestions ?? [];
  return {
    id: session.id,
    roomName: session.room.roomName,
    platform: session.room.platform,
    source: session.source,
    startedAt: session.startedAt,
    stoppedAt: session.stoppedAt,
    danmaku: summary?.danmaku.comment ?? 0,
    gifts: summary?.danmaku.gift ?? 0,
    cards: used.reduce((sum, row) => sum + row.shown, 0),
    accepted: used.reduce((sum, row) => sum + row.used, 0),
    synced: store.outbox.state(session.id),
  };
}

/** The page of one session. Read in slices, since another session may be on air while it is opened. */
export async function makeReport(session: OpenSession, store: Store): Promise<SessionReport> {
  const figures = await readFigures(store.figures, session.id);
  const events = store.events(session.id, besideMessages);
  const stoppedAt = session.stoppedAt ?? session.lastEventAt;
  const cardList = cardsOf(events);
  const latencies = latenciesOf(events);
  const kept = keptCounts(figures, store.summary(session.id));
  return {
    ...toSessionRow(session, store),
    ...kept,
    cards: cardList.length,
    accepted: cardList.filter((card) => card.outcome === 'accepted').length,
    breaks: breaksOf(events, stoppedAt).map(({ from, to }) => ({ startedAt: from, stoppedAt: to })),
    gaps: events.flatMap((event) =>
      event.type === 'gap' ? [{ part: event.part, fromAt: event.fromAt, toAt: event.at }] : [],
    ),
    cardList,
    ...emotionsOf(store.figures.emotions(session.id)),
    minutes: minutesOf(figures),
    latency: { count: latencies.length, p50Ms: percentile(latencies, 0.5), p95Ms: percentile(latencies, 0.95) },
  };
}

/** The summary outlives the messages, which go when their keeping time is over. */
function keptCounts(figures: DanmakuFigures, summary: SessionSummary | null) {
  const { byType, viewers } = figures;
  const counted = { danmaku: byType.comment ?? 0, gifts: giftsOf(byType), byType, viewers: viewers.size };
  const all = summary?.danmaku;
  if (!all || all.comment + all.gift <= counted.danmaku + counted.gifts) return counted;
  const { comment, gift, follow, share, like } = all;
  const kinds = Object.entries({ comment, gift, follow, share, like }).filter(([, count]) => count > 0);
  return { danmaku: comment, gifts: gift, byType: Object.fromEntries(kinds), viewers: all.distinct_viewers };
}

function cardsOf(events: readonly LiveEvent[]): SessionReport['cardList'] {
  const cards = new Map<string, SessionReport['cardList'][number]>();
  for (const event of events) {
    if (event.type === 'suggestion.made') {
      const { id, trigger, headline, createdAt } = event.suggestion;
      cards.set(id, { id, trigger, headline, outcome: 'open', rating: null, createdAt });
    } else if (event.type === 'suggestion.closed') {
      const card = cards.get(event.suggestionId);
      if (card) card.outcome = event.outcome;
    } else if (event.type === 'suggestion.rated') {
      const card = cards.get(event.suggestionId);
      if (card) card.rating = event.rating;
    }
  }
  return [...cards.values()];
}

/** Shares of certain readings by label, and the share of readings that were not certain. */
function emotionsOf(counts: readonly EmotionCount[]): Pick<SessionReport, 'emotionShare' | 'uncertainShare'> {
  const sum = (rows: readonly EmotionCount[]) => rows.reduce((total, row) => total + row.count, 0);
  const certain = counts.filter((row) => row.certain);
  const all = sum(counts);
  const share = certain.map((row) => [row.label, row.count / sum(certain)]);
  return { emotionShare: Object.fromEntries(share), uncertainShare: all === 0 ? 1 : (all - sum(certain)) / all };
}

function minutesOf({ minutes }: DanmakuFigures): SessionReport['minutes'] {
  return [...minutes.values()]
    .sort((a, b) => a.at - b.at)
    .map(({ at, danmaku, sum, count }) => ({ at, danmaku, sentiment: count === 0 ? null : sum / count }));
}
