// infer face-stream: a video in, one line a frame out, through the same stream that the app uses.
import { join } from 'node:path';
import { deriveMood } from '@app/shared/emotion/valence-arousal';
import { type FrameReading, openFaceModel } from '../inference/face/face.ts';
import { openModelFiles } from '../inference/model-files.ts';
import type { Command } from './command.ts';
import { openOutput, UsageError } from './jsonl.ts';
import { readVideoFrames } from './video-frames.ts';

const usage = 'infer face-stream VIDEO --out FILE [--fps N]';
const framesPerSecond = 5;
const mostFps = 60;
const tellEveryMs = 1_000;
const models = join(import.meta.dirname, '..', '..', 'models');

/** `infer face-stream`: boxes are in pixels of the frame, made at most 640 wide; progress goes to stderr as JSON. */
export const command: Command = {
  usage,
  options: { out: { type: 'string' }, fps: { type: 'string' } },
  takesWords: true,
  async run(values, words) {
    const [path] = words;
    if (path === undefined || words.length > 1 || typeof values.out !== 'string') {
      throw new UsageError(`Usage: ${usage}`);
    }
    const fps = readFps(values.fps);
    const cancel = new AbortController();
    const onSignal = (): void => cancel.abort();
    process.once('SIGINT', onSignal);
    const model = await openFaceModel(await openModelFiles(models));
    try {
      await readAll(model, path, { fps, out: values.out, signal: cancel.signal });
    } finally {
      process.removeListener('SIGINT', onSignal);
      await model.close();
    }
    if (cancel.signal.aborted) process.exitCode = 130;
  },
};

function readFps(value: string | boolean | undefined): number {
  const fps = value === undefined ? framesPerSecond : Number(value);
  if (fps > 0 && fps <= mostFps) return fps;
  throw new UsageError(`--fps needs a number above 0 and at most ${mostFps}.`);
}

type Run = { fps: number; out: string; signal: AbortSignal };

async function readAll(
  model: Awaited<ReturnType<typeof openFaceModel>>,
  path: string,
  { fps, out, signal }: Run,
): Promise<void> {
  const stream = model.openStream();
  let output: ReturnType<typeof openOutput> | null = null;
  let frames = 0;
  let toldAt = performance.now();
  const tell = (state: string): unknown => process.stderr.write(`${JSON.stringify({ state, frames })}\n`);
  try {
    for await (const { atMs, ...image } of readVideoFrames(path, fps, signal)) {
      // Opened with the first frame, so that a video that cannot be read leaves an older result alone.
      output ??= openOutput(out);
      await output.line(toLine(await stream.readFrame(image, atMs), atMs));
      frames++;
      if (performance.now() - toldAt < tellEveryMs) continue;
      toldAt = performance.now();
      tell('reading');
    }
  } catch (error) {
    throw error instanceof Error && !(error instanceof UsageError) ? new UsageError(error.message) : error;
  } finally {
    await output?.end();
    await stream.close();
  }
  tell(signal.aborted ? 'cancelled' : 'done');
}

function toLine({ reading, frameScores, intensity, unmoving }: FrameReading, atMs: number): Record<string, unknown> {
  const { face, facesSeen, emotion, certain, reason } = reading;
  const mood = emotion && deriveMood(emotion.scores);
  return {
    at: atMs,
    face,
    facesSeen,
    scores: frameScores,
    emotion,
    intensity,
    certain,
    reason,
    valence: mood?.valence ?? null,
    arousal: mood?.arousal ?? null,
    unmoving,
  };
}
