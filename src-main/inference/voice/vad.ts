// silero VAD v6: is there speech in these 32 ms? The model wants the last 4 ms of the window before in front.
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { oneAtATime } from './one-at-a-time.ts';

/** Samples of one window (32 ms at 16 kHz). */
export const vadWindow = 512;

const context = 64;
const callsWaiting = 32;

/** One stream of sound: windows of exactly 512 samples, in order. */
export type VadTrack = { next(window: Float32Array): Promise<number> };
/** Speech probabilities of any number of tracks; close it after the last call. */
export type Vad = { newTrack(): VadTrack; close(): Promise<void> };

/** How every voice session runs: one thread, no pool that spins. */
export const sessionOptions: InferenceSession.SessionOptions = {
  executionProviders: ['cpu'],
  intraOpNumThreads: 1,
  interOpNumThreads: 1,
  executionMode: 'sequential',
};

/** Opens the VAD from the bytes of its ONNX file. */
export async function openVad(bytes: Uint8Array): Promise<Vad> {
  const session = await InferenceSession.create(bytes, sessionOptions);
  const queue = oneAtATime(callsWaiting);
  const rate = new Tensor('int64', [16_000n], []);
  return {
    newTrack() {
      let state: Tensor = new Tensor('float32', new Float32Array(256), [2, 1, 128]);
      const input = new Float32Array(context + vadWindow);
      return {
        next: (window) =>
          queue(async () => {
            input.copyWithin(0, vadWindow);
            input.set(window, context);
            const fed = new Tensor('float32', input, [1, context + vadWindow]);
            const result = await session.run({ input: fed, state, sr: rate });
            state = result.stateN!;
            return Number(result.output!.data[0]);
          }),
      };
    },
    close: () => queue(() => session.release(), { mustRun: true }),
  };
}
