// Reads models/text/linear.bin (written by models/training/text_linear.py) and computes its heads.
import { ModelFailure } from '../model-files.ts';
import { textKeys } from './features.ts';

const fileName = 'text/linear.bin';
/** The heads of the file and how many outputs each must have. */
const headOutputs = { emotion: 7, sentiment: 1, abuse: 1, intent: 11, purchase: 1 } as const;
export type HeadName = keyof typeof headOutputs;

type Head = {
  outputs: number;
  bias: Float32Array;
  scale: Float32Array;
  keys: Uint32Array;
  slots: Int32Array; // open addressing: row of a key, -1 where empty
  weights: Int8Array;
};

export type LinearModel = {
  /** The winning emotion is called certain from this probability on. */
  certainThreshold: number;
  /** Probabilities of each head for a cleaned text; one output is a logistic, several sum to 1. */
  score(cleaned: string): Record<HeadName, Float64Array>;
};

/** Reads bytes in order; whatever is not there or not sensible is a damaged file. */
class Reader {
  private at = 0;
  private readonly view: DataView;
  private readonly bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  take(size: number): Uint8Array {
    if (size > this.bytes.length - this.at) throw damaged('is cut short');
    this.at += size;
    return this.bytes.subarray(this.at - size, this.at);
  }

  u8(): number {
    return this.take(1)[0] ?? 0;
  }

  u32(): number {
    this.take(4);
    return this.view.getUint32(this.at - 4, true);
  }

  f32(): number {
    this.take(4);
    const value = this.view.getFloat32(this.at - 4, true);
    if (!Number.isFinite(value)) throw damaged('holds a number that is not finite');
    return value;
  }

  end(): void {
    if (this.at !== this.bytes.length) throw damaged('goes on after its end');
  }
}

const damaged = (what: string): ModelFailure => new ModelFailure('MODEL_DAMAGED', `${fileName} ${what}`);

/** The model in the bytes of linear.bin; anything amiss throws ModelFailure MODEL_DAMAGED. */
export function readLinearModel(bytes: Uint8Array): LinearModel {
  const reader = new Reader(bytes);
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
  const parts = [...heads] as [HeadName, Head][];
  return {
    certainThreshold,
    score(cleaned) {
      const features = toFeatures(cleaned, normConstant);
      return Object.fromEntries(parts.map(([name, head]) => [name, headScores(head, features)])) as Record<
        HeadName,
        Float64Array
      >;
    },
  };
}

function readHead(reader: Reader, expected: number): Head {
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
  return { outputs, bias, scale, keys, slots: toSlots(keys), weights };
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

function toSlots(keys: Uint32Array): Int32Array {
  const size = 2 ** Math.ceil(Math.log2(keys.length * 2 + 2));
  const slots = new Int32Array(size).fill(-1);
  for (let row = 0; row < keys.length; row += 1) {
    let slot = (keys[row] ?? 0) & (size - 1);
    while (slots[slot] !== -1) slot = (slot + 1) & (size - 1);
    slots[slot] = row;
  }
  return slots;
}

function rowOf(head: Head, key: number): number {
  const last = head.slots.length - 1;
  let slot = key & last;
  for (;;) {
    const row = head.slots[slot] ?? -1;
    if (row === -1 || head.keys[row] === key) return row;
    slot = (slot + 1) & last;
  }
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

function headScores(head: Head, features: Features): Float64Array {
  const { outputs, weights, bias, scale } = head;
  const sums = new Float64Array(outputs);
  for (let i = 0; i < features.size; i += 1) {
    const row = rowOf(head, features.keys[i] ?? 0);
    if (row === -1) continue;
    const value = features.values[i] ?? 0;
    for (let k = 0; k < outputs; k += 1) {
      sums[k] = (sums[k] ?? 0) + value * (unpacked[(weights[row * outputs + k] ?? 0) + 128] ?? 0);
    }
  }
  const logits = sums.map((sum, k) => (bias[k] ?? 0) + (scale[k] ?? 0) * sum);
  return outputs === 1 ? logits.map((z) => 1 / (1 + Math.exp(-z))) : softmax(logits);
}

function softmax(logits: Float64Array): Float64Array {
  const top = Math.max(...logits);
  const powers = logits.map((z) => Math.exp(z - top));
  const total = powers.reduce((sum, power) => sum + power, 0);
  return powers.map((power) => power / total);
}
