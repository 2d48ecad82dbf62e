// A self-sorting mixed-radix transform (2, 4, 5) for the few fixed lengths that the voice features need.

/** Transforms `re` and `im` in place (forward, unscaled); both must have the length the plan was made for. */
export type Fft = (re: Float64Array, im: Float64Array) => void;

type Stage = { radix: number; done: number; cos: Float64Array; sin: Float64Array };

/** Makes a transform of length `n`, whose prime factors may only be 2 and 5; not to be used by two callers at once. */
export function createFft(n: number): Fft {
  const stages = planStages(n);
  const spare = [new Float64Array(n), new Float64Array(n)] as const;
  return (re, im) => {
    let from: readonly [Float64Array, Float64Array] = [re, im];
    let to: readonly [Float64Array, Float64Array] = spare;
    for (const stage of stages) {
      if (stage.radix === 4) radixFour(stage, n, from, to);
      else if (stage.radix === 2) radixTwo(stage, n, from, to);
      else radixFive(stage, n, from, to);
      [from, to] = [to, from];
    }
    if (from[0] !== re) {
      re.set(from[0]);
      im.set(from[1]);
    }
  };
}

function planStages(n: number): Stage[] {
  const stages: Stage[] = [];
  let done = 1;
  while (done < n) {
    const left = n / done;
    const radix = left % 4 === 0 ? 4 : left % 2 === 0 ? 2 : left % 5 === 0 ? 5 : 0;
    if (radix === 0) throw new RangeError(`no transform of length ${n}`);
    const cos = new Float64Array(done * radix);
    const sin = new Float64Array(done * radix);
    for (let j = 0; j < done; j++) {
      for (let r = 0; r < radix; r++) {
        const angle = (-2 * Math.PI * j * r) / (done * radix);
        cos[j * radix + r] = Math.cos(angle);
        sin[j * radix + r] = Math.sin(angle);
      }
    }
    stages.push({ radix, done, cos, sin });
    done *= radix;
  }
  return stages;
}

type Pair = readonly [Float64Array, Float64Array];

function radixFour({ done, cos, sin }: Stage, n: number, [xr, xi]: Pair, [yr, yi]: Pair): void {
  const quarter = n / 4;
  for (let block = 0; block < quarter; block += done) {
    for (let j = 0; j < done; j++) {
      const at = block + j;
      const w = j * 4;
      const r0 = xr[at]!;
      const i0 = xi[at]!;
      const a1 = xr[at + quarter]!;
      const b1 = xi[at + quarter]!;
      const a2 = xr[at + 2 * quarter]!;
      const b2 = xi[at + 2 * quarter]!;
      const a3 = xr[at + 3 * quarter]!;
      const b3 = xi[at + 3 * quarter]!;
      const r1 = a1 * cos[w + 1]! - b1 * sin[w + 1]!;
      const i1 = a1 * sin[w + 1]! + b1 * cos[w + 1]!;
      const r2 = a2 * cos[w + 2]! - b2 * sin[w + 2]!;
      const i2 = a2 * sin[w + 2]! + b2 * cos[w + 2]!;
      const r3 = a3 * cos[w + 3]! - b3 * sin[w + 3]!;
      const i3 = a3 * sin[w + 3]! + b3 * cos[w + 3]!;
      const out = block * 4 + j;
      yr[out] = r0 + r1 + r2 + r3;
      yi[out] = i0 + i1 + i2 + i3;
      yr[out + done] = r0 + i1 - r2 - i3;
      yi[out + done] = i0 - r1 - i2 + r3;
      yr[out + 2 * done] = r0 - r1 + r2 - r3;
      yi[out + 2 * done] = i0 - i1 + i2 - i3;
      yr[out + 3 * done] = r0 - i1 - r2 + i3;
      yi[out + 3 * done] = i0 + r1 - i2 - r3;
    }
  }
}

function radixTwo({ done, cos, sin }: Stage, n: number, [xr, xi]: Pair, [yr, yi]: Pair): void {
  const half = n / 2;
  for (let block = 0; block < half; block += done) {
    for (let j = 0; j < done; j++) {
      const at = block + j;
      const a = xr[at + half]!;
      const b = xi[at + half]!;
      const c = cos[j * 2 + 1]!;
      const s = sin[j * 2 + 1]!;
      const r = a * c - b * s;
      const i = a * s + b * c;
      const out = block * 2 + j;
      yr[out] = xr[at]! + r;
      yi[out] = xi[at]! + i;
      yr[out + done] = xr[at]! - r;
      yi[out + done] = xi[at]! - i;
    }
  }
}

const cos1 = Math.cos((2 * Math.PI) / 5);
const cos2 = Math.cos((4 * Math.PI) / 5);
const sin1 = Math.sin((2 * Math.PI) / 5);
const sin2 = Math.sin((4 * Math.PI) / 5);

function radixFive({ done, cos, sin }: Stage, n: number, [xr, xi]: Pair, [yr, yi]: Pair): void {
  const part = n / 5;
  const tr = new Float64Array(5);
  const ti = new Float64Array(5);
  for (let block = 0; block < part; block += done) {
    for (let j = 0; j < done; j++) {
      for (let r = 0; r < 5; r++) {
        const a = xr[block + j + r * part]!;
        const b = xi[block + j + r * part]!;
        tr[r] = a * cos[j * 5 + r]! - b * sin[j * 5 + r]!;
        ti[r] = a * sin[j * 5 + r]! + b * cos[j * 5 + r]!;
      }
      fiveInto(tr, ti, yr, yi, block * 5 + j, done);
    }
  }
}

/** The transform of five values, written from `out` on, `done` apart. */
function fiveInto(
  tr: Float64Array,
  ti: Float64Array,
  yr: Float64Array,
  yi: Float64Array,
  out: number,
  done: number,
): void {
  const sum1r = tr[1]! + tr[4]!;
  const sum1i = ti[1]! + ti[4]!;
  const sum2r = tr[2]! + tr[3]!;
  const sum2i = ti[2]! + ti[3]!;
  const turn1r = sin1 * (ti[1]! - ti[4]!) + sin2 * (ti[2]! - ti[3]!);
  const turn1i = sin1 * (tr[4]! - tr[1]!) + sin2 * (tr[3]! - tr[2]!);
  const turn2r = sin2 * (ti[1]! - ti[4]!) - sin1 * (ti[2]! - ti[3]!);
  const turn2i = sin2 * (tr[4]! - tr[1]!) - sin1 * (tr[3]! - tr[2]!);
  const mid1r = tr[0]! + cos1 * sum1r + cos2 * sum2r;
  const mid1i = ti[0]! + cos1 * sum1i + cos2 * sum2i;
  const mid2r = tr[0]! + cos2 * sum1r + cos1 * sum2r;
  const mid2i = ti[0]! + cos2 * sum1i + cos1 * sum2i;
  yr[out] = tr[0]! + sum1r + sum2r;
  yi[out] = ti[0]! + sum1i + sum2i;
  yr[out + done] = mid1r + turn1r;
  yi[out + done] = mid1i + turn1i;
  yr[out + 2 * done] = mid2r + turn2r;
  yi[out + 2 * done] = mid2i + turn2i;
  yr[out + 3 * done] = mid2r - turn2r;
  yi[out + 3 * done] = mid2i - turn2i;
  yr[out + 4 * done] = mid1r - turn1r;
  yi[out + 4 * done] = mid1i - turn1i;
}

/** Power spectra of two real signals of equal length by one transform, bins 0 to n/2 of each. */
export function powerOfPair(
  fft: Fft,
  re: Float64Array,
  im: Float64Array,
  first: Float64Array,
  second: Float64Array,
): void {
  fft(re, im);
  const n = re.length;
  for (let k = 0; k <= n / 2; k++) {
    const m = (n - k) % n;
    const sumR = (re[k]! + re[m]!) / 2;
    const difI = (im[k]! - im[m]!) / 2;
    const sumI = (im[k]! + im[m]!) / 2;
    const difR = (re[m]! - re[k]!) / 2;
    first[k] = sumR * sumR + difI * difI;
    second[k] = sumI * sumI + difR * difR;
  }
}
