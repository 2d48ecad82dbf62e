import type { FaceReading } from '@app/shared/emotion/labels';
import { expect, test } from 'vitest';
import { makeFaceSampler } from './face-sampler.ts';

const scores = { happy: 0.8, sad: 0, angry: 0, fear: 0, surprise: 0, disgust: 0, neutral: 0.2 };
const reading = (label: 'happy' | 'neutral', certain = true): FaceReading => ({
  face: null,
  facesSeen: 1,
  emotion: { label, confidence: 0.8, scores },
  certain,
  reason: null,
});

test('five readings a second that say the same are kept once a second', () => {
  const kept: number[] = [];
  const sampler = makeFaceSampler((at) => kept.push(at));
  for (let at = 0; at < 3_000; at += 200) sampler.add(at, reading('happy'));
  expect(kept).toEqual([0, 1_000, 2_000]);
});

test('a change is kept at once, of the label and of the certainty alike', () => {
  const kept: number[] = [];
  const sampler = makeFaceSampler((at) => kept.push(at));
  sampler.add(0, reading('happy'));
  sampler.add(200, reading('neutral'));
  sampler.add(400, reading('neutral', false));
  sampler.add(600, reading('neutral', false));
  expect(kept).toEqual([0, 200, 400]);
});
