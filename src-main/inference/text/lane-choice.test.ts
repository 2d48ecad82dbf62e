import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { calmLane, type LaneState, nextLane } from './lane-choice.ts';

/** Requests of `perSecond` messages, ten a second, for some seconds; returns the states. */
function drive(from: LaneState, perSecond: number, seconds: number, encoderMs: number, startMs = 0): LaneState[] {
  const states: LaneState[] = [];
  let state = from;
  for (let i = 0; i < seconds * 10; i += 1) {
    state = nextLane(state, { atMs: startMs + i * 100, count: perSecond / 10, waiting: 0, waitedMs: 0 }, encoderMs);
    states.push(state);
  }
  return states;
}
const changes = (states: readonly LaneState[]) =>
  states.filter((state, i) => i > 0 && state.isFast !== states[i - 1]!.isFast).length;

describe('which lane reads the danmaku', () => {
  it('is the encoder in a calm room, also after a burst of thirty', () => {
    expect(drive(calmLane, 20, 20, 8).some((state) => state.isFast)).toBe(false);
    expect(nextLane(calmLane, { atMs: 0, count: 30, waiting: 0, waitedMs: 0 }, 8).isFast).toBe(false);
  });

  it('is the fast one at once when the queue is long or old, or the encoder slow', () => {
    expect(nextLane(calmLane, { atMs: 0, count: 64, waiting: 40, waitedMs: 0 }, 8).isFast).toBe(true);
    expect(nextLane(calmLane, { atMs: 0, count: 1, waiting: 0, waitedMs: 900 }, 8).isFast).toBe(true);
    expect(nextLane(calmLane, { atMs: 0, count: 10, waiting: 0, waitedMs: 0 }, 90).isFast).toBe(true);
  });

  it('is the fast one when more comes than the encoder can read, and the encoder again once it has been calm for 4 s', () => {
    const busy = drive(calmLane, 200, 10, 8);
    expect(busy.at(-1)!.isFast).toBe(true);
    expect(changes(busy)).toBe(1);
    const after = drive(busy.at(-1)!, 10, 20, 8, 10_000);
    expect(after.at(-1)!.isFast).toBe(false);
    expect(changes(after)).toBe(1);
    expect(after.findIndex((state) => !state.isFast)).toBeGreaterThan(40);
  });

  it('does not flap at a load between its two limits, from either side', () => {
    const between = 85; // a share of 0.68 at 8 ms
    expect(changes(drive(calmLane, between, 60, 8))).toBe(0);
    const fast = drive(calmLane, 300, 5, 8).at(-1)!;
    expect(changes(drive(fast, between, 60, 8, 5_000))).toBe(0);
  });

  it('counts the rate rightly when it is steady', () => {
    expect(drive(calmLane, 50, 30, 1).at(-1)!.perSecond).toBeCloseTo(50, -1);
  });

  it('changes at most once in 4 s towards the encoder, whatever comes', () => {
    const load = fc.record({
      sinceMs: fc.integer({ min: 0, max: 2_000 }),
      count: fc.integer({ min: 1, max: 64 }),
      waiting: fc.integer({ min: 0, max: 2_000 }),
      waitedMs: fc.integer({ min: 0, max: 3_000 }),
    });
    fc.assert(
      fc.property(
        fc.array(load, { maxLength: 80 }),
        fc.double({ min: 1, max: 60, noNaN: true }),
        (loads, encoderMs) => {
          let state = calmLane;
          let atMs = 0;
          let fastSince = 0;
          for (const { sinceMs, ...one } of loads) {
            atMs += sinceMs;
            const next = nextLane(state, { atMs, ...one }, encoderMs);
            if (next.isFast && !state.isFast) fastSince = atMs;
            if (!next.isFast && state.isFast) expect(atMs - fastSince).toBeGreaterThanOrEqual(4_000);
            expect(next.perSecond).toBeGreaterThanOrEqual(0);
            state = next;
          }
        },
      ),
    );
  });
});
