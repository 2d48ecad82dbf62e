// From a heard segment to the likeliest row of tokens: beam search (a width of 1 is greedy), with an end to every loop.
import { special } from './tokenizer.ts';

/** A model that heard one segment. `read` comes first, once or more; then only `fork`. */
export type Reader = {
  /** Reads tokens in order; gives the logits of what comes after the last. */
  read(ids: readonly number[]): Promise<Float32Array>;
  /** Goes on from earlier rows (`parents`), one token each; gives their logits row by row. */
  fork(parents: readonly number[], tokens: readonly number[]): Promise<Float32Array>;
};

export type DecodeOptions = {
  width: number;
  longestTokens: number;
  /** Rows of token ids that become likelier once their first token stands. */
  hotWords: readonly (readonly number[])[];
};

/** `meanLogProbability` counts the closing token; `looped` when the row went in circles and was cut. */
export type Decoded = { tokens: number[]; meanLogProbability: number; looped: boolean };

/** Signs that are no speech (music notes, brackets, tags), as Whisper's own configuration lists them. */
const suppressed = [
  1, 2, 7, 8, 9, 10, 14, 25, 26, 27, 28, 29, 31, 58, 59, 60, 61, 62, 63, 90, 91, 92, 93, 359, 503, 522, 542, 873, 893,
  902, 918, 922, 931, 1350, 1853, 1982, 2460, 2627, 3246, 3253, 3268, 3536, 3846, 3961, 4183, 4667, 6585, 6647, 7273,
  9061, 9383, 10428, 10929, 11938, 12033, 12331, 12562, 13793, 14157, 14635, 15265, 15618, 16553, 16604, 18362, 18956,
  20075, 21675, 22520, 26130, 26161, 26435, 28279, 29464, 31650, 32302, 32470, 36865, 42863, 47425, 49870, 50254,
];
/** No text begins with a space alone or with its end. */
const suppressedFirst = [220, special.endOfText];
const hotWordBias = 1.5;
const vocabulary = 51_865;

type Row = { tokens: number[]; sum: number };
type Candidate = { parent: number; token: number; sum: number; rank: number };

/** Decodes after the logits that `reader` gave for the last token of the prefix. */
export async function decode(reader: Reader, first: Float32Array, options: DecodeOptions): Promise<Decoded> {
  let rows: Row[] = [{ tokens: [], sum: 0 }];
  let logits = first;
  const ended: Decoded[] = [];
  while (rows.length > 0) {
    const candidates = bestCandidates(rows, logits, options);
    const next: { row: Row; parent: number }[] = [];
    for (const { parent, token, sum } of candidates) {
      const before = rows[parent]!.tokens;
      if (next.length >= options.width) break;
      if (token === special.endOfText) {
        ended.push({ tokens: before, meanLogProbability: sum / (before.length + 1), looped: false });
        continue;
      }
      const tokens = [...before, token];
      const loop = loopStart(tokens);
      if (loop !== null) {
        ended.push({ tokens: tokens.slice(0, loop), meanLogProbability: sum / tokens.length, looped: true });
      } else if (tokens.length >= options.longestTokens) {
        ended.push({ tokens, meanLogProbability: sum / tokens.length, looped: false });
      } else next.push({ row: { tokens, sum }, parent });
    }
    if (ended.length >= options.width) break;
    rows = next.map(({ row }) => row);
    if (rows.length === 0) break;
    logits = await reader.fork(
      next.map(({ parent }) => parent),
      rows.map(({ tokens }) => tokens.at(-1)!),
    );
  }
  const nothing: Decoded = { tokens: [], meanLogProbability: Number.NEGATIVE_INFINITY, looped: false };
  return ended.reduce((best, one) => (one.meanLogProbability > best.meanLogProbability ? one : best), nothing);
}

function bestCandidates(rows: readonly Row[], logits: Float32Array, options: DecodeOptions): Candidate[] {
  const all: Candidate[] = [];
  rows.forEach(({ tokens, sum }, parent) => {
    const row = logits.slice(parent * vocabulary, (parent + 1) * vocabulary);
    silence(row, tokens.length === 0);
    const norm = logSumExp(row);
    const bias = hotTokens(tokens, options.hotWords);
    for (const token of bias) row[token]! += hotWordBias;
    for (const token of largest(row, options.width + 1)) {
      const rank = sum + row[token]! - norm;
      all.push({ parent, token, rank, sum: rank - (bias.has(token) ? hotWordBias : 0) });
    }
  });
  return all.sort((a, b) => b.rank - a.rank);
}

/** Takes away what may not be said: signs, and all special tokens but the end. */
function silence(row: Float32Array, isFirst: boolean): void {
  for (const token of suppressed) row[token] = Number.NEGATIVE_INFINITY;
  row.fill(Number.NEGATIVE_INFINITY, special.endOfText + 1);
  if (isFirst) for (const token of suppressedFirst) row[token] = Number.NEGATIVE_INFINITY;
}

/** ln of the sum of e to the power of each value; minus infinity where nothing is possible. */
export function logSumExp(values: Float32Array): number {
  let max = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < values.length; i++) if (values[i]! > max) max = values[i]!;
  if (max === Number.NEGATIVE_INFINITY) return max;
  let sum = 0;
  for (let i = 0; i < values.length; i++) {
    const distance = values[i]! - max;
    if (distance > -30) sum += Math.exp(distance);
  }
  return max + Math.log(sum);
}

/** The places of the `count` largest values, largest first. */
function largest(values: Float32Array, count: number): number[] {
  const places: number[] = [];
  for (let i = 0; i < values.length; i++) {
    if (places.length === count && values[i]! <= values[places.at(-1)!]!) continue;
    if (values[i] === Number.NEGATIVE_INFINITY) continue;
    let at = places.length;
    while (at > 0 && values[places[at - 1]!]! < values[i]!) at -= 1;
    places.splice(at, 0, i);
    if (places.length > count) places.pop();
  }
  return places;
}

function hotTokens(tokens: readonly number[], hotWords: DecodeOptions['hotWords']): Set<number> {
  const found = new Set<number>();
  for (const word of hotWords) {
    for (let said = Math.min(word.length - 1, tokens.length); said > 0; said--) {
      if (word.slice(0, said).every((token, i) => tokens[tokens.length - said + i] === token)) found.add(word[said]!);
    }
  }
  return found;
}

/** Where a row that ends in a circle is to be cut: after the circle's first round; null when it runs straight. */
export function loopStart(tokens: readonly number[]): number | null {
  const n = tokens.length;
  for (let period = 1; period <= 12; period++) {
    const rounds = period === 1 ? 8 : period <= 3 ? 5 : 3;
    if (n < period * rounds) continue;
    let same = true;
    for (let i = n - 1; same && i >= n - period * (rounds - 1); i--) same = tokens[i] === tokens[i - period];
    if (same) return n - period * (rounds - 1);
  }
  return null;
}
