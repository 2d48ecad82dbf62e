// Whisper's two networks on onnxruntime: a segment is heard once, then read token by token with what was read kept.
import { InferenceSession, Tensor } from 'onnxruntime-node';
import type { LogMel } from '../voice/log-mel.ts';
import { sessionOptions } from '../voice/vad.ts';
import type { Reader } from './decode.ts';

const layers = 6;
const heads = 8;
const size = 64;

export type Whisper = {
  /** Hears one segment of at most 30 s; each call of what it gives begins to read it anew. */
  hear(mel: LogMel): Promise<() => Reader>;
  close(): Promise<void>;
};

type Heard = { cross_keys: Tensor; cross_values: Tensor };
type Kept = { keys: Tensor; values: Tensor };

/** Opens both networks from the bytes of their ONNX files; rejects when they are no such networks. */
export async function openWhisper(encoderFile: Uint8Array, decoderFile: Uint8Array): Promise<Whisper> {
  const encoder = await InferenceSession.create(encoderFile, sessionOptions);
  const decoder = await InferenceSession.create(decoderFile, sessionOptions);

  return {
    async hear({ data, frames }) {
      const { cross_keys, cross_values } = await encoder.run({ mel: new Tensor('float32', data, [1, 80, frames]) });
      return () => openReader(decoder, { cross_keys: cross_keys!, cross_values: cross_values! });
    },
    async close() {
      await encoder.release();
      await decoder.release();
    },
  };
}

function openReader(decoder: InferenceSession, heard: Heard): Reader {
  let kept = nothingKept();
  const run = async (ids: readonly number[], rows: number): Promise<Float32Array> => {
    const fed = new Tensor('int64', BigInt64Array.from(ids, BigInt), [rows, ids.length / rows]);
    const result = await decoder.run({ ids: fed, ...kept, ...heard });
    kept = { keys: result.new_keys!, values: result.new_values! };
    return result.logits!.data as Float32Array;
  };
  return {
    read: (ids) => run(ids, 1),
    fork(parents, tokens) {
      const rows = kept.keys.dims[1]!;
      const isSame = parents.length === rows && parents.every((parent, row) => parent === row);
      if (!isSame) kept = { keys: rowsOf(kept.keys, parents), values: rowsOf(kept.values, parents) };
      return run(tokens, tokens.length);
    },
  };
}

function nothingKept(): Kept {
  const empty = () => new Tensor('float32', new Float32Array(0), [layers, 1, heads, 0, size]);
  return { keys: empty(), values: empty() };
}

/** [6, rows, 8, p, 64] with the given rows, in that order. */
function rowsOf(kept: Tensor, parents: readonly number[]): Tensor {
  const [, rows = 1, , read = 0] = kept.dims;
  const row = heads * read * size;
  const from = kept.data as Float32Array;
  const to = new Float32Array(layers * parents.length * row);
  for (let layer = 0; layer < layers; layer++) {
    parents.forEach((parent, i) => {
      const start = (layer * rows + parent) * row;
      to.set(from.subarray(start, start + row), (layer * parents.length + i) * row);
    });
  }
  return new Tensor('float32', to, [layers, parents.length, heads, read, size]);
}
