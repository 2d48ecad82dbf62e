import { type EmotionLabel, type EmotionScores, emotionLabels, toReading } from '@app/shared/emotion/labels';
import { describe, expect, it } from 'vitest';
import { openFaceStream, openStreamState } from './face-stream.ts';
import type { ImageReading } from './picture-reading.ts';

const certainFrom = 0.5;
const box = { x: 10, y: 10, width: 80, height: 80, score: 0.9 };
const nothing: ImageReading = { face: null, facesSeen: 0, emotion: null, certain: false, reason: 'no_face', raw: null };

function faceOf(label: EmotionLabel, reason: ImageReading['reason'] = null, share = 0.9): ImageReading {
  const scores = Object.fromEntries(
    emotionLabels.map((name) => [name, name === label ? share : (1 - share) / 6]),
  ) as EmotionScores;
  const facesSeen = reason === 'several_faces' ? 2 : 1;
  return { face: box, facesSeen, emotion: toReading(scores), certain: reason === null, reason, raw: null };
}

describe('a stream of frames', () => {
  it('holds the last reading through a loss of under a second, then says that no face is there', () => {
    const next = openStreamState(certainFrom);
    next(faceOf('happy'), 0);
    const bridged = next(nothing, 800);
    expect(bridged).toMatchObject({ face: box, facesSeen: 0, certain: true, emotion: { label: 'happy' } });
    expect(next(nothing, 1_000)).toMatchObject({ face: null, emotion: null, certain: false, reason: 'no_face' });
  });

  it('does not stretch a loss by its own bridged frames', () => {
    const next = openStreamState(certainFrom);
    next(faceOf('happy'), 0);
    const readings = [200, 400, 600, 800, 1_000, 1_200].map((atMs) => next(nothing, atMs).face !== null);
    expect(readings).toEqual([true, true, true, true, false, false]);
  });

  it('says at once that no face is there when none was seen before', () => {
    expect(openStreamState(certainFrom)(nothing, 0)).toMatchObject({ face: null, reason: 'no_face' });
    expect(openStreamState(certainFrom)({ ...nothing, reason: 'too_dark' }, 0).reason).toBe('too_dark');
  });

  it('forgets the mood of a person who left', () => {
    const next = openStreamState(certainFrom);
    for (let atMs = 0; atMs <= 2_000; atMs += 200) next(faceOf('sad'), atMs);
    next(nothing, 3_200);
    expect(next(faceOf('happy'), 3_400).emotion?.label).toBe('happy');
  });

  it('minds a second face only when it stays for a second', () => {
    const next = openStreamState(certainFrom);
    const reasons = [0, 400, 800, 1_000, 1_200].map((atMs) => next(faceOf('happy', 'several_faces'), atMs).reason);
    expect(reasons).toEqual([null, null, null, 'several_faces', 'several_faces']);
    expect(next(faceOf('happy'), 1_400)).toMatchObject({ certain: true, reason: null });
    expect(next(faceOf('happy', 'several_faces'), 1_600).reason).toBeNull();
  });

  it('is not certain of a dark or a tiny face, however sure the networks are', () => {
    for (const reason of ['too_dark', 'face_too_small'] as const) {
      expect(openStreamState(certainFrom)(faceOf('happy', reason), 0)).toMatchObject({ certain: false, reason });
    }
  });

  it('judges certainty by the smoothed state, not by the frame', () => {
    const next = openStreamState(certainFrom);
    for (let atMs = 0; atMs <= 2_000; atMs += 200) next(faceOf('happy'), atMs);
    expect(next(faceOf('sad', 'low_confidence', 0.4), 2_200)).toMatchObject({
      certain: true,
      emotion: { label: 'happy' },
    });
    expect(openStreamState(certainFrom)(faceOf('sad', null, 0.4), 0).reason).toBe('low_confidence');
  });

  it('carries no pixels and no raw scores outwards', () => {
    expect(openStreamState(certainFrom)(faceOf('happy'), 0)).not.toHaveProperty('raw');
  });

  it('reads frames in the order they were given, refuses a fifth in waiting, and ends when closed', async () => {
    const open: (() => void)[] = [];
    const readImage = async (): Promise<ImageReading> => {
      await new Promise<void>((resolve) => open.push(resolve));
      return faceOf('happy');
    };
    const stream = openFaceStream(readImage, certainFrom);
    const image = { width: 1, height: 1, rgb: new Uint8Array(3) };
    const done: number[] = [];
    const reads = [0, 1, 2, 3].map((at) => stream.read(image, at * 200).then(() => done.push(at)));
    await expect(stream.read(image, 800)).rejects.toThrow('wait');
    while (done.length < 4) {
      for (const resolve of open.splice(0)) resolve();
      await new Promise((resolve) => setImmediate(resolve));
    }
    await Promise.all(reads);
    expect(done).toEqual([0, 1, 2, 3]);
    await stream.close();
    await stream.close();
    await expect(stream.read(image, 1_000)).rejects.toThrow('closed');
  });
});
