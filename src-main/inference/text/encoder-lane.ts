// The encoder behind its tokenizer: texts in, probabilities and vectors out, each different text computed once.
import { performance } from 'node:perf_hooks';
import type { ModelFiles } from '../model-files.ts';
import { toBatches } from './batches.ts';
import { type Encoder, type EncoderOutput, openEncoder } from './encoder.ts';
import { type EncoderSettings, readEncoderSettings } from './encoder-settings.ts';
import { type HeadScores, sigmoid, softmax } from './head-scores.ts';
import { makeRecentResults } from './recent-results.ts';
import { readTokenizer, type Tokenizer } from './unigram.ts';

/** A vector takes 1.5 KB: all of them together stay under 4 MB. */
const keptTexts = 2_000;
/** Until the first measurement: the median of the measured machine (models/text/card.md). */
const firstMs = 8;
/** The newest batch's part in the smoothed milliseconds, per text in it. */
const msStep = 0.05;
const missStep = 0.02;
/** While the other lane reads, this often one text shows how fast the encoder is now. */
const probeEveryMs = 2_000;

/** The encoder's own reading of one text; `vector` has length 1. */
export type Encoded = { scores: HeadScores; vector: Float32Array };

export type EncoderLane = {
  readonly settings: EncoderSettings;
  /** Milliseconds for a text, smoothed; known ones, which take none, are counted too. */
  readonly msPerMessage: number;
  readonly cache: { readonly hits: number; readonly misses: number };
  /**
   * The texts' readings in their order. What is still to be computed at `untilMs` (of performance.now) is null;
   * without it all are computed. `probe`: now and then one text is computed all the same. `together`: in batches, which
   * takes a third less time; int8 rounds by a batch's largest number, so that texts read alone are read more truly.
   */
  read(
    cleaned: readonly string[],
    until?: { untilMs?: number; probe?: boolean; together?: boolean },
  ): Promise<(Encoded | null)[]>;
  /** Waits for nothing: call it after the last `read` is answered. */
  close(): Promise<void>;
};

/** Opens encoder, tokenizer and settings; rejects with ModelFailure when one of them is missing or damaged. */
export async function openEncoderLane(files: ModelFiles): Promise<EncoderLane> {
  const settings = readEncoderSettings(await files.read('text/encoder.json'));
  const tokenizer = readTokenizer(await files.read('text/tokenizer.bin'));
  return makeEncoderLane(await openEncoder(await files.read('text/encoder.onnx')), tokenizer, settings);
}

function makeEncoderLane(encoder: Encoder, tokenizer: Tokenizer, settings: EncoderSettings): EncoderLane {
  const recent = makeRecentResults<Encoded>(keptTexts);
  let runMs = firstMs;
  let missShare = 1;
  let ranAt = Number.NEGATIVE_INFINITY;

  const runBatch = async (texts: readonly string[], ids: readonly number[][]): Promise<Encoded[]> => {
    const startMs = performance.now();
    const said = (await encoder.run(ids)).map((output) => toEncoded(output, settings));
    const tookMs = (performance.now() - startMs) / ids.length;
    runMs += (tookMs - runMs) * Math.min(1, msStep * ids.length);
    ranAt = startMs;
    said.forEach((one, i) => {
      recent.set(texts[i]!, one);
    });
    return said;
  };

  return {
    settings,
    get msPerMessage() {
      return runMs * missShare;
    },
    cache: recent.counts,
    async read(cleaned, { untilMs = Number.POSITIVE_INFINITY, probe = false, together = false } = {}) {
      const found = new Map<string, Encoded | null>();
      for (const text of cleaned) {
        const isRepeat = found.has(text);
        const known = isRepeat ? null : (recent.get(text) ?? null);
        missShare += ((isRepeat || known ? 0 : 1) - missShare) * missStep;
        if (!isRepeat) found.set(text, known);
      }
      const missing = [...found].flatMap(([text, one]) => (one ? [] : [text]));
      const ids = missing.map((text) => tokenizer.encode(text));
      const isLate = () => performance.now() >= untilMs;
      const isProbing = probe && isLate() && ids.length > 0 && performance.now() - ranAt > probeEveryMs;
      const batches = together ? toBatches(ids.map((one) => one.length)) : ids.map((_, i) => [i]);
      for (const batch of isProbing ? [[0]] : batches) {
        if (isLate() && !isProbing) break;
        const texts = batch.map((i) => missing[i]!);
        const said = await runBatch(
          texts,
          batch.map((i) => ids[i]!),
        );
        said.forEach((one, row) => {
          found.set(texts[row]!, one);
        });
      }
      return cleaned.map((text) => found.get(text) ?? null);
    },
    close: () => encoder.close(),
  };
}

function toEncoded(output: EncoderOutput, { temperature }: EncoderSettings): Encoded {
  return {
    scores: {
      emotion: softmax(output.emotion, temperature.emotion),
      sentiment: Math.min(1, Math.max(-1, output.sentiment[0]!)),
      abuse: sigmoid(output.abuse[0]! / temperature.abuse),
      intent: softmax(output.intent, temperature.intent),
      purchase: sigmoid(output.purchase[0]! / temperature.purchase),
    },
    vector: output.vector,
  };
}
