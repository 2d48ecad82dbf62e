import {
  type EmotionLabel,
  type EmotionScores,
  emotionLabels,
  type FaceReading,
  toReading,
} from '@app/shared/emotion/labels';
import { describe, expect, it } from 'vitest';
import { faceState, openFaceStream, openStreamState as openState } from './face-stream.ts';
import type { FaceHeads } from './heads.ts';
import type { ImageReading } from './picture-reading.ts';

const heads = { certainFrom: 0.5, neutralLog: [-3, -2, -3, -3, -3, -4, -0.5] } as FaceHeads;
const size = { width: 320, height: 180 };

/** The rules of the stream, its reading of each frame alone. */
function openStreamState(): (frame: ImageReading, atMs: number) => FaceReading {
  const next = openState(heads);
  return (frame, atMs) => next.push(frame, size, atMs).reading;
}
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
    const next = openStreamState();
    next(faceOf('happy'), 0);
    const bridged = next(nothing, 800);
    expect(bridged).toMatchObject({ face: box, facesSeen: 0, certain: true, emotion: { label: 'happy' } });
    expect(next(nothing, 1_000)).toMatchObject({ face: null, emotion: null, certain: false, reason: 'no_face' });
  });

  it('does not stretch a loss by its own bridged frames', () => {
    const next = openStreamState();
    next(faceOf('happy'), 0);
    const readings = [200, 400, 600, 800, 1_000, 1_200].map((atMs) => next(nothing, atMs).face !== null);
    expect(readings).toEqual([true, true, true, true, false, false]);
  });

  it('says at once that no face is there when none was seen before', () => {
    expect(openStreamState()(nothing, 0)).toMatchObject({ face: null, reason: 'no_face' });
    expect(openStreamState()({ ...nothing, reason: 'too_dark' }, 0).reason).toBe('too_dark');
  });

  it('forgets the mood of a person who left', () => {
    const next = openStreamState();
    for (let atMs = 0; atMs <= 2_000; atMs += 200) next(faceOf('sad'), atMs);
    next(nothing, 3_200);
    expect(next(faceOf('happy'), 3_400).emotion?.label).toBe('happy');
  });

  it('minds a second face only when it stays for a second', () => {
    const next = openStreamState();
    const reasons = [0, 400, 800, 1_000, 1_200].map((atMs) => next(faceOf('happy', 'several_faces'), atMs).reason);
    expect(reasons).toEqual([null, null, null, 'several_faces', 'several_faces']);
    expect(next(faceOf('happy'), 1_400).reason).toBe('several_faces');
    expect(next(faceOf('happy'), 1_800)).toMatchObject({ certain: true, reason: null });
    expect(next(faceOf('happy', 'several_faces'), 2_000).reason).toBeNull();
  });

  it('learns nothing while several faces are there: the mood is the one from before', () => {
    const next = openStreamState();
    for (let atMs = 0; atMs <= 2_000; atMs += 200) next(faceOf('happy'), atMs);
    for (let atMs = 2_200; atMs <= 8_000; atMs += 200) {
      expect(next(faceOf('angry', 'several_faces'), atMs).emotion?.label).toBe('happy');
    }
  });

  it('keeps its word through one unreadable frame, and says why after 0.4 s of them', () => {
    for (const reason of ['turned_away', 'mouth_covered', 'drawn_face', 'too_dark'] as const) {
      const next = openStreamState();
      for (let atMs = 0; atMs <= 1_000; atMs += 200) next(faceOf('happy'), atMs);
      expect(next(faceOf('sad', reason), 1_200)).toMatchObject({ certain: true, emotion: { label: 'happy' } });
      expect(next(faceOf('happy'), 1_400).reason).toBeNull();
      const after = [1_600, 1_800, 2_000].map((atMs) => next(faceOf('sad', reason), atMs).reason);
      expect(after).toEqual([null, null, reason]);
    }
  });

  it('is not certain of a face that cannot be read from the first frame on, however sure the networks are', () => {
    for (const reason of ['too_dark', 'face_too_small', 'turned_away', 'mouth_covered', 'drawn_face'] as const) {
      expect(openStreamState()(faceOf('happy', reason), 0)).toMatchObject({ certain: false, reason });
    }
  });

  it('judges certainty by the smoothed state, not by the frame', () => {
    const next = openStreamState();
    for (let atMs = 0; atMs <= 2_000; atMs += 200) next(faceOf('happy'), atMs);
    expect(next(faceOf('sad', 'low_confidence', 0.4), 2_200)).toMatchObject({
      certain: true,
      emotion: { label: 'happy' },
    });
    expect(openStreamState()(faceOf('sad', null, 0.4), 0).reason).toBe('low_confidence');
  });

  it('carries no pixels and no raw scores outwards', () => {
    expect(openStreamState()(faceOf('happy'), 0)).not.toHaveProperty('raw');
  });

  it('gives an intensity between 0 and 1 that is larger for the stronger expression', () => {
    const next = openState(heads);
    const weak = next.push(faceOf('happy', null, 0.4), size, 0).intensity!;
    let strong = 0;
    for (let atMs = 200; atMs <= 4_000; atMs += 200) strong = next.push(faceOf('happy'), size, atMs).intensity!;
    expect(weak).toBeGreaterThan(0);
    expect(strong).toBeGreaterThanOrEqual(weak);
    expect(strong).toBeLessThanOrEqual(1);
    expect(next.push(nothing, size, 9_000)).toMatchObject({ intensity: null, frameScores: null });
  });

  it('keeps as JSON what the next stream of the same person needs, and takes it back', async () => {
    const known = {
      version: 1 as const,
      neutral: { version: 1 as const, offset: [0, 1, 0, 0, 0, 0, -0.5] },
      strongest: 0.6,
    };
    const poster = { x: 0.1, y: 0.1, width: 0.2, height: 0.3 };
    const stream = openFaceStream(async () => nothing, heads, { ...known, ignored: [poster] });
    const state = faceState.parse(JSON.parse(JSON.stringify(stream.state())));
    expect(state).toEqual({ ...known, ignored: [poster] });
    stream.ignore([]);
    expect(stream.state().ignored).toEqual([]);
    expect(() => stream.ignore([{ x: Number.NaN, y: 0, width: 1, height: 1 }])).toThrow();
    await stream.close();
  });

  it('hands the ignored regions to the search for faces, from the next frame on', async () => {
    const seen: unknown[] = [];
    const stream = openFaceStream(async (_, options) => {
      seen.push(options?.ignored);
      return nothing;
    }, heads);
    const image = { width: 1, height: 1, rgb: new Uint8Array(3) };
    const poster = { x: 0, y: 0, width: 0.2, height: 0.2 };
    await stream.read(image, 0);
    stream.ignore([poster]);
    await stream.read(image, 200);
    expect(seen).toEqual([[], [poster]]);
    await stream.close();
  });

  it('reads frames in the order they were given, refuses a fifth in waiting, and ends when closed', async () => {
    const open: (() => void)[] = [];
    const readImage = async (): Promise<ImageReading> => {
      await new Promise<void>((resolve) => open.push(resolve));
      return faceOf('happy');
    };
    const stream = openFaceStream(readImage, heads);
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
