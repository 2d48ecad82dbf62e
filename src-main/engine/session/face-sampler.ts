// Five readings a second come in, what is worth keeping goes on: each change, and one a second at most otherwise.
import type { FaceReading } from '@app/shared/emotion/labels';

const everyMs = 1_000;

export type FaceSampler = { add(atMs: number, reading: FaceReading): void };

/** Makes a sampler; `keep` gets the readings that are stored and fused. */
export function makeFaceSampler(keep: (atMs: number, reading: FaceReading) => void): FaceSampler {
  let keptAt = Number.NEGATIVE_INFINITY;
  let last = '';
  return {
    add(atMs, reading) {
      const state = `${reading.emotion?.label} ${reading.certain} ${reading.reason}`;
      if (state === last && atMs - keptAt < everyMs) return;
      last = state;
      keptAt = atMs;
      keep(atMs, reading);
    },
  };
}
