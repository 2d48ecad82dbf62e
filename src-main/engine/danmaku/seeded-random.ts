export type Random = {
  /** 0 to below 1. */
  next(): number;
  /** A whole number from `least` to `most`, both included. */
  integer(least: number, most: number): number;
  pick<T>(values: readonly T[]): T;
};

/** The same row of numbers for the same seed (xorshift32); for rehearsal, not for secrets. */
export function seededRandom(seed: number): Random {
  // A multiplied seed, so that neighbouring seeds do not begin alike; never 0, where the row would stand still.
  let state = (Math.imul(seed | 0, 0x9e3779b1) ^ 0x85ebca6b) >>> 0 || 1;
  const next = () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return state / 0x1_0000_0000;
  };
  const integer = (least: number, most: number) => least + Math.floor(next() * (most - least + 1));
  return { next, integer, pick: (values) => values[integer(0, values.length - 1)]! };
}
