// Triangular filters kept as their non-zero stretch, because nearly all of each row is zero.

/** One triangle: `weights` belong to the bins from `start` on. */
export type Triangle = { start: number; weights: Float64Array };

function trianglesFrom(
  edgesHz: number[],
  bins: number,
  hzPerBin: number,
  height: (width: number) => number,
): Triangle[] {
  return edgesHz.slice(0, -2).map((low, i) => {
    const mid = edgesHz[i + 1]!;
    const high = edgesHz[i + 2]!;
    const row = Array.from({ length: bins }, (_, k) => {
      const hz = k * hzPerBin;
      return Math.max(0, Math.min((hz - low) / (mid - low), (high - hz) / (high - mid))) * height(high - low);
    });
    const start = Math.max(
      0,
      row.findIndex((weight) => weight > 0),
    );
    const end = row.findLastIndex((weight) => weight > 0) + 1;
    return { start, weights: Float64Array.from(row.slice(start, Math.max(start, end))) };
  });
}

const spread = (from: number, to: number, count: number): number[] =>
  Array.from({ length: count }, (_, i) => from + ((to - from) * i) / (count - 1));

/** 80 area-normalised Slaney triangles, 0 to 8000 Hz, for a 400-point transform at 16 kHz. */
export function slaneyTriangles(): Triangle[] {
  const step = Math.log(6.4) / 27;
  const toHz = (mel: number) => (mel < 15 ? (mel * 200) / 3 : 1000 * Math.exp((mel - 15) * step));
  const top = 15 + Math.log(8) / step;
  return trianglesFrom(spread(0, top, 82).map(toHz), 201, 40, (widthHz) => 2 / widthHz);
}

/** 40 triangles of height 1, even in mel from 60 to 7600 Hz, for a 512-point transform at 16 kHz. */
export function evenTriangles(): Triangle[] {
  const toMel = (hz: number) => 2595 * Math.log10(1 + hz / 700);
  const edges = spread(toMel(60), toMel(7600), 42).map((mel) => 700 * (10 ** (mel / 2595) - 1));
  return trianglesFrom(edges, 257, 16_000 / 512, () => 1);
}

/** The weighted sum of a spectrum under one triangle. */
export function under({ start, weights }: Triangle, spectrum: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < weights.length; k++) sum += weights[k]! * spectrum[start + k]!;
  return sum;
}
