// The encoder's tokenizer: unigram pieces over a trie, best path by the sum of scores (SentencePiece's unigram model).
import { ModelFailure } from '../model-files.ts';
import { openByteReader } from './byte-reader.ts';

const fileName = 'text/tokenizer.bin';
/** Ids below the first piece: start, padding, end, unknown. */
export const startId = 0;
export const padId = 1;
export const endId = 2;
export const unknownId = 3;
const firstPieceId = 4;
/** The longest sequence the encoder was trained on, with its start and end. */
export const idLimit = 48;
/** Longer pieces than this are no words of any language; a damaged file must not make the search slow. */
const pieceUnits = 64;
/** Far more than 46 pieces hold. */
const readUnits = 600;
const space = 0x2581;

export type Tokenizer = {
  /** One more than the largest id. */
  readonly size: number;
  /** The ids of a cleaned text: start, at most 46 pieces, end. Takes any string. */
  encode(cleaned: string): number[];
};

const damaged = (what: string): ModelFailure => new ModelFailure('MODEL_DAMAGED', `${fileName} ${what}`);

/** Children of a trie's nodes in one open-addressing table; a node is the slot in which it stands, the root is -1. */
class Trie {
  private readonly parents: Int32Array;
  private readonly units: Uint16Array;
  private readonly used: Uint8Array;
  private readonly ids: Int32Array;
  private readonly last: number;

  constructor(mostNodes: number) {
    const size = 2 ** Math.ceil(Math.log2(mostNodes * 2 + 2));
    this.last = size - 1;
    this.parents = new Int32Array(size);
    this.units = new Uint16Array(size);
    this.used = new Uint8Array(size);
    this.ids = new Int32Array(size).fill(-1);
  }

  private slot(parent: number, unit: number): number {
    let slot = (Math.imul(parent ^ Math.imul(unit, 0x9e3779b1), 0x85ebca6b) >>> 7) & this.last;
    while (this.used[slot] === 1 && (this.parents[slot] !== parent || this.units[slot] !== unit)) {
      slot = (slot + 1) & this.last;
    }
    return slot;
  }

  /** The child by this UTF-16 unit, or -1. */
  child(parent: number, unit: number): number {
    const slot = this.slot(parent, unit);
    return this.used[slot] === 1 ? slot : -1;
  }

  /** The piece that ends at a node, or -1. */
  idAt(node: number): number {
    return this.ids[node] ?? -1;
  }

  /** False when the piece is there already. */
  add(piece: string, id: number): boolean {
    let node = -1;
    for (let i = 0; i < piece.length; i += 1) {
      const unit = piece.charCodeAt(i);
      const slot = this.slot(node, unit);
      this.used[slot] = 1;
      this.parents[slot] = node;
      this.units[slot] = unit;
      node = slot;
    }
    if (this.ids[node] !== -1) return false;
    this.ids[node] = id;
    return true;
  }
}

/** The tokenizer in the bytes of tokenizer.bin; anything amiss throws ModelFailure MODEL_DAMAGED. */
export function readTokenizer(bytes: Uint8Array): Tokenizer {
  const reader = openByteReader(bytes, damaged);
  if (String.fromCharCode(...reader.take(4)) !== 'TUG1') throw damaged('is not a unigram tokenizer');
  const pieceCount = reader.count(5);
  const mapCount = reader.count(0);
  const unknownScore = reader.f32();
  const text = new TextDecoder('utf-8', { fatal: true });
  const pieces: string[] = [];
  const scores = new Float64Array(pieceCount);
  for (let i = 0; i < pieceCount; i += 1) {
    const raw = reader.take(reader.u8());
    try {
      pieces.push(text.decode(raw));
    } catch {
      throw damaged('has a piece that is not UTF-8');
    }
    if (raw.length === 0 || pieces[i]!.length > pieceUnits) throw damaged('has a piece of a wrong length');
    scores[i] = reader.f32();
  }
  if (mapCount * 5 > bytes.length) throw damaged('says it holds more than it does');
  const replacements = new Map<number, string>();
  for (let i = 0; i < mapCount; i += 1) {
    const code = reader.u32();
    const codes = Array.from({ length: reader.u8() }, () => reader.u32());
    if ([code, ...codes].some((one) => one > 0x10ffff)) throw damaged('has a code point that does not exist');
    replacements.set(code, String.fromCodePoint(...codes));
  }
  reader.end();
  const trie = new Trie(pieces.reduce((sum, piece) => sum + piece.length, 0));
  pieces.forEach((piece, i) => {
    if (!trie.add(piece, i)) throw damaged('has a piece twice');
  });
  return {
    size: firstPieceId + pieceCount,
    encode: (cleaned) => bestPath(toMarked(cleaned, replacements), trie, scores, unknownScore),
  };
}

/** Normalised, spaces squeezed, one in front, all of them written as U+2581. */
function toMarked(cleaned: string, replacements: ReadonlyMap<number, string>): string {
  const mark = String.fromCharCode(space);
  let out = '';
  let wantsMark = true;
  for (const character of cleaned.slice(0, readUnits)) {
    const code = character.codePointAt(0)!;
    for (const one of replacements.get(code) ?? character) {
      if (one === ' ' || one === mark) {
        wantsMark = true;
      } else {
        out += wantsMark ? mark + one : one;
        wantsMark = false;
      }
    }
  }
  return out;
}

function bestPath(marked: string, trie: Trie, scores: Float64Array, unknownScore: number): number[] {
  const size = marked.length;
  const best = new Float64Array(size + 1).fill(Number.NEGATIVE_INFINITY);
  const from = new Int32Array(size + 1);
  const ids = new Int32Array(size + 1);
  best[0] = 0;
  const offer = (start: number, end: number, id: number, score: number) => {
    const total = best[start]! + score;
    if (total <= best[end]!) return;
    best[end] = total;
    from[end] = start;
    ids[end] = id;
  };
  for (let start = 0; start < size; ) {
    const width = marked.codePointAt(start)! > 0xffff ? 2 : 1;
    let hasOwnPiece = false;
    let node = -1;
    for (let end = start; end < size; ) {
      node = trie.child(node, marked.charCodeAt(end));
      if (node === -1) break;
      end += 1;
      const piece = trie.idAt(node);
      if (piece === -1) continue;
      offer(start, end, firstPieceId + piece, scores[piece]!);
      hasOwnPiece ||= end - start === width;
    }
    if (!hasOwnPiece) offer(start, start + width, unknownId, unknownScore);
    start += width;
  }
  const path: number[] = [];
  for (let at = size; at > 0; at = from[at]!) path.push(ids[at]!);
  return [startId, ...path.reverse().slice(0, idLimit - 2), endId];
}
