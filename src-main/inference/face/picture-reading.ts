// One picture: find the faces, level the largest one, read it, say why the reading is not certain.
import { type FaceReading, toReading, type UncertainReason } from '@app/shared/emotion/labels';
import { areaOf, type FoundFace, findFaces } from './blazeface.ts';
import { type Expression, readExpression } from './expression.ts';
import type { FaceHeads } from './heads.ts';
import type { Net } from './net.ts';
import { checkImage, mean, type RgbImage, type Square, toGrey } from './rgb-image.ts';

/** A reading of one picture; `raw` has what each network said and where the eyes are, null without a face. */
export type ImageReading = FaceReading & { raw: (Expression & { eyes: FoundFace['eyes'] | null }) | null };
export type ReadImage = (image: RgbImage, options?: { cropped?: boolean }) => Promise<ImageReading>;
export type FaceNets = { detector: Net; faceApi: Net; miniXception: Net };

/** A second face of this part of the largest one's area makes it unclear whose mood is read. */
const secondFaceShare = 0.25;

/** Makes the reader of single pictures; it keeps nothing between two pictures. */
export function makeReadImage(nets: FaceNets, heads: FaceHeads): ReadImage {
  return async (image, { cropped = false } = {}) => {
    checkImage(image);
    const faces = cropped ? [wholeAsFace(image)] : await findFaces(nets.detector, image, heads.detectorScore);
    const [face, second] = faces;
    if (!face) return withoutFace(image, heads);
    const square = cropped ? wholeAsSquare(image) : squareOf(face, heads.cropScale);
    const expression = await readExpression(nets, heads, image, square);
    const emotion = toReading(expression.blend);
    const several = second !== undefined && areaOf(second.box) >= secondFaceShare * areaOf(face.box);
    const reason = reasonOf(heads, face, expression.luminance, several, emotion.confidence);
    const raw = { ...expression, eyes: cropped ? null : face.eyes };
    return { face: face.box, facesSeen: faces.length, emotion, certain: reason === null, reason, raw };
  };
}

function wholeAsFace({ width, height }: RgbImage): FoundFace {
  const eyes: FoundFace['eyes'] = [
    { x: width * 0.3, y: height * 0.4 },
    { x: width * 0.7, y: height * 0.4 },
  ];
  return { box: { x: 0, y: 0, width, height, score: 1 }, eyes };
}

function wholeAsSquare({ width, height }: RgbImage): Square {
  return { centreX: width / 2, centreY: height / 2, side: Math.max(width, height), angle: 0 };
}

function squareOf({ box, eyes: [left, right] }: FoundFace, scale: number): Square {
  return {
    centreX: box.x + box.width / 2,
    centreY: box.y + box.height / 2,
    side: scale * Math.max(box.width, box.height),
    angle: Math.atan2(right.y - left.y, right.x - left.x),
  };
}

function withoutFace(image: RgbImage, heads: FaceHeads): ImageReading {
  // Half: an empty, dimly lit room is "no face", a covered camera is "too dark".
  const reason = mean(toGrey(image.rgb)) < heads.darkestFace / 2 ? 'too_dark' : 'no_face';
  return { face: null, facesSeen: 0, emotion: null, certain: false, reason, raw: null };
}

function reasonOf(
  heads: FaceHeads,
  face: FoundFace,
  luminance: number,
  several: boolean,
  confidence: number,
): UncertainReason | null {
  if (luminance < heads.darkestFace) return 'too_dark';
  if (Math.max(face.box.width, face.box.height) < heads.smallestFacePx) return 'face_too_small';
  if (several) return 'several_faces';
  return confidence < heads.certainFrom ? 'low_confidence' : null;
}
