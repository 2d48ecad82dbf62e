// The text model's door: one message in, emotion, sentiment, intent, abuse and named things out.
import {
  type EmotionScores,
  emotionLabels,
  type IntentLabel,
  intentLabels,
  type TextAnalysis,
  toReading,
} from '@app/shared/emotion/labels';
import type { ModelFiles } from '../model-files.ts';
import { findEntities } from './entities.ts';
import { cleanText } from './features.ts';
import { applyIntentRules, saysPurchase } from './intent-rules.ts';
import { type LinearModel, readLinearModel } from './linear-model.ts';

export type TextModel = {
  /** Reads one message; takes any string and rejects only when closed. */
  analyze(text: string): Promise<TextAnalysis>;
  /** Reads many messages, one result each, in their order. */
  analyzeMany(texts: readonly string[]): Promise<TextAnalysis[]>;
  /** Lets the weights go; a later call throws. Closing twice is harmless. */
  close(): void;
};

/** Opens the linear text model; rejects with ModelFailure when its file is missing or damaged. */
export async function openTextModel(files: ModelFiles): Promise<TextModel> {
  let model: LinearModel | null = readLinearModel(await files.read('text/linear.bin'));
  const analyze = async (text: string): Promise<TextAnalysis> => {
    if (!model) throw new Error('the text model is closed');
    return analyzeWith(model, text);
  };
  return {
    analyze,
    analyzeMany: (texts) => Promise.all(texts.map(analyze)),
    close() {
      model = null;
    },
  };
}

const surePurchase = 0.9;

function analyzeWith(model: LinearModel, text: string): TextAnalysis {
  const cleaned = cleanText(text);
  const raw = model.score(cleaned);
  const emotion = toReading(named(emotionLabels, raw.emotion) satisfies EmotionScores);
  const scores = applyIntentRules(cleaned, named(intentLabels, raw.intent));
  const purchase = raw.purchase[0] ?? 0;
  return {
    lane: 'linear',
    emotion,
    certain: cleaned !== '' && emotion.confidence >= model.certainThreshold,
    sentiment: clamp(2 * (raw.sentiment[0] ?? 0.5) - 1, -1, 1),
    intent: {
      label: winner(scores),
      scores,
      purchase: saysPurchase(cleaned) ? Math.max(purchase, surePurchase) : purchase,
    },
    abuse: raw.abuse[0] ?? 0,
    entities: findEntities(text),
  };
}

const clamp = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value));

function named<L extends string>(labels: readonly L[], values: Float64Array): Record<L, number> {
  return Object.fromEntries(labels.map((label, i) => [label, values[i] ?? 0])) as Record<L, number>;
}

const winner = (scores: Record<IntentLabel, number>): IntentLabel =>
  intentLabels.reduce((best, label) => (scores[label] > scores[best] ? label : best));
