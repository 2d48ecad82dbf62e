// Which cards are visible, and when: at most two, in a pause of speech, fewer under load, never after their time.
import type { LiveEvent, Suggestion, SuggestionClosed, Urgency } from '../live-event.ts';
import type { LoadState } from '../wellbeing/load-state.ts';

/** Cards that became visible and cards that ended by themselves, to be appended as events. */
export type DeliveryStep = {
  shown: Suggestion[];
  closed: {
    suggestionId: string;
    outcome: Extract<SuggestionClosed['outcome'], 'expired' | 'replaced' | 'answered'>;
  }[];
};

export type Delivery = {
  /** Takes cards of the engine; one that is known or past its time is not taken again. */
  offer(suggestions: readonly Suggestion[], nowMs: number): DeliveryStep;
  /** Takes the session's events: what was accepted or waved away, breaks, speech, deleted superchats. */
  accept(event: LiveEvent, nowMs: number): DeliveryStep;
  /** What voice activity detection hears right now, where it is known before the segment ends. */
  setSpeaking(speaking: boolean, nowMs: number): DeliveryStep;
  setLoad(load: LoadState, nowMs: number): DeliveryStep;
  /** To be called every 250 ms while cards wait or are visible; nothing else ends a wait. */
  tick(nowMs: number): DeliveryStep;
  /** What is on the screen, top first. */
  visible(): readonly Suggestion[];
  waiting(): number;
};

/** More would cover the stream's controls, and nobody reads three lines while talking (look.md of the product). */
const visibleLimit = 2;
/** Cards live about a minute: of more than 32 that wait, most would expire unseen. */
const waitingLimit = 32;
/** A pause this long is the end of a phrase; shorter ones are breath. */
const pauseMs = 300;
/** A card that waits longer than this for a pause is shown anyway. */
const longestWaitMs = 2_000;
/** A segment is known only when it ended: within this time after it we take the pause as still open. */
const freshPauseMs = 1_500;
/** No segment for so long: the streamer is silent or there is no microphone, so there is no speech to wait for. */
const silentAfterMs = 20_000;
/** A card with less life left than this cannot be read. */
const shortestViewMs = 1_500;
/** A visible critical card gives way to a newer one only after this time. */
const criticalViewMs = 10_000;

const rank: Record<Urgency, number> = { critical: 3, high: 2, medium: 1, low: 0 };

/** How many cards, how far apart and from which urgency on, by load. Acceptance falls with every extra reminder. */
const quieting: Record<LoadState, { cards: number; gapMs: number; from: number }> = {
  calm: { cards: 2, gapMs: 4_000, from: 0 },
  unknown: { cards: 2, gapMs: 4_000, from: 0 },
  busy: { cards: 1, gapMs: 20_000, from: 1 },
  rest: { cards: 1, gapMs: 40_000, from: 2 },
};

type Entry = { suggestion: Suggestion; offeredAt: number; shownAt: number };

/** Most urgent first, newest first among equals. */
const byUrgency = (a: Entry, b: Entry): number =>
  rank[b.suggestion.urgency] - rank[a.suggestion.urgency] ||
  b.suggestion.createdAt - a.suggestion.createdAt ||
  (a.suggestion.id < b.suggestion.id ? -1 : 1);

const isCritical = (entry: Entry): boolean => entry.suggestion.urgency === 'critical';

/** Opens a delivery with nothing on the screen; without `coolDowns` cards follow each other at once, to measure. */
export function createDelivery({ coolDowns = true }: { coolDowns?: boolean } = {}): Delivery {
  let queue: Entry[] = [];
  let screen: Entry[] = [];
  const known = new Set<string>();
  let clockMs = 0;
  let load: LoadState = 'unknown';
  let onBreak = false;
  let speaking: { active: boolean; at: number } | null = null;
  let speechEndedAt = Number.NEGATIVE_INFINITY;
  let lastShownAt = Number.NEGATIVE_INFINITY;

  function isPause(now: number): boolean {
    if (speaking) return !speaking.active && now - speaking.at >= pauseMs;
    const since = now - speechEndedAt;
    return since >= silentAfterMs || (since >= pauseMs && since <= freshPauseMs);
  }

  function expire(now: number, step: DeliveryStep): void {
    const ends = (entry: Entry): boolean => entry.suggestion.expiresAt <= now;
    for (const entry of [...screen, ...queue]) {
      if (ends(entry)) step.closed.push({ suggestionId: entry.suggestion.id, outcome: 'expired' });
    }
    screen = screen.filter((entry) => !ends(entry));
    queue = queue.filter((entry) => !ends(entry));
  }

  function show(entry: Entry, now: number, step: DeliveryStep): void {
    queue = queue.filter((other) => other !== entry);
    screen.push({ ...entry, shownAt: now });
    screen.sort(byUrgency);
    lastShownAt = now;
    step.shown.push(entry.suggestion);
  }

  function showCritical(now: number, step: DeliveryStep): void {
    for (const entry of queue.filter(isCritical).sort(byUrgency)) {
      if (screen.length >= visibleLimit) {
        const last = screen.at(-1)!;
        if (isCritical(last) && now - last.shownAt < criticalViewMs) return;
        screen = screen.filter((other) => other !== last);
        step.closed.push({ suggestionId: last.suggestion.id, outcome: 'replaced' });
      }
      show(entry, now, step);
    }
  }

  function showOne(now: number, step: DeliveryStep): void {
    const rule = quieting[load];
    if (onBreak || screen.length >= rule.cards || (coolDowns && now - lastShownAt < rule.gapMs)) return;
    const pause = isPause(now);
    const ready = queue.filter(
      (entry) =>
        rank[entry.suggestion.urgency] >= rule.from &&
        entry.suggestion.expiresAt - now >= shortestViewMs &&
        (pause || now - entry.offeredAt >= longestWaitMs),
    );
    const [best] = ready.sort(byUrgency);
    if (best) show(best, now, step);
  }

  function advance(nowMs: number): DeliveryStep {
    clockMs = Math.max(clockMs, nowMs);
    const step: DeliveryStep = { shown: [], closed: [] };
    if (queue.length === 0 && screen.length === 0) return step;
    expire(clockMs, step);
    showCritical(clockMs, step);
    showOne(clockMs, step);
    return step;
  }

  function drop(matches: (suggestion: Suggestion) => boolean): Entry[] {
    const gone = [...screen, ...queue].filter((entry) => matches(entry.suggestion));
    screen = screen.filter((entry) => !gone.includes(entry));
    queue = queue.filter((entry) => !gone.includes(entry));
    return gone;
  }

  function take(suggestion: Suggestion, now: number, step: DeliveryStep): void {
    if (known.has(suggestion.id)) return;
    known.add(suggestion.id);
    if (known.size > 1000) known.delete(known.values().next().value as string);
    if (suggestion.expiresAt <= now) {
      step.closed.push({ suggestionId: suggestion.id, outcome: 'expired' });
      return;
    }
    queue.push({ suggestion, offeredAt: now, shownAt: 0 });
    if (queue.length <= waitingLimit) return;
    // The least urgent and oldest goes; the triggers of money and distress group their cards, so they never fill this.
    const last = queue.sort(byUrgency).pop()!;
    step.closed.push({ suggestionId: last.suggestion.id, outcome: 'replaced' });
  }

  function end(
    outcome: DeliveryStep['closed'][number]['outcome'],
    matches: (card: Suggestion) => boolean,
  ): DeliveryStep {
    const closed = drop(matches).map((entry) => ({ suggestionId: entry.suggestion.id, outcome }));
    const step = advance(clockMs);
    return { shown: step.shown, closed: [...closed, ...step.closed] };
  }

  /** What the streamer did not end themselves but an event made pointless; null for other events. */
  function endedBy(event: LiveEvent): DeliveryStep | null {
    if (event.type === 'session.stopped') return end('expired', () => true);
    if (event.type === 'question.answered') {
      const answered = new Set(event.danmakuIds);
      const isQuestion = (card: Suggestion) => card.trigger === 'repeated_question';
      return end('answered', (card) => isQuestion(card) && card.evidence.danmakuIds.some((id) => answered.has(id)));
    }
    if (event.type !== 'danmaku.received') return null;
    // A superchat that the platform took back must not be read out. No other danmaku concerns the screen.
    const { messageType, metadata } = event.danmaku;
    const id = messageType === 'superchat_delete' ? metadata.superchat_id : undefined;
    return id ? end('replaced', (card) => card.params.superchatId === id) : { shown: [], closed: [] };
  }

  return {
    offer(suggestions, nowMs) {
      clockMs = Math.max(clockMs, nowMs);
      const early: DeliveryStep = { shown: [], closed: [] };
      for (const suggestion of suggestions) take(suggestion, clockMs, early);
      const step = advance(clockMs);
      return { shown: step.shown, closed: [...early.closed, ...step.closed] };
    },
    accept(event, nowMs) {
      clockMs = Math.max(clockMs, nowMs);
      const ended = endedBy(event);
      if (ended) return ended;
      if (event.type === 'suggestion.closed') {
        known.add(event.suggestionId);
        drop((suggestion) => suggestion.id === event.suggestionId);
      }
      if (event.type === 'break') onBreak = event.active;
      if (event.type === 'speech.segment') speechEndedAt = Math.max(speechEndedAt, Math.min(event.at, clockMs));
      if (event.type === 'device.state' && event.device === 'microphone' && event.state !== 'on') speaking = null;
      return advance(clockMs);
    },
    setSpeaking(active, nowMs) {
      if (speaking?.active !== active) speaking = { active, at: Math.max(clockMs, nowMs) };
      if (!active) speechEndedAt = Math.max(speechEndedAt, Math.max(clockMs, nowMs));
      return advance(nowMs);
    },
    setLoad(next, nowMs) {
      load = next;
      return advance(nowMs);
    },
    tick: advance,
    visible: () => screen.map((entry) => entry.suggestion),
    waiting: () => queue.length,
  };
}
