// Reads models/text/linear.bin (written by models/training/text_linear.py) and computes its heads.
import { ModelFailure } from '../model-files.ts';
import { type ByteReader, openByteReader } from './byte-reader.ts';
import { textKeys } from './features.ts';
import { type HeadScores, sigmoid, softmax } from './head-scores.ts';

const fileName = 'text/linear.bin';
/** The heads of the file and how many outputs each must have. */
const headOutputs = { emotion: 7, sentiment: 1, abuse: 1, intent: 11, purchase: 1 } as const;
type HeadName = keyof typeof headOutputs;
const headNames = Object.keys(headOutputs) as HeadName[];
/** Where each head's outputs begin when all stand in one row, and the end of the row. */
const headStarts = [0];
for (const name of headNames) headStarts.push(headStarts.at(-1)! + headOutputs[name]);
const outputCount = headStarts.at(-1)!;

type Head = {
  outputs: number;
  bias: Float32Array;
  scale: Float32Array;
  keys: Uint32Array;
  weights: Int8Array;
};

export type LinearModel = {
  /** The winning emotion is called certain from this probability on. */
  certainThreshold: number;
  /** The heads' probabilities for a cleaned text. */
  score(cleaned: string): HeadScores;
};

const damaged = (what: string): ModelFailure => new ModelFailure('MODEL_DAMAGED', `${fileName} ${what}`);

/** The model in the bytes of linear.bin; anything amiss throws ModelFailure MODEL_DAMAGED. */
export function readLinearModel(bytes: Uint8Array): LinearModel {
  const reader = openByteReader(bytes, damaged);
  const magic = String.fromCharCode(...reader.take(4));
  if (magic !== 'TLM1' || reader.u32() !== 1) throw damaged('is not a linear text model of version 1');
  const normConstant = reader.f32();
  const certainThreshold = reader.f32();
  const heads = new Map<string, Head>();
  const count = reader.u32();
  for (let i = 0; i < count; i += 1) {
    const name = String.fromCharCode(...reader.take(reader.u8()));
    if (!Object.hasOwn(headOutputs, name) || heads.has(name)) throw damaged('has a head that is not expected');
    heads.set(name, readHead(reader, headOutputs[name as HeadName]));
  }
  reader.end();
  if (heads.size !== Object.keys(headOutputs).length) throw damaged('lacks a head');
  if (normConstant < 0) throw damaged('has a negative norm constant');
  const table = joinHeads(headNames.map((name) => heads.get(name)!));
  return {
    certainThreshold,
    score(cleaned) {
      const logits = table.logits(toFeatures(cleaned, normConstant));
      const [emotion, sentiment, abuse, intent, purchase, end] = headStarts;
      return {
        emotion: softmax(logits.subarray(emotion, sentiment)),
        sentiment: 2 * sigmoid(logits[sentiment!]!) - 1,
        abuse: sigmoid(logits[abuse!]!),
        intent: softmax(logits.subarray(intent, purchase)),
        purchase: sigmoid(logits.subarray(purchase, end)[0]!),
      };
    },
  };
}

function readHead(reader: ByteReader, expected: number): Head {
  const outputs = reader.u8();
  if (outputs !== expected) throw damaged('has a head with a wrong number of outputs');
  const bias = Float32Array.from({ length: outputs }, () => reader.f32());
  const scale = Float32Array.from({ length: outputs }, () => reader.f32());
  const size = reader.u32();
  const steps = reader.take(reader.u32());
  if (size > steps.length) throw damaged('has fewer keys than it says');
  const keys = readKeys(steps, size);
  const raw = reader.take(size * outputs);
  const weights = new Int8Array(raw.buffer, raw.byteOffset, raw.length).slice();
  return { outputs, bias, scale, keys, weights };
}

/** Rising keys from their steps, seven bits a byte, low first. */
function readKeys(steps: Uint8Array, size: number): Uint32Array {
  const keys = new Uint32Array(size);
  let at = 0;
  let key = 0;
  for (let i = 0; i < size; i += 1) {
    let step = 0;
    let factor = 1;
    let byte = 128;
    while (byte >= 128) {
      if (at === steps.length || factor > 2 ** 28) throw damaged('has a key step that does not end');
      byte = steps[at] ?? 0;
      at += 1;
      step += (byte & 127) * factor;
      factor *= 128;
    }
    if (step === 0 && i > 0) throw damaged('has a key twice');
    key += step;
    if (key > 0xffffffff) throw damaged('has a key over 32 bits');
    keys[i] = key;
  }
  if (at !== steps.length) throw damaged('has more keys than it says');
  return keys;
}

function withoutRepeats(sorted: Uint32Array): Uint32Array {
  let size = 0;
  for (let i = 0; i < sorted.length; i += 1) {
    if (i > 0 && sorted[i] === sorted[i - 1]) continue;
    sorted[size] = sorted[i]!;
    size += 1;
  }
  return sorted.slice(0, size);
}

type JoinedHeads = { logits(features: Features): Float64Array };

/** One table over the keys of all heads, so that a key is looked for once and its weights lie together. */
function joinHeads(heads: readonly Head[]): JoinedHeads {
  const all = new Uint32Array(heads.reduce((sum, head) => sum + head.keys.length, 0));
  let at = 0;
  for (const head of heads) {
    all.set(head.keys, at);
    at += head.keys.length;
  }
  const keys = withoutRepeats(all.sort());
  const last = 2 ** Math.ceil(Math.log2(keys.length * 2 + 2)) - 1;
  const slots = new Int32Array(last + 1).fill(-1); // open addressing: row of a key, -1 where empty
  for (let row = 0; row < keys.length; row += 1) {
    let slot = keys[row]! & last;
    while (slots[slot] !== -1) slot = (slot + 1) & last;
    slots[slot] = row;
  }
  const rowOf = (key: number): number => {
    for (let slot = key & last; ; slot = (slot + 1) & last) {
      const row = slots[slot]!;
      if (row === -1 || keys[row] === key) return row;
    }
  };
  const weights = new Int8Array(keys.length * outputCount);
  const bias = new Float64Array(outputCount);
  const scale = new Float64Array(outputCount);
  heads.forEach((head, i) => {
    const start = headStarts[i]!;
    bias.set(head.bias, start);
    scale.set(head.scale, start);
    // Both rise, so that the rows are found in one walk.
    let row = 0;
    for (let k = 0; k < head.keys.length; k += 1) {
      while (keys[row] !== head.keys[k]) row += 1;
      for (let j = 0; j < head.outputs; j += 1) {
        weights[row * outputCount + start + j] = head.weights[k * head.outputs + j]!;
      }
    }
  });
  return {
    logits({ keys: seen, values, size }) {
      const sums = new Float64Array(outputCount);
      for (let i = 0; i < size; i += 1) {
        const row = rowOf(seen[i]!);
        if (row === -1) continue;
        const value = values[i]!;
        const start = row * outputCount;
        for (let k = 0; k < outputCount; k += 1) sums[k]! += value * unpacked[weights[start + k]! + 128]!;
      }
      for (let k = 0; k < outputCount; k += 1) sums[k] = bias[k]! + scale[k]! * sums[k]!;
      return sums;
    },
  };
}

type Features = { keys: Uint32Array; values: Float64Array; size: number };

/** Each key once, with (1 + ln count) / sqrt(sum of squares + constant). */
function toFeatures(cleaned: string, normConstant: number): Features {
  const keys = textKeys(cleaned);
  const values = new Float64Array(keys.length);
  let size = 0;
  let squares = 0;
  for (let i = 0; i < keys.length; ) {
    let next = i + 1;
    while (next < keys.length && keys[next] === keys[i]) next += 1;
    const value = 1 + Math.log(next - i);
    keys[size] = keys[i] ?? 0;
    values[size] = value;
    squares += value * value;
    size += 1;
    i = next;
  }
  const norm = Math.sqrt(squares + normConstant);
  for (let i = 0; i < size; i += 1) values[i] = (values[i] ?? 0) / norm;
  return { keys, values, size };
}

// An int8 q stands for sign(q) (q/127)²: small weights keep more of their detail.
const unpacked = Float64Array.from({ length: 256 }, (_, i) => Math.sign(i - 128) * ((i - 128) / 127) ** 2);
