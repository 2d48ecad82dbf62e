// One ONNX network: named float arrays in, named float arrays out. One thread, one call at a time.
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { openTurns } from './turns.ts';

export type NetInput = { data: Float32Array; dims: number[] };
export type Net = {
  /** Runs the network once; rejects when more than a few calls are already waiting. */
  run(inputs: Record<string, NetInput>): Promise<Record<string, Float32Array>>;
  /** Waits for the running call and frees the network's memory; closing twice is harmless. */
  close(): Promise<void>;
};

/** Opens a network from bytes that were checked against the manifest. */
export async function openNet(bytes: Uint8Array): Promise<Net> {
  const session = await InferenceSession.create(bytes, {
    executionProviders: ['cpu'],
    intraOpNumThreads: 1,
    interOpNumThreads: 1,
    executionMode: 'sequential',
    // Errors only: one network has unused initialisers, and the runtime would say so at every start.
    logSeverityLevel: 3,
  });
  const turns = openTurns(8);
  const runNow = async (inputs: Record<string, NetInput>): Promise<Record<string, Float32Array>> => {
    const feeds = Object.entries(inputs).map(([name, { data, dims }]) => [name, new Tensor('float32', data, dims)]);
    const outputs = await session.run(Object.fromEntries(feeds) as Record<string, Tensor>);
    return Object.fromEntries(session.outputNames.map((name) => [name, outputs[name]!.data as Float32Array]));
  };
  return {
    run: (inputs) => turns.take(() => runNow(inputs)),
    close: () => turns.close(() => session.release()),
  };
}
