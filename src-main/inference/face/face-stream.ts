// Successive frames of one person: a calm label, short losses bridged, other people noticed after a second.
import type { EmotionReading, FaceReading } from '@app/shared/emotion/labels';
import { openCalmLabel } from './calm-label.ts';
import type { ImageReading, ReadImage } from './picture-reading.ts';
import type { RgbImage } from './rgb-image.ts';
import { openTurns } from './turns.ts';

export type FaceStream = {
  /** Reads the next frame; `atMs` says when it was taken and must not go back. Frames are read in order. */
  read(image: RgbImage, atMs: number): Promise<FaceReading>;
  close(): Promise<void>;
};

const lossIsShortMs = 1_000;
const severalAfterMs = 1_000;

/** Opens a stream over a model's `readImage`; `certainFrom` is the lowest probability that counts as certain. */
export function openFaceStream(readImage: ReadImage, certainFrom: number): FaceStream {
  const turns = openTurns(4);
  const next = openStreamState(certainFrom);
  return {
    read: (image, atMs) => turns.take(async () => next(await readImage(image), atMs)),
    close: () => turns.close(async () => undefined),
  };
}

/** What the stream answers to each frame's reading, in order: the rules above without a network. */
export function openStreamState(certainFrom: number): (frame: ImageReading, atMs: number) => FaceReading {
  const calm = openCalmLabel();
  let last: { reading: FaceReading; atMs: number } | null = null;
  let severalSinceMs: number | null = null;

  return ({ raw: _, ...frame }, atMs) => {
    if (!frame.face || !frame.emotion) {
      if (last && atMs >= last.atMs && atMs - last.atMs < lossIsShortMs) return { ...last.reading, facesSeen: 0 };
      last = null;
      severalSinceMs = null;
      calm.reset();
      return frame;
    }
    const emotion = calm.push(frame.emotion.scores, atMs);
    if (frame.reason !== 'several_faces') severalSinceMs = null;
    else severalSinceMs ??= atMs;
    const isSeveral = severalSinceMs !== null && atMs - severalSinceMs >= severalAfterMs;
    const reason = streamReason(frame.reason, isSeveral, emotion, certainFrom);
    const reading = { ...frame, emotion, certain: reason === null, reason };
    last = { reading, atMs };
    return reading;
  };
}

function streamReason(
  ofFrame: FaceReading['reason'],
  isSeveral: boolean,
  emotion: EmotionReading,
  certainFrom: number,
): FaceReading['reason'] {
  if (ofFrame === 'too_dark' || ofFrame === 'face_too_small') return ofFrame;
  if (isSeveral) return 'several_faces';
  return emotion.confidence < certainFrom ? 'low_confidence' : null;
}
