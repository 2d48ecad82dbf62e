import type { OpenDevice } from './microphone.ts';

export const frameWidth = 320;
export const frameHeight = 180;

type TrackProcessor = { readable: ReadableStream<VideoFrame> };
declare const MediaStreamTrackProcessor: new (init: {
  track: MediaStreamTrack;
  maxBufferSize?: number;
}) => TrackProcessor;

/** Opens a camera; `onFrame` gets 320x180 packed RGB `fps()` times a second until `close`. */
export async function openCamera(
  deviceId: string | null,
  fps: () => number,
  onFrame: (rgb: Uint8Array) => void,
  onEnded: () => void,
): Promise<OpenDevice> {
  const stream = await navigator.mediaDevices.getUserMedia({
    video: {
      ...(deviceId ? { deviceId: { exact: deviceId } } : {}),
      width: { ideal: 640 },
      height: { ideal: 360 },
      frameRate: { ideal: 15, max: 30 },
    },
  });
  const track = stream.getVideoTracks()[0]!;
  const reader = new MediaStreamTrackProcessor({ track, maxBufferSize: 1 }).readable.getReader();
  let closed = false;
  const grab = makeGrabber();
  const read = async () => {
    let nextAt = 0;
    while (!closed) {
      const { value: frame, done } = await reader.read();
      if (done) break;
      const now = performance.now();
      if (now >= nextAt) {
        nextAt = Math.max(nextAt + 1_000 / fps(), now);
        onFrame(grab(frame));
      }
      frame.close();
    }
    if (!closed) onEnded();
  };
  void read().catch(() => {
    if (!closed) onEnded();
  });
  return {
    label: track.label,
    close() {
      closed = true;
      track.stop();
      void reader.cancel().catch(() => undefined);
    },
  };
}

function makeGrabber(): (frame: VideoFrame) => Uint8Array {
  const canvas = new OffscreenCanvas(frameWidth, frameHeight);
  const context = canvas.getContext('2d', { willReadFrequently: true })!;
  return (frame) => {
    // The middle of the picture at 16:9, so that faces keep their shape whatever the camera's own is.
    const wide = frame.displayWidth / frame.displayHeight > frameWidth / frameHeight;
    const width = wide ? (frame.displayHeight * frameWidth) / frameHeight : frame.displayWidth;
    const height = wide ? frame.displayHeight : (frame.displayWidth * frameHeight) / frameWidth;
    const left = (frame.displayWidth - width) / 2;
    const top = (frame.displayHeight - height) / 2;
    context.drawImage(frame, left, top, width, height, 0, 0, frameWidth, frameHeight);
    const { data } = context.getImageData(0, 0, frameWidth, frameHeight);
    const rgb = new Uint8Array(frameWidth * frameHeight * 3);
    for (let from = 0, to = 0; from < data.length; from += 4, to += 3) {
      rgb[to] = data[from]!;
      rgb[to + 1] = data[from + 1]!;
      rgb[to + 2] = data[from + 2]!;
    }
    return rgb;
  };
}
