// From a heard segment to its tokens: the likeliest one each time, with an end to every loop.
import { special } from './tokenizer.ts';

/** A model that heard one segment and remembers what it read. */
export type Reader = {
  /** Reads tokens after those before; gives the logits of what comes next. */
  read(ids: readonly number[]): Promise<Float32Array>;
};

export type DecodeOptions = {
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

/** Decodes after the logits that `reader` gave for the last token of the prefix; logits that are no numbers end it. */
export async function decode(reader: Reader, first: Float32Array, options: DecodeOptions): Promise<Decoded> {
  const tokens: number[] = [];
  let logits = first;
  let sum = 0;
  while (true) {
    const { token, logProbability } = likeliest(logits, tokens, options.hotWords);
    sum += logProbability;
    const meanLogProbability = sum / (tokens.length + 1);
    if (token === special.endOfText) return { tokens, meanLogProbability, looped: false };
    tokens.push(token);
    const loop = loopStart(tokens);
    if (loop !== null) return { tokens: tokens.slice(0, loop), meanLogProbability, looped: true };
    if (tokens.length >= options.longestTokens) return { tokens, meanLogProbability, looped: false };
    logits = await reader.read([token]);
  }
}

function likeliest(logits: Float32Array, tokens: readonly number[], hotWords: DecodeOptions['hotWords']) {
  const row = logits.slice();
  silence(row, tokens.length === 0);
  const norm = logSumExp(row);
  const hot = hotTokens(tokens, hotWords);
  let token: number = special.endOfText;
  let best = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < row.length; i++) {
    const value = row[i]! + (hot.size > 0 && hot.has(i) ? hotWordBias : 0);
    if (value > best) {
      best = value;
      token = i;
    }
  }
  return { token, logProbability: row[token]! - norm };
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
