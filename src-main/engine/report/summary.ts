// The closed session in counts: what an agency may see. Nothing of what was said, nothing about emotion.
import type { LiveEvent, Suggestion } from '@app/shared/live-event';
import { type SessionSummary, sessionSummary, sessionSummarySchema } from '@app/shared/sync';
import type { OpenSession } from '../store/store.ts';
import { percentile } from '../view/latency.ts';
import { type DanmakuFigures, figuresOf, giftsOf } from './danmaku-figures.ts';

type Counts = SessionSummary['danmaku'];

/** Events beside the messages say which questions were answered. */
function countDanmaku(figures: DanmakuFigures, events: readonly LiveEvent[]): Counts {
  const questions = new Set(figures.questions);
  const cardDanmaku = new Map<string, string[]>();
  for (const event of events) {
    if (event.type === 'question.answered') {
      for (const id of event.danmakuIds) questions.delete(id);
    } else if (event.type === 'suggestion.made') {
      cardDanmaku.set(event.suggestion.id, event.suggestion.evidence.danmakuIds);
    } else if (event.type === 'suggestion.closed' && (event.outcome === 'accepted' || event.outcome === 'answered')) {
      for (const id of cardDanmaku.get(event.suggestionId) ?? []) questions.delete(id);
    }
  }
  const { byType } = figures;
  return {
    comment: byType.comment ?? 0,
    gift: giftsOf(byType),
    follow: byType.follow ?? 0,
    share: byType.share ?? 0,
    like: figures.likes,
    unanswered_questions: questions.size,
    abusive: figures.abusive,
    distinct_viewers: figures.viewers.size,
  };
}

type Span = { from: number; to: number };

/** Breaks from first to last; one that never ended ends with the session. */
export function breaksOf(events: readonly LiveEvent[], stoppedAt: number): Span[] {
  const breaks: Span[] = [];
  let from: number | null = null;
  for (const event of events) {
    if (event.type !== 'break') continue;
    if (event.active) from ??= event.at;
    else if (from !== null) {
      breaks.push({ from, to: Math.max(from, event.at) });
      from = null;
    }
  }
  if (from !== null) breaks.push({ from, to: Math.max(from, stoppedAt) });
  return breaks;
}

function countSuggestions(events: readonly LiveEvent[]): SessionSummary['suggestions'] {
  const made = new Map<string, Suggestion>();
  const rows = new Map<string, SessionSummary['suggestions'][number]>();
  const rowOf = ({ type, urgency }: Suggestion) => {
    const key = `${type} ${urgency}`;
    const row = rows.get(key) ?? { type, urgency, shown: 0, used: 0 };
    rows.set(key, row);
    return row;
  };
  const shown = new Set<string>();
  const show = (id: string) => {
    const suggestion = made.get(id);
    if (!suggestion || shown.has(id)) return suggestion;
    shown.add(id);
    rowOf(suggestion).shown += 1;
    return suggestion;
  };
  for (const event of events) {
    if (event.type === 'suggestion.made') made.set(event.suggestion.id, event.suggestion);
    if (event.type === 'suggestion.shown') show(event.suggestionId);
    if (event.type === 'suggestion.closed' && event.outcome === 'accepted') {
      const suggestion = show(event.suggestionId);
      if (suggestion) rowOf(suggestion).used += 1;
    }
  }
  return [...rows.values()];
}

/** Milliseconds from danmaku received to card visible, one for each card that a danmaku caused. */
export function latenciesOf(events: readonly LiveEvent[]): number[] {
  const receivedAt = new Map<string, number>();
  const latencies = new Map<string, number>();
  for (const event of events) {
    if (event.type === 'suggestion.made' && event.suggestion.receivedAt !== undefined) {
      receivedAt.set(event.suggestion.id, event.suggestion.receivedAt);
    }
    const since = event.type === 'suggestion.shown' ? receivedAt.get(event.suggestionId) : undefined;
    if (event.type === 'suggestion.shown' && since !== undefined && !latencies.has(event.suggestionId)) {
      latencies.set(event.suggestionId, event.shownAt - since);
    }
  }
  return [...latencies.values()];
}

function quality(events: readonly LiveEvent[], span: Span): SessionSummary['quality'] {
  let liveSince: number | null = null;
  let liveMs = 0;
  let reconnects = 0;
  const troubles = { camera: 0, microphone: 0 };
  const gaps: SessionSummary['quality']['gaps'] = [];
  for (const event of events) {
    if (event.type === 'connector.state') {
      const isLive = event.state === 'live' || event.state === 'silent';
      if (liveSince !== null && !isLive) {
        liveMs += event.at - liveSince;
        liveSince = null;
      }
      if (isLive) liveSince ??= event.at;
      if (event.state === 'reconnecting') reconnects += 1;
    } else if (event.type === 'gap') {
      gaps.push({ part: event.part, seconds: Math.min(604_800, Math.max(0, (event.at - event.fromAt) / 1000)) });
    } else if (event.type === 'device.state' && ['denied', 'busy', 'lost', 'failed'].includes(event.state)) {
      troubles[event.device] += 1;
    }
  }
  if (liveSince !== null) liveMs += Math.max(0, span.to - liveSince);
  const latencies = latenciesOf(events).map((ms) => Math.min(86_400_000, Math.max(0, ms)));
  const [p50, p95] = [percentile(latencies, 0.5), percentile(latencies, 0.95)];
  return {
    connector_uptime_share: Math.min(1, Math.max(0, liveMs / Math.max(1, span.to - span.from))),
    reconnects,
    gaps: gaps.slice(-500),
    device_troubles: troubles,
    latency_ms: p50 === null || p95 === null ? null : { p50, p95 },
  };
}

/** Control characters and broken surrogates are what the server's one-line text refuses. */
const oneLine = (text: string) => text.replaceAll(/[\p{Cc}\p{Cs}]/gu, ' ').slice(0, 200);

/** Makes the summary of a closed session from all its events in order of arrival; it fits the server's schema. */
export function makeSummary(session: OpenSession, events: readonly LiveEvent[], stoppedAt: number): SessionSummary {
  return summarize(session, figuresOf(events), events, stoppedAt);
}

/** The same from figures that were counted already and the events beside the messages. */
export function summarize(
  session: OpenSession,
  figures: DanmakuFigures,
  events: readonly LiveEvent[],
  stoppedAt: number,
): SessionSummary {
  const span = { from: session.startedAt, to: Math.max(session.startedAt, stoppedAt) };
  const iso = (ms: number) => new Date(ms).toISOString();
  return sessionSummary.parse({
    schema: sessionSummarySchema,
    session_id: session.id,
    room_id: session.roomId,
    platform: session.room.platform,
    platform_room_id: session.room.platformRoomId,
    room_name: oneLine(session.room.roomName),
    started_at: iso(span.from),
    stopped_at: iso(span.to),
    hours_live: Math.min(168, (span.to - span.from) / 3_600_000),
    breaks: breaksOf(events, span.to)
      .slice(-500)
      .map(({ from, to }) => ({ start_at: iso(from), end_at: iso(to) })),
    danmaku: countDanmaku(figures, events),
    suggestions: countSuggestions(events),
    quality: quality(events, span),
  });
}
