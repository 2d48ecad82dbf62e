// One picture: find the faces, level the largest one, read it, say why the reading is not certain.
import { type FaceBox, type FaceReading, toReading, type UncertainReason } from '@app/shared/emotion/labels';
import { areaOf, type FoundFace, findFaces } from './blazeface.ts';
import { type Expression, type ExpressionNets, readExpression } from './expression.ts';
import { squareOf, yawDegrees } from './face-geometry.ts';
import type { FaceHeads } from './heads.ts';
import type { Net } from './net.ts';
import { isIgnored, type Region } from './other-faces.ts';
import { checkImage, flatShare, mean, type RgbImage, type Square, toGrey } from './rgb-image.ts';

/** What was found besides the expression: eyes, turn of the head, share of flat pixels in the face, all faces. */
type Found = { eyes: FoundFace['eyes'] | null; yawDegrees: number; flat: number; faces: FaceBox[] };
/** What lies behind a reading: what each network said and what was found. */
export type RawReading = Expression & Found;
/** A reading of one picture; `raw` is null without a face. */
export type ImageReading = FaceReading & { raw: RawReading | null };
/** With `cropped` the picture is the face and nothing is searched; faces in `ignored` regions count as not there. */
export type ReadImage = (
  image: RgbImage,
  options?: { cropped?: boolean; ignored?: readonly Region[] },
) => Promise<ImageReading>;
export type FaceNets = ExpressionNets & { detector: Net };

/** A second face of this part of the largest one's area makes it unclear whose mood is read. */
const secondFaceShare = 0.25;

type Looked = Found & { box: FaceBox; square: Square };

/** Makes the reader of single pictures; it keeps nothing between two pictures. */
export function makeReadImage(nets: FaceNets, heads: FaceHeads): ReadImage {
  const search = async (image: RgbImage, ignored: readonly Region[]): Promise<Looked | null> => {
    const all = await findFaces(nets.detector, image, heads.detectorScore);
    const found = all.filter(({ box }) => !isIgnored(box, image, ignored));
    const face = found[0];
    if (!face) return null;
    const faces = found.map(({ box }) => box);
    const flat = flatShare(image, face.box);
    return { box: face.box, square: squareOf(face, heads), eyes: face.eyes, yawDegrees: yawDegrees(face), flat, faces };
  };
  return async (image, { cropped = false, ignored = [] } = {}) => {
    checkImage(image);
    const looked = cropped ? wholeAsFace(image) : await search(image, ignored);
    if (!looked) return withoutFace(image, heads);
    const { square, box, ...found } = looked;
    const expression = await readExpression(nets, heads, image, square);
    const emotion = toReading(expression.blend);
    const reason = reasonOf(heads, looked, expression, emotion.confidence);
    const raw = { ...expression, ...found };
    return { face: box, facesSeen: found.faces.length, emotion, certain: reason === null, reason, raw };
  };
}

function wholeAsFace({ width, height }: RgbImage): Looked {
  const box = { x: 0, y: 0, width, height, score: 1 };
  const square = { centreX: width / 2, centreY: height / 2, side: Math.max(width, height), angle: 0 };
  return { box, square, eyes: null, yawDegrees: 0, flat: 0, faces: [box] };
}

function withoutFace(image: RgbImage, heads: FaceHeads): ImageReading {
  // Half: an empty, dimly lit room is "no face", a covered camera is "too dark".
  const reason = mean(toGrey(image.rgb)) < heads.darkestFace / 2 ? 'too_dark' : 'no_face';
  return { face: null, facesSeen: 0, emotion: null, certain: false, reason, raw: null };
}

function reasonOf(
  heads: FaceHeads,
  { box, yawDegrees: yaw, flat, faces: [, second] }: Looked,
  { luminance, covered, drawn }: Expression,
  confidence: number,
): UncertainReason | null {
  if (luminance < heads.darkestFace) return 'too_dark';
  if (Math.max(box.width, box.height) < heads.smallestFacePx) return 'face_too_small';
  if (second && areaOf(second) >= secondFaceShare * areaOf(box)) return 'several_faces';
  if (Math.abs(yaw) > heads.mostYawDegrees) return 'turned_away';
  if (drawn >= heads.drawnFrom || flat >= heads.flatFrom) return 'drawn_face';
  if (covered >= heads.coveredFrom) return 'mouth_covered';
  return confidence < heads.certainFrom ? 'low_confidence' : null;
}
