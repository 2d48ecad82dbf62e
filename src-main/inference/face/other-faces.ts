// Faces that are not the streamer: posters that do not move, and the regions that were told to be ignored.
import type { FaceBox } from '@app/shared/emotion/labels';
import { z } from 'zod';
import { overlapOf } from './blazeface.ts';

const part = z.number().min(-1).max(2);
/** A box as parts of the frame's width and height, so that it holds for every frame size of the same camera. */
export const region = z.object({ x: part, y: part, width: part, height: part });
export type Region = z.infer<typeof region>;

type Size = { width: number; height: number };
const overlapOfSame = 0.5;

/** The box as parts of its frame. */
export function toRegion(box: Omit<FaceBox, 'score'>, frame: Size): Region {
  return {
    x: box.x / frame.width,
    y: box.y / frame.height,
    width: box.width / frame.width,
    height: box.height / frame.height,
  };
}

/** Whether a face is where a poster was said to be; a head before the poster is larger or elsewhere and is not. */
export function isIgnored(box: Omit<FaceBox, 'score'>, frame: Size, ignored: readonly Region[]): boolean {
  if (ignored.length === 0) return false;
  const here = toRegion(box, frame);
  return ignored.some((one) => overlapOf(one, here) >= overlapOfSame);
}

const unmovedForMs = 10_000;
/** A face in a room moves by more than this part of its size within seconds, also when it tries not to. */
const mostDrift = 0.02;
const lostAfterMs = 2_000;

export type UnmovingFaces = {
  /** Takes the faces of one frame; the answer are those that have not moved for ten seconds: most likely pictures. */
  push(faces: readonly FaceBox[], frame: Size, atMs: number): Region[];
};

/** Opens the watching for faces that never move. */
export function openUnmovingFaces(): UnmovingFaces {
  let watched: { first: Region; sinceMs: number; seenMs: number }[] = [];
  return {
    push(faces, frame, atMs) {
      watched = watched.filter(({ seenMs }) => atMs >= seenMs && atMs - seenMs <= lostAfterMs);
      for (const face of faces) {
        const now = toRegion(face, frame);
        const known = watched.find(({ first }) => overlapOf(first, now) >= overlapOfSame);
        if (!known) watched.push({ first: now, sinceMs: atMs, seenMs: atMs });
        else if (drift(known.first, now) <= mostDrift) known.seenMs = atMs;
        else Object.assign(known, { first: now, sinceMs: atMs, seenMs: atMs });
      }
      return watched.filter(({ sinceMs }) => atMs - sinceMs >= unmovedForMs).map(({ first }) => first);
    },
  };
}

function drift(one: Region, other: Region): number {
  const along = (axis: 'x' | 'y', side: 'width' | 'height'): number =>
    Math.max(Math.abs(one[axis] + one[side] / 2 - other[axis] - other[side] / 2), Math.abs(one[side] - other[side])) /
    Math.max(1e-6, one[side]);
  return Math.max(along('x', 'width'), along('y', 'height'));
}
