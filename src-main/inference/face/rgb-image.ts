// Pixels: tightly packed RGB in, square cut-outs out. All sampling of the face path is here.

/** A picture: three bytes a pixel, row after row, no padding. */
export type RgbImage = { width: number; height: number; rgb: Uint8Array };

/** A turned square of a picture, in pixels; `angle` in radians, clockwise on the screen. */
export type Square = { centreX: number; centreY: number; side: number; angle: number };

/** Throws a RangeError that names the fault when the buffer does not fit the stated size. */
export function checkImage(image: RgbImage): void {
  const { width, height, rgb } = image;
  const whole = Number.isInteger(width) && Number.isInteger(height) && width > 0 && height > 0;
  if (!whole || rgb.length !== width * height * 3) {
    throw new RangeError(`A picture of ${width}x${height} needs ${width * height * 3} bytes and has ${rgb.length}.`);
  }
}

/** The mean of `factor` x `factor` blocks; the rest at the right and the bottom edge is left out. */
export function shrink(image: RgbImage, factor: number): RgbImage {
  const width = Math.max(1, Math.floor(image.width / factor));
  const height = Math.max(1, Math.floor(image.height / factor));
  const rgb = new Uint8Array(width * height * 3);
  const blockWidth = Math.min(factor, image.width);
  const blockHeight = Math.min(factor, image.height);
  const area = blockWidth * blockHeight;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      let [red, green, blue] = [0, 0, 0];
      for (let row = 0; row < blockHeight; row++) {
        let from = ((y * factor + row) * image.width + x * factor) * 3;
        for (let column = 0; column < blockWidth; column++, from += 3) {
          red += image.rgb[from]!;
          green += image.rgb[from + 1]!;
          blue += image.rgb[from + 2]!;
        }
      }
      const to = (y * width + x) * 3;
      rgb[to] = Math.round(red / area);
      rgb[to + 1] = Math.round(green / area);
      rgb[to + 2] = Math.round(blue / area);
    }
  }
  return { width, height, rgb };
}

/**
 * The square as `size` x `size` RGB values 0..255, bilinear, shrunk by whole blocks first when it is more than
 * twice as large. What lies outside the picture is black, or with `outside: 'edge'` the nearest pixel.
 */
export function cutSquare(image: RgbImage, square: Square, size: number, outside: 'black' | 'edge'): Float32Array {
  const factor = Math.max(1, Math.min(64, Math.floor(square.side / size)));
  const source = factor > 1 ? shrink(image, factor) : image;
  const step = square.side / factor / size;
  const centreX = square.centreX / factor;
  const centreY = square.centreY / factor;
  const cos = Math.cos(square.angle) * step;
  const sin = Math.sin(square.angle) * step;
  const out = new Float32Array(size * size * 3);
  const half = size / 2 - 0.5;
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      const u = column - half;
      const v = row - half;
      const x = centreX + u * cos - v * sin - 0.5;
      const y = centreY + u * sin + v * cos - 0.5;
      sample(source, x, y, outside, out, (row * size + column) * 3);
    }
  }
  return out;
}

function sample(image: RgbImage, x: number, y: number, outside: 'black' | 'edge', out: Float32Array, to: number): void {
  const { width, height, rgb } = image;
  if (outside === 'black' && (x < -0.5 || y < -0.5 || x > width - 0.5 || y > height - 0.5)) return;
  const left = Math.floor(x);
  const top = Math.floor(y);
  const alongX = x - left;
  const alongY = y - top;
  const x0 = Math.min(width - 1, Math.max(0, left)) * 3;
  const x1 = Math.min(width - 1, Math.max(0, left + 1)) * 3;
  const y0 = Math.min(height - 1, Math.max(0, top)) * width * 3;
  const y1 = Math.min(height - 1, Math.max(0, top + 1)) * width * 3;
  for (let channel = 0; channel < 3; channel++) {
    const upper = rgb[y0 + x0 + channel]! * (1 - alongX) + rgb[y0 + x1 + channel]! * alongX;
    const lower = rgb[y1 + x0 + channel]! * (1 - alongX) + rgb[y1 + x1 + channel]! * alongX;
    out[to + channel] = upper * (1 - alongY) + lower * alongY;
  }
}

/** Grey values 0..255 of packed RGB values (ITU-R BT.601 weights). */
export function toGrey(rgb: Float32Array | Uint8Array): Float32Array {
  const grey = new Float32Array(rgb.length / 3);
  for (let at = 0; at < grey.length; at++) {
    grey[at] = 0.299 * rgb[at * 3]! + 0.587 * rgb[at * 3 + 1]! + 0.114 * rgb[at * 3 + 2]!;
  }
  return grey;
}

/** The mean of some values, 0 for none. */
export function mean(values: Float32Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return values.length === 0 ? 0 : sum / values.length;
}

/** The part of a box's pixels that equal the next ones to the right and below within one step of 255, 0 to 1. */
export function flatShare(image: RgbImage, box: { x: number; y: number; width: number; height: number }): number {
  const { width, height, rgb } = image;
  const [left, top] = [Math.max(0, Math.floor(box.x)), Math.max(0, Math.floor(box.y))];
  const right = Math.min(width - 1, Math.ceil(box.x + box.width));
  const bottom = Math.min(height - 1, Math.ceil(box.y + box.height));
  let [flat, all] = [0, 0];
  for (let y = top; y < bottom; y++) {
    for (let at = (y * width + left) * 3; at < (y * width + right) * 3; at += 3) {
      let isFlat = true;
      for (let channel = at; channel < at + 3 && isFlat; channel++) {
        const value = rgb[channel]!;
        isFlat = Math.abs(value - rgb[channel + 3]!) <= 1 && Math.abs(value - rgb[channel + width * 3]!) <= 1;
      }
      if (isFlat) flat++;
      all++;
    }
  }
  return all === 0 ? 0 : flat / all;
}
