// What a face shows: three networks, each cooled by its temperature, their log-probabilities averaged; and whether the
// face can be read at all.
import { byEmotion, type EmotionLabel, type EmotionScores, emotionLabels } from '@app/shared/emotion/labels';
import type { FaceHeads, NetName } from './heads.ts';
import type { Net } from './net.ts';
import { cutSquare, mean, type RgbImage, type Square, toGrey } from './rgb-image.ts';

const faceApiSize = 112;
const miniSize = 64;
const ownSize = 40;
const faceApiOrder: EmotionLabel[] = ['neutral', 'happy', 'sad', 'angry', 'fear', 'disgust', 'surprise'];
const miniOrder: EmotionLabel[] = ['angry', 'disgust', 'fear', 'happy', 'sad', 'surprise', 'neutral'];

export type ExpressionNets = { faceApi: Net; miniXception: Net; own: Net; quality: Net };

/**
 * What each network said before calibration, the calibrated blend, the face's mean grey value 0..255, and the
 * probabilities that its mouth is covered and that it is drawn or strongly filtered.
 */
export type Expression = Record<NetName, EmotionScores> & {
  blend: EmotionScores;
  luminance: number;
  covered: number;
  drawn: number;
};

/** Reads the face that fills the square. */
export async function readExpression(
  nets: ExpressionNets,
  heads: FaceHeads,
  image: RgbImage,
  square: Square,
): Promise<Expression> {
  const grey = (size: number, scale = 1): Float32Array =>
    toGrey(cutSquare(image, { ...square, side: square.side * scale }, size, 'edge'));
  const large = grey(faceApiSize);
  const luminance = mean(large);
  const gain = Math.max(1, heads.liftTo / Math.max(1, luminance));
  const lift = (value: number): number => Math.min(255, value * gain);
  const threeTimes = new Float32Array(large.length * 3);
  for (let channel = 0; channel < 3; channel++) threeTimes.set(large.map(lift), channel * large.length);
  const centred = grey(miniSize).map((value) => (lift(value) / 255 - 0.5) * 2);
  const own = withMirror(grey(ownSize, heads.ownScale).map(lift), ownSize);
  const [ofFaceApi, ofMini, ofOwn, ofQuality] = await Promise.all([
    nets.faceApi.run({ input: { data: threeTimes, dims: [1, 3, faceApiSize, faceApiSize] } }),
    nets.miniXception.run({ inputs: { data: centred, dims: [1, miniSize, miniSize, 1] } }),
    nets.own.run({ input: { data: own, dims: [2, 1, ownSize, ownSize] } }),
    nets.quality.run({ input: { data: own.slice(0, ownSize ** 2), dims: [1, 1, ownSize, ownSize] } }),
  ]);
  const said = {
    faceApi: toScores(ofFaceApi.probs!, faceApiOrder),
    miniXception: toScores(ofMini.output_0!, miniOrder),
    own: softmax(emotionLabels.map((_, at) => (ofOwn.logits![at]! + ofOwn.logits![at + emotionLabels.length]!) / 2)),
  };
  const [covered, drawn] = ofQuality.spoilt!;
  return { ...said, blend: blendScores(said, heads), luminance, covered: covered!, drawn: drawn! };
}

/** The square twice, the second time mirrored: a face means the same both ways, and the mean of both errs less. */
function withMirror(pixels: Float32Array, size: number): Float32Array {
  const both = new Float32Array(pixels.length * 2);
  both.set(pixels);
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      both[pixels.length + row * size + column] = pixels[row * size + size - 1 - column]!;
    }
  }
  return both;
}

/** The weighted mean of the cooled log-probabilities, as probabilities that sum to 1. */
export function blendScores(
  said: Record<NetName, EmotionScores>,
  { temperatures, weights }: Pick<FaceHeads, 'temperatures' | 'weights'>,
): EmotionScores {
  const names = Object.keys(weights) as NetName[];
  const total = names.reduce((sum, name) => sum + weights[name], 0);
  const sums = Array<number>(emotionLabels.length).fill(0);
  for (const name of names) {
    const cooled = cool(said[name], temperatures[name]);
    for (let at = 0; at < sums.length; at++) sums[at] = sums[at]! + (weights[name] / total) * cooled[at]!;
  }
  return softmax(sums);
}

function cool(scores: EmotionScores, temperature: number): number[] {
  const logits = emotionLabels.map((label) => Math.log(Math.max(scores[label], 1e-12)) / temperature);
  const normaliser = Math.log(logits.reduce((sum, logit) => sum + Math.exp(logit), 0));
  return logits.map((logit) => logit - normaliser);
}

/** Probabilities in proportion to the exponentials of the values, which stand in the order of emotionLabels. */
export function softmax(logits: number[]): EmotionScores {
  const largest = Math.max(...logits);
  const parts = logits.map((logit) => Math.exp(logit - largest));
  const total = parts.reduce((sum, part) => sum + part, 0);
  return byEmotion((label) => parts[emotionLabels.indexOf(label)]! / total);
}

function toScores(values: Float32Array, order: EmotionLabel[]): EmotionScores {
  return byEmotion((label) => Math.min(1, Math.max(0, values[order.indexOf(label)] ?? 0)));
}
