// Whisper's byte-level pair encoding: text to piece ids and back. The file holds the 256 bytes and the merges, in order.

const bytePieces = 256;
/** Ids of the multilingual vocabulary that are no text. */
export const special = {
  endOfText: 50_257,
  startOfTranscript: 50_258,
  firstLanguage: 50_259,
  transcribe: 50_359,
  startOfPrevious: 50_361,
  noSpeech: 50_362,
  noTimestamps: 50_363,
} as const;

export type Tokenizer = {
  /** Piece ids of a text (UTF-8; a lone surrogate becomes U+FFFD); no special ids. */
  encode(text: string): number[];
  /** The text of piece ids; special ids say nothing, bytes that are no UTF-8 become U+FFFD. */
  decode(ids: readonly number[]): string;
};

// The split of GPT-2's published code: words with the space before them, numbers, other signs, and spaces.
const words = /'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+/gu;

/** Reads `speech/tokenizer.bin`: 256 bytes by id, then two u16 ids a merge, the piece made of which is the next id. */
export function openTokenizer(file: Uint8Array): Tokenizer {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const merges = (file.length - bytePieces) / 4;
  const pieces: Uint8Array[] = Array.from({ length: bytePieces }, (_, id) => file.slice(id, id + 1));
  const idOfByte = new Map(pieces.map((piece, id) => [piece[0]!, id]));
  const merged = new Map<number, number>();
  for (let i = 0; i < merges; i++) {
    const left = view.getUint16(bytePieces + 4 * i, true);
    const right = view.getUint16(bytePieces + 4 * i + 2, true);
    const piece = new Uint8Array(pieces[left]!.length + pieces[right]!.length);
    piece.set(pieces[left]!);
    piece.set(pieces[right]!, pieces[left]!.length);
    merged.set(pairKey(left, right), bytePieces + i);
    pieces.push(piece);
  }
  const utf8 = new TextEncoder();
  // Without it, a byte order mark at the start of a text would be lost.
  const utf8Reader = new TextDecoder('utf-8', { ignoreBOM: true });
  return {
    encode(text) {
      const ids: number[] = [];
      for (const [word] of text.matchAll(words)) {
        const bytes = Array.from(utf8.encode(word), (byte) => idOfByte.get(byte)!);
        for (const id of mergeAll(bytes, merged)) ids.push(id);
      }
      return ids;
    },
    decode(ids) {
      const bytes: number[] = [];
      for (const id of ids) for (const byte of pieces[id] ?? []) bytes.push(byte);
      return utf8Reader.decode(Uint8Array.from(bytes));
    },
  };
}

const pairKey = (left: number, right: number): number => left * 65_536 + right;

/** Joins the pair that was learned first, again and again, until no known pair is left. */
function mergeAll(word: number[], merged: ReadonlyMap<number, number>): number[] {
  let ids = word;
  while (ids.length > 1) {
    let best = Number.POSITIVE_INFINITY;
    for (let i = 0; i + 1 < ids.length; i++) best = Math.min(best, merged.get(pairKey(ids[i]!, ids[i + 1]!)) ?? best);
    if (best === Number.POSITIVE_INFINITY) return ids;
    const next: number[] = [];
    for (let i = 0; i < ids.length; i++) {
      const joins = i + 1 < ids.length && merged.get(pairKey(ids[i]!, ids[i + 1]!)) === best;
      next.push(joins ? best : ids[i]!);
      if (joins) i += 1;
    }
    ids = next;
  }
  return ids;
}
