import { describe, expect, it } from 'vitest';
import { checkImage, cutSquare, flatShare, type RgbImage, shrink, toGrey } from './rgb-image.ts';

/** Red grows to the right, green downwards. */
function ramp(width: number, height: number): RgbImage {
  const rgb = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) rgb.set([x, y, 0], (y * width + x) * 3);
  return { width, height, rgb };
}

describe('cutting squares out of a picture', () => {
  it('gives the pixels themselves when the square has the size of the cut', () => {
    const out = cutSquare(ramp(20, 20), { centreX: 10, centreY: 10, side: 4, angle: 0 }, 4, 'edge');
    expect(Array.from(out.slice(0, 6))).toEqual([8, 8, 0, 9, 8, 0]);
  });

  it('turns clockwise: with a quarter turn the cut runs down the picture', () => {
    const out = cutSquare(ramp(20, 20), { centreX: 10, centreY: 10, side: 4, angle: Math.PI / 2 }, 4, 'edge');
    expect(out[0]).toBeCloseTo(11, 4);
    expect(out[1]).toBeCloseTo(8, 4);
    expect(out[3]).toBeCloseTo(11, 4);
    expect(out[4]).toBeCloseTo(9, 4);
  });

  it('is black outside the picture, or repeats its edge when asked to', () => {
    const white = { width: 2, height: 2, rgb: new Uint8Array(12).fill(255) };
    const square = { centreX: 1, centreY: 1, side: 8, angle: 0 };
    expect(cutSquare(white, square, 8, 'black')[0]).toBe(0);
    expect(cutSquare(white, square, 8, 'edge')[0]).toBe(255);
  });

  it('averages what it shrinks, so that a fine pattern becomes grey and not stripes', () => {
    const stripes = {
      width: 64,
      height: 64,
      rgb: Uint8Array.from({ length: 64 * 64 * 3 }, (_, at) => (Math.floor(at / 3) % 2) * 255),
    };
    const out = cutSquare(stripes, { centreX: 32, centreY: 32, side: 64, angle: 0 }, 16, 'edge');
    expect(Math.min(...out)).toBeGreaterThan(120);
    expect(Math.max(...out)).toBeLessThan(136);
    expect(shrink(stripes, 2).rgb[0]).toBe(128);
  });

  it('weighs green most when it makes grey', () => {
    expect(Array.from(toGrey(Uint8Array.of(255, 0, 0, 0, 255, 0, 0, 0, 255)), Math.round)).toEqual([76, 150, 29]);
  });

  it('refuses a buffer that does not fit the stated size, and says both figures', () => {
    expect(() => checkImage({ width: 2, height: 2, rgb: new Uint8Array(16) })).toThrow('needs 12 bytes and has 16');
    expect(() => checkImage({ width: 0, height: 0, rgb: new Uint8Array(0) })).toThrow(RangeError);
  });

  it('counts what is flat: all of a plain area, none of a noisy one, and nothing of a box beside the picture', () => {
    const plain = { width: 8, height: 8, rgb: new Uint8Array(192).fill(90) };
    const whole = { x: 0, y: 0, width: 8, height: 8 };
    expect(flatShare(plain, whole)).toBe(1);
    expect(flatShare({ ...plain, rgb: plain.rgb.map((_, at) => (at * 37) % 256) }, whole)).toBe(0);
    expect(flatShare(plain, { x: 20, y: -30, width: 5, height: 5 })).toBe(0);
  });
});
