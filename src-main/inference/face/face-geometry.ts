// Where the head looks and which square of the picture the networks get, from the detector's points.
import type { FoundFace, Point } from './blazeface.ts';
import type { FaceHeads } from './heads.ts';
import type { Square } from './rgb-image.ts';

/**
 * A rigid head in units of its eye distance, seen from the front: the nose's tip lies 0.46 before the eyes and the ears
 * 1.1 behind them. Close to the mean of adult heads; good enough to tell a turned head, not to measure an angle.
 */
const noseBefore = 0.46;
const earBehind = 1.1;
const degrees = 180 / Math.PI;

/** How far the head is turned to a side, in degrees, positive when it looks to the right of the picture; rough. */
export function yawDegrees({ eyes, nose, ears }: Pick<FoundFace, 'eyes' | 'nose' | 'ears'>): number {
  const [left, right] = eyes;
  const tilt = Math.atan2(right.y - left.y, right.x - left.x);
  const along = (point: Point): number => point.x * Math.cos(tilt) + point.y * Math.sin(tilt);
  const eyeDistance = Math.max(1e-6, along(right) - along(left));
  const middleOfEyes = (along(left) + along(right)) / 2;
  const middleOfEars = (along(ears[0]) + along(ears[1])) / 2;
  // Nose and ears move against each other; their distance along the eyes' line is the longest lever there is.
  const lever = (along(nose) - middleOfEars) / eyeDistance;
  const ofNose = Math.atan((along(nose) - middleOfEyes) / eyeDistance / noseBefore);
  const ofEars = Math.atan(lever / (noseBefore + earBehind));
  return ((ofNose + ofEars) / 2) * degrees;
}

/** The upright square around the face: its size from box and eye distance alike, placed by the eyes, which come level. */
export function squareOf({ box, eyes: [left, right] }: FoundFace, heads: Pick<FaceHeads, 'crop'>): Square {
  const { boxScale, eyeDistance, eyeHeight, byEyes } = heads.crop;
  const angle = Math.atan2(right.y - left.y, right.x - left.x);
  const ofBox = boxScale * Math.max(box.width, box.height);
  const ofEyes = Math.hypot(right.x - left.x, right.y - left.y) / eyeDistance;
  // A turned head brings the eyes together; the box keeps the square from shrinking with them.
  const side = ofBox ** (1 - byEyes) * Math.min(ofBox * 1.3, Math.max(ofBox * 0.7, ofEyes)) ** byEyes;
  const below = (0.5 - eyeHeight) * side;
  const ofMiddle = (at: Point, other: Point, boxAt: number, axis: 'x' | 'y', shift: number): number =>
    byEyes * ((at[axis] + other[axis]) / 2 + shift) + (1 - byEyes) * boxAt;
  return {
    centreX: ofMiddle(left, right, box.x + box.width / 2, 'x', -Math.sin(angle) * below),
    centreY: ofMiddle(left, right, box.y + box.height / 2, 'y', Math.cos(angle) * below),
    side,
    angle,
  };
}
