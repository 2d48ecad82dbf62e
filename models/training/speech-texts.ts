// What the speech scripts share: the read sentences, which part of them chooses and which reports, and error rates.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export type Sentence = { path: string; speaker: string; textId: number; text: string };
/** Wrong, missing and extra characters, of how many. */
export type Errors = { errors: number; characters: number };

/** The neutral clips of the Mandarin corpus; texts of odd number chose the settings, those of even number report. */
export function sentences(dataDir: string, part: 'choose' | 'report'): Sentence[] {
  const [header = '', ...lines] = readFileSync(join(dataDir, 'voice', 'labels.tsv'), 'utf8')
    .trim()
    .split('\n');
  const names = header.split('\t');
  return lines
    .map((line) => Object.fromEntries(line.split('\t').map((value, i) => [names[i], value])))
    .filter((row) => row.corpus === 'casia' && row.label7 === 'neutral')
    .map((row) => ({
      path: join(dataDir, 'voice', row.path!),
      speaker: row.speaker!,
      textId: Number(row.text_id),
      text: row.transcript!,
    }))
    .filter(({ textId }) => (textId % 2 === 1) === (part === 'choose'));
}

/** The Han characters of a text, in order. */
export const hanOf = (text: string): string[] => [...text].filter((letter) => /\p{Script=Han}/u.test(letter));

/** Edit distance between the Han characters of both texts, and how many the reference has. */
export function characterErrors(reference: string, written: string): Errors {
  const [wanted, found] = [hanOf(reference), hanOf(written)];
  let before = Array.from({ length: found.length + 1 }, (_, i) => i);
  wanted.forEach((letter, i) => {
    const row = [i + 1];
    found.forEach((other, j) => {
      row.push(Math.min(row[j]! + 1, before[j + 1]! + 1, before[j]! + (letter === other ? 0 : 1)));
    });
    before = row;
  });
  return { errors: before.at(-1)!, characters: wanted.length };
}

/** Characters wrong per character of the reference, over all. */
export function rateOf(all: readonly Errors[]): number {
  const sum = (pick: (one: Errors) => number) => all.reduce((total, one) => total + pick(one), 0);
  return (
    sum((one) => one.errors) /
    Math.max(
      1,
      sum((one) => one.characters),
    )
  );
}
