// One session on air: every fact goes through `record`, once, to the journal, the reducers and the view.
import type { FaceReading, TextAnalysis, VoiceReading } from '@app/shared/emotion/labels';
import type { LiveEvent, Suggestion } from '@app/shared/live-event';
import { createDelivery, type DeliveryStep } from '@app/shared/suggestions/delivery';
import { createSuggestionEngine } from '@app/shared/suggestions/engine';
import type { SuggestionSettings } from '@app/shared/suggestions/settings';
import type { DanmakuPush, SessionView } from '@app/shared/view';
import type { Connector, ReceivedDanmaku } from '../danmaku/connector.ts';
import { makeDanmakuFeed } from '../view/danmaku-feed.ts';
import { type LiveViewBuilder, makeLiveView } from '../view/live-view.ts';
import { makeFaceSampler } from './face-sampler.ts';
import type { Journal } from './journal.ts';
import { makeStreamerState } from './streamer-state.ts';
import { makeTextLane } from './text-lane.ts';

/** An event without what `record` adds. */
type Fact = LiveEvent extends infer E
  ? E extends LiveEvent
    ? Omit<E, 'id' | 'sessionId' | 'receivedAt'> & { receivedAt?: number }
    : never
  : never;

export type LiveSession = {
  readonly info: SessionView;
  readonly builder: LiveViewBuilder;
  record(fact: Fact): void;
  voice(startAtMs: number, endAtMs: number, reading: VoiceReading): void;
  face(atMs: number, reading: FaceReading): void;
  speaking(active: boolean): void;
  text(requestId: number, analyses: TextAnalysis[], inferredAt: number): void;
  /** Inference is back: ask again what it did not answer. */
  inferenceIsBack(): void;
  /** Whether there is such a card and it is still open. */
  hasOpenCard(suggestionId: string): boolean;
  start(): Promise<void>;
  stop(): Promise<void>;
};

export type LiveSessionOptions = {
  info: SessionView;
  connector: Connector;
  journal: Journal;
  settings: SuggestionSettings;
  /** What happened in this session before, when it is resumed. */
  earlier: readonly LiveEvent[];
  newId(): string;
  now(): number;
  askText(requestId: number, texts: string[]): void;
  pushDanmaku(batch: DanmakuPush): void;
  /** The view changed and waits in the builder; `urgent` when a card did. */
  onChange(urgent: boolean): void;
};

const tickMs = 1_000;
const deliveryTickMs = 250;

/** Opens a session over a connector that was not started yet; `start` connects, `stop` ends everything it began. */
export function makeLiveSession(options: LiveSessionOptions): LiveSession {
  const { info, connector, journal, now } = options;
  const builder = makeLiveView(info);
  const engine = createSuggestionEngine({ newId: options.newId, settings: options.settings });
  const delivery = createDelivery({ coolDowns: options.settings.coolDowns });
  const feed = makeDanmakuFeed(options.pushDanmaku, now);
  const state = makeStreamerState();
  const abort = new AbortController();
  const timers: NodeJS.Timeout[] = [];
  const openCards = new Set<string>();

  const lane = makeTextLane({
    ask: options.askText,
    onAnalysis: (event, analysis, inferredAt) => {
      feed.analyzed(event.id, analysis);
      const { at, receivedAt } = event;
      record({ type: 'danmaku.analyzed', at, receivedAt, danmakuId: event.id, analysis, inferredAt });
    },
    onShed: (count) => record({ type: 'shed', at: now(), what: 'text_analysis', count }),
  });

  function record(fact: Fact): LiveEvent {
    const at = now();
    const event = { receivedAt: at, ...fact, id: options.newId(), sessionId: info.id } as LiveEvent;
    journal.add(event);
    reduce(event);
    return event;
  }

  function reduce(event: LiveEvent): void {
    const at = now();
    if (event.type === 'suggestion.made') openCards.add(event.suggestion.id);
    if (event.type === 'suggestion.closed') openCards.delete(event.suggestionId);
    builder.apply(event);
    state.apply(event, at);
    const made = engine.accept(event, at);
    deliver(delivery.accept(event, at));
    if (made.length > 0) offer(made);
    else options.onChange(event.type === 'suggestion.closed');
  }

  function offer(suggestions: Suggestion[]): void {
    for (const suggestion of suggestions) record({ type: 'suggestion.made', at: suggestion.createdAt, suggestion });
    deliver(delivery.offer(suggestions, now()));
  }

  function deliver(step: DeliveryStep): void {
    if (step.shown.length === 0 && step.closed.length === 0) return;
    for (const { suggestionId, outcome } of step.closed) {
      record({ type: 'suggestion.closed', at: now(), suggestionId, outcome });
    }
    builder.setCards(delivery.visible());
    options.onChange(true);
  }

  function take(batch: ReceivedDanmaku[]): void {
    for (const { danmaku, receivedAt, decodedAt } of batch) {
      const fact = {
        type: 'danmaku.received' as const,
        at: danmaku.at,
        receivedAt,
        roomId: info.roomId,
        danmaku,
        decodedAt,
      };
      const event = record(fact);
      if (event.type !== 'danmaku.received') continue;
      feed.add(event);
      const hasWords = danmaku.messageType === 'comment' || danmaku.messageType === 'superchat';
      if (hasWords && danmaku.content !== '') lane.add(event);
    }
  }

  function tick(): void {
    const at = now();
    offer(engine.tick(at));
    const { fused, mood, load } = state.read(at);
    builder.setFused(fused);
    builder.setMood(mood);
    builder.setLoad(load);
    deliver(delivery.setLoad(load.state, at));
    builder.setQuestions(engine.openQuestions(at));
    const stats = connector.stats();
    builder.setCounters({
      received: stats.decoded,
      duplicate: stats.duplicate,
      shed: stats.dropped.comment + stats.dropped.follow + stats.dropped.like,
      unknown: Object.values(stats.unknown).reduce((sum, count) => sum + count, 0),
      unreadable: Object.values(stats.errors).reduce((sum, count) => sum + count, 0),
    });
    builder.setTextWaiting(lane.waiting);
    builder.tick(at);
    options.onChange(false);
  }

  for (const event of options.earlier) {
    builder.apply(event);
    state.apply(event, event.receivedAt);
    engine.accept(event, event.receivedAt);
    if (event.type === 'suggestion.made') openCards.add(event.suggestion.id);
    if (event.type === 'suggestion.closed') openCards.delete(event.suggestionId);
  }
  const faces = makeFaceSampler((atMs, reading) => {
    const { face, facesSeen, certain, reason, emotion } = reading;
    const figures: Record<string, number> = face ? { facesSeen, faceWidth: face.width } : { facesSeen };
    record({ type: 'emotion.observed', at: Math.round(atMs), source: 'face', emotion, certain, reason, figures });
  });

  return {
    info,
    builder,
    record: (fact) => void record(fact),
    voice(startAtMs, endAtMs, reading) {
      const at = Math.round(endAtMs);
      record({ type: 'speech.segment', at, startAt: Math.round(startAtMs), loudnessDb: reading.loudnessDb });
      const figures = {
        clipsHeard: reading.clipsHeard,
        speechSeconds: reading.speechSeconds,
        ...(reading.pitchHz === null ? {} : { pitchHz: reading.pitchHz }),
      };
      const { emotion, certain, reason } = reading;
      record({ type: 'emotion.observed', at, source: 'voice', emotion, certain, reason, figures });
    },
    face: faces.add,
    speaking: (active) => deliver(delivery.setSpeaking(active, now())),
    text: lane.answer,
    inferenceIsBack: lane.again,
    hasOpenCard: (suggestionId) => openCards.has(suggestionId),
    async start() {
      connector.onEvent(take);
      connector.onState((next, detail) =>
        record({ type: 'connector.state', at: now(), state: next, detail: detail.slice(0, 200) }),
      );
      timers.push(
        setInterval(tick, tickMs),
        setInterval(() => deliver(delivery.tick(now())), deliveryTickMs),
      );
      await connector.start({ platformRoomId: info.platformRoomId }, abort.signal);
    },
    async stop() {
      abort.abort();
      await connector.stop();
      timers.forEach(clearInterval);
      for (const suggestionId of [...openCards]) {
        record({ type: 'suggestion.closed', at: now(), suggestionId, outcome: 'expired' });
      }
      lane.close();
      feed.close();
    },
  };
}
