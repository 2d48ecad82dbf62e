// The door of the voice model: a clip or a stream of 16 kHz mono sound in, the speaker's emotion out.
import { type EmotionScores, toReading, type UncertainReason, type VoiceReading } from '@app/shared/emotion/labels';
import type { ModelFiles } from '../model-files.ts';
import { embeddingSize, openEncoder } from './encoder.ts';
import { parseHeads } from './heads.ts';
import { logMel } from './log-mel.ts';
import type { Prosody } from './prosody.ts';
import {
  clipsBeforeCertain,
  learn,
  meetStranger,
  newSpeakerFrom,
  normalise,
  type SpeakerState,
  startEnrolment,
} from './speaker.ts';
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
  /** A speaker known from unlabelled clips of all moods; clips without speech, of music or of singing are left out. */
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

type Features = { values: Float64Array; prosody: Prosody };

/** The reading of a sound in which the speaker was not heard: never certain, and no figures of speaking but the level. */
function unread(reason: UncertainReason, speechSeconds: number, clipsHeard: number, loudnessDb: number): VoiceReading {
  const silent = { pitchHz: null, pitchRangeSemitones: null, syllablesPerSecond: 0, pauseShare: 0 };
  return { emotion: toReading(nothingHeard), certain: false, reason, speechSeconds, clipsHeard, loudnessDb, ...silent };
}

/** Opens the voice model from its verified files; rejects with ModelFailure when one is missing or damaged. */
export async function openVoiceModel(files: ModelFiles): Promise<VoiceModel> {
  const heads = parseHeads(await files.read('voice/heads.json'));
  const encoder = await openEncoder(await files.read('voice/encoder.onnx'));
  const vad = await openVad(await files.read('voice/vad.onnx'));

  async function toFeatures(sound: Float32Array): Promise<Features> {
    const { values, prosody } = statisticsOf(sound);
    const all = new Float64Array(embeddingSize + statisticsCount);
    all.set(await encoder.embed(logMel(sound)));
    all.set(values, embeddingSize);
    return { values: all, prosody };
  }

  async function readSpan(span: SpeechSpan, speaker: SpeakerState, mayLearn: boolean): Promise<VoiceReading> {
    const { speechSeconds } = span;
    if (speechSeconds === 0) {
      return unread('no_speech', 0, speaker.clips, statisticsOf(span.samples).prosody.loudnessDb);
    }
    const { values, prosody } = await toFeatures(span.samples);
    const isLongEnough = speechSeconds >= minimumSpeechSeconds;
    const refusal = isLongEnough ? heads.guard.refusal(values, speaker) : null;
    if (mayLearn && refusal === 'other_voice') meetStranger(speaker, heads.prior);
    else if (mayLearn && isLongEnough && refusal === null) learn(speaker, values);
    if (refusal === 'background_sound') {
      return unread(refusal, speechSeconds, speaker.clips, prosody.loudnessDb);
    }
    const emotion = toReading(heads.scores(normalise(speaker, values)));
    const reason = refusal ?? doubt(speechSeconds, speaker.clips, emotion.confidence);
    return { emotion, certain: reason === null, reason, speechSeconds, clipsHeard: speaker.clips, ...prosody };
  }

  function doubt(speechSeconds: number, clips: number, confidence: number): UncertainReason | null {
    if (speechSeconds < minimumSpeechSeconds) return 'too_short';
    if (clips < clipsBeforeCertain) return 'too_few_clips';
    return confidence < heads.minimumConfidence ? 'low_confidence' : null;
  }

  const newSpeaker = () => newSpeakerFrom(heads.prior);
  const nobody = newSpeaker();
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
        if (span.speechSeconds < minimumSpeechSeconds) continue;
        const { values } = await toFeatures(span.samples);
        if (heads.guard.refusal(values, nobody) === null) enrolment.add(values);
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
