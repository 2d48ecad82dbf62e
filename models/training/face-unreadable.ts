// How often spoilt frames of the two videos are said to be unreadable, and how often clean ones are, as JSON.
//   node_modules/.bin/node models/training/face-unreadable.ts DATA      DATA holds video/
// The faults are made here, otherwise than those the quality network learnt from; colour frames, found faces.
import { join } from 'node:path';
import sharp from 'sharp';
import { openFaceModel, type RgbImage } from '../../src-main/inference/face/face.ts';
import { projectRoot, readFrames, readSampleFace } from '../../src-main/inference/face/sample-pictures.ts';
import { openModelFiles } from '../../src-main/inference/model-files.ts';

type Box = { x: number; y: number; width: number; height: number };
type Fault = { name: string; reason: string | null; spoil(image: RgbImage, face: Box): Promise<RgbImage> | RgbImage };

const sharpOf = ({ width, height, rgb }: RgbImage): sharp.Sharp =>
  sharp(Buffer.from(rgb), { raw: { width, height, channels: 3 } });
async function back(picture: sharp.Sharp): Promise<RgbImage> {
  const { data, info } = await picture.removeAlpha().raw().toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, rgb: new Uint8Array(data) };
}
const perByte = (image: RgbImage, change: (value: number) => number): RgbImage => ({
  ...image,
  rgb: image.rgb.map(change),
});

/** Lays an SVG drawing over mouth and chin of the face. */
async function cover(image: RgbImage, face: Box, drawing: (w: number, h: number) => string): Promise<RgbImage> {
  const [width, height] = [Math.round(face.width * 0.8), Math.round(face.height * 0.42)];
  const left = Math.max(0, Math.round(face.x + face.width * 0.1));
  const top = Math.round(face.y + face.height * 0.62);
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${drawing(width, height)}</svg>`;
  const below = await sharpOf(image)
    .extend({ bottom: height, right: width, background: '#000' })
    .composite([{ input: Buffer.from(svg), left, top }])
    .png()
    .toBuffer();
  return back(sharp(below).extract({ left: 0, top: 0, width: image.width, height: image.height }));
}

const faults: Fault[] = [
  { name: 'clean', reason: null, spoil: (image) => image },
  { name: 'dark: a sixth of the light', reason: 'too_dark', spoil: (image) => perByte(image, (value) => value / 6) },
  {
    name: 'surgical mask',
    reason: 'mouth_covered',
    spoil: (image, face) =>
      cover(
        image,
        face,
        (w, h) =>
          `<path d="M0 ${h * 0.1}Q${w / 2} ${-h * 0.2} ${w} ${h * 0.1}L${w * 0.85} ${h * 0.8}Q${w / 2} ${h * 1.2} ${w * 0.15} ${h * 0.8}Z" fill="#b9d5de"/><path d="M0 ${h * 0.35}H${w}M0 ${h * 0.6}H${w}" stroke="#9dbcc6" stroke-width="1"/>`,
      ),
  },
  {
    name: 'black ball of a microphone',
    reason: 'mouth_covered',
    spoil: (image, face) =>
      cover(
        image,
        face,
        (w, h) =>
          `<circle cx="${w / 2}" cy="${h * 0.55}" r="${h * 0.5}" fill="#222"/><circle cx="${w * 0.45}" cy="${h * 0.4}" r="${h * 0.12}" fill="#444"/>`,
      ),
  },
  {
    name: 'four fingers',
    reason: 'mouth_covered',
    spoil: (image, face) =>
      cover(image, face, (w, h) =>
        [0, 1, 2, 3]
          .map(
            (at) =>
              `<rect x="${w * 0.08}" y="${h * (0.02 + at * 0.24)}" width="${w * 0.8}" height="${h * 0.24}" rx="${h * 0.12}" fill="#c99a80" stroke="#8f6450" stroke-width="1"/>`,
          )
          .join(''),
      ),
  },
  {
    name: 'posterised to 4 tones a colour',
    reason: 'drawn_face',
    spoil: async (image) => perByte(await back(sharpOf(image).median(5)), (value) => Math.round(value / 85) * 85),
  },
  {
    name: 'flat areas with dark lines',
    reason: 'drawn_face',
    spoil: async (image) => {
      const flat = await back(sharpOf(image).median(7));
      const lines = await back(
        sharpOf(flat)
          .greyscale()
          .convolve({ width: 3, height: 3, kernel: [-1, -1, -1, -1, 8, -1, -1, -1, -1] })
          .toColourspace('srgb'),
      );
      return { ...flat, rgb: flat.rgb.map((value, at) => (lines.rgb[at]! > 30 ? 20 : Math.round(value / 40) * 40)) };
    },
  },
  {
    name: 'skin smoothed by a strong filter',
    reason: 'drawn_face',
    spoil: async (image) => perByte(await back(sharpOf(image).median(11)), (value) => Math.min(255, value * 1.15)),
  },
];

const data = process.argv[2];
if (!data) throw new Error('The folder with video/ is missing.');
const model = await openFaceModel(await openModelFiles(join(projectRoot, 'models')));
const woman = readFrames(join(data, 'video', 'WolfgangLanger_Pexels.mp4'), 5);
const man = readFrames(join(data, 'video', 'single_face.mp4'), 10);
// By eye: her hand is before her mouth from 1.9 to 9.8 s. The sample portrait is one frame more.
const frames = [...woman.slice(0, 9), ...woman.slice(50), ...man, await readSampleFace()];
const hand = woman.slice(11, 47);
const result: Record<string, unknown> = {};
async function count(name: string, wanted: string | null, pictures: RgbImage[], spoil: Fault['spoil']): Promise<void> {
  const reasons: Record<string, number> = {};
  let [found, right] = [0, 0];
  for (const picture of pictures) {
    const { face } = await model.readImage(picture);
    if (!face) continue;
    const { reason } = await model.readImage(await spoil(picture, face));
    found++;
    reasons[reason ?? 'none'] = (reasons[reason ?? 'none'] ?? 0) + 1;
    const isRight =
      wanted === null ? reason === null || reason === 'low_confidence' : reason !== null && reason !== 'low_confidence';
    if (isRight) right++;
  }
  result[name] = { frames: found, right: Math.round((right / Math.max(1, found)) * 1_000) / 1_000, reasons };
}
for (const { name, reason, spoil } of faults) await count(name, reason, frames, spoil);
await count('a real hand before the mouth', 'mouth_covered', hand, (image) => image);
await model.close();
process.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
