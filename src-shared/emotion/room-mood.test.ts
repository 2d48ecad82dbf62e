import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createRoomMood, type MoodInput, nextRoomMood, readRoomMood } from './room-mood.ts';

const start = 1_700_000_000_000;
const play = (inputs: readonly MoodInput[], stepMs: number) =>
  inputs.reduce((state, input, i) => nextRoomMood(state, input, start + i * stepMs), createRoomMood());
const many = (count: number, sentiment: number, certain = true) =>
  Array.from({ length: count }, () => ({ sentiment, certain }));

describe('room mood', () => {
  test('too few messages say nothing', () => {
    expect(readRoomMood(play(many(7, -1), 10), start + 100)).toEqual({ sentiment: null, before: null, messages: 7 });
  });

  test('the mood follows the room and keeps what it was before', () => {
    const state = play([...many(200, 0.6), ...many(60, -0.6)], 1_000);
    const mood = readRoomMood(state, start + 260_000);
    expect(mood.sentiment).toBeLessThan(-0.3);
    expect(mood.before).toBeGreaterThan(0);
  });

  test('a silent room becomes uncertain again', () => {
    const state = play(many(60, 0.5), 500);
    expect(readRoomMood(state, start + 30_000).sentiment).toBeCloseTo(0.5, 6);
    expect(readRoomMood(state, start + 300_000).sentiment).toBeNull();
  });

  test('unsure sentiments weigh less than sure ones', () => {
    const mixed = [...many(20, 1), ...many(20, -1, false)];
    expect(readRoomMood(play(mixed, 0), start).sentiment).toBeGreaterThan(0.3);
  });

  test('within one moment the order of messages does not matter, and the mood stays within its scale', () => {
    const input = fc.record({ sentiment: fc.double({ min: -3, max: 3, noNaN: true }), certain: fc.boolean() });
    fc.assert(
      fc.property(fc.array(input, { minLength: 20, maxLength: 60 }), (inputs) => {
        const a = readRoomMood(play(inputs, 0), start);
        const b = readRoomMood(play([...inputs].reverse(), 0), start);
        expect(a.sentiment!).toBeCloseTo(b.sentiment!, 9);
        expect(Math.abs(a.sentiment!)).toBeLessThanOrEqual(1);
      }),
    );
  });
});
