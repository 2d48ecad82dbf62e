// Computes the live page from events, and says which of its keys changed since it was last asked.
import {
  type ConnectorState,
  type DanmakuReceived,
  type EmotionObserved,
  type LiveEvent,
  moneyTypes,
  type Suggestion,
} from '@app/shared/live-event';
import type {
  CardOutcome,
  CardView,
  ConnectorView,
  LiveView,
  LoadView,
  QuestionView,
  ReadingView,
  SessionView,
  StorageView,
  TimelinePoint,
} from '@app/shared/view';
import { emptyLiveView, emptyReading } from '@app/shared/view';
import { makeLatencies } from './latency.ts';
import { makeTimeline } from './timeline.ts';

const recentCardLimit = 20;
const gapLimit = 100;
/** Beyond this many viewers the count says "at least". */
const viewerLimit = 200_000;

export type Counters = Pick<ConnectorView, 'received' | 'duplicate' | 'shed' | 'unknown' | 'unreadable'>;

export type LiveViewBuilder = {
  /** Sets what a resumed session had counted before, of which not every event is read again. */
  restore(counted: { events: number; comments: number; gifts: number; viewers: Iterable<string> }): void;
  apply(event: LiveEvent): void;
  setCards(visible: readonly Suggestion[]): void;
  setQuestions(questions: QuestionView[]): void;
  setFused(reading: ReadingView, curve: TimelinePoint['curve']): void;
  setMood(mood: LiveView['mood']): void;
  setLoad(load: LoadView): void;
  setCounters(counters: Counters): void;
  setStorage(storage: StorageView): void;
  setTextWaiting(count: number): void;
  /** Once a second: rates, ages and the timeline move on. */
  tick(now: number): void;
  view(): LiveView;
  /** The keys that changed since the last call. */
  changes(): Partial<LiveView>;
};

/** Opens the view of one session; `session` is null between sessions. */
export function makeLiveView(session: SessionView | null): LiveViewBuilder {
  let view: LiveView = { ...emptyLiveView, session };
  const timeline = makeTimeline(session?.startedAt ?? 0);
  const latencies = makeLatencies();
  const viewers = new Set<string>();
  const cards = new Map<string, CardView>();
  const minute: number[] = [];
  const dirty = new Set<keyof LiveView>(Object.keys(view) as (keyof LiveView)[]);
  let visibleIds: string[] = [];
  let curve: TimelinePoint['curve'] = null;

  const set = <K extends keyof LiveView>(key: K, value: LiveView[K]) => {
    if (view[key] === value) return;
    view = { ...view, [key]: value };
    dirty.add(key);
  };
  const setConnector = (change: Partial<ConnectorView>) => {
    const entries = Object.entries(change) as [keyof ConnectorView, unknown][];
    if (entries.some(([key, value]) => view.connector[key] !== value))
      set('connector', { ...view.connector, ...change });
  };
  const count = (change: Partial<LiveView['counts']>) => set('counts', { ...view.counts, ...change });
  const showCards = () => {
    set(
      'cards',
      visibleIds.flatMap((id) => cards.get(id) ?? []),
    );
    set('recentCards', [...cards.values()].reverse());
  };
  /** The oldest that has ended goes: one that can still be on the screen stays. */
  const dropOldCard = () => {
    if (cards.size <= recentCardLimit) return;
    const oldest = [...cards.values()].find((card) => card.outcome !== 'open');
    if (oldest) cards.delete(oldest.id);
  };
  const updateCard = (id: string, change: Partial<CardView>) => {
    const card = cards.get(id);
    if (!card) return;
    cards.set(id, { ...card, ...change });
    showCards();
  };

  function danmaku(event: DanmakuReceived): void {
    const { messageType, platformUserId, metadata } = event.danmaku;
    minute.push(event.receivedAt);
    setConnector({ lastEventAt: Math.max(view.connector.lastEventAt ?? 0, event.receivedAt) });
    timeline.danmaku(event.receivedAt);
    if (platformUserId && viewers.size < viewerLimit) viewers.add(platformUserId);
    const isGift = moneyTypes.includes(messageType) && messageType !== 'superchat_delete';
    if (isGift) timeline.gift(event.receivedAt);
    if (messageType === 'superchat' || messageType === 'guard') timeline.mark({ at: event.receivedAt, kind: 'gift' });
    // Other counts of the platform are visitors so far, which would make this number jump.
    if (metadata.raw_type === 'ONLINE_RANK_COUNT' && typeof metadata.online_count === 'number') {
      setConnector({ onlineCount: metadata.online_count });
    }
    count({
      comments: view.counts.comments + (messageType === 'comment' ? 1 : 0),
      gifts: view.counts.gifts + (isGift ? 1 : 0),
      viewers: viewers.size,
    });
  }

  function emotion(event: EmotionObserved): void {
    const reading: ReadingView = {
      label: event.emotion?.label ?? null,
      certain: event.certain,
      reason: event.reason,
      confidence: event.emotion?.confidence ?? 0,
      at: event.at,
    };
    if (event.source === 'voice') {
      const clipsHeard = event.figures.clipsHeard ?? view.emotion.voice.clipsHeard;
      set('emotion', { ...view.emotion, voice: { ...reading, clipsHeard } });
    }
    if (event.source === 'face') set('emotion', { ...view.emotion, face: reading });
  }

  function closed(id: string, outcome: CardOutcome, at: number): void {
    visibleIds = visibleIds.filter((visible) => visible !== id);
    updateCard(id, { outcome });
    if (outcome === 'accepted' || outcome === 'dismissed') timeline.mark({ at, kind: outcome });
  }

  function other(event: LiveEvent): void {
    switch (event.type) {
      case 'connector.state':
        return setConnector({ state: event.state satisfies ConnectorState, detail: event.detail });
      case 'gap':
        return set('gaps', [...view.gaps, { part: event.part, fromAt: event.fromAt, toAt: event.at }].slice(-gapLimit));
      case 'break':
        timeline.mark({ at: event.at, kind: 'break' });
        return set('session', view.session && { ...view.session, breakSince: event.active ? event.at : null });
      case 'marker':
        return timeline.mark({ at: event.at, kind: 'marker' });
      case 'help.asked':
        return timeline.mark({ at: event.at, kind: 'help' });
      case 'device.state':
        if (event.state === 'on') return;
        if (event.device === 'camera')
          return set('emotion', { ...view.emotion, face: { ...emptyReading, at: event.at } });
        return set('emotion', {
          ...view.emotion,
          voice: { ...view.emotion.voice, label: null, certain: false, reason: 'no_device' },
        });
      default:
    }
  }

  return {
    restore({ events, comments, gifts, viewers: known }) {
      for (const viewer of known) if (viewers.size < viewerLimit) viewers.add(viewer);
      count({ events, comments, gifts, viewers: viewers.size });
      showCards();
    },
    apply(event) {
      count({ events: view.counts.events + 1 });
      switch (event.type) {
        case 'danmaku.received':
          return danmaku(event);
        case 'danmaku.analyzed':
          return timeline.sentiment(event.receivedAt, event.analysis.sentiment);
        case 'emotion.observed':
          return emotion(event);
        case 'speech.segment':
          return timeline.speech(event.startAt, event.at);
        case 'suggestion.made':
          cards.set(event.suggestion.id, { ...event.suggestion, outcome: 'open', shownAt: null, rating: null });
          dropOldCard();
          return timeline.mark({ at: event.at, kind: 'card' });
        case 'suggestion.shown': {
          const card = cards.get(event.suggestionId);
          if (card && card.shownAt === null && card.receivedAt !== undefined) {
            latencies.add(event.shownAt - card.receivedAt);
            set('latency', latencies.view());
          }
          if (card && card.shownAt === null) updateCard(event.suggestionId, { shownAt: event.shownAt });
          return;
        }
        case 'suggestion.closed':
          return closed(event.suggestionId, event.outcome, event.at);
        case 'suggestion.rated':
          return updateCard(event.suggestionId, { rating: event.rating });
        default:
          return other(event);
      }
    },
    setCards(visible) {
      visibleIds = visible.map((suggestion) => suggestion.id);
      showCards();
    },
    setQuestions(questions) {
      if (JSON.stringify(questions) !== JSON.stringify(view.questions)) set('questions', questions);
    },
    setFused(fused, next) {
      curve = next;
      if (
        fused.label !== view.emotion.fused.label ||
        fused.certain !== view.emotion.fused.certain ||
        fused.reason !== view.emotion.fused.reason
      ) {
        set('emotion', { ...view.emotion, fused });
      }
    },
    setMood(mood) {
      if (mood.sentiment !== view.mood.sentiment || mood.messages !== view.mood.messages) set('mood', mood);
    },
    setLoad(load) {
      if (JSON.stringify(load) !== JSON.stringify(view.load)) set('load', load);
    },
    setCounters: setConnector,
    setStorage: (storage) => set('storage', storage),
    setTextWaiting(textWaiting) {
      if (textWaiting !== view.counts.textWaiting) count({ textWaiting });
    },
    tick(now) {
      // Spliced at once: a busy room has a hundred thousand of them, and each shift would move them all.
      const fresh = minute.findIndex((at) => at >= now - 60_000);
      minute.splice(0, fresh < 0 ? minute.length : fresh);
      setConnector({ perMinute: minute.length });
      if (!session) return;
      const { fused } = view.emotion;
      timeline.emotion(now, fused.certain ? fused.label : null, curve);
      set('timeline', timeline.view(now));
    },
    view: () => view,
    changes() {
      const changed = Object.fromEntries([...dirty].map((key) => [key, view[key]])) as Partial<LiveView>;
      dirty.clear();
      return changed;
    },
  };
}
