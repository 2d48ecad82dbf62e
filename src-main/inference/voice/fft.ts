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
      else anyRadix(stage, n, from, to);
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

function anyRadix({ radix, done, cos, sin }: Stage, n: number, [xr, xi]: Pair, [yr, yi]: Pair): void {
  const part = n / radix;
  const tr = new Float64Array(radix);
  const ti = new Float64Array(radix);
  const unitCos = Float64Array.from({ length: radix }, (_, k) => Math.cos((-2 * Math.PI * k) / radix));
  const unitSin = Float64Array.from({ length: radix }, (_, k) => Math.sin((-2 * Math.PI * k) / radix));
  for (let block = 0; block < part; block += done) {
    for (let j = 0; j < done; j++) {
      for (let r = 0; r < radix; r++) {
        const a = xr[block + j + r * part]!;
        const b = xi[block + j + r * part]!;
        const c = cos[j * radix + r]!;
        const s = sin[j * radix + r]!;
        tr[r] = a * c - b * s;
        ti[r] = a * s + b * c;
      }
      for (let k = 0; k < radix; k++) {
        let sumR = 0;
        let sumI = 0;
        for (let r = 0; r < radix; r++) {
          const c = unitCos[(k * r) % radix]!;
          const s = unitSin[(k * r) % radix]!;
          sumR += tr[r]! * c - ti[r]! * s;
          sumI += tr[r]! * s + ti[r]! * c;
        }
        yr[block * radix + j + k * done] = sumR;
        yi[block * radix + j + k * done] = sumI;
      }
    }
  }
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
