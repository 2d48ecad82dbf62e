// How calm and how right the shipped stream is, as JSON: the 20 s clip with one real change, and 20 spliced clips.
//   node_modules/.bin/node models/training/face-calm.ts DATA      DATA holds video/ and ckplus48/
// Nothing is chosen on these clips. Spliced: 20 s of one person, one change, pieces of the two videos played to and fro
// and pairs of posed pictures (drawn by a fixed seed) held before a slightly shaking, noisy camera.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { EmotionLabel } from '@app/shared/emotion/labels';
import sharp from 'sharp';
import { type FaceModel, openFaceModel, type RgbImage } from '../../src-main/inference/face/face.ts';
import { projectRoot, readFrames } from '../../src-main/inference/face/sample-pictures.ts';
import { openModelFiles } from '../../src-main/inference/model-files.ts';

const videoFps = 25;
const seconds = 20;
const longestDelayMs = 2_000;
const splicedClips = 20;

type Scene = { label: EmotionLabel; frame(atMs: number): RgbImage };
type Clip = { name: string; first: Scene; second: Scene; changeAtMs: number };
type Shown = { atMs: number; label: EmotionLabel | null; reason: string | null };

/** A repeatable row of numbers from 0 to 1 (a linear congruential generator). */
function openRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Frames played to the end and back again, so that no jump is seen. */
function toAndFro(label: EmotionLabel, frames: RgbImage[]): Scene {
  const period = Math.max(1, 2 * frames.length - 2);
  const frame = (atMs: number): RgbImage => {
    const at = Math.floor((atMs * videoFps) / 1_000) % period;
    return frames[at < frames.length ? at : period - at]!;
  };
  return { label, frame };
}

/** A picture of a face before a camera: 120 px in a frame of 320x180 that its edges fill, shaking by two pixels, with noise. */
async function heldPicture(label: EmotionLabel, path: string): Promise<Scene> {
  const [width, height, side] = [320, 180, 120];
  const { data } = await sharp(path).greyscale().resize(side, side).raw().toBuffer({ resolveWithObject: true });
  const frame = (atMs: number): RgbImage => {
    const random = openRandom(atMs + 7);
    const left = 100 + Math.round(2 * Math.sin(atMs / 700));
    const top = 30 + Math.round(2 * Math.sin(atMs / 1_100));
    const rgb = new Uint8Array(width * height * 3);
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        const row = Math.max(0, Math.min(side - 1, y - top));
        const column = Math.max(0, Math.min(side - 1, x - left));
        const value = data[row * side + column]! + (random() - 0.5) * 10;
        rgb.fill(Math.max(0, Math.min(255, value)), (y * width + x) * 3, (y * width + x + 1) * 3);
      }
    }
    return { width, height, rgb };
  };
  return { label, frame };
}

async function readClip(model: FaceModel, clip: Clip, fps: number): Promise<Shown[]> {
  const stream = model.openStream();
  const shown: Shown[] = [];
  for (let at = 0; at < seconds * fps; at++) {
    const atMs = Math.round((at * 1_000) / fps);
    const scene = atMs < clip.changeAtMs ? clip.first : clip.second;
    const { emotion, reason } = await stream.read(scene.frame(atMs), atMs);
    shown.push({ atMs, label: emotion?.label ?? null, reason });
  }
  await stream.close();
  return shown;
}

/** One to three changes, the right label at both ends, and the new one within two seconds for good. */
function judge(shown: Shown[], first: EmotionLabel, second: EmotionLabel, changeAtMs: number): Record<string, unknown> {
  const labels = shown.map(({ label }) => label);
  const changes = labels.filter((label, at) => at > 0 && label !== labels[at - 1]).length;
  const before = shown.filter(({ atMs }) => atMs < changeAtMs).at(-1)!.label;
  const start = labels[0];
  const reached = shown.find(({ atMs, label }) => atMs >= changeAtMs && label === second)?.atMs ?? null;
  const delayMs = reached === null ? null : reached - changeAtMs;
  const endsRight = start === first && labels.at(-1) === second;
  const right = endsRight && changes >= 1 && changes <= 3 && delayMs !== null && delayMs <= longestDelayMs;
  return { changes, start, before, end: labels.at(-1), delayMs, right };
}

async function pairsOfPictures(folder: string, wanted: number): Promise<Clip[]> {
  const rows = readFileSync(join(folder, 'labels.csv'), 'utf8').trim().split(/\r?\n/).slice(1);
  const pictures = rows.map((row) => {
    const [file, label, origin] = row.split(',') as [string, EmotionLabel, string];
    return { file, label, person: origin.split(' ').at(-1)! };
  });
  const random = openRandom(20);
  const people = [...new Set(pictures.map(({ person }) => person))].filter(
    (person) => new Set(pictures.filter((one) => one.person === person).map(({ label }) => label)).size > 1,
  );
  const pick = <T>(from: T[]): T => from[Math.floor(random() * from.length)]!;
  const clips: Clip[] = [];
  while (clips.length < wanted) {
    const person = people.splice(Math.floor(random() * people.length), 1)[0]!;
    const own = pictures.filter((one) => one.person === person);
    const first = pick(own);
    const second = pick(own.filter(({ label }) => label !== first.label));
    clips.push({
      name: `${person} ${first.label} to ${second.label}`,
      first: await heldPicture(first.label, join(folder, first.file)),
      second: await heldPicture(second.label, join(folder, second.file)),
      changeAtMs: 7_000 + Math.floor(random() * 6) * 1_000,
    });
  }
  return clips;
}

function cutsOfVideos(sad: Scene, laughing: Scene, neutral: Scene, smiling: Scene): Clip[] {
  const pairs: [string, Scene, Scene][] = [
    ['she sad to laughing', sad, laughing],
    ['she laughing to sad', laughing, sad],
    ['he neutral to smiling', neutral, smiling],
    ['he smiling to neutral', smiling, neutral],
  ];
  return pairs.flatMap(([name, first, second]) =>
    [7_000, 12_000].map((changeAtMs) => ({ name: `${name} at ${changeAtMs / 1_000} s`, first, second, changeAtMs })),
  );
}

const data = process.argv[2];
if (!data) throw new Error('The folder with video/ and ckplus48/ is missing.');
const model = await openFaceModel(await openModelFiles(join(projectRoot, 'models')));
const woman = readFrames(join(data, 'video', 'WolfgangLanger_Pexels.mp4'), videoFps);
const man = readFrames(join(data, 'video', 'single_face.mp4'), videoFps);
const cut = (frames: RgbImage[], from: number, to: number): RgbImage[] =>
  frames.slice(Math.round(from * videoFps), Math.round(to * videoFps));
// By eye: her hand comes up at 1.9 s, the laughter begins at 9.8 s; his smile begins at 0.55 s.
const real = { first: 'sad', second: 'happy', changeAtMs: 9_800 } as const;
const clips = [
  ...cutsOfVideos(
    toAndFro('sad', cut(woman, 0, 1.8)),
    toAndFro('happy', cut(woman, 12, 19)),
    toAndFro('neutral', cut(man, 0, 0.5)),
    toAndFro('happy', cut(man, 0.9, 2.8)),
  ),
  ...(await pairsOfPictures(join(data, 'ckplus48'), splicedClips - 8)),
];
const result: Record<string, unknown> = {};
for (const fps of [5, 25]) {
  const whole = toAndFro('sad', woman);
  const shown = await readClip(model, { name: 'real', first: whole, second: whole, changeAtMs: 0 }, fps);
  const ofReal = shown.filter(({ atMs }) => atMs < (woman.length * 1_000) / videoFps);
  const judged = [];
  for (const clip of clips) {
    const seen = await readClip(model, clip, fps);
    judged.push({ clip: clip.name, ...judge(seen, clip.first.label, clip.second.label, clip.changeAtMs) });
  }
  result[`${fps}fps`] = {
    realChange: {
      ...judge(ofReal, real.first, real.second, real.changeAtMs),
      reasons: [...new Set(ofReal.map(({ reason }) => reason))],
    },
    splicedRight: judged.filter(({ right }) => right).length / judged.length,
    spliced: judged,
  };
}
await model.close();
process.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
