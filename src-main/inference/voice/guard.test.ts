import { expect, test } from 'vitest';
import { makeGuard } from './guard.ts';
import { learn, meetStranger, newSpeakerFrom, type SpeakerState } from './speaker.ts';

const prior = { mean: Float64Array.of(0, 0), std: Float64Array.of(1, 1) };
/** The first feature says what kind of sound it is, the second whose voice. */
const guard = makeGuard(
  {
    kinds: {
      weights: [
        [4, 0],
        [-4, 0],
        [0, 0],
      ],
      bias: [0, 0, -2],
      leastSpeech: 0.5,
    },
    voiceprint: { projection: [[0, 1]], farthest: 4 },
  },
  2,
);

function heard(clips: number): SpeakerState {
  const speaker = newSpeakerFrom(prior);
  for (let i = 0; i < clips; i++) learn(speaker, Float64Array.of(1, 10));
  return speaker;
}

test('a sound that is not speech is refused for what it is, also before a speaker is known', () => {
  expect(guard.refusal(Float64Array.of(1, 10), heard(0))).toBeNull();
  expect(guard.refusal(Float64Array.of(-1, 10), heard(0))).toBe('background_sound');
  expect(guard.refusal(Float64Array.of(0.1, 10), heard(0))).toBeNull();
  const singer = makeGuard(
    {
      kinds: {
        weights: [
          [0, 0],
          [0, 0],
          [1, 0],
        ],
        bias: [0, -9, 3],
        leastSpeech: 0.5,
      },
      voiceprint: { projection: [[0, 1]], farthest: 4 },
    },
    2,
  );
  expect(singer.refusal(Float64Array.of(1, 10), heard(0))).toBe('singing');
});

test('another voice is told only from a speaker known from 20 clips', () => {
  expect(guard.refusal(Float64Array.of(1, 0), heard(19))).toBeNull();
  expect(guard.refusal(Float64Array.of(1, 0), heard(20))).toBe('other_voice');
  expect(guard.refusal(Float64Array.of(1, 9.5), heard(20))).toBeNull();
});

test('29 strangers in a row leave the speaker known, the 30th makes the speaker new, and an own clip between starts the count anew', () => {
  const speaker = heard(20);
  for (let i = 0; i < 29; i++) meetStranger(speaker, prior);
  expect(speaker.clips).toBe(20);
  learn(speaker, Float64Array.of(1, 10));
  for (let i = 0; i < 29; i++) meetStranger(speaker, prior);
  expect(speaker.clips).toBe(21);
  meetStranger(speaker, prior);
  expect(speaker).toEqual(newSpeakerFrom(prior));
});

test('a guard made for other features is refused when the file is read', () => {
  const file = {
    kinds: { weights: [[0], [0], [0]], bias: [0, 0, 0], leastSpeech: 0.5 },
    voiceprint: { projection: [[1]], farthest: 1 },
  };
  expect(() => makeGuard(file, 2)).toThrow('heads.json');
});
