// Decides where an utterance starts and ends, from speech probabilities alone. Holds at most 6 s of sound.
import { longestUtterance, secondsPerWindow, speechProbability } from './speech-span.ts';
import { vadWindow } from './vad.ts';

/** Once speaking, a window goes on counting as speech down to this probability. */
const goesOnProbability = 0.35;
const windowsBefore = 5;
const windowsAfter = 8;
const closingSilence = 13;
/** A short utterance waits longer, so that "yes ... do take it" stays one. */
const patientSilence = 38;
const patientBelowWindows = 32;
const longestWindows = Math.floor(longestUtterance / vadWindow);
const cutSearchWindows = 31;

export type Window = { samples: Float32Array; probability: number; startMs: number };
/** One utterance of at most 6 s with the silence around it; the times are those of its first and last sample. */
export type Utterance = { samples: Float32Array; startMs: number; endMs: number; speechSeconds: number };
export type UtteranceCutter = {
  /** Takes the next 32 ms; gives the utterance that ended with it, if one did. */
  next(window: Window): Utterance | null;
  /** Ends the open utterance, if there is one, and forgets the sound before what comes next. */
  flush(): Utterance | null;
  isSpeaking(): boolean;
};

/** A cutter with hysteresis: speech starts at 0.5, goes on at 0.35, ends after 0.4 s (short ones 1.2 s) of silence. */
export function createUtteranceCutter(): UtteranceCutter {
  let before: Window[] = [];
  let open: Window[] = [];
  let silence = 0;

  function close(): Utterance | null {
    const kept = open.slice(0, open.length - Math.max(0, silence - windowsAfter));
    before = open.slice(-windowsBefore);
    open = [];
    silence = 0;
    return toUtterance(kept);
  }

  /** The longest utterance is cut at its quietest late window, and the rest stays open. */
  function cutLongest(): Utterance | null {
    const late = open.slice(-cutSearchWindows, -1);
    const quietest = late.reduce((best, window, i) => (window.probability < late[best]!.probability ? i : best), 0);
    const cutAt = open.length - cutSearchWindows + quietest + 1;
    const first = open.slice(0, cutAt);
    open = open.slice(cutAt);
    silence = Math.min(silence, open.length);
    return toUtterance(first);
  }

  return {
    next(window) {
      if (open.length === 0) {
        if (window.probability < speechProbability) {
          before = [...before, window].slice(-windowsBefore);
          return null;
        }
        open = before;
        before = [];
      }
      open.push(window);
      silence = window.probability >= goesOnProbability ? 0 : silence + 1;
      const spoken = open.length - silence;
      if (silence >= (spoken < patientBelowWindows ? patientSilence : closingSilence)) return close();
      return open.length >= longestWindows ? cutLongest() : null;
    },
    flush() {
      const last = open.length > 0 ? close() : null;
      before = [];
      return last;
    },
    isSpeaking: () => open.length > 0 && silence < closingSilence / 2,
  };
}

function toUtterance(windows: Window[]): Utterance | null {
  const speechWindows = windows.filter((window) => window.probability >= speechProbability).length;
  if (speechWindows === 0) return null;
  const samples = new Float32Array(windows.length * vadWindow);
  windows.forEach((window, i) => {
    samples.set(window.samples, i * vadWindow);
  });
  const endMs = windows.at(-1)!.startMs + secondsPerWindow * 1_000;
  return { samples, startMs: windows[0]!.startMs, endMs, speechSeconds: speechWindows * secondsPerWindow };
}
