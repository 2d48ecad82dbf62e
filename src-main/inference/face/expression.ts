// What a face shows: two networks, each cooled by its temperature, their log-probabilities averaged.
import { type EmotionLabel, type EmotionScores, emotionLabels } from '@app/shared/emotion/labels';
import type { FaceHeads } from './heads.ts';
import type { Net } from './net.ts';
import { cutSquare, mean, type RgbImage, type Square, toGrey } from './rgb-image.ts';

const faceApiSize = 112;
const miniSize = 64;
const faceApiOrder: EmotionLabel[] = ['neutral', 'happy', 'sad', 'angry', 'fear', 'disgust', 'surprise'];
const miniOrder: EmotionLabel[] = ['angry', 'disgust', 'fear', 'happy', 'sad', 'surprise', 'neutral'];

/** What each network said before calibration, the calibrated blend, and the face's mean grey value 0..255. */
export type Expression = {
  faceApi: EmotionScores;
  miniXception: EmotionScores;
  blend: EmotionScores;
  luminance: number;
};

/** Reads the face that fills the square. */
export async function readExpression(
  nets: { faceApi: Net; miniXception: Net },
  heads: FaceHeads,
  image: RgbImage,
  square: Square,
): Promise<Expression> {
  const large = toGrey(cutSquare(image, square, faceApiSize, 'edge'));
  const small = toGrey(cutSquare(image, square, miniSize, 'edge'));
  const luminance = mean(large);
  const gain = Math.max(1, heads.liftTo / Math.max(1, luminance));
  const lift = (value: number): number => Math.min(255, value * gain);
  const threeTimes = new Float32Array(large.length * 3);
  for (let channel = 0; channel < 3; channel++) threeTimes.set(large.map(lift), channel * large.length);
  const centred = small.map((value) => (lift(value) / 255 - 0.5) * 2);
  const [ofFaceApi, ofMini] = await Promise.all([
    nets.faceApi.run({ input: { data: threeTimes, dims: [1, 3, faceApiSize, faceApiSize] } }),
    nets.miniXception.run({ inputs: { data: centred, dims: [1, miniSize, miniSize, 1] } }),
  ]);
  const faceApi = toScores(ofFaceApi.probs!, faceApiOrder);
  const miniXception = toScores(ofMini.output_0!, miniOrder);
  return { faceApi, miniXception, blend: blendScores(faceApi, miniXception, heads), luminance };
}

/** The weighted mean of the cooled log-probabilities, as probabilities that sum to 1. */
export function blendScores(
  faceApi: EmotionScores,
  miniXception: EmotionScores,
  heads: Pick<FaceHeads, 'temperatures' | 'weights'>,
): EmotionScores {
  const one = cool(faceApi, heads.temperatures.faceApi);
  const other = cool(miniXception, heads.temperatures.miniXception);
  const total = heads.weights.faceApi + heads.weights.miniXception;
  return softmax(
    one.map((value, at) => (heads.weights.faceApi * value + heads.weights.miniXception * other[at]!) / total),
  );
}

function cool(scores: EmotionScores, temperature: number): number[] {
  const logits = emotionLabels.map((label) => Math.log(Math.max(scores[label], 1e-12)) / temperature);
  const normaliser = Math.log(logits.reduce((sum, logit) => sum + Math.exp(logit), 0));
  return logits.map((logit) => logit - normaliser);
}

function softmax(logits: number[]): EmotionScores {
  const largest = Math.max(...logits);
  const parts = logits.map((logit) => Math.exp(logit - largest));
  const total = parts.reduce((sum, part) => sum + part, 0);
  return Object.fromEntries(emotionLabels.map((label, at) => [label, parts[at]! / total])) as EmotionScores;
}

function toScores(values: Float32Array, order: EmotionLabel[]): EmotionScores {
  return Object.fromEntries(
    emotionLabels.map((label) => [label, Math.min(1, Math.max(0, values[order.indexOf(label)] ?? 0))]),
  ) as EmotionScores;
}
