// The streamer's own names in a message: longest match, width and case folded, one typing error in longer names forgiven.
import type { CatalogueEntry } from '@app/shared/catalogue';

/** A name that was found; offsets are those of the folded text, which has one unit for each of the original. */
export type CatalogueMatch = { id: string; start: number; end: number };
export type Catalogue = {
  /** All names in a folded text, none overlapping another, in order. */
  find(folded: string): CatalogueMatch[];
};

/** From this many characters on, one may be wrong, missing or too many. */
const typoFrom = 4;

type Name = { folded: string; id: string };

/** Plain Han text, as most is: without capitals, accents or full-width forms. */
const isFolded = /^[^A-Z\u00c0-\u24ff\u3000\ua640-\uabff\uff01-\uff5e]*$/;

/** Lower case and half width, unit by unit, so that offsets stay those of the message. */
export function foldUnits(text: string): string {
  if (isFolded.test(text)) return text;
  let out = '';
  for (let i = 0; i < text.length; i += 1) {
    const unit = text.charCodeAt(i);
    if (unit >= 0xff01 && unit <= 0xff5e) out += String.fromCharCode(unit - 0xfee0).toLowerCase();
    else if (unit === 0x3000) out += ' ';
    else {
      const lower = text.charAt(i).toLowerCase();
      out += lower.length === 1 ? lower : text.charAt(i);
    }
  }
  return out;
}

const isWordUnit = (unit: number): boolean => (unit >= 97 && unit <= 122) || (unit >= 48 && unit <= 57);

/** Prepares the names of the entries; of two entries with one name the first is meant. */
export function makeCatalogue(entries: readonly CatalogueEntry[]): Catalogue {
  const names = new Map<string, Name>();
  for (const { id, name, aliases } of entries) {
    for (const one of [name, ...aliases]) {
      const folded = foldUnits(one).trim();
      if (folded !== '' && !names.has(folded)) names.set(folded, { folded, id });
    }
  }
  const longestFirst = [...names.values()].sort((a, b) => b.folded.length - a.folded.length);
  const byFirst = new Map<number, Name[]>();
  for (const name of longestFirst) {
    const unit = name.folded.charCodeAt(0);
    byFirst.set(unit, [...(byFirst.get(unit) ?? []), name]);
  }
  const forgiving = longestFirst.filter(({ folded }) => [...folded].length >= typoFrom);
  // A single error leaves one half of the name whole: only where a half stands is the rest compared.
  const halves = new Map<string, { name: Name; offset: number }[]>();
  for (const name of forgiving) {
    const middle = name.folded.length >> 1;
    for (const [half, offset] of [
      [name.folded.slice(0, middle), 0],
      [name.folded.slice(middle), middle],
    ] as const) {
      const key = half.slice(0, 2);
      halves.set(key, [...(halves.get(key) ?? []), { name, offset }]);
    }
  }

  const exactAt = (text: string, at: number): { name: Name; end: number } | null => {
    for (const name of byFirst.get(text.charCodeAt(at)) ?? []) {
      const end = at + name.folded.length;
      if (text.startsWith(name.folded, at) && standsAlone(text, at, end)) return { name, end };
    }
    return null;
  };
  return {
    find(text) {
      const candidates: (CatalogueMatch & { isExact: boolean })[] = [];
      for (let at = 0; at < text.length; at += 1) {
        const exact = exactAt(text, at);
        if (exact) candidates.push({ id: exact.name.id, start: at, end: exact.end, isExact: true });
        for (const { name, offset } of halves.get(text.slice(at, at + 2)) ?? []) {
          const near = nearAt(text, name.folded, at - offset);
          if (near && standsAlone(text, near.start, near.end))
            candidates.push({ id: name.id, ...near, isExact: false });
        }
      }
      if (candidates.length === 0) return candidates;
      // The longest wins, of equally long ones the one without an error, then the first.
      candidates.sort((a, b) => b.end - b.start - (a.end - a.start) || +b.isExact - +a.isExact || a.start - b.start);
      const found: CatalogueMatch[] = [];
      for (const { id, start, end } of candidates) {
        if (found.every((one) => end <= one.start || start >= one.end)) found.push({ id, start, end });
      }
      return found.sort((a, b) => a.start - b.start);
    },
  };
}

/** A Latin name is a whole word: "tea" is not in "steam". */
function standsAlone(text: string, start: number, end: number): boolean {
  const isInside = (a: number, b: number) => isWordUnit(text.charCodeAt(a)) && isWordUnit(text.charCodeAt(b));
  return !(start > 0 && isInside(start - 1, start)) && !(end < text.length && isInside(end - 1, end));
}

/** The name near `start` with exactly one character wrong, missing or too many; its ends are never the wrong ones. */
function nearAt(text: string, name: string, start: number): { start: number; end: number } | null {
  for (const shift of [0, -1, 1]) {
    const from = start + shift;
    if (from < 0) continue;
    for (const length of [name.length, name.length - 1, name.length + 1]) {
      const piece = text.slice(from, from + length);
      if (piece.length === length && isOneOff(piece, name)) return { start: from, end: from + length };
    }
  }
  return null;
}

/** Whether one edit inside makes `piece` the name: the first and last characters must be the name's own. */
function isOneOff(piece: string, name: string): boolean {
  if (piece === name || piece.charCodeAt(0) !== name.charCodeAt(0) || piece.at(-1) !== name.at(-1)) return false;
  const shorter = Math.min(piece.length, name.length);
  let head = 0;
  while (head < shorter && piece.charCodeAt(head) === name.charCodeAt(head)) head += 1;
  let tail = 0;
  while (tail < shorter - head && piece.at(-1 - tail) === name.at(-1 - tail)) tail += 1;
  return Math.max(piece.length, name.length) - head - tail === 1;
}
