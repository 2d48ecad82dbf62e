// Pictures for this folder's tests: the project's sample face placed on a larger frame, and frames of clips.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import ffmpeg from '@ffmpeg-installer/ffmpeg';
import sharp, { type Sharp } from 'sharp';
import type { RgbImage } from './rgb-image.ts';

/** The project's root folder. */
export const projectRoot: string = join(import.meta.dirname, '..', '..', '..');

/** The sample picture of one smiling face, 420x270; larger when turned (clockwise). */
export async function readSampleFace(turnedDegrees = 0): Promise<RgbImage> {
  const picture = sharp(join(projectRoot, 'assets', 'rehearsal', 'face.png'));
  return readPicture(turnedDegrees === 0 ? picture : picture.rotate(turnedDegrees, { background: '#8a8a8a' }));
}

/** The sample picture made `share` of its width and laid on grey at the given place of a frame. */
export async function placeSampleFace(
  frame: { width: number; height: number },
  share: number,
  at: { left: number; top: number },
): Promise<RgbImage> {
  const width = Math.round(420 * share);
  const face = await sharp(join(projectRoot, 'assets', 'rehearsal', 'face.png'))
    .resize({ width })
    .png()
    .toBuffer();
  const ground = sharp({ create: { ...frame, channels: 3, background: '#8a8a8a' } });
  return readPicture(
    sharp(
      await ground
        .composite([{ input: face, ...at }])
        .png()
        .toBuffer(),
    ),
  );
}

/** Frames of a clip as 320x180 RGB, `fps` a second. */
export function readFrames(path: string, fps: number): RgbImage[] {
  const [width, height] = [320, 180];
  const args = ['-v', 'error', '-i', path, '-vf', `fps=${fps},scale=${width}:${height}`, '-pix_fmt', 'rgb24'];
  const done = spawnSync(ffmpeg.path, [...args, '-f', 'rawvideo', '-'], { maxBuffer: 1 << 28 });
  if (done.status !== 0) throw new Error(`ffmpeg cannot read ${path}: ${done.stderr}`);
  const bytes = width * height * 3;
  return Array.from({ length: Math.floor(done.stdout.length / bytes) }, (_, index) => ({
    width,
    height,
    rgb: new Uint8Array(done.stdout.subarray(index * bytes, (index + 1) * bytes)),
  }));
}

/** Repeatable noise: the same seed gives the same picture. */
export function noisePicture(width: number, height: number, seed: number): RgbImage {
  let state = seed >>> 0 || 1;
  const next = (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state >>> 24;
  };
  return { width, height, rgb: Uint8Array.from({ length: width * height * 3 }, next) };
}

async function readPicture(picture: Sharp): Promise<RgbImage> {
  const { data, info } = await picture.removeAlpha().raw().toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, rgb: new Uint8Array(data) };
}
