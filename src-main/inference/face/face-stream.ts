// Successive frames of one person: a calm label against the person's own resting face, short losses bridged, other
// people noticed after a second, nothing learnt from frames that cannot be read.
import {
  type EmotionReading,
  type EmotionScores,
  type FaceReading,
  toReading,
  type UncertainReason,
} from '@app/shared/emotion/labels';
import { z } from 'zod';
import { openCalmLabel } from './calm-label.ts';
import type { FaceHeads } from './heads.ts';
import { openIntensity } from './intensity.ts';
import { openUnmovingFaces, type Region, region } from './other-faces.ts';
import { neutralState, openPersonalNeutral } from './personal-neutral.ts';
import type { ImageReading, ReadImage } from './picture-reading.ts';
import type { RgbImage } from './rgb-image.ts';
import { openTurns } from './turns.ts';

/** What is worth keeping of one streamer between two streams, as plain JSON; it says how a face looks at rest. */
export const faceState = z.object({
  version: z.literal(1),
  neutral: neutralState.nullable(),
  strongest: z.number().min(0).max(1),
  ignored: z.array(region).max(8),
});
export type FaceState = z.infer<typeof faceState>;

/** One frame's answer: the reading, and what the command line shows beside it. */
export type FrameReading = {
  reading: FaceReading;
  /** This frame's own calibrated scores, not smoothed; null without a face. */
  frameScores: EmotionScores | null;
  /** How strong the expression is, 0 to 1, against this streamer's own strong ones; null without a face. */
  intensity: number | null;
  /** Faces that have not moved for ten seconds: a poster, most likely, that the streamer may want ignored. */
  unmoving: Region[];
};

export type FaceStream = {
  /** Reads the next frame; `atMs` says when it was taken and must not go back. Frames are read in order. */
  read(image: RgbImage, atMs: number): Promise<FaceReading>;
  /** The same with all that is known of the frame. */
  readFrame(image: RgbImage, atMs: number): Promise<FrameReading>;
  /** From the next frame on, faces in these regions (parts of the frame) count as not there; replaces earlier ones. */
  ignore(regions: readonly Region[]): void;
  /** What to keep for the next stream of the same person. */
  state(): FaceState;
  close(): Promise<void>;
};

const lossIsShortMs = 1_000;
const severalAfterMs = 1_000;
/** A reason that comes or goes for one frame is a slip of the detector. */
const reasonAfterMs = 400;

/** Opens a stream over a model's `readImage`, with the kept state of the same person when there is one. */
export function openFaceStream(readImage: ReadImage, heads: FaceHeads, known: FaceState | null = null): FaceStream {
  const turns = openTurns(4);
  const next = openStreamState(heads, known);
  let ignored: readonly Region[] = known?.ignored ?? [];
  const readFrame: FaceStream['readFrame'] = (image, atMs) =>
    turns.take(async () => next.push(await readImage(image, { ignored }), image, atMs));
  return {
    readFrame,
    read: async (image, atMs) => (await readFrame(image, atMs)).reading,
    ignore(regions) {
      ignored = z.array(region).max(8).parse(regions);
    },
    state: () => ({ ...next.state(), ignored: [...ignored] }),
    close: () => turns.close(async () => undefined),
  };
}

type StreamState = {
  push(frame: ImageReading, size: { width: number; height: number }, atMs: number): FrameReading;
  state(): Omit<FaceState, 'ignored'>;
};

/** What the stream answers to each frame's reading, in order: the rules above without a network. */
export function openStreamState(
  heads: Pick<FaceHeads, 'certainFrom' | 'neutralLog'>,
  known: FaceState | null = null,
): StreamState {
  const calm = openCalmLabel();
  const neutral = openPersonalNeutral(heads.neutralLog, known?.neutral ?? null);
  const intensity = openIntensity(known?.strongest ?? null);
  const unmoving = openUnmovingFaces();
  const steady = openSteadyReason();
  let last: { reading: FaceReading; intensity: number; atMs: number } | null = null;

  const lost = (frame: FaceReading, atMs: number): FrameReading => {
    const rest = { frameScores: null, unmoving: [] };
    if (last && atMs >= last.atMs && atMs - last.atMs < lossIsShortMs) {
      return { ...rest, reading: { ...last.reading, facesSeen: 0 }, intensity: last.intensity };
    }
    last = null;
    calm.reset();
    steady.reset();
    return { ...rest, reading: frame, intensity: null };
  };
  return {
    state: () => ({ version: 1, neutral: neutral.state(), strongest: intensity.strongest() }),
    push({ raw, ...frame }, size, atMs) {
      const { face } = frame;
      if (!face || !frame.emotion) return lost(frame, atMs);
      const ofFrame = frame.reason === 'low_confidence' ? null : frame.reason;
      const reason = steady.push(ofFrame, atMs);
      const pixels = { x: face.x + face.width / 2, y: face.y + face.height / 2, size: face.height };
      const pictures = unmoving.push(raw?.faces ?? [face], size, atMs);
      let emotion: EmotionReading = last?.reading.emotion ?? toReading(frame.emotion.scores);
      if (ofFrame === null) {
        emotion = calm.push(neutral.push({ scores: frame.emotion.scores, ...pixels }, atMs), atMs);
        intensity.learn(emotion.scores);
      }
      const why = reason ?? (emotion.confidence < heads.certainFrom ? 'low_confidence' : null);
      const reading = { ...frame, emotion, certain: why === null, reason: why };
      last = { reading, intensity: intensity.of(emotion.scores), atMs };
      return { reading, frameScores: frame.emotion.scores, intensity: last.intensity, unmoving: pictures };
    },
  };
}

/** Turns the frames' reasons into one that holds: it comes after 0.4 s (several faces after 1 s) and goes after 0.4 s. */
function openSteadyReason(): {
  push(reason: UncertainReason | null, atMs: number): UncertainReason | null;
  reset(): void;
} {
  let shown: UncertainReason | null = null;
  let rising: { reason: UncertainReason | null; sinceMs: number } | null = null;
  let isFirst = true;
  return {
    reset() {
      shown = null;
      rising = null;
      isFirst = true;
    },
    push(reason, atMs) {
      if (isFirst && reason !== 'several_faces') shown = reason;
      isFirst = false;
      if (reason === shown) rising = null;
      else if (!rising || rising.reason !== reason) rising = { reason, sinceMs: atMs };
      if (!rising) return shown;
      if (atMs - rising.sinceMs < (reason === 'several_faces' ? severalAfterMs : reasonAfterMs)) return shown;
      shown = rising.reason;
      rising = null;
      return shown;
    },
  };
}
