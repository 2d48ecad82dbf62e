// The gate between a trigger's candidate and a card: settings, confidence, cool-down and novelty, each refusal counted.
import type { Suggestion, TriggerName } from '../live-event.ts';
import type { SuggestionSettings } from './settings.ts';
import type { Candidate, Trigger } from './trigger.ts';

/** Why candidates did not become cards, as counts. */
export type HeldBack = { off: number; lowConfidence: number; topicCoolDown: number; repeated: number };

/** As many danmaku as the room memory holds. */
const usedLimit = 4000;
const topicLimit = 500;
/** Waved away twice in a row doubles a trigger's cool-down, up to four times: fewer, not none. */
const maxPatience = 4;

export type Gate = {
  /** Whether the trigger may speak now; cheap, asked before a candidate is built. */
  isOpen(trigger: Trigger, nowMs: number): boolean;
  /** Lets the candidate through and remembers it, or counts why not. */
  pass(trigger: Trigger, candidate: Candidate, nowMs: number): boolean;
  /** Remembers a card that was made elsewhere, as after a restart. */
  remember(trigger: Trigger, suggestion: Suggestion, nowMs: number): void;
  /** The streamer took it, waved it away or rated it: the trigger speaks as often as before, or less often. */
  learn(name: TriggerName, welcome: boolean): void;
  heldBack(): HeldBack;
};

function bound<V>(map: Map<string, V>, limit: number): void {
  while (map.size > limit) map.delete(map.keys().next().value as string);
}

/** Opens a gate that has let nothing through yet. */
export function createGate(settings: SuggestionSettings): Gate {
  const off = new Set(settings.off);
  const coolUntil = new Map<TriggerName, number>();
  const topicUntil = new Map<string, number>();
  const usedBy = new Map<string, TriggerName>();
  const unwelcome = new Map<TriggerName, number>();
  const held: HeldBack = { off: 0, lowConfidence: 0, topicCoolDown: 0, repeated: 0 };

  function patience(name: TriggerName): number {
    // A card about somebody in need is never made rarer by earlier clicks.
    if (name === 'viewer_distress') return 1;
    return Math.min(maxPatience, 2 ** Math.floor((unwelcome.get(name) ?? 0) / 2));
  }

  function isRepeat(trigger: Trigger, candidate: Candidate): boolean {
    if (trigger.freshDanmaku === 0) return false;
    let fresh = 0;
    for (const id of candidate.evidence.danmakuIds) {
      const user = usedBy.get(id);
      // What is critical may use evidence of a lesser card, but not its own again.
      if (user === undefined || (candidate.urgency === 'critical' && user !== trigger.name)) fresh += 1;
    }
    return fresh < trigger.freshDanmaku;
  }

  function use(trigger: Trigger, danmakuIds: readonly string[], topic: string | null, nowMs: number): void {
    if (settings.coolDowns) coolUntil.set(trigger.name, nowMs + trigger.coolDownMs * patience(trigger.name));
    if (topic !== null && settings.coolDowns) {
      const key = `${trigger.name}:${topic}`;
      topicUntil.delete(key);
      topicUntil.set(key, nowMs + trigger.topicCoolDownMs);
      bound(topicUntil, topicLimit);
    }
    for (const id of danmakuIds) {
      usedBy.delete(id);
      usedBy.set(id, trigger.name);
    }
    bound(usedBy, usedLimit);
  }

  function refuse(reason: keyof HeldBack): false {
    held[reason] += 1;
    return false;
  }

  return {
    isOpen: (trigger, nowMs) => nowMs >= (coolUntil.get(trigger.name) ?? 0),
    pass(trigger, candidate, nowMs) {
      if (off.has(trigger.name)) return refuse('off');
      if (nowMs < (coolUntil.get(trigger.name) ?? 0)) return refuse('topicCoolDown');
      // A stricter taste in cards must not silence one about somebody in danger.
      const floor = candidate.urgency === 'critical' ? 0 : settings.minConfidence;
      if (candidate.confidence < floor) return refuse('lowConfidence');
      if (nowMs < (topicUntil.get(`${trigger.name}:${candidate.topic}`) ?? 0)) return refuse('topicCoolDown');
      if (isRepeat(trigger, candidate)) return refuse('repeated');
      use(trigger, candidate.evidence.danmakuIds, candidate.topic, nowMs);
      return true;
    },
    remember: (trigger, suggestion, nowMs) => use(trigger, suggestion.evidence.danmakuIds, null, nowMs),
    learn(name, welcome) {
      unwelcome.set(name, welcome ? 0 : (unwelcome.get(name) ?? 0) + 1);
    },
    heldBack: () => ({ ...held }),
  };
}
