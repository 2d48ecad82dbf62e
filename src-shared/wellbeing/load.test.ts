import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { LiveEvent } from '../live-event.ts';
import { createSampler, sampleId } from '../suggestions/sample-events.ts';
import { loadReasonText, loadWords } from '../words/load.ts';
import { createLoad, type LoadKeeper, nextLoad, readLoad } from './load.ts';

const start = 1_700_000_000_000;
const noon = 12;
const minutes = (count: number) => start + count * 60_000;
const sampler = createSampler();
const started: LiveEvent = { ...sampler.base(start), type: 'session.started', roomId: sampleId(1) };
const takeBreak = (at: number, active: boolean): LiveEvent => ({ ...sampler.base(at), type: 'break', active });

const open = () => nextLoad(createLoad(), started, start, noon);

/** Ticks every ten seconds over a span. */
function wait(keeper: LoadKeeper, fromMs: number, toMs: number, hour = noon): LoadKeeper {
  let next = keeper;
  for (let at = fromMs; at <= toMs; at += 10_000) next = nextLoad(next, null, at, hour);
  return next;
}

/** Steady comments and attacks per minute over a span. */
function chat(keeper: LoadKeeper, fromMs: number, toMs: number, perMinute: number, abuse = 0): LoadKeeper {
  let next = keeper;
  for (let at = fromMs; at < toMs; at += 60_000 / perMinute) {
    for (const event of sampler.comment(at, '词', 'v', { abuse })) next = nextLoad(next, event, at, noon);
  }
  return nextLoad(next, null, toMs, noon);
}

describe('load', () => {
  test('before the session and in its first minutes nothing is claimed', () => {
    expect(readLoad(createLoad(), start, noon)).toEqual({
      state: 'unknown',
      reasons: [],
      liveMinutes: 0,
      sinceBreakMinutes: 0,
    });
    expect(readLoad(wait(open(), start, minutes(2)), minutes(2), noon)).toMatchObject({
      state: 'unknown',
      reasons: [{ code: 'just_started' }],
    });
  });

  test('a quiet first hour is calm, 90 minutes without a break are busy, 150 ask for a break, each with its reason', () => {
    let keeper = open();
    keeper = wait(keeper, start, minutes(50));
    expect(readLoad(keeper, minutes(50), noon)).toMatchObject({ state: 'calm', reasons: [] });
    keeper = wait(keeper, minutes(50), minutes(95));
    expect(readLoad(keeper, minutes(95), noon)).toMatchObject({
      state: 'busy',
      reasons: [{ code: 'no_break', value: 95 }],
    });
    keeper = wait(keeper, minutes(95), minutes(155));
    expect(readLoad(keeper, minutes(155), noon)).toMatchObject({ state: 'rest', sinceBreakMinutes: 155 });
  });

  test('a break of five minutes counts as rest and is no time on air, one of a minute is not', () => {
    let keeper = wait(open(), start, minutes(100));
    keeper = nextLoad(keeper, takeBreak(minutes(100), true), minutes(100), noon);
    expect(readLoad(keeper, minutes(102), noon)).toMatchObject({
      state: 'calm',
      reasons: [{ code: 'on_break', value: 2 }],
    });
    const long = nextLoad(keeper, takeBreak(minutes(105), false), minutes(105), noon);
    expect(readLoad(long, minutes(106), noon)).toMatchObject({ state: 'calm', sinceBreakMinutes: 1, liveMinutes: 101 });
    const short = nextLoad(keeper, takeBreak(minutes(101), false), minutes(101), noon);
    expect(readLoad(short, minutes(102), noon)).toMatchObject({ state: 'busy', sinceBreakMinutes: 102 });
  });

  test('a break that is reported twice is one break', () => {
    let keeper = wait(open(), start, minutes(10));
    for (const at of [10, 12]) keeper = nextLoad(keeper, takeBreak(minutes(at), true), minutes(at), noon);
    for (const at of [14, 15]) keeper = nextLoad(keeper, takeBreak(minutes(at), false), minutes(at), noon);
    expect(readLoad(keeper, minutes(20), noon)).toMatchObject({ liveMinutes: 16, sinceBreakMinutes: 6 });
  });

  test('steady danmaku settle at their own rate, and only what cannot be read counts', () => {
    const usual = chat(open(), start, minutes(10), 90);
    expect(usual.commentRate).toBeGreaterThan(80);
    expect(usual.commentRate).toBeLessThan(100);
    expect(readLoad(usual, minutes(10), noon).state).toBe('calm');
    expect(readLoad(chat(open(), start, minutes(10), 400), minutes(10), noon)).toMatchObject({
      state: 'busy',
      reasons: [{ code: 'chat_fast' }],
    });
  });

  test('attacks in the night ask for a break sooner', () => {
    const keeper = wait(chat(open(), start, minutes(10), 20, 0.9), minutes(10), minutes(10), 3);
    expect(readLoad(keeper, minutes(10), 3)).toMatchObject({
      state: 'rest',
      reasons: [{ code: 'attacks' }, { code: 'night', value: 3 }],
    });
  });

  test('a lighter state is shown only after three minutes', () => {
    const busy = chat(open(), start, minutes(10), 400);
    const soon = wait(busy, minutes(10), minutes(12));
    expect(readLoad(soon, minutes(12), noon).state).toBe('busy');
    expect(readLoad(wait(soon, minutes(12), minutes(16)), minutes(16), noon).state).toBe('calm');
  });

  test('after a gap of the danmaku it says that it cannot see', () => {
    const keeper = wait(open(), start, minutes(20));
    const gap: LiveEvent = { ...sampler.base(minutes(20)), type: 'gap', part: 'danmaku', fromAt: minutes(18) };
    expect(readLoad(nextLoad(keeper, gap, minutes(20), noon), minutes(20), noon)).toMatchObject({
      state: 'unknown',
      reasons: [{ code: 'gap' }],
    });
  });

  test('every reason and state has words in both languages, none of them a diagnosis', () => {
    for (const language of ['zh', 'en'] as const) {
      const words = loadWords(language);
      for (const code of Object.keys(words.reason) as (keyof typeof words.reason)[]) {
        const text = loadReasonText({ code, value: 3 }, language);
        expect(text).not.toBe('');
        expect(text).not.toMatch(/[!！]|抑郁|焦虑|depress|anxi|undefined/);
      }
      expect(Object.values(words.state).every((text) => text !== '')).toBe(true);
    }
  });

  test('any order of events and any clock gives a known state and times that are not negative', () => {
    const event = fc.constantFrom<LiveEvent>(
      started,
      takeBreak(start, true),
      takeBreak(start, false),
      { ...sampler.base(start), type: 'session.stopped', reason: 'user' },
      { ...sampler.base(start), type: 'gap', part: 'engine', fromAt: start },
      ...sampler.comment(start, '词', 'v', { abuse: 0.9 }),
    );
    fc.assert(
      fc.property(
        fc.array(fc.tuple(event, fc.integer({ min: -60_000, max: 3_600_000 })), { maxLength: 60 }),
        (steps) => {
          let keeper = createLoad();
          let now = start;
          for (const [each, elapsed] of steps) {
            now += elapsed;
            keeper = nextLoad(keeper, each, now, 2);
            const load = readLoad(keeper, now, 2);
            expect(['calm', 'busy', 'rest', 'unknown']).toContain(load.state);
            expect(load.liveMinutes).toBeGreaterThanOrEqual(0);
            expect(load.sinceBreakMinutes).toBeGreaterThanOrEqual(0);
            expect(Number.isFinite(keeper.commentRate + keeper.attackRate)).toBe(true);
          }
        },
      ),
      { numRuns: 200, seed: 6 },
    );
  });
});
