// Where in a recording somebody speaks, from the VAD's probabilities alone: stretches of at most 15 s.
import { vadWindow } from '../voice/vad.ts';

const speechFrom = 0.5;
const goesOnFrom = 0.35;
const closingWindows = 20;
const beforeWindows = 6;
const afterWindows = 9;
const longestWindows = Math.floor((15 * 16_000) / vadWindow);
/** A span with fewer windows of speech (0.13 s) is a click. */
const fewestSpeechWindows = 4;

/** Windows `start` to `end` (not included) of 512 samples; `speechShare` of them, 0 to 1, hold speech. */
export type Span = { start: number; end: number; speechShare: number };

/** Spans in order, without overlap; 0.6 s without speech ends one, and a longer one is cut where speech is least likely. */
export function speechSpans(probabilities: readonly number[]): Span[] {
  const spans: Span[] = [];
  let start = -1;
  let last = -1;
  const close = (end: number) => {
    const from = Math.max(spans.at(-1)?.end ?? 0, start - beforeWindows);
    const speech = probabilities.slice(from, end).filter((probability) => probability >= speechFrom).length;
    if (speech >= fewestSpeechWindows) spans.push({ start: from, end, speechShare: speech / (end - from) });
    start = -1;
  };
  for (const [at, probability] of probabilities.entries()) {
    if (start < 0) {
      if (probability < speechFrom) continue;
      start = at;
    }
    if (probability >= goesOnFrom) last = at;
    if (at - last >= closingWindows) {
      close(last + 1 + afterWindows);
      continue;
    }
    if (at + 1 - start < longestWindows - beforeWindows) continue;
    const from = start + Math.floor(longestWindows / 2);
    const late = probabilities.slice(from, at);
    const cut = from + late.indexOf(Math.min(...late)) + 1;
    close(cut);
    start = cut;
  }
  if (start >= 0) close(Math.min(probabilities.length, last + 1 + afterWindows));
  return spans;
}
