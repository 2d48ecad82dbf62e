// A live mood does not jump with every sentence: the last three utterances are weighed together.
import {
  byEmotion,
  type EmotionScores,
  toReading,
  type UncertainReason,
  type VoiceReading,
} from '@app/shared/emotion/labels';

const weights = [1, 0.5, 0.25];
/** An utterance older than this says nothing about now. */
const memoryMs = 20_000;

/** A reading for one of these reasons says nothing about the speaker's mood. */
const notTheSpeaker: readonly UncertainReason[] = [
  'no_speech',
  'too_short',
  'background_sound',
  'singing',
  'other_voice',
];

/** Readings in, the same readings with smoothed scores out. A reading without enough speech passes unchanged. */
export function createSmoothing(minimumConfidence: number): (reading: VoiceReading, endMs: number) => VoiceReading {
  let recent: { scores: EmotionScores; endMs: number }[] = [];
  return (reading, endMs) => {
    if (reading.reason !== null && notTheSpeaker.includes(reading.reason)) return reading;
    const fresh = recent.filter((one) => Math.abs(endMs - one.endMs) <= memoryMs);
    recent = [{ scores: reading.emotion.scores, endMs }, ...fresh].slice(0, weights.length);
    const emotion = toReading(weighted(recent.map((one) => one.scores)));
    if (reading.reason === 'too_few_clips') return { ...reading, emotion };
    const certain = emotion.confidence >= minimumConfidence;
    return { ...reading, emotion, certain, reason: certain ? null : 'low_confidence' };
  };
}

function weighted(rows: EmotionScores[]): EmotionScores {
  const total = weights.slice(0, rows.length).reduce((sum, weight) => sum + weight, 0);
  const mix = (label: keyof EmotionScores) => rows.reduce((sum, row, i) => sum + weights[i]! * row[label], 0) / total;
  return byEmotion((label) => Math.min(1, mix(label)));
}
