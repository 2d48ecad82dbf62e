// A room for tests: an engine, a sampler, and the cards that came, in seconds from the start.
import type { LiveEvent, Suggestion, TriggerName } from '../live-event.ts';
import { createSuggestionEngine } from './engine.ts';
import { type AnalysisSketch, countedIds, createSampler, type MessageSketch } from './sample-events.ts';
import { defaultSuggestionSettings, type SuggestionSettings } from './settings.ts';

/** When sample rooms open, in epoch ms. */
export const start = 1_700_000_000_000;

/** Opens a room in which nothing happened yet. */
export function openSampleRoom(settings: Partial<SuggestionSettings> = {}) {
  const engine = createSuggestionEngine({
    newId: countedIds(),
    settings: { ...defaultSuggestionSettings, ...settings },
  });
  const sampler = createSampler();
  const cards: Suggestion[] = [];
  const at = (seconds: number) => start + Math.round(seconds * 1000);
  return {
    engine,
    sampler,
    cards,
    at,
    feed(events: readonly LiveEvent[]) {
      for (const event of events) cards.push(...engine.accept(event, event.receivedAt));
    },
    /** A comment with its analysis. */
    say(seconds: number, text: string, viewer: string, sketch: AnalysisSketch = {}) {
      this.feed(sampler.comment(at(seconds), text, viewer, sketch));
    },
    ask(seconds: number, text: string, viewer: string, intent: 'question' | 'price' | 'logistics' = 'logistics') {
      this.say(seconds, text, viewer, { intent });
    },
    /** A message without an analysis. */
    message(seconds: number, sketch: MessageSketch) {
      const message = sampler.message(at(seconds), sketch);
      this.feed([message]);
      return message;
    },
    base: (seconds: number) => sampler.base(at(seconds)),
    /** A tick a second over a span. */
    wait(fromSeconds: number, toSeconds: number) {
      for (let second = fromSeconds; second <= toSeconds; second += 1) cards.push(...engine.tick(at(second)));
    },
    of: (trigger: TriggerName) => cards.filter((card) => card.trigger === trigger),
  };
}
