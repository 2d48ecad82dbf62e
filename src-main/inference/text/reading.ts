// From the heads' probabilities to the analysis that the rest of the product sees.
import {
  type EmotionScores,
  emotionLabels,
  type IntentLabel,
  intentLabels,
  type TextAnalysis,
  toReading,
} from '@app/shared/emotion/labels';
import { askingIntent } from '@app/shared/suggestions/question-likeness';
import type { Catalogue } from './catalogue.ts';
import type { Encoded } from './encoder-lane.ts';
import { findEntities } from './entities.ts';
import { centred, type HeadScores } from './head-scores.ts';
import { applyIntentRules, saysPurchase } from './intent-rules.ts';

/** What is known of one cleaned text; `encoded` is null where the linear model answered alone. */
export type Reading = {
  cleaned: string;
  scores: HeadScores;
  encoded: Encoded | null;
  certainFrom: number;
  abuseFrom: number;
};

/** The disguised insult that a text turned out to hold, as a reading of its own, and the least it counts for. */
export type Meant = { reading: Reading; atLeast: number };

const surePurchase = 0.9;

/** The analysis of a message as it came, from the reading of its cleaned form. */
export function toAnalysis(
  text: string,
  reading: Reading,
  meant: Meant | null,
  catalogue: Catalogue | null,
): TextAnalysis {
  const { cleaned, scores: raw } = reading;
  const emotion = toReading(named(emotionLabels, raw.emotion) satisfies EmotionScores);
  const isPurchase = saysPurchase(cleaned);
  const scores = applyIntentRules(cleaned, named(intentLabels, raw.intent), isPurchase);
  const own = abuseOf(reading);
  return {
    lane: reading.encoded ? 'encoder' : 'linear',
    emotion,
    certain: cleaned !== '' && emotion.confidence >= reading.certainFrom,
    sentiment: Math.min(1, Math.max(-1, raw.sentiment)),
    intent: {
      label: winner(scores),
      scores,
      purchase: isPurchase ? Math.max(raw.purchase, surePurchase) : raw.purchase,
    },
    abuse: meant ? Math.max(own, abuseOf(meant.reading), meant.atLeast) : own,
    entities: findEntities(text, catalogue),
  };
}

/** Adds the sentence vector where the encoder made one and it is wanted. */
export function withVector(
  analysis: TextAnalysis,
  { encoded }: Reading,
  wanted: 'questions' | 'all' | undefined,
  sameFrom: number,
): TextAnalysis {
  if (!encoded || !wanted || (wanted === 'questions' && askingIntent(analysis) === null)) return analysis;
  return { ...analysis, vector: { values: Array.from(encoded.vector), sameFrom } };
}

const abuseOf = ({ scores, abuseFrom }: Reading): number => centred(scores.abuse, abuseFrom);

function named<L extends string>(labels: readonly L[], values: Float64Array): Record<L, number> {
  const out = {} as Record<L, number>;
  for (let i = 0; i < labels.length; i += 1) out[labels[i]!] = values[i] ?? 0;
  return out;
}

const winner = (scores: Record<IntentLabel, number>): IntentLabel =>
  intentLabels.reduce((best, label) => (scores[label] > scores[best] ? label : best));
