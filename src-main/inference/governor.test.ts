import fc from 'fast-check';
import { expect, test } from 'vitest';
import { calmGovernor, type GovernorState, type MachineReading, nextGovernor } from './governor.ts';

const calm: MachineReading = { cpuShare: 0.3, availableBytes: 4e9, lateMs: 1, obsSkippedShare: 0 };
const play = (state: GovernorState, reading: MachineReading, fromMs: number, toMs: number) => {
  let now = state;
  for (let at = fromMs; at <= toMs; at += 500) now = nextGovernor(now, reading, at);
  return now;
};

test('OBS skipping frames eases the models at the next look, and they come back after fifteen calm seconds', () => {
  const eased = nextGovernor(calmGovernor, { ...calm, obsSkippedShare: 0.02 }, 1_000);
  expect(eased).toMatchObject({ level: 'eased', reason: 'obs' });
  expect(play(eased, calm, 1_500, 15_500).level).toBe('eased');
  expect(play(eased, calm, 1_500, 17_000)).toMatchObject({ level: 'full', reason: null });
});

test('many skipped frames go straight to the least, and the way back is one level at a time', () => {
  const lean = nextGovernor(calmGovernor, { ...calm, obsSkippedShare: 0.08 }, 0);
  expect(lean.level).toBe('lean');
  expect(play(lean, calm, 500, 16_500).level).toBe('eased');
  expect(play(lean, calm, 500, 32_500).level).toBe('full');
});

test('a processor that is busy for some seconds changes nothing, one that stays busy does', () => {
  const busy = { ...calm, cpuShare: 0.95 };
  expect(play(calmGovernor, busy, 0, 4_500).level).toBe('full');
  expect(play(calmGovernor, busy, 0, 5_500)).toMatchObject({ level: 'eased', reason: 'cpu' });
});

test('short memory and a late process are named as the reason', () => {
  expect(nextGovernor(calmGovernor, { ...calm, availableBytes: 3e8 }, 0)).toMatchObject({
    level: 'lean',
    reason: 'memory',
  });
  expect(play(calmGovernor, { ...calm, lateMs: 200 }, 0, 2_500)).toMatchObject({ level: 'eased', reason: 'late' });
});

test('what nobody can say is no sign of trouble', () => {
  const unknown = { cpuShare: null, availableBytes: null, lateMs: 0, obsSkippedShare: null };
  expect(play(calmGovernor, unknown, 0, 60_000).level).toBe('full');
});

test('whatever is read, a level above full has a reason, and the level rises only one step a look', () => {
  const reading = fc.record({
    cpuShare: fc.option(fc.double({ min: 0, max: 1, noNaN: true })),
    availableBytes: fc.option(fc.double({ min: 0, max: 8e9, noNaN: true })),
    lateMs: fc.double({ min: 0, max: 1_000, noNaN: true }),
    obsSkippedShare: fc.option(fc.double({ min: 0, max: 0.1, noNaN: true })),
  });
  const order = ['full', 'eased', 'lean'];
  fc.assert(
    fc.property(fc.array(fc.tuple(reading, fc.integer({ min: 1, max: 20_000 })), { maxLength: 60 }), (steps) => {
      let state = calmGovernor;
      let now = 0;
      for (const [next, elapsedMs] of steps) {
        now += elapsedMs;
        const before = order.indexOf(state.level);
        state = nextGovernor(state, next, now);
        expect(state.reason === null).toBe(state.level === 'full');
        expect(order.indexOf(state.level)).toBeGreaterThanOrEqual(before - 1);
      }
    }),
    { numRuns: 300, seed: 8 },
  );
});
