// The door of the voice model: a clip or a stream of 16 kHz mono sound in, the speaker's emotion out.
import { type EmotionScores, toReading, type UncertainReason, type VoiceReading } from '@app/shared/emotion/labels';
import type { ModelFiles } from '../model-files.ts';
import { embeddingSize, openEncoder } from './encoder.ts';
import { parseHeads } from './heads.ts';
import { logMel } from './log-mel.ts';
import { clipsBeforeCertain, learn, newSpeakerFrom, normalise, type SpeakerState, startEnrolment } from './speaker.ts';
import { findSpeech, minimumSpeechSeconds, type SpeechSpan } from './speech-span.ts';
import { statisticsCount, statisticsOf } from './statistics.ts';
import { openVoiceStream, type VoiceStream, type VoiceStreamOptions } from './stream.ts';
import { openVad } from './vad.ts';

export type { SpeakerState } from './speaker.ts';
export { speakerState } from './speaker.ts';
export type { VoiceSegment, VoiceStream, VoiceStreamOptions } from './stream.ts';

/** `learn: false` measures the clip against the speaker as known, and leaves the speaker unchanged. */
export type ReadClipOptions = { learn?: boolean };

export type VoiceModel = {
  /** Reads one utterance of 16 kHz mono sound (the first 6 s of speech); changes `speaker` by what it heard. */
  readClip(samples: Float32Array, speaker: SpeakerState, options?: ReadClipOptions): Promise<VoiceReading>;
  /** A speaker of whom nothing was heard. */
  newSpeaker(): SpeakerState;
  /** A speaker known from unlabelled clips of all moods; clips without speech are left out. */
  enrol(clips: Iterable<Float32Array> | AsyncIterable<Float32Array>): Promise<SpeakerState>;
  /** Cuts live sound into utterances and reads each; the caller closes it. */
  openStream(options?: VoiceStreamOptions): VoiceStream;
  close(): Promise<void>;
};

/** What stands in the reading of a clip in which no voice was heard: it leans to neutral and is never certain. */
const nothingHeard: EmotionScores = {
  happy: 0.15,
  sad: 0.15,
  angry: 0.15,
  fear: 0.15,
  surprise: 0.15,
  disgust: 0,
  neutral: 0.25,
};

type Features = { values: Float64Array; loudnessDb: number; pitchHz: number | null };

/** Opens the voice model from its verified files; rejects with ModelFailure when one is missing or damaged. */
export async function openVoiceModel(files: ModelFiles): Promise<VoiceModel> {
  const heads = parseHeads(await files.read('voice/heads.json'));
  const encoder = await openEncoder(await files.read('voice/encoder.onnx'));
  const vad = await openVad(await files.read('voice/vad.onnx'));

  async function toFeatures(sound: Float32Array): Promise<Features> {
    const { values, loudnessDb, pitchHz } = statisticsOf(sound);
    const all = new Float64Array(embeddingSize + statisticsCount);
    all.set(await encoder.embed(logMel(sound)));
    all.set(values, embeddingSize);
    return { values: all, loudnessDb, pitchHz };
  }

  async function readSpan(span: SpeechSpan, speaker: SpeakerState, mayLearn: boolean): Promise<VoiceReading> {
    const { speechSeconds } = span;
    if (speechSeconds === 0) {
      const { loudnessDb } = statisticsOf(span.samples);
      const heard = { speechSeconds, clipsHeard: speaker.clips, loudnessDb, pitchHz: null };
      return { emotion: toReading(nothingHeard), certain: false, reason: 'no_speech', ...heard };
    }
    const { values, loudnessDb, pitchHz } = await toFeatures(span.samples);
    if (mayLearn && speechSeconds >= minimumSpeechSeconds) learn(speaker, values);
    const emotion = toReading(heads.scores(normalise(speaker, values)));
    const reason = doubt(speechSeconds, speaker.clips, emotion.confidence);
    return { emotion, certain: reason === null, reason, speechSeconds, clipsHeard: speaker.clips, loudnessDb, pitchHz };
  }

  function doubt(speechSeconds: number, clips: number, confidence: number): UncertainReason | null {
    if (speechSeconds < minimumSpeechSeconds) return 'too_short';
    if (clips < clipsBeforeCertain) return 'too_few_clips';
    return confidence < heads.minimumConfidence ? 'low_confidence' : null;
  }

  const newSpeaker = () => newSpeakerFrom(heads.prior);
  let closing: Promise<void> | undefined;
  return {
    newSpeaker,
    async readClip(samples, speaker, options = {}) {
      return readSpan(await findSpeech(vad, samples), speaker, options.learn ?? true);
    },
    async enrol(clips) {
      const enrolment = startEnrolment(heads.prior);
      for await (const clip of clips) {
        const span = await findSpeech(vad, clip);
        if (span.speechSeconds >= minimumSpeechSeconds) enrolment.add((await toFeatures(span.samples)).values);
      }
      return enrolment.finish();
    },
    openStream: (options = {}) =>
      openVoiceStream({
        track: vad.newTrack(),
        speaker: options.speaker ?? newSpeaker(),
        read: (span, speaker) => readSpan(span, speaker, true),
        minimumConfidence: heads.minimumConfidence,
      }),
    close() {
      closing ??= Promise.all([encoder.close(), vad.close()]).then(() => undefined);
      return closing;
    },
  };
}
