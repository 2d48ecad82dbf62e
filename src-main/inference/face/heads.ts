// The figures that were measured, not guessed: models/face/heads.json, made by models/training/face_calibrate.py.
import { z } from 'zod';
import type { ModelFiles } from '../model-files.ts';

const positive = z.number().positive();

/** Temperatures, weights and limits of the face path. */
export const faceHeads = z.object({
  temperatures: z.object({ faceApi: positive, miniXception: positive }),
  weights: z.object({ faceApi: z.number().min(0).max(1), miniXception: z.number().min(0).max(1) }),
  /** A reading below this calibrated probability is not certain. */
  certainFrom: z.number().min(0).max(1),
  detectorScore: z.number().min(0).max(1),
  cropScale: positive,
  /** A face with a lower mean grey value is brightened to this one before it is read. */
  liftTo: z.number().min(0).max(255),
  /** Shorter faces, and faces darker than this mean grey value, are not read with certainty. */
  smallestFacePx: positive,
  darkestFace: z.number().min(0).max(255),
});
export type FaceHeads = z.infer<typeof faceHeads>;

/** Reads and checks the figures. */
export async function readHeads(files: ModelFiles): Promise<FaceHeads> {
  const bytes = await files.read('face/heads.json');
  return faceHeads.parse(JSON.parse(new TextDecoder().decode(bytes)));
}
