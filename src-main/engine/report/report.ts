// What the streamer sees of a closed session: the agency's counts, and what stays on the device.
import type { SessionReport, SessionRow } from '@app/shared/ipc';
import { type LiveEvent, moneyTypes } from '@app/shared/live-event';
import type { OpenSession, Store } from '../store/store.ts';
import { percentile } from '../view/latency.ts';
import { breaksOf, latenciesOf } from './summary.ts';

const minuteMs = 60_000;

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

/** The page of one session, made from its events. */
export function makeReport(session: OpenSession, store: Store): SessionReport {
  const events = store.events(session.id);
  const stoppedAt = session.stoppedAt ?? session.lastEventAt;
  const byType: Record<string, number> = {};
  const viewers = new Set<string>();
  let gifts = 0;
  for (const event of events) {
    if (event.type !== 'danmaku.received') continue;
    const { messageType, platformUserId } = event.danmaku;
    byType[messageType] = (byType[messageType] ?? 0) + 1;
    if (platformUserId) viewers.add(platformUserId);
    if (moneyTypes.includes(messageType)) gifts += 1;
  }
  const cardList = cardsOf(events);
  const latencies = latenciesOf(events);
  return {
    ...toSessionRow(session, store),
    danmaku: byType.comment ?? 0,
    gifts,
    cards: cardList.length,
    accepted: cardList.filter((card) => card.outcome === 'accepted').length,
    byType,
    viewers: viewers.size,
    breaks: breaksOf(events, stoppedAt).map(({ from, to }) => ({ startedAt: from, stoppedAt: to })),
    gaps: events.flatMap((event) =>
      event.type === 'gap' ? [{ part: event.part, fromAt: event.fromAt, toAt: event.at }] : [],
    ),
    cardList,
    ...emotionsOf(events),
    minutes: minutesOf(events),
    latency: { count: latencies.length, p50Ms: percentile(latencies, 0.5), p95Ms: percentile(latencies, 0.95) },
  };
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
function emotionsOf(events: readonly LiveEvent[]): Pick<SessionReport, 'emotionShare' | 'uncertainShare'> {
  const share: Record<string, number> = {};
  let certain = 0;
  let all = 0;
  for (const event of events) {
    if (event.type !== 'emotion.observed' || !event.emotion) continue;
    all += 1;
    if (!event.certain) continue;
    certain += 1;
    share[event.emotion.label] = (share[event.emotion.label] ?? 0) + 1;
  }
  for (const label of Object.keys(share)) share[label] = share[label]! / certain;
  return { emotionShare: share, uncertainShare: all === 0 ? 1 : (all - certain) / all };
}

function minutesOf(events: readonly LiveEvent[]): SessionReport['minutes'] {
  const minutes = new Map<number, { at: number; danmaku: number; sum: number; count: number }>();
  const minuteOf = (time: number) => {
    const at = Math.floor(time / minuteMs) * minuteMs;
    const minute = minutes.get(at) ?? { at, danmaku: 0, sum: 0, count: 0 };
    minutes.set(at, minute);
    return minute;
  };
  for (const event of events) {
    if (event.type === 'danmaku.received') minuteOf(event.receivedAt).danmaku += 1;
    if (event.type === 'danmaku.analyzed') {
      const minute = minuteOf(event.receivedAt);
      minute.sum += event.analysis.sentiment;
      minute.count += 1;
    }
  }
  return [...minutes.values()]
    .sort((a, b) => a.at - b.at)
    .map(({ at, danmaku, sum, count }) => ({ at, danmaku, sentiment: count === 0 ? null : sum / count }));
}
