// The streamer's own words (names of products, people, songs): in front of the text as a prompt, and likelier in it.
import type { Tokenizer } from './tokenizer.ts';

/** A prompt of more tokens than this costs more than it gives. */
const mostPromptTokens = 60;
const mostWords = 40;
const longestWord = 24;

/** In front of Mandarin, so that the text comes in simplified script. */
export const mandarinPrompt = '以下是普通话的句子。';

export type HotWords = { prompt: number[]; words: number[][] };

/** The prompt (at most 60 tokens, may be empty) and the words as rows of tokens; words of one token need no help. */
export function readyHotWords(tokenizer: Tokenizer, language: 'zh' | 'en', hotWords: readonly string[]): HotWords {
  const start = language === 'zh' ? mandarinPrompt : '';
  const words = [...new Set(hotWords.map((word) => word.trim().slice(0, longestWord)))].filter(Boolean);
  let text = start;
  const taken: string[] = [];
  for (const word of words.slice(0, mostWords)) {
    const separator = taken.length > 0 ? (language === 'zh' ? '、' : ', ') : language === 'zh' ? '' : ' ';
    if (tokenizer.encode(`${text}${separator}${word}。`).length > mostPromptTokens) break;
    text += `${separator}${word}`;
    taken.push(word);
  }
  if (taken.length > 0) text += language === 'zh' ? '。' : '.';
  const rows = taken.flatMap((word) => [tokenizer.encode(word), tokenizer.encode(` ${word}`)]);
  return { prompt: tokenizer.encode(text), words: rows.filter((row) => row.length > 1) };
}
