// One session on air: every fact goes through `record`, once, to the journal, the reducers and the view.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Baselines } from '@app/shared/emotion/fusion';
import type { FaceReading, TextAnalysis, VoiceReading } from '@app/shared/emotion/labels';
import type { LiveEvent, Suggestion } from '@app/shared/live-event';
import { createDelivery, type DeliveryStep } from '@app/shared/suggestions/delivery';
import { createSuggestionEngine } from '@app/shared/suggestions/engine';
import type { SuggestionSettings } from '@app/shared/suggestions/settings';
import type { DanmakuPush, SessionView } from '@app/shared/view';
import type { Connector, ReceivedDanmaku } from '../danmaku/connector.ts';
import { type DanmakuFigures, giftsOf } from '../report/danmaku-figures.ts';
import { makeDanmakuFeed } from '../view/danmaku-feed.ts';
import { type LiveViewBuilder, makeLiveView } from '../view/live-view.ts';
import { makeFaceSampler } from './face-sampler.ts';
import type { Journal } from './journal.ts';
import { makeStreamerState } from './streamer-state.ts';
import { makeTextLane, type TextLaneLoad } from './text-lane.ts';
import { voiceFigures } from './voice-figures.ts';

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
  /** How the streamer usually reads, with what this session added. */
  baselines(): Baselines;
  voice(startAtMs: number, endAtMs: number, reading: VoiceReading): void;
  face(atMs: number, reading: FaceReading): void;
  speaking(active: boolean): void;
  text(requestId: number, analyses: TextAnalysis[], inferredAt: number): void;
  /** Inference is back: ask again what it did not answer. */
  inferenceIsBack(): void;
  /** A window drew a card; only the first time counts, and only for a card of this session. */
  shown(suggestionId: string, shownAt: number): void;
  /** How a card of this session stands; `unknown` for any other. */
  card(suggestionId: string): 'open' | 'closed' | 'unknown';
  /** When the platform or the recording ended the session by itself; null while it goes on. */
  readonly endedAt: number | null;
  start(): Promise<void>;
  /** Ends everything that `start` began; stopping twice is harmless. */
  stop(): Promise<void>;
};

export type LiveSessionOptions = {
  info: SessionView;
  connector: Connector;
  journal: Journal;
  settings: SuggestionSettings;
  /** What happened in this session before, when it is resumed: its newest messages and everything beside them. */
  earlier: readonly LiveEvent[];
  /** All that it counted before, which may be more than `earlier` holds. */
  counted: DanmakuFigures | null;
  /** How the streamer usually reads, as earlier sessions learnt it; null for a stranger. */
  baselines: Baselines | null;
  newId(): string;
  now(): number;
  askText(requestId: number, texts: string[], load: TextLaneLoad): void;
  pushDanmaku(batch: DanmakuPush): void;
  /** The view changed and waits in the builder; `urgent` when a card did. */
  onChange(urgent: boolean): void;
};

const tickMs = 1_000;
const deliveryTickMs = 250;
/** Longer than any trigger looks back or rests; what is older than this needs no second hearing. */
const engineMemoryMs = 30 * 60_000;
/** What was said last counts too: so long the text model may still answer after the connection was closed. */
const lastAnswersMs = 300;
/** As many cards as the store is asked about in a session; older ones are long closed. */
const cardLimit = 2_000;

/** Opens a session over a connector that was not started yet; `start` connects, `stop` ends everything it began. */
export function makeLiveSession(options: LiveSessionOptions): LiveSession {
  const { info, connector, journal, now } = options;
  const builder = makeLiveView(info);
  const engine = createSuggestionEngine({ newId: options.newId, settings: options.settings });
  const delivery = createDelivery({ coolDowns: options.settings.coolDowns });
  const feed = makeDanmakuFeed(options.pushDanmaku, () => performance.now());
  const state = makeStreamerState(options.baselines);
  const abort = new AbortController();
  const timers: NodeJS.Timeout[] = [];
  /** Of a card that was closed no more is kept than that it was there. */
  const cards = new Map<string, { open: Suggestion | null; createdAt: number; isShown: boolean }>();
  let endedAt: number | null = null;
  let isEnding = false;
  let ended: Promise<void> | null = null;

  const lane = makeTextLane({
    ask: options.askText,
    onAnalysis: (event, analysis, inferredAt) => {
      feed.analyzed(event.id, analysis);
      const { at, receivedAt } = event;
      record({ type: 'danmaku.analyzed', at, receivedAt, danmakuId: event.id, analysis, inferredAt });
    },
  });

  function record(fact: Fact): LiveEvent {
    const at = now();
    const event = { receivedAt: at, ...fact, id: options.newId(), sessionId: info.id } as LiveEvent;
    journal.add(event);
    reduce(event);
    return event;
  }

  function note(event: LiveEvent): void {
    if (event.type === 'suggestion.made') {
      const { suggestion } = event;
      cards.set(suggestion.id, { open: suggestion, createdAt: suggestion.createdAt, isShown: false });
      if (cards.size > cardLimit) cards.delete(cards.keys().next().value as string);
    }
    if (event.type === 'suggestion.closed' || event.type === 'suggestion.shown') {
      const card = cards.get(event.suggestionId);
      if (card && event.type === 'suggestion.closed') card.open = null;
      if (card && event.type === 'suggestion.shown') card.isShown = true;
    }
    if (event.type === 'connector.state') endedAt = event.state === 'ended' ? event.at : null;
  }

  function reduce(event: LiveEvent): void {
    const at = now();
    note(event);
    builder.apply(event);
    state.apply(event, at);
    // A session that is being ended makes no new cards, which nobody would close.
    if (isEnding) return options.onChange(event.type === 'suggestion.closed');
    const made = engine.accept(event, at);
    deliver(delivery.accept(event, at));
    if (made.length > 0) offer(made);
    else options.onChange(event.type === 'suggestion.closed');
  }

  function offer(suggestions: Suggestion[]): void {
    const step = delivery.offer(suggestions, now());
    const atOnce = new Set(step.shown.map(({ id }) => id));
    for (const { receivedAt, ...card } of suggestions) {
      // A card that waits on purpose (for a pause, behind two others, under load) says nothing about latency.
      const suggestion = receivedAt !== undefined && atOnce.has(card.id) ? { ...card, receivedAt } : card;
      record({ type: 'suggestion.made', at: card.createdAt, suggestion });
    }
    deliver(step);
  }

  function deliver(step: DeliveryStep): void {
    if (isEnding || (step.shown.length === 0 && step.closed.length === 0)) return;
    for (const { suggestionId, outcome } of step.closed) {
      record({ type: 'suggestion.closed', at: now(), suggestionId, outcome });
    }
    builder.setCards(delivery.visible());
    options.onChange(true);
  }

  function take(batch: ReceivedDanmaku[]): void {
    for (const { danmaku, ...stamps } of batch) {
      // A recording brings the times of then; rates, ages and keeping times here count from when it is played.
      const { receivedAt, decodedAt } = info.source === 'replay' ? { receivedAt: now(), decodedAt: now() } : stamps;
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
    const shed = lane.takeShed();
    if (shed > 0) record({ type: 'shed', at, what: 'text_analysis', count: shed });
    offer(engine.tick(at));
    const { fused, curve, mood, load } = state.read(at);
    builder.setFused(fused, curve);
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

  /** The earlier part of a resumed session, in order. What the engine proposes again was made then, and is dropped. */
  function relive(earlier: readonly LiveEvent[]): void {
    const engineFrom = (earlier.at(-1)?.receivedAt ?? 0) - engineMemoryMs;
    for (const event of earlier) {
      note(event);
      builder.apply(event);
      state.apply(event, event.receivedAt);
      if (event.type === 'break') delivery.accept(event, event.receivedAt);
      if (event.receivedAt >= engineFrom || event.type.startsWith('suggestion.'))
        engine.accept(event, event.receivedAt);
    }
    endedAt = null;
    if (!options.counted) return;
    const { byType, analyzed, viewers } = options.counted;
    const messages = Object.values(byType).reduce((sum, count) => sum + count, 0);
    const others = earlier.filter((event) => !event.type.startsWith('danmaku.')).length;
    const gifts = giftsOf(byType);
    builder.restore({ events: messages + analyzed + others, comments: byType.comment ?? 0, gifts, viewers });
  }
  relive(options.earlier);
  const faces = makeFaceSampler((atMs, reading) => {
    const { face, facesSeen, certain, reason, emotion } = reading;
    const figures: Record<string, number> = face ? { facesSeen, faceWidth: face.width } : { facesSeen };
    record({ type: 'emotion.observed', at: Math.round(atMs), source: 'face', emotion, certain, reason, figures });
  });

  async function end(): Promise<void> {
    isEnding = true;
    const before = endedAt;
    timers.forEach(clearInterval);
    abort.abort();
    try {
      await connector.stop();
      for (let waited = 0; lane.waiting > 0 && waited < lastAnswersMs; waited += 20) await sleep(20);
    } finally {
      // The connector ends because it was told to: only an end that came before was its own.
      endedAt = before;
      const at = now();
      for (const [suggestionId, card] of cards) {
        if (card.open) record({ type: 'suggestion.closed', at, suggestionId, outcome: 'expired' });
      }
      builder.setCards([]);
      lane.close();
      feed.close();
    }
  }

  return {
    info,
    builder,
    record: (fact) => void record(fact),
    baselines: state.baselines,
    voice(startAtMs, endAtMs, reading) {
      const at = Math.round(endAtMs);
      record({ type: 'speech.segment', at, startAt: Math.round(startAtMs), loudnessDb: reading.loudnessDb });
      const { emotion, certain, reason } = reading;
      const figures = voiceFigures(reading);
      record({ type: 'emotion.observed', at, source: 'voice', emotion, certain, reason, figures });
    },
    face: faces.add,
    speaking: (active) => deliver(delivery.setSpeaking(active, now())),
    text: lane.answer,
    inferenceIsBack: lane.again,
    shown(suggestionId, shownAt) {
      const card = cards.get(suggestionId);
      if (!card || card.isShown) return;
      const at = Math.max(card.createdAt, Math.min(shownAt, now()));
      record({ type: 'suggestion.shown', at, suggestionId, shownAt: at });
    },
    card(suggestionId) {
      const card = cards.get(suggestionId);
      return card ? (card.open ? 'open' : 'closed') : 'unknown';
    },
    get endedAt() {
      return endedAt;
    },
    async start() {
      connector.onEvent(take);
      connector.onState((next, detail) =>
        record({ type: 'connector.state', at: now(), state: next, detail: detail.slice(0, 200) }),
      );
      // Cards that were open when the session broke off: shown again, or closed where their time is over.
      deliver(
        delivery.offer(
          [...cards.values()].flatMap((card) => card.open ?? []),
          now(),
        ),
      );
      tick();
      timers.push(
        setInterval(tick, tickMs),
        setInterval(() => deliver(delivery.tick(now())), deliveryTickMs),
      );
      await connector.start({ platformRoomId: info.platformRoomId }, abort.signal);
    },
    stop() {
      ended ??= end();
      return ended;
    },
  };
}
