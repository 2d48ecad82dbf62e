// Live sound: 100 ms frames in, read utterances out. Silence costs the VAD only; memory is one utterance.
import type { VoiceReading } from '@app/shared/emotion/labels';
import { oneAtATime, VoiceBusy } from './one-at-a-time.ts';
import { createSmoothing } from './smoothing.ts';
import type { SpeakerState } from './speaker.ts';
import { cleaned, type SpeechSpan } from './speech-span.ts';
import { createUtteranceCutter, type Utterance } from './utterance-cutter.ts';
import { type VadTrack, vadWindow } from './vad.ts';

const framesWaiting = 50;
const gapMs = 250;

/** `speaker` is what an earlier stream kept; without it the speaker is new. The stream changes it. */
export type VoiceStreamOptions = { speaker?: SpeakerState };

/** One utterance of the stream; `samples` is its sound (16 kHz), for speech to text, and lives in memory only. */
export type VoiceSegment = { startAtMs: number; endAtMs: number; reading: VoiceReading; samples: Float32Array };

export type VoiceStream = {
  /** Takes the next 16 kHz mono sound, whose first sample was heard at `atMs`; gives the utterances that ended. */
  push(samples: Float32Array, atMs: number): Promise<VoiceSegment[]>;
  /** Ends and reads the utterance that is open, if there is one. */
  flush(): Promise<VoiceSegment[]>;
  /** The speaker as learned so far, to be kept. */
  state(): SpeakerState;
  isSpeaking(): boolean;
  /** Samples that were thrown away because more than 5 s of frames were waiting. */
  droppedSamples(): number;
  /** After it nothing is read any more; closing twice is harmless. */
  close(): void;
};

type Parts = {
  track: VadTrack;
  speaker: SpeakerState;
  minimumConfidence: number;
  read(span: SpeechSpan, speaker: SpeakerState): Promise<VoiceReading>;
};

/** Opens a stream over a VAD track and a reader of utterances. */
export function openVoiceStream({ track, speaker, minimumConfidence, read }: Parts): VoiceStream {
  const queue = oneAtATime(framesWaiting);
  const cutter = createUtteranceCutter();
  const smooth = createSmoothing(minimumConfidence);
  let rest = new Float32Array(0);
  let expectedMs: number | null = null;
  let dropped = 0;
  let isClosed = false;

  async function toSegment({ startMs, endMs, ...span }: Utterance): Promise<VoiceSegment> {
    const reading = smooth(await read(span, speaker), endMs);
    return { startAtMs: Math.round(startMs), endAtMs: Math.round(endMs), reading, samples: span.samples };
  }

  async function take(samples: Float32Array, atMs: number): Promise<VoiceSegment[]> {
    const segments: VoiceSegment[] = [];
    if (expectedMs !== null && Math.abs(atMs - expectedMs) > gapMs) {
      rest = new Float32Array(0);
      const cut = cutter.flush();
      if (cut) segments.push(await toSegment(cut));
    }
    expectedMs = atMs + samples.length / 16;
    const sound = joined(rest, cleaned(samples));
    const firstMs = atMs - rest.length / 16;
    let at = 0;
    for (; at + vadWindow <= sound.length && !isClosed; at += vadWindow) {
      const window = sound.slice(at, at + vadWindow);
      const probability = await track.next(window);
      const ended = cutter.next({ samples: window, probability, startMs: firstMs + at / 16 });
      if (ended) segments.push(await toSegment(ended));
    }
    rest = sound.slice(at);
    return segments;
  }

  return {
    async push(samples, atMs) {
      if (isClosed) return [];
      try {
        return await queue(() => take(samples, atMs));
      } catch (error) {
        if (!(error instanceof VoiceBusy)) throw error;
        dropped += samples.length;
        return [];
      }
    },
    flush: () =>
      queue(async () => {
        const cut = isClosed ? null : cutter.flush();
        return cut ? [await toSegment(cut)] : [];
      }),
    state: () => speaker,
    isSpeaking: () => !isClosed && cutter.isSpeaking(),
    droppedSamples: () => dropped,
    close() {
      isClosed = true;
    },
  };
}

function joined(first: Float32Array, second: Float32Array): Float32Array {
  const whole = new Float32Array(first.length + second.length);
  whole.set(first);
  whole.set(second, first.length);
  return whole;
}
