// Whisper always says something. Here stands when it is not believed.
import { gzipSync } from 'node:zlib';
import type { Decoded } from './decode.ts';
import { mandarinPrompt } from './hot-words.ts';

export type Claim = {
  text: string;
  decoded: Decoded;
  /** What the model gives to "there is no speech" before it begins, 0 to 1. */
  noSpeechProbability: number;
  /** How much of the segment the VAD took for speech, 0 to 1. */
  speechShare: number;
};

/** Said over music and silence, because subtitles of films and videos say it there. */
const subtitlesOnly =
  /字幕|請不吝|请不吝|點贊|点赞.*订阅|訂閱|明镜|明鏡|Amara|谢谢(观看|收看|大家观看)|多謝.*觀看|thanks? (you )?for watching|subtitle/i;

/** Thresholds as in Whisper's published decoder, and stricter for short and half-silent segments. */
const limits = { meanLogProbability: -1.0, noSpeech: 0.6, noSpeechSurely: 0.9, gzipRatio: 2.4, speechShare: 0.2 };

/** True when the text may be shown as what somebody said. */
export function isSpeech({ text, decoded, noSpeechProbability, speechShare }: Claim): boolean {
  if (!/[\p{L}\p{N}]/u.test(text)) return false;
  if (mandarinPrompt.includes(text.replace(/[，。.]$/, '')) && text.length >= 5) return false;
  if (decoded.looped && decoded.meanLogProbability < limits.meanLogProbability / 2) return false;
  if (decoded.meanLogProbability < limits.meanLogProbability) return false;
  if (noSpeechProbability > limits.noSpeechSurely || speechShare < limits.speechShare) return false;
  if (noSpeechProbability > limits.noSpeech && decoded.meanLogProbability < limits.meanLogProbability / 2) return false;
  if (subtitlesOnly.test(text) && decoded.meanLogProbability < limits.meanLogProbability / 5) return false;
  return gzipRatio(text) <= limits.gzipRatio;
}

/** A text that says the whole of itself twice or more (4 characters at least) says it once: short windows bring that about. */
export const onceOnly = (text: string): string => /^(.{4,}?)(?:[，。,. ]*\1)+[，。,. ]*$/u.exec(text)?.[1] ?? text;

/** How often a text repeats itself: its bytes by its bytes when packed; ordinary speech stays under 2.4. */
function gzipRatio(text: string): number {
  const bytes = Buffer.from(text);
  return bytes.length / gzipSync(bytes).length;
}
