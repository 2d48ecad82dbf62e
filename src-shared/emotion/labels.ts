import { z } from 'zod';

/** The seven emotion labels of every model, in the order of every score vector. */
export const emotionLabels = ['happy', 'sad', 'angry', 'fear', 'surprise', 'disgust', 'neutral'] as const;
export type EmotionLabel = (typeof emotionLabels)[number];
export const emotionLabel = z.enum(emotionLabels);

/** One value for each of the seven emotions. */
export const byEmotion = <T>(value: (label: EmotionLabel) => T): Record<EmotionLabel, T> =>
  Object.fromEntries(emotionLabels.map((label) => [label, value(label)])) as Record<EmotionLabel, T>;

/** The eleven intents of a danmaku, in the order of every score vector. */
export const intentLabels = [
  'question',
  'price',
  'logistics',
  'praise',
  'complaint',
  'greeting',
  'request',
  'gift',
  'spam',
  'abuse',
  'chat',
] as const;
export type IntentLabel = (typeof intentLabels)[number];
export const intentLabel = z.enum(intentLabels);

export const emotionSources = ['text', 'voice', 'face', 'behavior'] as const;
export const emotionSource = z.enum(emotionSources);
export type EmotionSource = z.infer<typeof emotionSource>;

const probability = z.number().min(0).max(1);

/** Calibrated probabilities of the seven emotions; they sum to 1. A model that lacks a class gives it 0. */
export const emotionScores = z.object({
  happy: probability,
  sad: probability,
  angry: probability,
  fear: probability,
  surprise: probability,
  disgust: probability,
  neutral: probability,
});
export type EmotionScores = z.infer<typeof emotionScores>;

/** One model's reading: the most likely label, its calibrated probability, and all scores. */
export const emotionReading = z.object({ label: emotionLabel, confidence: probability, scores: emotionScores });
export type EmotionReading = z.infer<typeof emotionReading>;

export const intentScores = z.record(intentLabel, probability);

/** A named thing found in a text; `start` and `end` are UTF-16 offsets, `end` exclusive. */
export const entity = z.object({
  type: z.enum(['price', 'quantity', 'size', 'mention', 'product', 'song', 'place']),
  text: z.string(),
  start: z.number().int().min(0),
  end: z.number().int().min(0),
  /** The entry of the streamer's own catalogue that was named. */
  catalogueId: z.string().optional(),
});
export type Entity = z.infer<typeof entity>;

/** What the text model says of one message. Scores are given also when `certain` is false. */
export const textAnalysis = z.object({
  lane: z.enum(['encoder', 'linear']),
  emotion: emotionReading,
  certain: z.boolean(),
  sentiment: z.number().min(-1).max(1),
  intent: z.object({ label: intentLabel, scores: intentScores, purchase: probability }),
  abuse: probability,
  entities: z.array(entity),
  /** Only in memory, to group equal questions: a sentence vector of length 1, and the cosine from which two mean the same. */
  vector: z.object({ values: z.array(z.number()), sameFrom: z.number() }).optional(),
});
export type TextAnalysis = z.infer<typeof textAnalysis>;

/** The analysis as it may be stored or sent: the sentence vector, from which words could be guessed, stays in memory. */
export function withoutVector({ vector: _, ...kept }: TextAnalysis): TextAnalysis {
  return kept;
}

/** Why a reading is not certain; `null` when it is. The windows show a sentence for each. */
export const uncertainReason = z.enum([
  'too_few_clips',
  'low_confidence',
  'too_short',
  'no_speech',
  'background_sound',
  'singing',
  'other_voice',
  'no_face',
  'too_dark',
  'several_faces',
  'face_too_small',
  'turned_away',
  'mouth_covered',
  'drawn_face',
  'no_device',
]);
export type UncertainReason = z.infer<typeof uncertainReason>;

/** What the voice model says of one utterance. `uncertain` until 20 clips of this speaker were heard. */
export const voiceReading = z.object({
  emotion: emotionReading,
  certain: z.boolean(),
  reason: uncertainReason.nullable(),
  speechSeconds: z.number().min(0),
  clipsHeard: z.number().int().min(0),
  /** Mean power of the loud frames, dB below full scale. */
  loudnessDb: z.number(),
  /** Median pitch, 60 to 500 Hz; `null` when too little of it was voiced. */
  pitchHz: z.number().nullable(),
  /** From the 5th to the 95th percentile of the pitch, in semitones. */
  pitchRangeSemitones: z.number().min(0).nullable(),
  /** Voiced loudness peaks with a dip between them, per second from first to last sound. */
  syllablesPerSecond: z.number().min(0),
  /** Share of the time from first to last sound that is silence of 0.16 s or more. */
  pauseShare: probability,
});
export type VoiceReading = z.infer<typeof voiceReading>;

/** A face box in pixels of the frame it was found in, with the detector's score. */
export const faceBox = z.object({
  x: z.number(),
  y: z.number(),
  width: z.number(),
  height: z.number(),
  score: probability,
});
export type FaceBox = z.infer<typeof faceBox>;

/** What the face model says of one frame; `emotion` is the smoothed state of the stream, `null` without a face. */
export const faceReading = z.object({
  face: faceBox.nullable(),
  facesSeen: z.number().int().min(0),
  emotion: emotionReading.nullable(),
  certain: z.boolean(),
  reason: uncertainReason.nullable(),
});
export type FaceReading = z.infer<typeof faceReading>;

/** The most likely label of a score set, ties going to the earlier label. */
export function toReading(scores: EmotionScores): EmotionReading {
  let label: EmotionLabel = 'neutral';
  let confidence = -1;
  for (const candidate of emotionLabels) {
    if (scores[candidate] > confidence) {
      confidence = scores[candidate];
      label = candidate;
    }
  }
  return { label, confidence: Math.min(1, confidence), scores };
}
