import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FoundFace, Point } from './blazeface.ts';
import { squareOf, yawDegrees } from './face-geometry.ts';
import { isIgnored, openUnmovingFaces, toRegion } from './other-faces.ts';

// A head in millimetres: to the right, down, towards the camera; measured from the middle between the eyes.
const head = { eyes: [-32, 32], nose: [0, 40, 28], mouth: [0, 72, 15], ears: [-72, 72, 15, -90] } as const;

/** The head turned by some degrees and seen from far away, `scale` pixels a millimetre, tilted in the picture. */
function headAt(yaw: number, tilt = 0, scale = 1): FoundFace {
  const [turn, roll] = [(yaw * Math.PI) / 180, (tilt * Math.PI) / 180];
  const point = (x: number, y: number, z: number): Point => {
    const [across, down] = [(x * Math.cos(turn) + z * Math.sin(turn)) * scale, y * scale];
    return {
      x: 160 + across * Math.cos(roll) - down * Math.sin(roll),
      y: 90 + across * Math.sin(roll) + down * Math.cos(roll),
    };
  };
  const [leftEar, rightEar, earY, earZ] = head.ears;
  return {
    box: { x: 160 - 75 * scale, y: 90 - 45 * scale, width: 150 * scale, height: 150 * scale, score: 0.9 },
    eyes: [point(head.eyes[0], 0, 0), point(head.eyes[1], 0, 0)],
    nose: point(...head.nose),
    mouth: point(...head.mouth),
    ears: [point(leftEar, earY, earZ), point(rightEar, earY, earZ)],
  };
}
const crop = { boxScale: 1.15, eyeDistance: 0.377, eyeHeight: 0.389, byEyes: 0.5 };

describe('the turn of a head', () => {
  it('is told within 10 degrees from a rigid head between -60 and 60, whatever its tilt and size', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -60, max: 60, noNaN: true }),
        fc.double({ min: -30, max: 30, noNaN: true }),
        fc.double({ min: 0.2, max: 3, noNaN: true }),
        (yaw, tilt, scale) => {
          expect(Math.abs(yawDegrees(headAt(yaw, tilt, scale)) - yaw)).toBeLessThan(10);
        },
      ),
    );
  });

  it('is no number that breaks a comparison when the points fall together', () => {
    const at = { x: 5, y: 5 };
    expect(Number.isFinite(yawDegrees({ eyes: [at, at], nose: at, ears: [at, at] }))).toBe(true);
  });
});

describe('the square that the networks see', () => {
  it('lies the same on the face at every tilt: level eyes, same size', () => {
    const upright = squareOf(headAt(0), { crop });
    for (const tilt of [-25, 25]) {
      const tilted = squareOf(headAt(0, tilt), { crop });
      expect((tilted.angle * 180) / Math.PI).toBeCloseTo(tilt, 4);
      expect(tilted.side).toBeCloseTo(upright.side, 4);
    }
  });

  it('has the eyes at the height and distance of the training pictures when only they count', () => {
    const { centreX, centreY, side } = squareOf(headAt(0), { crop: { ...crop, byEyes: 1 } });
    expect((160 - (centreX - side / 2)) / side).toBeCloseTo(0.5, 4);
    expect((90 - (centreY - side / 2)) / side).toBeCloseTo(crop.eyeHeight, 4);
    expect(64 / side).toBeCloseTo(crop.eyeDistance, 4);
  });

  it('does not shrink to the eyes of a head in profile', () => {
    const { box } = headAt(70);
    expect(squareOf(headAt(70), { crop }).side).toBeGreaterThan(box.width * 0.8);
  });
});

describe('posters', () => {
  const frame = { width: 320, height: 180 };
  const poster = { x: 200, y: 20, width: 60, height: 60, score: 0.8 };

  it('are named after ten seconds without moving; a living face is not', () => {
    const watch = openUnmovingFaces();
    let seen: unknown[] = [];
    for (let at = 0; at <= 55; at++) {
      const shaking = { ...poster, x: 40 + 3 * Math.sin(at), y: 60 };
      seen = watch.push([poster, shaking], frame, at * 200);
      if (at < 50) expect(seen).toEqual([]);
    }
    expect(seen).toEqual([toRegion(poster, frame)]);
  });

  it('count as not there once their region is ignored, also in a frame of another size', () => {
    const ignored = [toRegion(poster, frame)];
    const larger = { x: 398, y: 41, width: 122, height: 119 };
    expect(isIgnored(poster, frame, ignored)).toBe(true);
    expect(isIgnored(larger, { width: 640, height: 360 }, ignored)).toBe(true);
    expect(isIgnored({ ...poster, x: 120 }, frame, ignored)).toBe(false);
    expect(isIgnored({ x: 170, y: 10, width: 130, height: 130 }, frame, ignored)).toBe(false);
    expect(isIgnored(poster, frame, [])).toBe(false);
  });
});
