/** Longest comment that is kept, in UTF-16 units; the rest is cut off. */
export const longestContent = 10_000;
const longestName = 200;

// Lone surrogates, non-characters such as U+FFFE, control characters, and the bidi controls that turn round
// the text beside them. Zero-width joiners stay: emoji are made of them.
const unwantedClass =
  '[\\p{Surrogate}\\p{Noncharacter_Code_Point}\\p{Cc}\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069\\ufeff]';
const unwanted = new RegExp(unwantedClass, 'u');
const everyUnwanted = new RegExp(unwantedClass, 'gu');
const blank = /[\t\n\r]+/g;

/** Text as a viewer wrote it, without what cannot be shown; markup stays text. Not a string: ''. */
export function cleanContent(value: unknown): string {
  return clean(value, longestContent);
}

/** A nickname or title, cleaned in the same way and at most 200 units long. */
export function cleanName(value: unknown): string {
  return clean(value, longestName);
}

function clean(value: unknown, longest: number): string {
  const text = typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';
  // Cut before cleaning, so that a huge text costs no more than a long one.
  const head = text.length > longest ? text.slice(0, longest) : text;
  return unwanted.test(head) ? head.replace(blank, ' ').replace(everyUnwanted, '') : head;
}
