// Reads clips through the shipped stream at 5 frames a second and says what it cost and how calm it was, as JSON.
//   node_modules/.bin/node models/training/face-clips.ts CLIP...
import { basename, join } from 'node:path';
import type { EmotionLabel } from '@app/shared/emotion/labels';
import { type FaceModel, openFaceModel } from '../../src-main/inference/face/face.ts';
import { projectRoot, readFrames } from '../../src-main/inference/face/sample-pictures.ts';
import { openModelFiles } from '../../src-main/inference/model-files.ts';

const framesPerSecond = 5;
const round = (value: number): number => Math.round(value * 1_000) / 1_000;
const changesIn = (labels: EmotionLabel[]): number =>
  labels.filter((label, at) => at > 0 && label !== labels[at - 1]).length;

async function readClip(model: FaceModel, path: string): Promise<Record<string, unknown>> {
  const frames = readFrames(path, framesPerSecond);
  const stream = model.openStream();
  const [shown, single]: [EmotionLabel[], EmotionLabel[]] = [[], []];
  const ms: number[] = [];
  let [found, certain] = [0, 0];
  const cpuBefore = process.cpuUsage();
  for (const [index, frame] of frames.entries()) {
    const startedAt = performance.now();
    const reading = await stream.read(frame, (index * 1_000) / framesPerSecond);
    ms.push(performance.now() - startedAt);
    if (reading.facesSeen > 0) found++;
    if (reading.certain) certain++;
    if (reading.emotion) shown.push(reading.emotion.label);
  }
  const cpu = process.cpuUsage(cpuBefore);
  for (const frame of frames) {
    const { emotion } = await model.readImage(frame);
    if (emotion) single.push(emotion.label);
  }
  await stream.close();
  ms.sort((one, other) => one - other);
  return {
    clip: basename(path),
    frames: frames.length,
    framesWithFace: found,
    certainShare: round(certain / frames.length),
    labelChanges: { shown: changesIn(shown), ofSingleFrames: changesIn(single) },
    firstLabel: shown[0],
    lastLabel: shown.at(-1),
    msPerFrame: { median: round(ms[Math.floor(ms.length / 2)]!), p95: round(ms[Math.floor(ms.length * 0.95)]!) },
    cpuMsPerFrame: round((cpu.user + cpu.system) / 1_000 / frames.length),
  };
}

const model = await openFaceModel(await openModelFiles(join(projectRoot, 'models')));
const results = [];
for (const path of process.argv.slice(2)) results.push(await readClip(model, path));
await model.close();
process.stdout.write(`${JSON.stringify(results, null, 2)}\n`);
