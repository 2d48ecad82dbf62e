// Lines of a text stream. Node's readline also cuts at U+2028, which JSON allows inside a string, and keeps a line of
// any length in memory.

/** Longer than any frame or text that is read here; a file without line ends must not fill the memory. */
const longestCharacters = 64_000_000;

/** The lines of UTF-8 input, without line ends and byte order mark; null stands for one longer than 64 million characters. */
export async function* textLines(input: AsyncIterable<unknown>): AsyncGenerator<string | null> {
  const decoder = new TextDecoder();
  let line: string | null = '';
  const add = (piece: string) => {
    line = line === null || line.length + piece.length > longestCharacters ? null : line + piece;
  };
  for await (const chunk of input) {
    const text = typeof chunk === 'string' ? chunk : decoder.decode(chunk as Uint8Array, { stream: true });
    const [first = '', ...more] = text.split('\n');
    add(first);
    for (const piece of more) {
      yield withoutReturn(line);
      line = '';
      add(piece);
    }
  }
  add(decoder.decode());
  if (line !== '') yield withoutReturn(line);
}

const withoutReturn = (line: string | null): string | null => (line?.endsWith('\r') ? line.slice(0, -1) : line);
