// Which part of a clip is read, and how much of it is speech.
import type { Vad } from './vad.ts';
import { vadWindow } from './vad.ts';

/** A probability from which a window counts as speech. */
export const speechProbability = 0.5;
/** An utterance with less speech than this is too short to be judged, and teaches nothing about the speaker. */
export const minimumSpeechSeconds = 0.4;
/** No utterance is longer (6 s): the encoder hears no more. */
export const longestUtterance = 96_000;

export const secondsPerWindow = vadWindow / 16_000;

/** Sound that is read as one utterance, at most 6 s. */
export type SpeechSpan = { samples: Float32Array; speechSeconds: number };

/** The sound with every sample finite and between -1 and 1: a broken driver must not spoil a speaker's memory. */
export function cleaned(samples: Float32Array): Float32Array {
  const clean = samples.slice();
  for (let i = 0; i < clean.length; i++) {
    const value = clean[i]!;
    if (!(value >= -1 && value <= 1)) clean[i] = Number.isFinite(value) ? Math.sign(value) : 0;
  }
  return clean;
}

/** The whole clip, or of a longer one the 6 s from shortly before its first speech. */
export async function findSpeech(vad: Vad, clip: Float32Array): Promise<SpeechSpan> {
  const track = vad.newTrack();
  const window = new Float32Array(vadWindow);
  let start = 0;
  let end = Math.min(clip.length, longestUtterance);
  let speechWindows = 0;
  for (let at = 0; at < end; at += vadWindow) {
    window.fill(0);
    window.set(cleaned(clip.subarray(at, Math.min(at + vadWindow, clip.length))));
    const isSpeech = (await track.next(window)) >= speechProbability;
    if (isSpeech && speechWindows === 0 && clip.length > longestUtterance) {
      start = Math.max(0, at - 5 * vadWindow);
      end = Math.min(clip.length, start + longestUtterance);
    } else if (speechWindows === 0 && end < clip.length) {
      end = Math.min(clip.length, end + vadWindow);
    }
    if (isSpeech) speechWindows += 1;
  }
  const seconds = Math.min(speechWindows * secondsPerWindow, (end - start) / 16_000);
  return { samples: cleaned(clip.subarray(start, Math.min(end, start + longestUtterance))), speechSeconds: seconds };
}
