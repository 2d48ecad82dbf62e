// For tests: a small encoder with random weights, of the same inputs and outputs as the shipped one, and its two files.
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const width = 16;
const heads = { emotion: 7, sentiment: 1, abuse: 1, intent: 11, purchase: 1, vector: 384 };

/** Pieces of the sample tokenizer with their scores; every other character is unknown to it. */
export const samplePieces: readonly (readonly [string, number])[] = [
  ['\u2581', -3],
  ['多', -5],
  ['少', -5],
  ['钱', -5],
  ['多少', -6],
  ['多少钱', -8],
  ['主播', -6],
  ['好', -4],
  ['好看', -7],
  ['哈', -4],
  ['哈哈', -6],
  ['哈哈哈', -6.5],
  ['\u2581price', -7],
  ['s', -6],
  ['😂', -7],
];
const sampleUnknown = -18;

type Bytes = number[] | Uint8Array;
const joined = (parts: Bytes[]): Uint8Array => {
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
};
const text = (value: string): Uint8Array => new TextEncoder().encode(value);
const u32 = (value: number): Uint8Array => new Uint8Array(Uint32Array.of(value).buffer);
const f32 = (value: number): Uint8Array => new Uint8Array(Float32Array.of(value).buffer);

/** The bytes of a tokenizer file over some pieces; full-width letters and hyphens are mapped. */
export function sampleTokenizer(pieces = samplePieces): Uint8Array {
  const maps: [number, number[]][] = [
    [0xff01, [0x21]],
    [0x3000, [0x20]],
    [0xad, []],
    [0x2026, [0x2e, 0x2e, 0x2e]],
  ];
  return joined([
    text('TUG1'),
    u32(pieces.length),
    u32(maps.length),
    f32(sampleUnknown),
    ...pieces.flatMap(([piece, score]) => [[text(piece).length], text(piece), f32(score)]),
    ...maps.flatMap(([code, codes]) => [u32(code), [codes.length], ...codes.map(u32)]),
  ]);
}

// Protocol buffers, as far as an ONNX file needs them: numbers and nested messages.
const varint = (value: number): number[] =>
  value < 128 ? [value] : [(value % 128) + 128, ...varint(Math.floor(value / 128))];
const number = (field: number, value: number): Uint8Array => joined([varint(field * 8), varint(value)]);
const message = (field: number, ...parts: Bytes[]): Uint8Array => {
  const body = joined(parts);
  return joined([varint(field * 8 + 2), varint(body.length), body]);
};
const tensor = (name: string, type: number, dims: number[], raw: Uint8Array): Uint8Array =>
  message(5, ...dims.map((dim) => number(1, dim)), number(2, type), message(8, text(name)), message(9, raw));
const node = (type: string, inputs: string[], output: string, ...attributes: Uint8Array[]): Uint8Array =>
  message(
    1,
    ...inputs.map((one) => message(1, text(one))),
    message(2, text(output)),
    message(4, text(type)),
    ...attributes,
  );
const intAttribute = (name: string, value: number): Uint8Array =>
  message(5, message(1, text(name)), number(3, value), number(20, 2));
const value = (field: number, name: string, type: number, dims: (string | number)[]): Uint8Array => {
  const shape = dims.map((dim) => message(1, typeof dim === 'number' ? number(1, dim) : message(2, text(dim))));
  return message(field, message(1, text(name)), message(2, message(1, number(1, type), message(2, ...shape))));
};

/** The bytes of a network for `size` ids; the same seed gives the same network, `without` leaves one output out. */
export function sampleNetwork(size: number, { seed = 1, without = '' } = {}): Uint8Array {
  let state = seed;
  const random = (count: number): Uint8Array => {
    const values = Float32Array.from({ length: count }, () => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return (state / 2 ** 32 - 0.5) * 4;
    });
    return new Uint8Array(values.buffer);
  };
  const long = (...values: bigint[]): Uint8Array => new Uint8Array(BigInt64Array.from(values).buffer);
  const graph = [
    node('Gather', ['table', 'ids'], 'x'),
    node('Equal', ['ids', 'pad'], 'padded'),
    node('Not', ['padded'], 'kept'),
    node('Cast', ['kept'], 'mask2', intAttribute('to', 1)),
    node('Unsqueeze', ['mask2', 'two'], 'mask'),
    node('Mul', ['x', 'mask'], 'masked'),
    node('ReduceSum', ['masked', 'one'], 'sum', intAttribute('keepdims', 0)),
    node('ReduceSum', ['mask', 'one'], 'count', intAttribute('keepdims', 0)),
    node('Div', ['sum', 'count'], 'mean'),
    tensor('table', 1, [size, width], random(size * width)),
    tensor('pad', 7, [1], long(1n)),
    tensor('one', 7, [1], long(1n)),
    tensor('two', 7, [1], long(2n)),
    value(11, 'ids', 7, ['b', 'l']),
  ];
  for (const [name, outputs] of Object.entries(heads)) {
    if (name === without) continue;
    graph.push(tensor(`w.${name}`, 1, [width, outputs], random(width * outputs)), value(12, name, 1, ['b', outputs]));
    const raw = name === 'sentiment' || name === 'vector' ? `${name}.raw` : name;
    graph.push(node('MatMul', ['mean', `w.${name}`], raw));
    if (name === 'sentiment') graph.push(node('Tanh', [raw], name));
    if (name === 'vector') graph.push(node('LpNormalization', [raw], name, intAttribute('axis', 1)));
  }
  // Fields of a kind stand together, nodes in their order, as the readers of the format expect.
  const order = [...graph].sort((a, b) => a[0]! - b[0]!);
  return joined([number(1, 8), message(8, number(2, 17)), message(7, message(2, text('sample')), ...order)]);
}

/** Settings as training writes them. */
export const sampleSettings = {
  version: 1,
  temperature: { emotion: 1.2, sentiment: 1, abuse: 1, intent: 1.1, purchase: 1 },
  certainThreshold: 0.7,
  abuseThreshold: 0.6,
  linearWeight: { emotion: 0.3, sentiment: 0.3, abuse: 0.4, intent: 0.3, purchase: 0.5 },
  sameQuestionCosine: 0.9,
};

/** The three files by their names under `models/`, over the sample pieces. */
export function sampleEncoderFiles(): Record<string, Uint8Array> {
  return {
    'text/encoder.onnx': sampleNetwork(samplePieces.length + 4),
    'text/encoder.json': text(JSON.stringify(sampleSettings)),
    'text/tokenizer.bin': sampleTokenizer(),
  };
}

/** Writes files with a manifest that names them, as a folder `models/` has them. */
export function writeModels(folder: string, files: Record<string, Uint8Array>): void {
  const listed = Object.entries(files).map(([name, bytes]) => {
    mkdirSync(join(folder, name, '..'), { recursive: true });
    writeFileSync(join(folder, name), bytes);
    return { name, bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') };
  });
  writeFileSync(join(folder, 'manifest.json'), JSON.stringify({ files: listed }));
}
