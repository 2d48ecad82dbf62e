// Cleaning and hashed character n-grams; models/training/text_features.py does exactly the same.

const readCodePoints = 2000;
const keepCodePoints = 160;
const lengthSteps = [0, 1, 2, 4, 6, 9, 14, 24, 49];

const spaces = new Set([9, 10, 11, 12, 13, 32, 0x85, 0xa0, 0x1680, 0x2028, 0x2029, 0x202f, 0x205f, 0x3000]);
for (let code = 0x2000; code <= 0x200a; code += 1) spaces.add(code);

function fold(code: number): number {
  const narrow = code >= 0xff01 && code <= 0xff5e ? code - 0xfee0 : code;
  if (spaces.has(narrow)) return 32;
  if (narrow >= 65 && narrow <= 90) return narrow + 32;
  if (narrow >= 0xd800 && narrow <= 0xdfff) return 0xfffd;
  return narrow;
}

const isHidden = (code: number): boolean =>
  code < 32 ||
  (code >= 0x7f && code <= 0x9f) ||
  code === 0xad ||
  (code >= 0x200b && code <= 0x200f) ||
  (code >= 0x202a && code <= 0x202e) ||
  (code >= 0x2060 && code <= 0x206f) ||
  (code >= 0xfe00 && code <= 0xfe0f) ||
  code === 0xfeff;

function foldAll(text: string): string {
  let out = '';
  let read = 0;
  for (const character of text) {
    if (read === readCodePoints) break;
    read += 1;
    const code = fold(character.codePointAt(0) ?? 0);
    if (!isHidden(code)) out += String.fromCodePoint(code);
  }
  return out;
}

const countCodePoints = (text: string): number => {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
};

/** The text as the model reads it: folded, without addresses, tags, names, hidden marks and long runs. */
export function cleanText(text: string): string {
  let s = foldAll(text);
  const cut = s.indexOf('//@');
  if (cut > 0 && countCodePoints(s.slice(0, cut)) > 3) s = s.slice(0, cut);
  s = s.replace(/https?:\/\/[!-~]+/gu, ' ').replace(/<\/?[a-z][^<>]{0,200}>/gu, ' ');
  const withoutNames = s.replace(/@[^ :,@]{1,20}[ :]?/gu, ' ');
  if (/[^ ]/u.test(withoutNames)) s = withoutNames;
  s = s.replace(/(.)\1{3,}/gsu, '$1$1$1');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the range is "not ASCII", written from 0 on purpose
  s = s.replace(/(?<=[^\x00-\x7f]) | (?=[^\x00-\x7f])/gu, '');
  s = s.replace(/ {2,}/gu, ' ').replace(/^ +| +$/gu, '');
  return Array.from(s).slice(0, keepCodePoints).join('');
}

function mix(value: number): number {
  let h = value ^ (value >>> 16);
  h = Math.imul(h, 0x85ebca6b);
  h ^= h >>> 13;
  h = Math.imul(h, 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/** All 32-bit keys of a cleaned text, sorted, with repeats: 1-4-grams between two marks, and its length step. */
export function textKeys(cleaned: string): Uint32Array {
  const codes = [2, ...Array.from(cleaned, (character) => character.codePointAt(0) ?? 0), 3];
  const length = codes.length - 2;
  const keys = new Uint32Array(1 + 4 * codes.length);
  keys[0] = mix(0x110000 + lengthSteps.filter((step) => length > step).length);
  let size = 1;
  for (let start = 0; start < codes.length; start += 1) {
    let h = 0x811c9dc5;
    for (let n = 1; n <= 4 && start + n <= codes.length; n += 1) {
      h = Math.imul(h ^ (codes[start + n - 1] ?? 0), 0x9e3779b1);
      h ^= h >>> 15;
      keys[size] = mix(h ^ n);
      size += 1;
    }
  }
  return keys.subarray(0, size).sort();
}
