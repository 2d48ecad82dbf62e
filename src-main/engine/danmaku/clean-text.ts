/** Longest comment that is kept, in UTF-16 units; the rest is cut off. */
export const longestContent = 10_000;
const longestName = 200;

// Lone surrogates, non-characters such as U+FFFE, control characters, and the bidi controls that turn round
// the text beside them. Zero-width joiners stay: emoji are made of them.
const unwanted = /[\p{Surrogate}\p{Noncharacter_Code_Point}\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu;
// Anything but Latin, Chinese and full-width characters. Most texts hold none of it, and need no closer look.
const unusual = /[^ -~\u00a0-\u1fff\u2010-\u2027\u3000-\ud7ff\uff00-\uffef]/;
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
  return unusual.test(head) ? head.replace(blank, ' ').replace(unwanted, '') : head;
}
