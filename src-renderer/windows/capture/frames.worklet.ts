// Runs in the audio thread: collects 128-sample blocks to frames of 100 ms at 16 kHz and posts them.

declare const registerProcessor: (name: string, processor: unknown) => void;
declare class AudioWorkletProcessor {
  readonly port: MessagePort;
}

const frameSamples = 1_600;

class FrameCollector extends AudioWorkletProcessor {
  #frame = new Float32Array(frameSamples);
  #filled = 0;

  process(inputs: Float32Array[][]): boolean {
    const block = inputs[0]?.[0];
    if (!block) return true;
    let read = 0;
    while (read < block.length) {
      const count = Math.min(block.length - read, frameSamples - this.#filled);
      this.#frame.set(block.subarray(read, read + count), this.#filled);
      this.#filled += count;
      read += count;
      if (this.#filled === frameSamples) {
        this.port.postMessage(this.#frame, [this.#frame.buffer]);
        this.#frame = new Float32Array(frameSamples);
        this.#filled = 0;
      }
    }
    return true;
  }
}
registerProcessor('frame-collector', FrameCollector);
