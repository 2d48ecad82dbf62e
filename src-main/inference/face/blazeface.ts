// BlazeFace, front camera model, short range: where the faces are and where their eyes.
import type { FaceBox } from '@app/shared/emotion/labels';
import type { Net } from './net.ts';
import { cutSquare, type RgbImage, type Square } from './rgb-image.ts';

export type Point = { x: number; y: number };
/** A face in pixels of the picture; of `eyes` and `ears` the first is the left one as seen on the screen. */
export type FoundFace = { box: FaceBox; eyes: [Point, Point]; nose: Point; mouth: Point; ears: [Point, Point] };
/** What the decoding makes of one anchor: corner box, score and six points as x, y pairs, in input sizes 0..1. */
export type Candidate = { score: number; values: number[] };

const inputSize = 128;
const values = 16;
const overlapOfOneFace = 0.3;
const surround = 1.5;
const layers = [
  { cells: 16, anchors: 2, scores: 'Identity:0', boxes: 'Identity_2:0' },
  { cells: 8, anchors: 6, scores: 'Identity_1:0', boxes: 'Identity_3:0' },
];

/**
 * All faces with a score of at least `minScore`, largest first. The whole picture is looked at; when no face is
 * there, overlapping squares of its short side, which shows faces too small for the first look; at last the picture
 * with black around it, which shows a face that fills it.
 */
export async function findFaces(net: Net, image: RgbImage, minScore: number): Promise<FoundFace[]> {
  const whole = await findInSquare(net, image, wholePicture(image), minScore);
  if (whole.length > 0) return whole;
  const found: FoundFace[] = [];
  for (const square of squaresAlong(image)) {
    found.push(...(await findInSquare(net, image, square, minScore)));
  }
  if (found.length > 0) return joinFaces(found);
  const { side, ...place } = wholePicture(image);
  return findInSquare(net, image, { ...place, side: side * surround }, minScore);
}

function wholePicture({ width, height }: RgbImage): Square {
  return { centreX: width / 2, centreY: height / 2, side: Math.max(width, height), angle: 0 };
}

function squaresAlong({ width, height }: RgbImage): Square[] {
  const side = Math.min(width, height);
  const length = Math.max(width, height);
  if (length < side * 1.2) return [];
  const count = Math.min(5, Math.ceil((length - side) / (side * 0.6)) + 1);
  return Array.from({ length: count }, (_, index) => {
    const along = side / 2 + ((length - side) * index) / (count - 1);
    return width >= height
      ? { centreX: along, centreY: height / 2, side, angle: 0 }
      : { centreX: width / 2, centreY: along, side, angle: 0 };
  });
}

async function findInSquare(net: Net, image: RgbImage, square: Square, minScore: number): Promise<FoundFace[]> {
  const pixels = cutSquare(image, square, inputSize, 'black');
  for (let at = 0; at < pixels.length; at++) pixels[at] = pixels[at]! / 127.5 - 1;
  const out = await net.run({ 'input:0': { data: pixels, dims: [1, inputSize, inputSize, 3] } });
  const candidates = layers.flatMap((layer) => decodeLayer(layer, out[layer.scores]!, out[layer.boxes]!, minScore));
  const left = square.centreX - square.side / 2;
  const top = square.centreY - square.side / 2;
  const toX = (part: number): number => left + part * square.side;
  const toY = (part: number): number => top + part * square.side;
  return mergeCandidates(candidates)
    .map(({ score, values: [x, y, width, height, ...points] }): FoundFace => {
      const point = (at: number): Point => ({ x: toX(points[at * 2]!), y: toY(points[at * 2 + 1]!) });
      return {
        box: { x: toX(x!), y: toY(y!), width: width! * square.side, height: height! * square.side, score },
        eyes: [point(0), point(1)],
        nose: point(2),
        mouth: point(3),
        ears: [point(4), point(5)],
      };
    })
    .sort((one, other) => areaOf(other.box) - areaOf(one.box));
}

function decodeLayer(
  layer: { cells: number; anchors: number },
  scores: Float32Array,
  boxes: Float32Array,
  minScore: number,
): Candidate[] {
  const found: Candidate[] = [];
  const leastLogit = Math.log(minScore / (1 - minScore));
  for (let index = 0; index < scores.length; index++) {
    if (!(scores[index]! >= leastLogit)) continue;
    const score = 1 / (1 + Math.exp(-scores[index]!));
    const cell = Math.floor(index / layer.anchors);
    const anchorX = ((cell % layer.cells) + 0.5) / layer.cells;
    const anchorY = (Math.floor(cell / layer.cells) + 0.5) / layer.cells;
    const raw = Array.from(boxes.subarray(index * values, (index + 1) * values), (value) => value / inputSize);
    const [width, height] = [raw[2]!, raw[3]!];
    const points = raw.slice(4).map((value, at) => value + (at % 2 === 0 ? anchorX : anchorY));
    const corner = [anchorX + raw[0]! - width / 2, anchorY + raw[1]! - height / 2];
    if (width > 0 && height > 0) found.push({ score, values: [...corner, width, height, ...points] });
  }
  return found;
}

/** One candidate a face: overlapping ones become their mean, weighted by score; the best score stays. */
export function mergeCandidates(candidates: Candidate[]): Candidate[] {
  const left = candidates.toSorted((one, other) => other.score - one.score);
  const merged: Candidate[] = [];
  while (left.length > 0) {
    const best = left[0]!;
    const same = left.filter((other) => overlap(best.values, other.values) >= overlapOfOneFace || other === best);
    const total = same.reduce((sum, { score }) => sum + score, 0);
    const mean = best.values.map((_, at) => same.reduce((sum, one) => sum + one.values[at]! * one.score, 0) / total);
    merged.push({ score: best.score, values: mean });
    for (const one of same) left.splice(left.indexOf(one), 1);
  }
  return merged;
}

function joinFaces(faces: FoundFace[]): FoundFace[] {
  const kept: FoundFace[] = [];
  for (const face of faces.toSorted((one, other) => other.box.score - one.box.score)) {
    const isNew = kept.every(({ box }) => overlapOf(box, face.box) < overlapOfOneFace);
    if (isNew) kept.push(face);
  }
  return kept.sort((one, other) => areaOf(other.box) - areaOf(one.box));
}

/** The area of a box in square pixels. */
export function areaOf(box: { width: number; height: number }): number {
  return box.width * box.height;
}

/** Shared area of two boxes over the area of both together, 0 to 1. */
export function overlapOf(one: Omit<FaceBox, 'score'>, other: Omit<FaceBox, 'score'>): number {
  return overlap([one.x, one.y, one.width, one.height], [other.x, other.y, other.width, other.height]);
}

function overlap(one: number[], other: number[]): number {
  const [x1, y1, w1, h1] = one as [number, number, number, number];
  const [x2, y2, w2, h2] = other as [number, number, number, number];
  const width = Math.min(x1 + w1, x2 + w2) - Math.max(x1, x2);
  const height = Math.min(y1 + h1, y2 + h2) - Math.max(y1, y2);
  if (width <= 0 || height <= 0) return 0;
  const both = width * height;
  return both / (w1 * h1 + w2 * h2 - both);
}
