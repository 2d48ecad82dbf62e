// Which texts run through the encoder together: of nearly one length, so that little of a batch is padding.

/** A batch takes the thread for this many texts; sound and pictures wait meanwhile. */
const mostTexts = 8;
/** At most this share of a batch may be padding: more would cost what the batch gains. */
const mostPadding = 0.15;

/** Groups the numbers of the texts by their lengths in tokens; every number stands in exactly one batch. */
export function toBatches(lengths: readonly number[]): number[][] {
  const order = lengths.map((_, i) => i).sort((a, b) => lengths[a]! - lengths[b]! || a - b);
  const batches: number[][] = [];
  let batch: number[] = [];
  let tokens = 0;
  for (const i of order) {
    const length = lengths[i]!;
    const padded = length * (batch.length + 1);
    const isWasteful = padded > 0 && 1 - (tokens + length) / padded > mostPadding;
    if (batch.length === mostTexts || (batch.length > 0 && isWasteful)) {
      batches.push(batch);
      batch = [];
      tokens = 0;
    }
    batch.push(i);
    tokens += length;
  }
  if (batch.length > 0) batches.push(batch);
  return batches;
}
