import { describe, expect, test } from 'vitest';
import type { LiveEvent, Suggestion, TriggerName } from '../live-event.ts';
import { createSuggestionEngine } from './engine.ts';
import { ordinaryHour, ordinaryLines } from './ordinary-chat.ts';
import { countedIds } from './sample-events.ts';
import { defaultSuggestionSettings } from './settings.ts';

const start = 1_700_000_000_000;

/** Cards of a run in which a tick comes every second between the events. */
function run(events: readonly LiveEvent[]): Suggestion[] {
  const engine = createSuggestionEngine({ newId: countedIds(), settings: defaultSuggestionSettings });
  const cards: Suggestion[] = [];
  let nextTick = start;
  for (const event of events) {
    for (; nextTick <= event.receivedAt; nextTick += 1000) cards.push(...engine.tick(nextTick));
    cards.push(...engine.accept(event, event.receivedAt));
  }
  return cards;
}

function countByTrigger(hours: number, labelNoise: number): Map<TriggerName, number> {
  const counts = new Map<TriggerName, number>();
  for (let seed = 1; seed <= hours; seed += 1) {
    for (const card of run(ordinaryHour(start, { seed, labelNoise }))) {
      counts.set(card.trigger, (counts.get(card.trigger) ?? 0) + 1);
    }
  }
  return counts;
}

const show = (counts: Map<TriggerName, number>, hours: number) =>
  [...counts].map(([name, count]) => `${name} ${(count / hours).toFixed(2)}/h`).join(', ') || 'no card at all';

describe('an ordinary hour', () => {
  test('the material is at least 400 different lines', () => {
    expect(new Set(ordinaryLines.map((line) => line.text)).size).toBeGreaterThanOrEqual(400);
  });

  test('with right labels raises no card of any trigger', () => {
    const counts = countByTrigger(3, 0);
    console.log(`false alarms in 3 ordinary hours: ${show(counts, 3)}`);
    expect([...counts]).toEqual([]);
  });

  test('with every tenth label wrong raises at most one card an hour', () => {
    const counts = countByTrigger(3, 0.1);
    console.log(`false alarms in 3 ordinary hours, 10 % wrong labels: ${show(counts, 3)}`);
    const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
    expect(total / 3).toBeLessThanOrEqual(1);
    expect(counts.get('viewer_distress') ?? 0).toBe(0);
    expect(counts.get('abuse') ?? 0).toBe(0);
  });
});
