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
  const nothing = () => new Tensor('float32', new Float32Array(0), [layers, 1, heads, 0, size]);
  let kept: Kept = { keys: nothing(), values: nothing() };
  return {
    async read(ids) {
      const fed = new Tensor('int64', BigInt64Array.from(ids, BigInt), [1, ids.length]);
      const result = await decoder.run({ ids: fed, ...kept, ...heard });
      kept = { keys: result.new_keys!, values: result.new_values! };
      return result.logits!.data as Float32Array;
    },
  };
}
