// Picture files become plain RGB here; the only place that knows picture formats.
import { readFile, stat } from 'node:fs/promises';
import sharp from 'sharp';

const largestFileBytes = 50 * 1024 * 1024;
const mostPixels = 100_000_000;
const longestSidePx = 1_920;
const formats = ['jpeg', 'png', 'webp'];

/**
 * The upright picture in a jpg, png or webp file as tightly packed RGB, transparent parts on white, made smaller when
 * a side is over 1,920 px. `scale` is file pixels per given pixel. Rejects with a sentence when it cannot be read.
 */
export async function readImageFile(
  path: string,
): Promise<{ width: number; height: number; rgb: Uint8Array; scale: number }> {
  const info = await stat(path).catch(() => null);
  if (!info?.isFile()) throw new Error('There is no readable file at this path.');
  if (info.size > largestFileBytes) throw new Error('The file is over 50 MB.');
  const bytes = await readFile(path);
  try {
    const source = sharp(bytes, { limitInputPixels: mostPixels, failOn: 'error' });
    const { format, autoOrient } = await source.metadata();
    if (!formats.includes(format)) throw new Error(`a ${format} file`);
    const { data, info: made } = await source
      .autoOrient()
      .flatten({ background: '#ffffff' })
      .resize({ width: longestSidePx, height: longestSidePx, fit: 'inside', withoutEnlargement: true })
      .toColourspace('srgb')
      .removeAlpha()
      .raw()
      .toBuffer({ resolveWithObject: true });
    const rgb = made.channels === 3 ? new Uint8Array(data) : grown(data, made.channels);
    return { width: made.width, height: made.height, rgb, scale: autoOrient.width / made.width };
  } catch (error) {
    const why = error instanceof Error ? error.message.split('\n')[0] : 'unknown';
    throw new Error(`This is not a readable jpg, png or webp picture (${why}).`);
  }
}

function grown(data: Uint8Array, channels: number): Uint8Array {
  const rgb = new Uint8Array((data.length / channels) * 3);
  for (let at = 0; at < rgb.length; at++) rgb[at] = data[Math.floor(at / 3) * channels]!;
  return rgb;
}
