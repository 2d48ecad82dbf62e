import { type EmotionScores, emotionLabels, toReading } from '@app/shared/emotion/labels';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { neutralState, openPersonalNeutral } from './personal-neutral.ts';

const typicalLog = [-3, -2, -2.5, -3, -3.5, -4, -0.6];
const place = { x: 100, y: 80, size: 60 };
const scoresOf = (parts: Partial<EmotionScores>): EmotionScores => {
  const left = 1 - Object.values(parts).reduce((sum, part) => sum + part, 0);
  const others = emotionLabels.filter((label) => parts[label] === undefined);
  return Object.fromEntries(
    emotionLabels.map((label) => [label, parts[label] ?? left / others.length]),
  ) as EmotionScores;
};
/** A face that looks a little sad at rest. */
const restingSad = scoresOf({ sad: 0.5, neutral: 0.35 });
const smiling = scoresOf({ happy: 0.85, neutral: 0.05 });
const anyScores: fc.Arbitrary<EmotionScores> = fc
  .array(fc.integer({ min: 0, max: 1_000 }), { minLength: 7, maxLength: 7 })
  .filter((parts) => parts.some((part) => part > 0))
  .map((parts) => {
    const total = parts.reduce((sum, part) => sum + part, 0);
    return Object.fromEntries(emotionLabels.map((label, at) => [label, parts[at]! / total])) as EmotionScores;
  });

describe('the personal neutral', () => {
  it('makes a face that looks sad at rest neutral after ten still seconds, and not before', () => {
    const neutral = openPersonalNeutral(typicalLog, null);
    const labels: string[] = [];
    for (let atMs = 0; atMs <= 12_000; atMs += 200) {
      labels.push(toReading(neutral.push({ scores: restingSad, ...place }, atMs)).label);
    }
    expect(new Set(labels.slice(0, 50))).toEqual(new Set(['sad']));
    expect(labels.at(-1)).toBe('neutral');
  });

  it('still lets a smile be a smile', () => {
    const neutral = openPersonalNeutral(typicalLog, null);
    for (let atMs = 0; atMs <= 12_000; atMs += 200) neutral.push({ scores: restingSad, ...place }, atMs);
    expect(toReading(neutral.push({ scores: smiling, ...place }, 12_200)).label).toBe('happy');
  });

  it('takes no smile for the resting face, however long it lasts', () => {
    const neutral = openPersonalNeutral(typicalLog, null);
    for (let atMs = 0; atMs <= 60_000; atMs += 200) neutral.push({ scores: smiling, ...place }, atMs);
    expect(neutral.state()).toBeNull();
  });

  it('is not measured on a face that moves, nor over gaps', () => {
    const moving = openPersonalNeutral(typicalLog, null);
    const gaps = openPersonalNeutral(typicalLog, null);
    for (let at = 0; at <= 100; at++) {
      moving.push({ scores: restingSad, ...place, x: 100 + (at % 2) * 20 }, at * 200);
      gaps.push({ scores: restingSad, ...place }, at * 5_000);
    }
    expect(moving.state()).toBeNull();
    expect(gaps.state()).toBeNull();
  });

  it('takes at most 1.5 nats off or onto a score, and keeps their sum at 1', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -50, max: 50, noNaN: true }), { minLength: 7, maxLength: 7 }),
        anyScores,
        (offset, scores) => {
          const neutral = openPersonalNeutral(typicalLog, { version: 1, offset });
          const out = neutral.push({ scores, ...place }, 0);
          expect(emotionLabels.reduce((sum, label) => sum + out[label], 0)).toBeCloseTo(1, 6);
          for (const one of emotionLabels) {
            for (const other of emotionLabels) {
              if (scores[one] < 1e-3 || scores[other] < 1e-3) continue;
              const before = Math.log(scores[one] / scores[other]);
              expect(Math.abs(Math.log(out[one] / out[other]) - before)).toBeLessThanOrEqual(3 + 1e-6);
            }
          }
        },
      ),
    );
  });

  it('comes back from its JSON and is measured anew only after five minutes, a part of the way', () => {
    const first = openPersonalNeutral(typicalLog, null);
    for (let atMs = 0; atMs <= 11_000; atMs += 200) first.push({ scores: restingSad, ...place }, atMs);
    const known = neutralState.parse(JSON.parse(JSON.stringify(first.state())));
    const second = openPersonalNeutral(typicalLog, known);
    const plain = scoresOf({ neutral: 0.8 });
    for (let atMs = 0; atMs < 300_000; atMs += 200) second.push({ scores: plain, ...place }, atMs);
    expect(second.state()).toEqual(known);
    for (let atMs = 300_000; atMs <= 311_000; atMs += 200) second.push({ scores: plain, ...place }, atMs);
    const sad = emotionLabels.indexOf('sad');
    expect(second.state()!.offset[sad]).toBeLessThan(known.offset[sad]!);
    expect(second.state()!.offset[sad]).toBeGreaterThan(known.offset[sad]! * 0.2 - 1);
  });
});
