// What is remembered of one speaker's voice, and how features are measured against it.
import { z } from 'zod';

/** How many clips of a speaker must be heard before a reading may be certain. */
export const clipsBeforeCertain = 20;

const priorClips = 4;

/** What the training speakers sound like: the start for a speaker not heard yet. */
export type VoicePrior = { mean: Float64Array; std: Float64Array };

/** Running mean and squared spread of one speaker's features, plain JSON, to be kept between live streams. */
export const speakerState = z
  .object({
    version: z.literal(1),
    n: z.number().min(1),
    mean: z.array(z.number()).max(4_096),
    m2: z.array(z.number().min(0)).max(4_096),
    clips: z.number().int().min(0),
    /** Clips of another voice in a row since the speaker was last heard. */
    strangers: z.number().int().min(0).default(0),
  })
  .refine((state) => state.mean.length === state.m2.length, 'mean and m2 differ in length');
export type SpeakerState = z.infer<typeof speakerState>;

/** A speaker of whom nothing was heard: as the training speakers, with the weight of 4 clips. */
export function newSpeakerFrom(prior: VoicePrior): SpeakerState {
  return {
    version: 1,
    n: priorClips,
    mean: [...prior.mean],
    m2: Array.from(prior.std, (std) => priorClips * std * std),
    clips: 0,
    strangers: 0,
  };
}

/** So many clips in a row by another voice are a new microphone or a new person: the speaker is learnt anew. */
const strangersBeforeAnew = 30;

/** Counts a clip of another voice (changes the speaker); after 30 in a row the speaker is as one never heard. */
export function meetStranger(speaker: SpeakerState, prior: VoicePrior): void {
  speaker.strangers += 1;
  if (speaker.strangers >= strangersBeforeAnew) Object.assign(speaker, newSpeakerFrom(prior));
}

/** Takes one clip's features into the speaker's state (changes it). */
export function learn(speaker: SpeakerState, features: Float64Array): void {
  speaker.n += 1;
  speaker.clips += 1;
  speaker.strangers = 0;
  for (let i = 0; i < features.length; i++) {
    const distance = features[i]! - speaker.mean[i]!;
    speaker.mean[i] = speaker.mean[i]! + distance / speaker.n;
    speaker.m2[i] = speaker.m2[i]! + distance * (features[i]! - speaker.mean[i]!);
  }
}

/** The features as distances from the speaker's own mean, in the speaker's own spreads. */
export function normalise(speaker: SpeakerState, features: Float64Array): Float64Array {
  return features.map((value, i) => (value - speaker.mean[i]!) / (Math.sqrt(speaker.m2[i]! / speaker.n) + 1e-6));
}

/** Collects a speaker's unlabelled clips, then gives a state whose spread leans on the prior while clips are few. */
export function startEnrolment(prior: VoicePrior): { add(features: Float64Array): void; finish(): SpeakerState } {
  const width = prior.mean.length;
  const own: SpeakerState = {
    version: 1,
    n: 0,
    mean: Array(width).fill(0),
    m2: Array(width).fill(0),
    clips: 0,
    strangers: 0,
  };
  return {
    add: (features) => learn(own, features),
    finish() {
      if (own.clips === 0) return newSpeakerFrom(prior);
      const share = own.clips / (own.clips + 10);
      const m2 = own.m2.map((sum, i) => own.n * ((share * sum) / own.n + (1 - share) * prior.std[i]! ** 2));
      return { ...own, m2 };
    },
  };
}
