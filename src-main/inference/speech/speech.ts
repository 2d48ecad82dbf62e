// The door of speech to text: 16 kHz mono sound in, text with times out. Nothing of it leaves the process by itself.
import type { ModelFiles } from '../model-files.ts';
import { logMelOfAll } from '../voice/log-mel.ts';
import { oneAtATime } from '../voice/one-at-a-time.ts';
import { cleaned } from '../voice/speech-span.ts';
import { openVad, type Vad, vadWindow } from '../voice/vad.ts';
import { decode, logSumExp, type Reader } from './decode.ts';
import { readyHotWords } from './hot-words.ts';
import { measureReadiness, type Readiness } from './readiness.ts';
import { speechSpans } from './speech-spans.ts';
import { openTokenizer, special, type Tokenizer } from './tokenizer.ts';
import { isSpeech, onceOnly } from './trust.ts';
import { openWhisper, type Whisper } from './whisper.ts';

/** `auto` takes Mandarin or English, whichever the model finds likelier, segment by segment. */
export type SpeechLanguage = 'zh' | 'en' | 'auto';
/** Seconds from the start of the sound; `text` is never empty. */
export type SpeechSegment = { start: number; end: number; text: string; language: 'zh' | 'en' };
export type Transcript = { text: string; segments: SpeechSegment[] };
export type TranscribeOptions = { language: SpeechLanguage; hotWords?: readonly string[] };

export type SpeechModel = {
  /** Writes down all speech of a recording; music, noise and silence give no segment. */
  transcribe(samples: Float32Array, options: TranscribeOptions): Promise<Transcript>;
  /** Writes down one utterance of at most 15 s that a VAD cut out already; null when it holds no words. */
  transcribeUtterance(samples: Float32Array, options: TranscribeOptions): Promise<string | null>;
  /** Measures this machine now, by wall time, with five seconds of made sound: the median of three, and what follows. */
  measure(): Promise<Readiness>;
  close(): Promise<void>;
};

/** A window is at least `windowSeconds` long (at most 30) and ends with `paddingSeconds` of silence or more. */
export type SpeechSettings = { windowSeconds: number; paddingSeconds: number };
/** Chosen by measurement (see the decision page); a script that compares settings passes others. */
export const speechSettings: SpeechSettings = { windowSeconds: 15, paddingSeconds: 0.5 };

const sampleRateHz = 16_000;
const callsWaiting = 4;
/** Fast Mandarin is 7 characters a second, and a character at most 3 tokens, mostly 1 or 2. */
const tokensPerSecond = 14;
const mostTokens = 200;
const longestUtteranceSamples = 15 * sampleRateHz;

/** Opens speech to text from its verified files; rejects with ModelFailure when one is missing or damaged. */
export async function openSpeechModel(files: ModelFiles, settings = speechSettings): Promise<SpeechModel> {
  const tokenizer = openTokenizer(await files.read('speech/tokenizer.bin'));
  const whisper = await openWhisper(await files.read('speech/encoder.onnx'), await files.read('speech/decoder.onnx'));
  const vad = await openVad(await files.read('voice/vad.onnx'));
  const queue = oneAtATime(callsWaiting);
  const parts: Parts = { tokenizer, whisper, settings };
  let closing: Promise<void> | undefined;
  return {
    transcribe: (samples, options) =>
      queue(async () => {
        const sound = cleaned(samples);
        const segments: SpeechSegment[] = [];
        for (const { start, end, speechShare } of speechSpans(await probabilities(vad, sound))) {
          const part = sound.slice(start * vadWindow, end * vadWindow);
          const found = await write(parts, part, speechShare, options);
          const seconds = (window: number) => Math.min(sound.length, window * vadWindow) / sampleRateHz;
          if (found) segments.push({ start: seconds(start), end: seconds(end), ...found });
        }
        return { text: joinedText(segments), segments };
      }),
    transcribeUtterance: (samples, options) =>
      queue(async () => {
        const found = await write(parts, cleaned(samples.subarray(0, longestUtteranceSamples)), 1, options);
        return found?.text ?? null;
      }),
    measure: () => queue(() => measureReadiness(() => measureOnce(whisper, settings))),
    close() {
      closing ??= queue(() => Promise.all([whisper.close(), vad.close()]).then(() => undefined), { mustRun: true });
      return closing;
    },
  };
}

/** A fixed amount of work: five seconds heard, a prompt read, and as many tokens as five seconds of Mandarin have. */
async function measureOnce(whisper: Whisper, settings: SpeechSettings): Promise<number> {
  const seconds = 5;
  const tokens = 32;
  const sound = Float32Array.from({ length: seconds * sampleRateHz }, (_, i) => {
    const time = i / sampleRateHz;
    return 0.2 * Math.sin(2 * Math.PI * (150 + 40 * Math.sin(7 * time)) * time) * Math.sin(12 * time);
  });
  const startMs = performance.now();
  const reader = (await whisper.hear(logMelOfAll(sound, tailOf(sound, settings))))();
  const prefix = 16;
  await reader.read(Array.from({ length: prefix }, () => special.startOfTranscript));
  for (let i = 0; i < tokens; i++) {
    logSumExp(await reader.read([100 + i]));
  }
  return (performance.now() - startMs) / 1_000 / seconds;
}

async function probabilities(vad: Vad, sound: Float32Array): Promise<number[]> {
  const track = vad.newTrack();
  const found: number[] = [];
  for (let at = 0; at < sound.length; at += vadWindow) {
    const window = new Float32Array(vadWindow);
    window.set(sound.subarray(at, at + vadWindow));
    found.push(await track.next(window));
  }
  return found;
}

type Parts = { tokenizer: Tokenizer; whisper: Whisper; settings: SpeechSettings };
type Written = { text: string; language: 'zh' | 'en' };

async function write(
  { tokenizer, whisper, settings }: Parts,
  sound: Float32Array,
  speechShare: number,
  options: TranscribeOptions,
): Promise<Written | null> {
  const heard = await whisper.hear(logMelOfAll(sound, tailOf(sound, settings)));
  const language = options.language === 'auto' ? await likelierLanguage(heard()) : options.language;
  const { prompt, words } = readyHotWords(tokenizer, language, options.hotWords ?? []);
  const reader = heard();
  const previous = prompt.length > 0 ? [special.startOfPrevious, ...prompt] : [];
  const atStart = await reader.read([...previous, special.startOfTranscript]);
  const noSpeechProbability = Math.exp(atStart[special.noSpeech]! - logSumExp(atStart));
  const logits = await reader.read([languageIds[language], special.transcribe, special.noTimestamps]);
  const longestTokens = Math.min(mostTokens, Math.ceil(8 + (tokensPerSecond * sound.length) / sampleRateHz));
  const decoded = await decode(reader, logits, { longestTokens, hotWords: words });
  const text = onceOnly(tokenizer.decode(decoded.tokens).replaceAll('\u{fffd}', '').trim());
  return isSpeech({ text, decoded, noSpeechProbability, speechShare }) ? { text, language } : null;
}

/** Samples of silence after a segment, so that the window is as long as the settings want it. */
function tailOf(sound: Float32Array, { windowSeconds, paddingSeconds }: SpeechSettings): number {
  const padding = Math.round(paddingSeconds * sampleRateHz);
  return Math.max(padding, Math.round(windowSeconds * sampleRateHz) - sound.length);
}

const languageIds = { en: special.firstLanguage, zh: special.firstLanguage + 1 };

/** Asked without a prompt, which would lean to its own language. */
async function likelierLanguage(reader: Reader): Promise<'zh' | 'en'> {
  const logits = await reader.read([special.startOfTranscript]);
  return logits[languageIds.zh]! >= logits[languageIds.en]! ? 'zh' : 'en';
}

/** Segments in a row: Mandarin has no spaces between sentences, English has. */
function joinedText(segments: readonly SpeechSegment[]): string {
  return segments.reduce((text, { text: next, language }) => {
    const space = text !== '' && (language === 'en' || /[A-Za-z.,!?]$/.test(text)) ? ' ' : '';
    return `${text}${space}${next}`;
  }, '');
}
