import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Suggestion, Urgency } from '../live-event.ts';
import { createDelivery } from './delivery.ts';
import { createSampler, sampleId } from './sample-events.ts';

const start = 1_700_000_000_000;

function card(number: number, urgency: Urgency, createdAt = start, lifeMs = 60_000): Suggestion {
  return {
    id: sampleId(number, 7),
    trigger: urgency === 'critical' ? 'viewer_distress' : 'repeated_question',
    type: 'interaction',
    urgency,
    confidence: 0.9,
    headline: '',
    params: {},
    evidence: { quotes: [], count: 0, windowSeconds: 0, danmakuIds: [], figures: {} },
    createdAt,
    expiresAt: createdAt + lifeMs,
    decidedAt: createdAt,
  };
}
const ids = (cards: readonly Suggestion[]) => cards.map((each) => each.id);

describe('delivery', () => {
  test('without a microphone a card is shown at once and a third waits for a place', () => {
    const delivery = createDelivery();
    expect(delivery.offer([card(1, 'low')], start).shown).toHaveLength(1);
    delivery.offer([card(2, 'medium'), card(3, 'high')], start + 5_000);
    expect(ids(delivery.visible())).toEqual([sampleId(3, 7), sampleId(1, 7)]);
    expect(delivery.waiting()).toBe(1);
  });

  test('the newest critical card is on top at once and pushes out the least urgent', () => {
    const delivery = createDelivery();
    delivery.setSpeaking(true, start);
    delivery.offer([card(1, 'low')], start);
    delivery.tick(start + 2_000);
    delivery.offer([card(2, 'high')], start + 4_000);
    delivery.tick(start + 6_500);
    expect(delivery.visible()).toHaveLength(2);
    const step = delivery.offer([card(3, 'critical', start + 7_000)], start + 7_000);
    expect(step.closed).toEqual([{ suggestionId: sampleId(1, 7), outcome: 'replaced' }]);
    expect(ids(delivery.visible())).toEqual([sampleId(3, 7), sampleId(2, 7)]);
  });

  test('a card waits for a pause of 300 ms in the speech', () => {
    const delivery = createDelivery();
    delivery.setSpeaking(true, start);
    expect(delivery.offer([card(1, 'high')], start + 100).shown).toHaveLength(0);
    delivery.setSpeaking(false, start + 900);
    expect(delivery.tick(start + 1_100).shown).toHaveLength(0);
    expect(delivery.tick(start + 1_200).shown).toHaveLength(1);
  });

  test('a card waits at most two seconds for a pause', () => {
    const delivery = createDelivery();
    delivery.setSpeaking(true, start);
    delivery.offer([card(1, 'low')], start);
    expect(delivery.tick(start + 1_999).shown).toHaveLength(0);
    expect(delivery.tick(start + 2_000).shown).toHaveLength(1);
  });

  test('the end of a speech segment opens a pause when voice activity is not reported', () => {
    const delivery = createDelivery();
    const sampler = createSampler();
    const segment = {
      ...sampler.base(start),
      type: 'speech.segment' as const,
      startAt: start - 3_000,
      loudnessDb: -30,
    };
    delivery.accept(segment, start);
    expect(delivery.offer([card(1, 'low')], start + 100).shown).toHaveLength(0);
    expect(delivery.tick(start + 300).shown).toHaveLength(1);
  });

  test('under load fewer cards come, and a critical one still comes', () => {
    const delivery = createDelivery();
    delivery.setLoad('rest', start);
    delivery.offer([card(1, 'low'), card(2, 'medium')], start);
    expect(delivery.visible()).toHaveLength(0);
    delivery.offer([card(3, 'high'), card(4, 'high')], start);
    expect(delivery.visible()).toHaveLength(1);
    delivery.offer([card(5, 'critical')], start + 10);
    expect(delivery.visible()).toHaveLength(2);
  });

  test('on a break nothing but a critical card is shown', () => {
    const delivery = createDelivery();
    const sampler = createSampler();
    delivery.accept({ ...sampler.base(start), type: 'break', active: true }, start);
    delivery.offer([card(1, 'high'), card(2, 'critical')], start);
    expect(ids(delivery.visible())).toEqual([sampleId(2, 7)]);
    delivery.accept({ ...sampler.base(start + 9_000), type: 'break', active: false }, start + 9_000);
    expect(delivery.visible()).toHaveLength(2);
  });

  test('an expired card leaves the screen, and one that expired while waiting is reported and never shown', () => {
    const delivery = createDelivery();
    delivery.offer([card(1, 'low', start, 5_000)], start);
    delivery.offer([card(2, 'low', start, 3_000)], start + 500);
    const steps = [delivery.tick(start + 3_000), delivery.tick(start + 5_000)];
    expect(steps.flatMap((step) => step.shown)).toHaveLength(0);
    expect(steps.flatMap((step) => step.closed).map((closed) => closed.outcome)).toEqual(['expired', 'expired']);
    expect(delivery.offer([card(3, 'critical', start, 5_000)], start + 6_000).shown).toHaveLength(0);
  });

  test('a superchat that the platform took back leaves the screen', () => {
    const delivery = createDelivery();
    const sampler = createSampler();
    delivery.offer([{ ...card(1, 'high'), params: { superchatId: 's1' } }], start);
    const deleted = sampler.message(start + 10, { kind: 'superchat_delete', metadata: { superchat_id: 's1' } });
    expect(delivery.accept(deleted, start + 10).closed).toHaveLength(1);
    expect(delivery.visible()).toHaveLength(0);
  });

  test('a question that was marked answered elsewhere leaves the screen, others stay', () => {
    const delivery = createDelivery();
    const sampler = createSampler();
    const question = card(1, 'high');
    question.evidence.danmakuIds = [sampleId(41), sampleId(42)];
    delivery.offer([question], start);
    delivery.offer([card(2, 'low')], start + 5_000);
    const step = delivery.accept(
      { ...sampler.base(start + 6_000), type: 'question.answered', danmakuIds: [sampleId(42)] },
      start + 6_000,
    );
    expect(step.closed).toEqual([{ suggestionId: sampleId(1, 7), outcome: 'answered' }]);
    expect(ids(delivery.visible())).toEqual([sampleId(2, 7)]);
  });

  test('the end of the session clears the screen and the queue', () => {
    const delivery = createDelivery();
    const sampler = createSampler();
    delivery.offer([card(1, 'high'), card(2, 'low'), card(3, 'low')], start);
    const step = delivery.accept({ ...sampler.base(start + 1), type: 'session.stopped', reason: 'user' }, start + 1);
    expect(step.closed).toHaveLength(3);
    expect([delivery.visible().length, delivery.waiting()]).toEqual([0, 0]);
  });

  test('whatever is offered when, at most two cards are visible, none twice, none expired, critical on top', () => {
    const action = fc.record({
      kind: fc.constantFrom('offer', 'close', 'speak', 'hush', 'tick', 'load', 'break'),
      number: fc.integer({ min: 1, max: 60 }),
      urgency: fc.constantFrom<Urgency>('low', 'medium', 'high', 'critical'),
      lifeMs: fc.integer({ min: -1_000, max: 20_000 }),
      afterMs: fc.integer({ min: -500, max: 4_000 }),
    });
    fc.assert(
      fc.property(fc.array(action, { maxLength: 120, size: 'max' }), (actions) => {
        const delivery = createDelivery();
        const sampler = createSampler();
        const shown = new Set<string>();
        let now = start;
        let latest = start;
        for (const each of actions) {
          now += each.afterMs;
          latest = Math.max(latest, now);
          const steps = [];
          if (each.kind === 'offer')
            steps.push(delivery.offer([card(each.number, each.urgency, now, each.lifeMs)], now));
          if (each.kind === 'speak' || each.kind === 'hush')
            steps.push(delivery.setSpeaking(each.kind === 'speak', now));
          if (each.kind === 'load') steps.push(delivery.setLoad(each.number % 2 === 0 ? 'rest' : 'calm', now));
          const base = sampler.base(now);
          if (each.kind === 'break')
            steps.push(delivery.accept({ ...base, type: 'break', active: each.number % 2 === 0 }, now));
          if (each.kind === 'close') {
            const suggestionId = sampleId(each.number, 7);
            steps.push(
              delivery.accept({ ...base, type: 'suggestion.closed', suggestionId, outcome: 'dismissed' }, now),
            );
          }
          steps.push(delivery.tick(now));
          for (const one of steps.flatMap((step) => step.shown)) {
            expect(shown.has(one.id)).toBe(false);
            shown.add(one.id);
            expect(one.expiresAt).toBeGreaterThan(latest);
          }
          const visible = delivery.visible();
          expect(visible.length).toBeLessThanOrEqual(2);
          expect(visible.every((one) => one.expiresAt > latest)).toBe(true);
          if (visible[1]?.urgency === 'critical') expect(visible[0]!.urgency).toBe('critical');
          expect(delivery.waiting()).toBeLessThanOrEqual(32);
        }
      }),
      { numRuns: 300, seed: 11 },
    );
  });
});
