// The suggestion engine: session events in, cards to offer out. It knows no clock, no storage and no window;
// what is visible is decided by delivery.ts.
import type { LiveEvent, Suggestion, SuggestionClosed, TriggerName } from '../live-event.ts';
import type { QuestionView } from '../view.ts';
import { createGate, type HeldBack } from './gate.ts';
import { createRoomMemory, type RoomMessage } from './room-memory.ts';
import type { SuggestionSettings } from './settings.ts';
import type { Candidate, Trigger } from './trigger.ts';
import { createAbuse } from './triggers/abuse.ts';
import { createGiftThanks } from './triggers/gift-thanks.ts';
import { createLogisticsQuestion, createPriceQuestion, createPurchaseIntent } from './triggers/intent-burst.ts';
import { createLongSilence } from './triggers/long-silence.ts';
import { createMoodDrop } from './triggers/mood-drop.ts';
import { createNegativeBurst } from './triggers/negative-burst.ts';
import { createNewcomers } from './triggers/newcomers.ts';
import { createRepeatedQuestion } from './triggers/repeated-question.ts';
import { createStreamerStrained } from './triggers/streamer-strained.ts';
import { createSuperchatThanks } from './triggers/superchat-thanks.ts';
import { createViewerDistress } from './triggers/viewer-distress.ts';

/** Figures for the self-test page: nothing of what was said. */
export type EngineSnapshot = { made: number; messages: number; openQuestions: number; heldBack: HeldBack };

export type SuggestionEngine = {
  /** Takes one event of the session, in any order and any number of times; returns the cards to offer now. */
  accept(event: LiveEvent, nowMs: number): Suggestion[];
  /** To be called about once a second: some cards come from silence, not from an event. */
  tick(nowMs: number): Suggestion[];
  /** Unanswered questions of at least `viewers` people, most asked first, for the inbox. */
  openQuestions(nowMs: number, viewers?: number): QuestionView[];
  snapshot(nowMs: number): EngineSnapshot;
};

export type EngineOptions = { newId(): string; settings: SuggestionSettings };

type Made = { trigger: Trigger; topic: string; danmakuIds: readonly string[] };

const madeLimit = 500;
/** Ids of events that are no danmaku: these are few, so this is minutes to hours. */
const seenLimit = 4000;

/** Opens an engine for one session. Times are epoch ms of one clock; a clock that jumps back is held still. */
export function createSuggestionEngine(options: EngineOptions): SuggestionEngine {
  const repeatedQuestion = createRepeatedQuestion();
  // In order of right to the evidence: a danmaku carries one card, and the earlier trigger gets it.
  const triggers: readonly Trigger[] = [
    createViewerDistress(),
    repeatedQuestion,
    createSuperchatThanks(),
    createGiftThanks(),
    createAbuse(),
    createNegativeBurst(),
    createPurchaseIntent(),
    createPriceQuestion(),
    createLogisticsQuestion(),
    createMoodDrop(),
    createLongSilence(),
    createStreamerStrained(),
    createNewcomers(),
  ];
  const byName = new Map<TriggerName, Trigger>(triggers.map((trigger) => [trigger.name, trigger]));
  const gate = createGate(options.settings);
  const memory = createRoomMemory();
  const made = new Map<string, Made>();
  const seen = new Set<string>();
  let clockMs = 0;
  let madeCount = 0;

  const forward = (nowMs: number): number => {
    clockMs = Math.max(clockMs, nowMs);
    return clockMs;
  };

  function rememberMade(id: string, entry: Made): void {
    made.set(id, entry);
    if (made.size > madeLimit) made.delete(made.keys().next().value as string);
  }

  function toSuggestion(trigger: Trigger, candidate: Candidate, now: number): Suggestion {
    const { topic, lifeMs, receivedAt, ...card } = candidate;
    const id = options.newId();
    rememberMade(id, { trigger, topic, danmakuIds: candidate.evidence.danmakuIds });
    madeCount += 1;
    const times = { createdAt: now, expiresAt: now + lifeMs, decidedAt: now };
    return { id, trigger: trigger.name, ...card, ...times, ...(receivedAt === undefined ? {} : { receivedAt }) };
  }

  function propose(now: number): Suggestion[] {
    const suggestions: Suggestion[] = [];
    for (const trigger of triggers) {
      if (!gate.isOpen(trigger, now)) continue;
      for (const candidate of trigger.propose(now, options.settings)) {
        if (gate.pass(trigger, candidate, now)) suggestions.push(toSuggestion(trigger, candidate, now));
      }
    }
    return suggestions;
  }

  function analyzed(message: RoomMessage, now: number): void {
    for (const trigger of triggers) trigger.analyzed?.(message, now);
  }

  function closed(event: SuggestionClosed, now: number): void {
    const entry = made.get(event.suggestionId);
    if (!entry) return;
    const outcome = event.outcome === 'answered' ? 'accepted' : event.outcome;
    if (outcome === 'accepted' || outcome === 'dismissed') gate.learn(entry.trigger.name, outcome === 'accepted');
    const known = outcome === 'accepted' || outcome === 'dismissed' ? outcome : 'other';
    entry.trigger.closed?.({ topic: entry.topic, danmakuIds: entry.danmakuIds, outcome: known }, now);
  }

  function other(event: LiveEvent, now: number): void {
    if (seen.has(event.id)) return;
    seen.add(event.id);
    if (seen.size > seenLimit) seen.delete(seen.values().next().value as string);
    if (event.type === 'suggestion.made') adopt(event.suggestion, now);
    if (event.type === 'suggestion.closed') closed(event, now);
    if (event.type === 'suggestion.rated' && event.rating !== 3) {
      const entry = made.get(event.suggestionId);
      if (entry) gate.learn(entry.trigger.name, event.rating > 3);
    }
    for (const trigger of triggers) trigger.event?.(event, now);
  }

  /** A card of an earlier run of this session: its evidence counts as used, its cool-down runs. */
  function adopt(suggestion: Suggestion, now: number): void {
    const trigger = byName.get(suggestion.trigger);
    if (!trigger || made.has(suggestion.id)) return;
    rememberMade(suggestion.id, { trigger, topic: '', danmakuIds: suggestion.evidence.danmakuIds });
    gate.remember(trigger, suggestion, now);
  }

  return {
    accept(event, nowMs) {
      const now = forward(nowMs);
      if (event.type === 'danmaku.received') {
        const message = memory.receive(event, now);
        if (!message) return [];
        for (const trigger of triggers) trigger.message?.(message, now);
        if (message.analysis) analyzed(message, now);
      } else if (event.type === 'danmaku.analyzed') {
        const message = memory.analyze(event);
        if (!message) return [];
        analyzed(message, now);
      } else {
        other(event, now);
      }
      return propose(now);
    },
    tick: (nowMs) => propose(forward(nowMs)),
    openQuestions: (nowMs, viewers = 2) => repeatedQuestion.open(viewers, forward(nowMs)),
    snapshot: (nowMs) => ({
      made: madeCount,
      messages: memory.size(),
      openQuestions: repeatedQuestion.open(1, forward(nowMs)).length,
      heldBack: gate.heldBack(),
    }),
  };
}
