import { expect, test } from 'vitest';
import { textLines } from './text-lines.ts';

async function linesOf(...chunks: (string | Uint8Array)[]): Promise<(string | null)[]> {
  const input = (async function* () {
    yield* chunks;
  })();
  const lines: (string | null)[] = [];
  for await (const line of textLines(input)) lines.push(line);
  return lines;
}

test('lines are the same wherever the input is cut, also inside a character', async () => {
  const bytes = new TextEncoder().encode('发货到新疆\r\n\n最后一行');
  for (let cut = 0; cut <= bytes.length; cut += 1) {
    const lines = await linesOf(bytes.subarray(0, cut), bytes.subarray(cut));
    expect(lines).toEqual(['发货到新疆', '', '最后一行']);
  }
});

test('U+2028 inside a line is no line end, and a byte order mark is no part of the first line', async () => {
  expect(await linesOf(new TextEncoder().encode('\uFEFF{"text":"a\u2028b"}\n'))).toEqual(['{"text":"a\u2028b"}']);
});

test('a line without end is given up, and the lines around it are read', async () => {
  const million = 'x'.repeat(1_000_000);
  const lines = await linesOf('before\n', ...Array.from({ length: 70 }, () => million), '\nafter');
  expect(lines).toEqual(['before', null, 'after']);
});
