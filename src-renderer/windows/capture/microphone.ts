import workletUrl from './frames.worklet.ts?worker&url';

export type OpenDevice = { label: string; close(): void };

/** Opens a microphone as 16 kHz mono; `onFrame` gets 1,600 samples every 100 ms until `close`. */
export async function openMicrophone(
  deviceId: string | null,
  onFrame: (samples: Float32Array) => void,
  onEnded: () => void,
): Promise<OpenDevice> {
  const stream = await navigator.mediaDevices.getUserMedia({
    audio: {
      ...(deviceId ? { deviceId: { exact: deviceId } } : {}),
      channelCount: 1,
      // The models were trained on untouched voices, and OBS gets its own copy of the microphone anyway.
      echoCancellation: false,
      noiseSuppression: false,
      autoGainControl: false,
    },
  });
  const context = new AudioContext({ sampleRate: 16_000 });
  const track = stream.getAudioTracks()[0]!;
  try {
    await context.audioWorklet.addModule(workletUrl);
    const collector = new AudioWorkletNode(context, 'frame-collector', { numberOfInputs: 1, numberOfOutputs: 0 });
    collector.port.onmessage = (event: MessageEvent<Float32Array>) => onFrame(event.data);
    context.createMediaStreamSource(stream).connect(collector);
    await context.resume();
  } catch (error) {
    track.stop();
    await context.close();
    throw error;
  }
  track.onended = onEnded;
  return {
    label: track.label,
    close() {
      track.onended = null;
      track.stop();
      void context.close().catch(() => undefined);
    },
  };
}
