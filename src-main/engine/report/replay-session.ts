// A recording through decoder, text model, suggestion engine, delivery and summary, on the recording's own clock.
import { type TextAnalysis, withoutVector } from '@app/shared/emotion/labels';
import type { LiveEvent, Suggestion } from '@app/shared/live-event';
import { createDelivery, type DeliveryStep } from '@app/shared/suggestions/delivery';
import { createSuggestionEngine } from '@app/shared/suggestions/engine';
import { defaultSuggestionSettings } from '@app/shared/suggestions/settings';
import type { SessionSummary } from '@app/shared/sync';
import type { ReceivedDanmaku } from '../danmaku/connector.ts';
import { createReplayConnector } from '../danmaku/replay-connector.ts';
import { makeSummary } from './summary.ts';

export type ReplayResult = {
  events: LiveEvent[];
  suggestions: { suggestion: Suggestion; shownAt: number | null; outcome: string }[];
  summary: SessionSummary;
  /** Lines and frames that could not be read. */
  unreadable: number;
};

export type ReplayOptions = {
  path: string;
  speed: number | 'max';
  newId(): string;
  analyze(text: string): Promise<TextAnalysis>;
};

const tickMs = 1_000;
/** After the last message the clock runs on until every card has had its time. */
const tailMs = 180_000;
/** A pause longer than this is not walked through second by second. */
const longestWalkMs = 600_000;

/** Plays the file to its end; null when it holds nothing that can be read. */
export async function replaySession(options: ReplayOptions): Promise<ReplayResult | null> {
  const pipeline = makePipeline(options);
  const connector = createReplayConnector({ path: options.path, platform: 'bilibili', speed: options.speed });
  const ended = new Promise<void>((resolve) => {
    connector.onState((state) => {
      if (state === 'ended' || state === 'error') resolve();
    });
  });
  // One at a time and in order: the model answers later, the recording's clock must not run ahead of it.
  let taken = Promise.resolve();
  connector.onEvent((batch) => {
    taken = taken.then(() => pipeline.take(batch));
  });
  await connector.start({ platformRoomId: 'replay' }, new AbortController().signal);
  await ended;
  await connector.stop();
  await taken;
  const errors = connector.stats().errors;
  return pipeline.finish(Object.values(errors).reduce((sum, count) => sum + count, 0));
}

function makePipeline({ newId, analyze }: ReplayOptions) {
  const sessionId = newId();
  const roomId = newId();
  const engine = createSuggestionEngine({ newId, settings: defaultSuggestionSettings });
  const delivery = createDelivery();
  const events: LiveEvent[] = [];
  const cards = new Map<string, ReplayResult['suggestions'][number]>();
  let clock: number | null = null;
  let startedAt = 0;

  const record = (event: LiveEvent, now: number) => {
    events.push(event.type === 'danmaku.analyzed' ? { ...event, analysis: withoutVector(event.analysis) } : event);
    offer(engine.accept(event, now), now);
    deliver(delivery.accept(event, now), now);
  };
  const base = (now: number) => ({ id: newId(), sessionId, at: now, receivedAt: now });
  const offer = (suggestions: readonly Suggestion[], now: number) => {
    if (suggestions.length === 0) return;
    for (const suggestion of suggestions) {
      cards.set(suggestion.id, { suggestion, shownAt: null, outcome: 'open' });
      record({ ...base(now), type: 'suggestion.made', suggestion }, now);
    }
    deliver(delivery.offer(suggestions, now), now);
  };
  const deliver = (step: DeliveryStep, now: number) => {
    for (const { id } of step.shown) {
      cards.get(id)!.shownAt = now;
      record({ ...base(now), type: 'suggestion.shown', suggestionId: id, shownAt: now }, now);
    }
    for (const { suggestionId, outcome } of step.closed) {
      const card = cards.get(suggestionId);
      if (card) card.outcome = outcome;
      record({ ...base(now), type: 'suggestion.closed', suggestionId, outcome }, now);
    }
  };
  const walk = (from: number, to: number) => {
    for (let now = Math.max(from, to - longestWalkMs) + tickMs; now < to; now += tickMs) {
      offer(engine.tick(now), now);
      deliver(delivery.tick(now), now);
    }
  };
  return {
    async take(batch: ReceivedDanmaku[]): Promise<void> {
      for (const { danmaku, receivedAt } of batch) {
        const now = Math.max(clock ?? 0, receivedAt);
        if (clock === null) startedAt = now;
        else walk(clock, now);
        clock = now;
        const id = newId();
        const fact = { ...base(now), id, at: danmaku.at };
        record({ ...fact, type: 'danmaku.received', roomId, danmaku, decodedAt: now }, now);
        const hasWords = danmaku.messageType === 'comment' || danmaku.messageType === 'superchat';
        if (!hasWords || danmaku.content === '') continue;
        const analysis = await analyze(danmaku.content);
        const analyzed = { ...fact, id: newId(), danmakuId: id, analysis, inferredAt: now };
        record({ ...analyzed, type: 'danmaku.analyzed' }, now);
      }
    },
    finish(unreadable: number): ReplayResult | null {
      if (clock === null) return null;
      walk(clock, clock + tailMs);
      const room = { id: roomId, platform: 'bilibili', platformRoomId: 'replay', roomName: '回放' };
      const times = { createdAt: startedAt, updatedAt: startedAt };
      const summary = makeSummary(
        {
          id: sessionId,
          roomId,
          source: 'replay',
          startedAt,
          stoppedAt: clock,
          lastEventAt: clock,
          room: { ...room, ...times, status: 'inactive' },
        },
        events,
        clock,
      );
      return { events, suggestions: [...cards.values()], summary, unreadable };
    },
  };
}
