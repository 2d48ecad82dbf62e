// What every trigger is: it watches the room and proposes candidates. The engine decides whether one becomes a card.
import type { Evidence, LiveEvent, Suggestion, SuggestionType, TriggerName, Urgency } from '../live-event.ts';
import type { RoomMessage } from './room-memory.ts';
import type { SuggestionSettings } from './settings.ts';

/** A card that a trigger would make. */
export type Candidate = {
  /** What the card is about inside its trigger; one topic is not proposed again while it cools down. */
  topic: string;
  type: SuggestionType;
  urgency: Urgency;
  confidence: number;
  headline: string;
  params: Suggestion['params'];
  evidence: Evidence;
  /** How long the card is worth reading, from now. */
  lifeMs: number;
  receivedAt?: number;
};

/** How a card of the trigger ended. */
export type Closed = { topic: string; danmakuIds: readonly string[]; outcome: 'accepted' | 'dismissed' | 'other' };

/** One trigger. Each method is cheap and never throws; what it keeps is bounded. */
export type Trigger = {
  name: TriggerName;
  /** After a card, no card of this trigger for so long. */
  coolDownMs: number;
  /** After a card, no card on the same topic for so long. */
  topicCoolDownMs: number;
  /** A card needs this many danmaku that no earlier card rests on; 0 for cards that rest on no danmaku. */
  freshDanmaku: number;
  /** A message of any kind, once, when it comes. Its analysis may still be missing. */
  message?(message: RoomMessage, nowMs: number): void;
  /** A message, once, when its analysis is there. */
  analyzed?(message: RoomMessage, nowMs: number): void;
  /** Every event of the session that is no danmaku. */
  event?(event: LiveEvent, nowMs: number): void;
  /** A card of this trigger ended. */
  closed?(closed: Closed, nowMs: number): void;
  /** What it would say now. Called after events and on ticks, never while the trigger cools down. */
  propose(nowMs: number, settings: SuggestionSettings): Candidate[];
};
