// The first three layers of Whisper base, int8: a log-mel in, mean and deviation over time out.
import { InferenceSession, Tensor } from 'onnxruntime-node';
import type { LogMel } from './log-mel.ts';
import { oneAtATime } from './one-at-a-time.ts';
import { sessionOptions } from './vad.ts';

const callsWaiting = 16;

/** How many numbers describe an utterance. */
export const embeddingSize = 1_024;

/** Turns utterances into embeddings, one at a time; close it after the last call. */
export type Encoder = { embed(mel: LogMel): Promise<Float32Array>; close(): Promise<void> };

/** Opens the encoder from the bytes of its ONNX file. */
export async function openEncoder(bytes: Uint8Array): Promise<Encoder> {
  const session = await InferenceSession.create(bytes, sessionOptions);
  const queue = oneAtATime(callsWaiting);
  return {
    embed: (mel) =>
      queue(async () => {
        const result = await session.run({ mel: new Tensor('float32', mel.data, [1, 80, mel.frames]) });
        return result.emb!.data as Float32Array;
      }),
    close: () => queue(() => session.release(), { mustRun: true }),
  };
}
