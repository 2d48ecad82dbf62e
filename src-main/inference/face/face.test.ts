import { existsSync, readFileSync } from 'node:fs';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type EmotionLabel, type EmotionScores, emotionLabels, faceReading } from '@app/shared/emotion/labels';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openModelFiles } from '../model-files.ts';
import { type FaceModel, openFaceModel, type RgbImage } from './face.ts';
import { noisePicture, placeSampleFace, projectRoot, readFrames, readSampleFace } from './sample-pictures.ts';

const clips = join(projectRoot, '..', 'shared', 'data', 'face', 'video');
const hasClips = existsSync(clips);
if (!hasClips) process.stdout.write('No clips of real faces are here: those tests use the sample clip alone.\n');

let model: FaceModel;
beforeAll(async () => {
  model = await openFaceModel(await openModelFiles(join(projectRoot, 'models')));
});
afterAll(() => model.close());

/** Five frames a second through a stream: the labels shown, and how many frames had a face of their own. */
async function readStream(frames: RgbImage[]): Promise<{ labels: EmotionLabel[]; found: number }> {
  const stream = model.openStream();
  const labels: EmotionLabel[] = [];
  let found = 0;
  for (const [index, frame] of frames.entries()) {
    const reading = await stream.read(frame, index * 200);
    if (reading.facesSeen > 0) found++;
    if (reading.emotion) labels.push(reading.emotion.label);
  }
  await stream.close();
  return { labels, found };
}

function cropOf(image: RgbImage, { left, top, size }: { left: number; top: number; size: number }): RgbImage {
  const rgb = new Uint8Array(size * size * 3);
  for (let row = 0; row < size; row++) {
    const from = ((top + row) * image.width + left) * 3;
    rgb.set(image.rgb.subarray(from, from + size * 3), row * size * 3);
  }
  return { width: size, height: size, rgb };
}

const changesIn = (labels: EmotionLabel[]): number =>
  labels.filter((label, at) => at > 0 && label !== labels[at - 1]).length;

type Scores = Record<'faceApi' | 'miniXception' | 'own' | 'blend', EmotionScores>;

/** How far two sets of probabilities are apart, at the worst label of the worst network. */
function farthest(one: Scores, other: Scores): number {
  const parts = ['faceApi', 'miniXception', 'own', 'blend'] as const;
  return Math.max(
    ...parts.flatMap((part) => emotionLabels.map((name) => Math.abs(one[part][name] - other[part][name]))),
  );
}

describe('the shipped path agrees with the reference program', () => {
  const golden = JSON.parse(readFileSync(join(projectRoot, 'models', 'face', 'golden.json'), 'utf8'));

  it('on box, eyes and probabilities of the sample face', async () => {
    const { face, raw } = await model.readImage(await readSampleFace());
    for (const side of ['x', 'y', 'width', 'height'] as const) {
      expect(Math.abs(face![side] - golden.face[side])).toBeLessThan(0.2);
    }
    expect(face!.score).toBeCloseTo(golden.face.score, 2);
    for (const [at, eye] of raw!.eyes!.entries()) {
      expect(Math.hypot(eye.x - golden.eyes[at].x, eye.y - golden.eyes[at].y)).toBeLessThan(0.3);
    }
    expect(farthest(raw!, golden)).toBeLessThan(0.01);
    expect(raw!.luminance).toBeCloseTo(golden.luminance, 0);
    expect(raw!.yawDegrees).toBeCloseTo(golden.yawDegrees, 0);
    for (const fault of ['covered', 'drawn'] as const) expect(raw![fault]).toBeCloseTo(golden[fault], 1);
  });

  it('on parts of the picture that make the networks name other labels', async () => {
    for (const crop of golden.crops) {
      const { raw } = await model.readImage(cropOf(await readSampleFace(), crop), { cropped: true });
      expect([crop.left, farthest(raw!, crop) < 0.01]).toEqual([crop.left, true]);
      expect(raw!.luminance).toBeCloseTo(crop.luminance, 1);
      for (const fault of ['covered', 'drawn'] as const) {
        expect([crop.left, fault, Math.abs(raw![fault] - crop[fault]) < 0.05]).toEqual([crop.left, fault, true]);
      }
    }
  });
});

describe('finding the face', () => {
  const frame = { width: 320, height: 180 };
  it.each([
    [0.65, 0, 0],
    [0.65, 40, 2],
    [0.5, 0, 45],
    [0.5, 110, 20],
    [0.35, 170, 80],
    [0.3, 0, 0],
  ])('at %f of its size, %i px from the left and %i px from the top', async (share, left, top) => {
    const { face, facesSeen } = await model.readImage(await placeSampleFace(frame, share, { left, top }));
    expect(facesSeen).toBe(1);
    expect(Math.abs(face!.x + face!.width / 2 - (left + 206.8 * share))).toBeLessThan(12 * share + 2);
    expect(Math.abs(face!.y + face!.height / 2 - (top + 128.9 * share))).toBeLessThan(12 * share + 2);
    expect(face!.width / (101 * share)).toBeGreaterThan(0.8);
    expect(face!.width / (101 * share)).toBeLessThan(1.25);
  });

  it('also finds one that fills the whole picture', async () => {
    for (const size of [96, 80]) {
      const tight = cropOf(await readSampleFace(), { left: 207 - size / 2, top: 130 - size / 2, size });
      expect((await model.readImage(tight)).facesSeen).toBe(1);
    }
  });

  it('finds none in noise, in plain colours and in the picture without its face', async () => {
    const sample = await readSampleFace();
    const body = { width: 420, height: 80, rgb: sample.rgb.slice(190 * 420 * 3) };
    const plain = [0, 90, 255].map((value) => ({ ...frame, rgb: new Uint8Array(320 * 180 * 3).fill(value) }));
    for (const image of [...[1, 2, 3, 4].map((seed) => noisePicture(320, 180, seed)), ...plain, body]) {
      expect((await model.readImage(image)).facesSeen).toBe(0);
    }
  });

  it('tells a covered camera from an empty room', async () => {
    const filled = (value: number): RgbImage => ({ ...frame, rgb: new Uint8Array(320 * 180 * 3).fill(value) });
    expect((await model.readImage(filled(4))).reason).toBe('too_dark');
    expect((await model.readImage(filled(120))).reason).toBe('no_face');
  });

  it('says when the face is too small, too dark, or not alone', async () => {
    const small = await model.readImage(await placeSampleFace(frame, 0.26, { left: 100, top: 60 }));
    expect(small).toMatchObject({ facesSeen: 1, certain: false, reason: 'face_too_small' });
    const bright = await readSampleFace();
    const dark = { ...bright, rgb: bright.rgb.map((value) => value / 5) };
    expect(await model.readImage(dark)).toMatchObject({ facesSeen: 1, certain: false, reason: 'too_dark' });
    const wide = { width: 840, height: 270, rgb: new Uint8Array(840 * 270 * 3) };
    for (let row = 0; row < 270; row++) {
      const line = bright.rgb.subarray(row * 1_260, (row + 1) * 1_260);
      wide.rgb.set(line, row * 2_520);
      wide.rgb.set(line, row * 2_520 + 1_260);
    }
    expect(await model.readImage(wide)).toMatchObject({ facesSeen: 2, certain: false, reason: 'several_faces' });
  });
});

describe('reading', () => {
  it('levels a head that is tilted: 20 degrees either way change the probabilities by less than 0.1', async () => {
    const upright = await model.readImage(await readSampleFace());
    for (const degrees of [-20, 20]) {
      const { raw, emotion } = await model.readImage(await readSampleFace(degrees));
      const [left, right] = raw!.eyes!;
      const tilt = (Math.atan2(right.y - left.y, right.x - left.x) * 180) / Math.PI;
      expect(Math.abs(tilt - degrees)).toBeLessThan(10);
      for (const label of emotionLabels) {
        expect(Math.abs(emotion!.scores[label] - upright.emotion!.scores[label])).toBeLessThan(0.1);
      }
    }
  });

  it('takes any picture without throwing and answers in the agreed shape', async () => {
    const odd = [1, 2, 3].flatMap((side) => [
      noisePicture(side, side, 7),
      noisePicture(side, 500, 8),
      noisePicture(900, side, 9),
      { width: side, height: side, rgb: new Uint8Array(side * side * 3) },
    ]);
    for (const image of odd) {
      for (const cropped of [false, true]) {
        const reading = await model.readImage(image, { cropped });
        expect(faceReading.safeParse(reading).success).toBe(true);
        expect(cropped ? reading.emotion !== null : true).toBe(true);
      }
    }
  });

  it('is the same for a face and for the cut-out of it', async () => {
    const crop = cropOf(await readSampleFace(), { left: 151, top: 73, size: 111 });
    const { emotion } = await model.readImage(crop, { cropped: true });
    expect(emotion!.label).toBe('happy');
    expect(emotion!.confidence).toBeGreaterThan(0.9);
  });

  it('answers a black picture, a single pixel and a picture of 40 megapixels', async () => {
    const black = { width: 320, height: 180, rgb: new Uint8Array(320 * 180 * 3) };
    expect(await model.readImage(black)).toMatchObject({ face: null, emotion: null, reason: 'too_dark' });
    expect((await model.readImage({ width: 1, height: 1, rgb: Uint8Array.of(200, 200, 200) })).reason).toBe('no_face');
    const huge = { width: 8_000, height: 5_000, rgb: new Uint8Array(8_000 * 5_000 * 3).fill(128) };
    expect(await model.readImage(huge)).toMatchObject({ face: null, reason: 'no_face' });
  });

  it('is not opened with weights that were changed, cut off or are missing, and the failure has a code', async () => {
    const files = await openModelFiles(join(projectRoot, 'models'));
    const folder = await mkdtemp(join(tmpdir(), 'face-weights-'));
    await cp(join(projectRoot, 'models', 'face'), join(folder, 'face'), { recursive: true });
    await cp(join(projectRoot, 'models', 'manifest.json'), join(folder, 'manifest.json'));
    const own = join(folder, 'face', 'own_cnn.onnx');
    const bytes = await files.read('face/own_cnn.onnx');
    for (const damaged of [
      bytes.subarray(0, bytes.length / 2),
      bytes.with(bytes.length >> 1, bytes[bytes.length >> 1]! ^ 1),
    ]) {
      await writeFile(own, damaged);
      await expect(openModelFiles(folder).then(openFaceModel)).rejects.toMatchObject({ code: 'MODEL_DAMAGED' });
    }
    await rm(own);
    await expect(openModelFiles(folder).then(openFaceModel)).rejects.toMatchObject({ code: 'MODEL_MISSING' });
    await rm(folder, { recursive: true });
  });

  it('refuses a buffer of the wrong length instead of reading beside it', async () => {
    await expect(model.readImage({ width: 9, height: 9, rgb: new Uint8Array(9) })).rejects.toThrow('needs 243 bytes');
  });

  it('closes twice without harm and refuses pictures afterwards', async () => {
    const other = await openFaceModel(await openModelFiles(join(projectRoot, 'models')));
    await other.close();
    await other.close();
    await expect(other.readImage(noisePicture(32, 32, 1))).rejects.toThrow('closed');
  });
});

describe('the rehearsal clip', () => {
  it('shows a face in at least 95 of 100 frames, and one label', async () => {
    const { prepareRehearsalMedia } = await import('../../../scripts/rehearsal-media.mjs');
    const folder = await mkdtemp(join(tmpdir(), 'rehearsal-'));
    const { videoPath, audioPath } = await prepareRehearsalMedia(folder);
    const frames = readFrames(videoPath, 5);
    const head = (await readFile(audioPath)).subarray(0, 44);
    await rm(folder, { recursive: true });
    expect(frames.length).toBeGreaterThanOrEqual(59);
    expect([head.toString('latin1', 0, 4), head.readUInt16LE(22), head.readUInt32LE(24)]).toEqual(['RIFF', 1, 48_000]);
    const { labels, found } = await readStream(frames);
    expect(found / frames.length).toBeGreaterThanOrEqual(0.95);
    expect(new Set(labels)).toEqual(new Set(['happy']));
  });
});

describe.runIf(hasClips)('clips of real faces', () => {
  it('go from neutral to happy with at most two changes of label', async () => {
    const frames = readFrames(join(clips, 'single_face.mp4'), 5);
    const { labels, found } = await readStream(frames);
    expect(found).toBe(frames.length);
    expect(labels[0]).toBe('neutral');
    expect(labels.at(-1)).toBe('happy');
    expect(changesIn(labels)).toBeLessThanOrEqual(2);
  });

  it('have a face in every frame of 20 s, and no more than a change of label every two seconds', async () => {
    const frames = readFrames(join(clips, 'WolfgangLanger_Pexels.mp4'), 5);
    const { labels, found } = await readStream(frames);
    expect(found).toBe(frames.length);
    expect(changesIn(labels)).toBeLessThanOrEqual(10);
    expect(labels.at(-1)).toBe('happy');
  });
});
