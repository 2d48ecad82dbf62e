// The text model's door: messages in, emotion, sentiment, intent, abuse and named things out, by the encoder or,
// where it is missing or would fall behind, by the linear model alone.
import { performance } from 'node:perf_hooks';
import type { CatalogueEntry } from '@app/shared/catalogue';
import type { TextAnalysis } from '@app/shared/emotion/labels';
import type { TextLaneView } from '@app/shared/view';
import { ModelFailure, type ModelFiles } from '../model-files.ts';
import { type Catalogue, makeCatalogue } from './catalogue.ts';
import { type Encoded, type EncoderLane, openEncoderLane } from './encoder-lane.ts';
import { cleanText } from './features.ts';
import { meanScores } from './head-scores.ts';
import { calmLane, lateMs, nextLane } from './lane-choice.ts';
import { makeLaneFigures } from './lane-figures.ts';
import { type LinearModel, readLinearModel } from './linear-model.ts';
import { type Reading, toAnalysis, withVector } from './reading.ts';
import { undisguise } from './undisguise.ts';

/** How many messages wait behind a request, and how long its oldest one has waited; an offline caller has neither. */
export type TextLoad = { waiting: number; waitedMs: number };
export type AnalyzeOptions = {
  load?: TextLoad;
  /** Whose sentence vectors are given, where the encoder read them; without it none. */
  vectors?: 'questions' | 'all';
};

export type TextModel = {
  /** Reads one message; takes any string and rejects only when closed. */
  analyze(text: string, options?: AnalyzeOptions): Promise<TextAnalysis>;
  /** Reads many messages, one result each, in their order. With a load, the linear lane takes over when it gets late. */
  analyzeMany(texts: readonly string[], options?: AnalyzeOptions): Promise<TextAnalysis[]>;
  /** The streamer's own products and songs, to be found from now on. */
  setCatalogue(entries: readonly CatalogueEntry[]): void;
  /** False: the machine is short of time, the linear lane reads alone until this is taken back. */
  allowEncoder(allowed: boolean): void;
  status(): TextLaneView;
  /** Waits for the running call and lets the weights go; a later call rejects. Closing twice is harmless. */
  close(): Promise<void>;
};

export type TextModelOptions = {
  /** `auto` (the default) takes the encoder where its files are; `encoder` rejects without them. */
  lane?: 'auto' | 'encoder' | 'linear';
  /** Hears when the lane changes, and of the figures every few seconds while messages come. */
  onStatus?: (status: TextLaneView) => void;
};

type Reason = TextLaneView['reason'];
const tellEveryMs = 5_000;
/** So many messages at once are still read one by one; more of them in batches. */
const aloneUpTo = 8;

/** Opens the text model; rejects with ModelFailure when the linear model, or an encoder that must be, cannot be used. */
export async function openTextModel(files: ModelFiles, options: TextModelOptions = {}): Promise<TextModel> {
  const linear = readLinearModel(await files.read('text/linear.bin'));
  if (options.lane === 'linear') return makeTextModel(linear, null, null, options);
  try {
    return makeTextModel(linear, await openEncoderLane(files), null, options);
  } catch (error) {
    if (options.lane === 'encoder') throw error;
    const code = error instanceof ModelFailure ? error.code : null;
    const lack: Reason = code === 'MODEL_DAMAGED' ? 'damaged' : code ? 'missing' : 'failed';
    return makeTextModel(linear, null, lack, options);
  }
}

function makeTextModel(
  linear: LinearModel,
  encoder: EncoderLane | null,
  lack: Reason,
  { onStatus }: TextModelOptions,
): TextModel {
  const figures = makeLaneFigures();
  let catalogue: Catalogue | null = null;
  let lane = calmLane;
  let isAllowed = true;
  let failure = lack;
  let told: { status: TextLaneView; atMs: number } | null = null;
  let closing: Promise<void> | null = null;
  // The network takes one call at a time; a second request waits for the first.
  let turn: Promise<unknown> = Promise.resolve();

  const status = (): TextLaneView => {
    const held = !isAllowed ? 'governor' : lane.isFast ? 'load' : null;
    const reason = failure ?? (encoder ? held : null);
    return { lane: encoder && reason === null ? 'encoder' : 'linear', reason, ...figures.read() };
  };
  const tell = () => {
    if (!onStatus) return;
    const now = { status: status(), atMs: performance.now() };
    const isNews = told?.status.lane !== now.status.lane || told.status.reason !== now.status.reason;
    if (!isNews && now.atMs - (told?.atMs ?? 0) < tellEveryMs) return;
    told = now;
    onStatus(now.status);
  };

  /** The encoder's readings; null where the linear model must answer alone. */
  async function encode(cleaned: readonly string[], load: TextLoad | undefined): Promise<(Encoded | null)[]> {
    const none = cleaned.map(() => null);
    if (!encoder || failure || !isAllowed) return none;
    const atMs = performance.now();
    if (load) lane = nextLane(lane, { ...load, atMs, count: cleaned.length }, encoder.msPerMessage);
    const together = load !== undefined && cleaned.length + load.waiting > aloneUpTo;
    const until = !load ? {} : lane.isFast ? { untilMs: atMs, probe: true } : { untilMs: atMs + lateMs, together };
    try {
      const read = await encoder.read(cleaned, until);
      if (!lane.isFast && read.includes(null)) lane = { ...lane, isFast: true, lightSince: null };
      return read;
    } catch {
      failure = 'failed';
      return none;
    }
  }

  function toReading(cleaned: string, encoded: Encoded | null): Reading {
    const scores = linear.score(cleaned);
    if (!encoded || !encoder)
      return { cleaned, scores, encoded: null, certainFrom: linear.certainThreshold, abuseFrom: 0.5 };
    const { linearWeight, certainThreshold, abuseThreshold } = encoder.settings;
    const mean = meanScores(encoded.scores, scores, linearWeight);
    return { cleaned, scores: mean, encoded, certainFrom: certainThreshold, abuseFrom: abuseThreshold };
  }

  async function readAll(texts: readonly string[], { load, vectors }: AnalyzeOptions): Promise<TextAnalysis[]> {
    const startMs = performance.now();
    const cleaned = texts.map(cleanText);
    const meant = cleaned.map(undisguise);
    const meantTexts = meant.flatMap((one) => (one ? [one.text] : []));
    const encoded = await encode([...cleaned, ...meantTexts], load);
    let next = texts.length;
    const analyses = texts.map((text, i) => {
      const reading = toReading(cleaned[i]!, encoded[i]!);
      const hidden = meant[i];
      const other = hidden ? { reading: toReading(hidden.text, encoded[next]!), atLeast: hidden.atLeast } : null;
      if (hidden) next += 1;
      const analysis = toAnalysis(text, reading, other, catalogue);
      return withVector(analysis, reading, vectors, encoder?.settings.sameQuestionCosine ?? 1);
    });
    const endMs = performance.now();
    const fast = analyses.filter((one) => one.lane === 'linear').length;
    figures.note(endMs, texts.length, fast, endMs - startMs);
    tell();
    return analyses;
  }

  const analyzeMany = (texts: readonly string[], options: AnalyzeOptions = {}): Promise<TextAnalysis[]> => {
    if (closing) return Promise.reject(new Error('the text model is closed'));
    const answer = turn.then(() => readAll(texts, options));
    turn = answer.catch(() => undefined);
    return answer;
  };
  return {
    analyze: async (text, options) => (await analyzeMany([text], options))[0]!,
    analyzeMany,
    setCatalogue(entries) {
      catalogue = entries.length > 0 ? makeCatalogue(entries) : null;
    },
    allowEncoder(allowed) {
      isAllowed = allowed;
      tell();
    },
    status,
    close() {
      closing ??= turn.then(() => encoder?.close());
      return closing;
    },
  };
}
