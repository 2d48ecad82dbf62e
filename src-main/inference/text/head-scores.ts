// What both text models say of a message, in one form, and the mean of the two.

/** Probabilities in the order of the labels; sentiment is -1 to 1. */
export type HeadScores = {
  emotion: Float64Array;
  sentiment: number;
  abuse: number;
  intent: Float64Array;
  purchase: number;
};

/** The logistic function. */
export const sigmoid = (z: number): number => 1 / (1 + Math.exp(-z));

/** Probabilities of logits that are first divided by a temperature; they sum to 1. */
export function softmax(logits: Float32Array | Float64Array, temperature = 1): Float64Array {
  let top = Number.NEGATIVE_INFINITY;
  for (const z of logits) if (z > top) top = z;
  const powers = new Float64Array(logits.length);
  let total = 0;
  for (let i = 0; i < logits.length; i += 1) {
    const power = Math.exp((logits[i]! - top) / temperature);
    powers[i] = power;
    total += power;
  }
  for (let i = 0; i < powers.length; i += 1) powers[i] = powers[i]! / total;
  return powers;
}

/** The second model's share in each head's mean. */
export type HeadWeights = {
  emotion: number;
  sentiment?: number | undefined;
  abuse: number;
  intent: number;
  purchase: number;
};

/** The weighted mean of two readings, head by head; without a share of its own, sentiment takes emotion's. */
export function meanScores(first: HeadScores, second: HeadScores, weights: HeadWeights): HeadScores {
  const mix = (a: number, b: number, share: number) => a + share * (b - a);
  const mixAll = (a: Float64Array, b: Float64Array, share: number) => a.map((value, i) => mix(value, b[i]!, share));
  return {
    emotion: mixAll(first.emotion, second.emotion, weights.emotion),
    sentiment: mix(first.sentiment, second.sentiment, weights.sentiment ?? weights.emotion),
    abuse: mix(first.abuse, second.abuse, weights.abuse),
    intent: mixAll(first.intent, second.intent, weights.intent),
    purchase: mix(first.purchase, second.purchase, weights.purchase),
  };
}

/** A probability moved in log-odds so that `threshold` becomes one half: whoever reads it asks only whether it is over 0.5. */
export function centred(probability: number, threshold: number): number {
  const odds = (probability * (1 - threshold)) / ((1 - probability) * threshold);
  return Number.isFinite(odds) ? odds / (1 + odds) : 1;
}
