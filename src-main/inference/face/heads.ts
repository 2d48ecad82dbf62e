// The figures that were measured, not guessed: models/face/heads.json, made by models/training/face_calibrate.py.
import { z } from 'zod';
import type { ModelFiles } from '../model-files.ts';

const positive = z.number().positive();
const share = z.number().min(0).max(1);
const perNet = <T extends z.ZodType>(value: T) => z.object({ faceApi: value, miniXception: value, own: value });

/** Temperatures, weights and limits of the face path. */
export const faceHeads = z.object({
  temperatures: perNet(positive),
  weights: perNet(share),
  /** A reading below this calibrated probability is not certain. */
  certainFrom: share,
  detectorScore: share,
  /** The square of a found face: box scale, eye distance and height as parts of its side, weight of the eyes. */
  crop: z.object({ boxScale: positive, eyeDistance: positive, eyeHeight: share, byEyes: share }),
  /** The part of that square which our own network looks at. */
  ownScale: positive,
  /** A face with a lower mean grey value is brightened to this one before it is read. */
  liftTo: z.number().min(0).max(255),
  /** Shorter faces, and faces darker than this mean grey value, are not read with certainty. */
  smallestFacePx: positive,
  darkestFace: z.number().min(0).max(255),
  /** A head turned further to a side is not read with certainty. */
  mostYawDegrees: positive,
  /** From these probabilities of the quality network the mouth counts as covered, the face as drawn. */
  coveredFrom: share,
  drawnFrom: share,
  /** A face with more pixels that equal their neighbours is drawn, too: no camera gives such flat areas. */
  flatFrom: share,
  /** Mean log-probabilities of neutral faces, in the order of emotionLabels: what a personal neutral is measured from. */
  neutralLog: z.array(z.number()).length(7),
});
export type FaceHeads = z.infer<typeof faceHeads>;
/** The expression networks by name. */
export type NetName = keyof FaceHeads['weights'];

/** Reads and checks the figures. */
export async function readHeads(files: ModelFiles): Promise<FaceHeads> {
  const bytes = await files.read('face/heads.json');
  return faceHeads.parse(JSON.parse(new TextDecoder().decode(bytes)));
}
