// The E5 encoder, int8: token ids in, logits of every head and a sentence vector out. One thread, small batches.
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { ModelFailure } from '../model-files.ts';
import { padId } from './unigram.ts';

const fileName = 'text/encoder.onnx';
/** Numbers in a sentence vector. */
export const vectorSize = 384;
const outputs = { emotion: 7, sentiment: 1, abuse: 1, intent: 11, purchase: 1, vector: vectorSize } as const;
type OutputName = keyof typeof outputs;
const outputNames = Object.keys(outputs) as OutputName[];

/** What the network says of one text: logits, but sentiment -1 to 1 and a vector of length 1. */
export type EncoderOutput = Record<OutputName, Float32Array>;

export type Encoder = {
  /** Runs some texts' ids at once, one output each in their order; holds the thread until it is done. */
  run(ids: readonly (readonly number[])[]): Promise<EncoderOutput[]>;
  /** Frees the network's memory; call it once, after the last run. */
  close(): Promise<void>;
};

const damaged = (what: string): ModelFailure => new ModelFailure('MODEL_DAMAGED', `${fileName} ${what}`);

/** Opens the encoder from bytes that were checked against the manifest; rejects with ModelFailure MODEL_DAMAGED. */
export async function openEncoder(bytes: Uint8Array): Promise<Encoder> {
  const session = await InferenceSession.create(bytes, {
    executionProviders: ['cpu'],
    intraOpNumThreads: 1,
    interOpNumThreads: 1,
    executionMode: 'sequential',
    // Lengths change from batch to batch, so that a plan for one of them is of no use for the next.
    enableMemPattern: false,
    logSeverityLevel: 3,
  }).catch(() => {
    throw damaged('is no network');
  });
  const names = new Set(session.outputNames);
  if (session.inputNames.join() !== 'ids' || outputNames.some((name) => !names.has(name))) {
    await session.release();
    throw damaged('has other inputs or outputs');
  }

  return {
    async run(ids: readonly (readonly number[])[]): Promise<EncoderOutput[]> {
      const length = Math.max(...ids.map((one) => one.length));
      const data = new BigInt64Array(ids.length * length).fill(BigInt(padId));
      ids.forEach((one, row) => {
        for (let i = 0; i < one.length; i += 1) data[row * length + i] = BigInt(one[i]!);
      });
      const said = await session.run({ ids: new Tensor('int64', data, [ids.length, length]) }, outputNames);
      const columns = outputNames.map((name) => {
        const values = said[name]!.data;
        const size = outputs[name];
        if (!(values instanceof Float32Array) || values.length !== ids.length * size)
          throw damaged('has a wrong shape');
        if (!Number.isFinite(values.reduce((sum, value) => sum + value, 0))) throw damaged('says what is no number');
        return { name, values, size };
      });
      return ids.map((_, row) => {
        const parts = columns.map(({ name, values, size }) => [name, values.slice(row * size, (row + 1) * size)]);
        return Object.fromEntries(parts) as EncoderOutput;
      });
    },
    close: () => session.release(),
  };
}
