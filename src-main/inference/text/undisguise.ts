// Insults that are written so that a filter does not see them: 傻*逼, s.b, 沙币, 你🐴死了. What was meant is read as well.
import { type Insult, insultInitials, insultWords, latinInsults } from './abuse-lexicon.ts';

/** What a disguised insult was meant to say, and the least that it counts for as abuse. */
export type Undisguised = { text: string; atLeast: number };

/** Who hides an insult means it: the model's reading of the plain words can only add to this. */
const hiddenAbuse = 0.75;
const readUnits = 120;

/** Marks that nobody puts between the characters of one word; commas and stops end a clause and stay. */
const gap = String.raw`(?:[\s*_.·•・\-~^|/\\+=#&$%@°"'\x60…◇◆○●★☆□■]|\p{Extended_Pictographic}\ufe0f?){0,4}?`;
const spelledOut = /(?<![a-z\d])[a-z](?:[\s*_.·•・\-~|/\\]{1,3}[a-z](?![a-z])){1,4}/gu;
/** Digits and marks in the place of letters, and stars in a word of which enough is left. */
const leet: readonly (readonly [RegExp, string])[] = [
  [/(?<=[a-z])0(?=[a-z])/gu, 'o'],
  [/(?<=[a-z])[1!](?=[a-z])|(?<![a-z\d])[1!](?=d[1i!])/gu, 'i'],
  [/(?<=[a-z])3(?=[a-z])/gu, 'e'],
  [/(?<=[a-z])[4@](?=[a-z])/gu, 'a'],
  [/(?<=[a-z])[$5](?=[a-z])|(?<![a-z\d])5(?=b(?![a-z\d]))/gu, 's'],
  [/f[*#]{1,3}k? (?=you|off)|f(?:[*#]c|u[*#]|[*#]{2}|v[c])k (?=you|off)|fuk (?=you|off)|phuck (?=you|off)/gu, 'fuck '],
  [/b[*#][*#t]?ch(?![a-z])/gu, 'bitch'],
  [/(?<![a-z])s[*#]b(?![a-z])/gu, 'sb'],
];

type Word = { plain: string; pattern: RegExp; full: string | null };

function toWord({ plain, parts, notAfter, notBefore }: Insult): Word {
  const syllables = parts.map((part) => part.split('/')[1] ?? '');
  const alternatives = parts.map((part) => {
    const [han = '', pinyin = '', initials = ''] = part.split('/');
    const split = [...han.matchAll(/\(([^)]*)\)/gu)].map((match) => match[1]!);
    const single = han.replace(/\([^)]*\)/gu, '');
    const latin = [...pinyin.split('|'), ...initials.split('|')].filter((one) => one !== '');
    return `(?:${[...split, ...(single ? [`[${single}]`] : []), ...latin].join('|')})`;
  });
  const before = notBefore ? `(?<![${notBefore}])` : '';
  const after = notAfter ? `(?![${notAfter}])` : '';
  return {
    plain,
    pattern: new RegExp(`${before}${alternatives.join(gap)}(?![a-z])${after}`, 'uy'),
    full: syllables.every((one) => one !== '') ? syllables.join('') : null,
  };
}

/** Which words can begin with this UTF-16 unit. */
const starts = new Map<number, Word[]>();
for (const one of insultWords) {
  const word = toWord(one);
  const [han = '', pinyin = '', initials = ''] = one.parts[0]!.split('/');
  const first = han.replace(/\(([^)]?)[^)]*\)/gu, '$1') + pinyin.charAt(0) + initials.replaceAll('|', '');
  for (const character of new Set(first)) {
    const unit = character.charCodeAt(0);
    starts.set(unit, [...(starts.get(unit) ?? []), word]);
  }
}
const isLatin = (unit: number): boolean => unit >= 97 && unit <= 122;

function wordAt(text: string, at: number): { plain: string; end: number } | null {
  const unit = text.charCodeAt(at);
  const candidates = starts.get(unit);
  if (!candidates || (isLatin(unit) && at > 0 && isLatin(text.charCodeAt(at - 1)))) return null;
  for (const { plain, pattern, full } of candidates) {
    pattern.lastIndex = at;
    const match = pattern.exec(text)?.[0];
    // A row of Latin initials is no word: either a character stands among them, or all syllables are written out.
    if (match !== undefined && (isBeyondAscii(match) || match.replace(/[^a-z]/gu, '') === full))
      return { plain, end: at + match.length };
  }
  return null;
}

function isBeyondAscii(text: string): boolean {
  for (let i = 0; i < text.length; i += 1) if (text.charCodeAt(i) > 127) return true;
  return false;
}

/** The plain form of a cleaned text that hides an insult; null where nothing is hidden. */
export function undisguise(cleaned: string): Undisguised | null {
  if (cleaned.length > readUnits) return null;
  const bare = withoutMarks(cleaned);
  let plain = unfoldLatin(unfoldWords(bare));
  for (const [pattern, word] of insultInitials) plain = plain.replace(pattern, word);
  // A letter without its mark is no insult yet: something of the list must have come of it.
  if (plain === bare && (bare === cleaned || !isPlainInsult(bare))) return null;
  return { text: plain, atLeast: hiddenAbuse };
}

const isPlainInsult = (text: string): boolean =>
  latinInsults.test(text) || insultWords.some(({ plain }) => text.includes(plain));

/** Tone marks, circled and mathematical letters: bī, ⓑ, 𝓫. */
const dressed = /[\u00c0-\u01dc\u2460-\u24ff\u{1d400}-\u{1d7ff}\u{1f130}-\u{1f149}]/u;

/** The text with such letters as plain ones. */
function withoutMarks(text: string): string {
  return dressed.test(text)
    ? text
        .normalize('NFKD')
        .replace(/[\u0300-\u036f]/gu, '')
        .toLowerCase()
    : text;
}

function unfoldWords(text: string): string {
  let out = '';
  let done = 0;
  for (let at = 0; at < text.length; at += 1) {
    const found = wordAt(text, at);
    if (!found) continue;
    out += text.slice(done, at) + found.plain;
    done = found.end;
    at = found.end - 1;
  }
  return done === 0 ? text : out + text.slice(done);
}

/** Letters that stand apart or are written as digits, when an insult comes of it. */
function unfoldLatin(text: string): string {
  if (!/[a-z]/u.test(text) || latinInsults.test(text)) return text;
  let plain = text.replace(spelledOut, (match) => match.replace(/[^a-z]/gu, ''));
  for (const [pattern, letter] of leet) plain = plain.replace(pattern, letter);
  return latinInsults.test(plain) ? plain : text;
}
