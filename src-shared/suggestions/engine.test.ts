import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type LiveEvent, liveEvent, type Suggestion, suggestion as suggestionSchema } from '../live-event.ts';
import { createDelivery } from './delivery.ts';
import { createSuggestionEngine } from './engine.ts';
import {
  type AnalysisSketch,
  countedIds,
  createSampler,
  type MessageSketch,
  sampleId,
  scoresOf,
} from './sample-events.ts';
import { openSampleRoom, start } from './sample-room.ts';
import { defaultSuggestionSettings } from './settings.ts';

const newEngine = () => createSuggestionEngine({ newId: countedIds(), settings: defaultSuggestionSettings });

/** A script of a lively room: everything a trigger waits for, in one list of events. */
const scriptStep = fc.record({
  kind: fc.constantFrom(
    'say',
    'gift',
    'superchat',
    'delete',
    'enter',
    'speech',
    'face',
    'break',
    'gap',
    'answered',
    'device',
  ),
  viewer: fc.integer({ min: 0, max: 12 }),
  text: fc.constantFrom(
    '新疆包邮吗',
    '发货到新疆要几天',
    '偏远地区发吗',
    '多少钱',
    '什么面料',
    '我真的不想活了',
    '骂',
    '卡死了',
    '哈哈',
    '',
  ),
  intent: fc.constantFrom('question', 'price', 'logistics', 'complaint', 'abuse', 'chat'),
  score: fc.double({ min: 0, max: 1, noNaN: true }),
  number: fc.integer({ min: 0, max: 30 }),
  elapsedMs: fc.integer({ min: 0, max: 4_000 }),
});
type Step = typeof scriptStep extends fc.Arbitrary<infer T> ? T : never;

function eventsOf(steps: readonly Step[]): LiveEvent[] {
  const sampler = createSampler();
  const events: LiveEvent[] = [];
  let at = start;
  for (const step of steps) {
    at += step.elapsedMs;
    const viewer = `v${step.viewer}`;
    const base = sampler.base(at);
    const message = (sketch: MessageSketch) => events.push(sampler.message(at, { viewer, ...sketch }));
    const sketch: AnalysisSketch = {
      intent: step.intent as AnalysisSketch['intent'],
      abuse: step.intent === 'abuse' ? step.score : 0,
      purchase: step.score,
      sentiment: 1 - 2 * step.score,
    };
    if (step.kind === 'say') events.push(...sampler.comment(at, step.text, viewer, sketch));
    if (step.kind === 'gift') {
      const metadata = {
        gift_name: '火箭',
        gift_count: step.number,
        price_cents: step.number * 100,
        streak_end: step.score > 0.5,
      };
      message({
        kind: 'gift',
        metadata: { ...metadata, ...(step.score > 0.2 ? { streak_id: `s${step.number}` } : {}) },
      });
    }
    if (step.kind === 'superchat')
      message({ kind: 'superchat', text: step.text, metadata: { superchat_id: `c${step.number}`, price_cents: 3000 } });
    if (step.kind === 'delete') message({ kind: 'superchat_delete', metadata: { superchat_id: `c${step.number}` } });
    if (step.kind === 'enter')
      for (let i = 0; i < step.number; i += 1) events.push(sampler.message(at, { kind: 'enter' }));
    if (step.kind === 'speech') events.push({ ...base, type: 'speech.segment', startAt: at - 2_000, loudnessDb: -30 });
    if (step.kind === 'face') {
      const emotion = { label: 'angry' as const, confidence: 0.9, scores: scoresOf('angry', 0.9) };
      events.push({
        ...base,
        type: 'emotion.observed',
        source: 'face',
        emotion,
        certain: true,
        reason: null,
        figures: {},
      });
    }
    if (step.kind === 'break') events.push({ ...base, type: 'break', active: step.score > 0.5 });
    if (step.kind === 'gap') events.push({ ...base, type: 'gap', part: 'engine', fromAt: at - 1_000 });
    if (step.kind === 'answered')
      events.push({ ...base, type: 'question.answered', danmakuIds: [sampleId(step.number + 1)] });
    if (step.kind === 'device')
      events.push({ ...base, type: 'device.state', device: 'microphone', state: step.score > 0.5 ? 'on' : 'lost' });
  }
  return events;
}

const script = fc.array(scriptStep, { minLength: 1, maxLength: 150, size: 'max' }).map(eventsOf);
/** The same events in any order, some of them again, at times that go on. */
const disordered = script.chain((events) =>
  fc.tuple(
    fc.shuffledSubarray(events, { minLength: events.length }),
    fc.array(fc.nat(), { maxLength: 40 }),
    fc.array(fc.integer({ min: -500, max: 3_000 }), { minLength: events.length + 40, maxLength: events.length + 40 }),
  ),
);

/** Engine and delivery together, as a session runs them; every check that must hold at each step. */
function runSession(
  events: readonly LiveEvent[],
  elapsed: readonly number[],
): { made: Suggestion[]; shown: Suggestion[] } {
  const engine = newEngine();
  const delivery = createDelivery();
  const made: Suggestion[] = [];
  const shown: Suggestion[] = [];
  let now = start;
  let latest = start;
  events.forEach((event, i) => {
    now += elapsed[i] ?? 0;
    latest = Math.max(latest, now);
    const cards = [...engine.accept(event, now), ...engine.tick(now)];
    made.push(...cards);
    for (const step of [delivery.offer(cards, now), delivery.accept(event, now), delivery.tick(now)]) {
      for (const card of step.shown) expect(card.expiresAt).toBeGreaterThan(latest);
      shown.push(...step.shown);
    }
    expect(delivery.visible().length).toBeLessThanOrEqual(2);
  });
  return { made, shown };
}

const coolDowns: Partial<Record<Suggestion['trigger'], number>> = {
  repeated_question: 8_000,
  gift_thanks: 5_000,
  superchat_thanks: 5_000,
  viewer_distress: 60_000,
  abuse: 120_000,
  negative_burst: 180_000,
  price_question: 240_000,
  logistics_question: 240_000,
  purchase_intent: 240_000,
  newcomers: 300_000,
  long_silence: 180_000,
  mood_drop: 480_000,
  streamer_strained: 1_200_000,
};

describe('the engine', () => {
  test('the events of the script are events of the product', () => {
    fc.assert(
      fc.property(script, (events) => events.every((event) => liveEvent.safeParse(event).success)),
      { numRuns: 30, seed: 1 },
    );
  });

  test('any order and any repetition of events is taken, and every promise about cards holds', () => {
    fc.assert(
      fc.property(disordered, ([events, again, elapsed]) => {
        const all = [...events, ...again.map((i) => events[i % events.length]!)];
        const { made, shown } = runSession(all, elapsed);
        expect(new Set(made.map((card) => card.id)).size).toBe(made.length);
        expect(new Set(shown.map((card) => card.id)).size).toBe(shown.length);
        const lastAt = new Map<string, number>();
        const usedBy = new Map<string, Set<string>>();
        for (const card of made) {
          expect(suggestionSchema.safeParse(card).success).toBe(true);
          const last = lastAt.get(card.trigger);
          if (last !== undefined) expect(card.createdAt - last).toBeGreaterThanOrEqual(coolDowns[card.trigger]!);
          lastAt.set(card.trigger, card.createdAt);
          const used = usedBy.get(card.trigger) ?? new Set();
          const { danmakuIds } = card.evidence;
          if (danmakuIds.length > 0 && card.trigger !== 'long_silence')
            expect(danmakuIds.some((id) => !used.has(id))).toBe(true);
          for (const id of danmakuIds) used.add(id);
          usedBy.set(card.trigger, used);
        }
      }),
      { numRuns: 150, seed: 2 },
    );
  });

  test('the same events at the same times give the same cards', () => {
    fc.assert(
      fc.property(disordered, ([events, , elapsed]) => {
        expect(runSession(events, elapsed)).toEqual(runSession(events, elapsed));
      }),
      { numRuns: 40, seed: 3 },
    );
  });

  test('an analysis that overtakes its message is joined with it', () => {
    const engine = newEngine();
    const sampler = createSampler();
    const cards: Suggestion[] = [];
    for (const viewer of ['a', 'b', 'c']) {
      const [message, analysis] = sampler.comment(start, '什么面料', viewer, { intent: 'question' });
      cards.push(...engine.accept(analysis!, start), ...engine.accept(message!, start + 5));
    }
    expect(cards).toHaveLength(1);
  });

  test('one platform message from two connectors is one viewer asking once', () => {
    const engine = newEngine();
    const sampler = createSampler();
    const cards: Suggestion[] = [];
    for (let i = 0; i < 3; i += 1) {
      const message = sampler.message(start, { text: '什么面料', viewer: `v${i}`, platformEventId: 'same' });
      cards.push(...engine.accept(message, start));
      cards.push(...engine.accept(sampler.analysis(start, message.id, { intent: 'question' }), start));
    }
    expect(cards).toHaveLength(0);
  });

  test('a trigger that is off makes no card and the refusal is counted', () => {
    const room = openSampleRoom({ off: ['repeated_question'] });
    for (const viewer of ['a', 'b', 'c']) room.ask(0, '什么面料', viewer, 'question');
    expect(room.cards).toHaveLength(0);
    expect(room.engine.snapshot(room.at(1)).heldBack.off).toBe(1);
  });

  test('after a restart the cards of the earlier run are not made again', () => {
    const room = openSampleRoom();
    const ask = ['a', 'b', 'c'].flatMap((viewer) =>
      room.sampler.comment(start, '什么面料', viewer, { intent: 'question' }),
    );
    room.feed(ask);
    const again = openSampleRoom();
    again.feed([{ ...room.base(1), type: 'suggestion.made', suggestion: room.cards[0]! }]);
    again.feed(ask);
    again.wait(1, 90);
    expect(again.cards).toHaveLength(0);
  });

  test('a trigger whose cards are waved away twice in a row comes half as often, until one is taken', () => {
    const room = openSampleRoom();
    const questions = ['什么面料', '会掉色吗', '什么时候下播', '几点抽奖', '怎么加群', '什么段位'];
    const outcomes = ['dismissed', 'dismissed', 'accepted', 'accepted', 'accepted'] as const;
    for (let second = 0; second < 90 && room.cards.length < questions.length; second += 1) {
      const before = room.cards.length;
      // Asked again each second by others, so that the question is fresh whenever the trigger may speak.
      for (const name of ['a', 'b', 'c']) room.ask(second, questions[before]!, `${name}${second}`, 'question');
      const outcome = outcomes[room.cards.length - 1];
      if (room.cards.length === before || !outcome) continue;
      const suggestionId = room.cards.at(-1)!.id;
      room.feed([{ ...room.base(second + 0.5), type: 'suggestion.closed', suggestionId, outcome }]);
    }
    const gaps = room.cards.slice(1).map((card, i) => Math.round((card.createdAt - room.cards[i]!.createdAt) / 1000));
    // A cool-down is set when its card is made: the third card is the first that knows of two refusals.
    expect(gaps).toEqual([8, 8, 16, 8, 8]);
  });

  test('memory stays bounded under a flood of different viewers, gifts and questions', () => {
    const engine = newEngine();
    const sampler = createSampler();
    for (let i = 0; i < 5_000; i += 1) {
      const at = start + i;
      for (const event of sampler.comment(at, `第${i}个${i % 97}问题吗`, `v${i}`, { intent: 'question' }))
        engine.accept(event, at);
    }
    const snapshot = engine.snapshot(start + 5_000);
    expect(snapshot.messages).toBe(4_000);
    expect(snapshot.openQuestions).toBeLessThanOrEqual(64);
  });
});
