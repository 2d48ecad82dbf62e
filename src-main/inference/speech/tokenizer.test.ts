import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openTokenizer } from './tokenizer.ts';

const root = join(import.meta.dirname, '..', '..', '..', 'models', 'speech');
const tokenizer = openTokenizer(readFileSync(join(root, 'tokenizer.bin')));
const golden = JSON.parse(readFileSync(join(root, 'golden.json'), 'utf8')) as { text: string; ids: number[] }[];

test('the ids are those of the reference tokenizer', () => {
  expect(golden.length).toBeGreaterThan(20);
  for (const { text, ids } of golden) expect({ text, ids: tokenizer.encode(text) }).toEqual({ text, ids });
});

test('any text comes back from its ids, byte for byte', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 80 }), (text) => {
      expect(tokenizer.decode(tokenizer.encode(text))).toBe(new TextDecoder().decode(new TextEncoder().encode(text)));
    }),
    { seed: 11, numRuns: 100 },
  );
});

test('a lone surrogate, half a character and a special id give a defined text', () => {
  expect(tokenizer.decode(tokenizer.encode('a\ud800b'))).toBe('a\ufffdb');
  expect(tokenizer.encode('')).toEqual([]);
  expect(tokenizer.decode([])).toBe('');
  expect(tokenizer.decode(tokenizer.encode('啊').slice(0, 1))).toMatch(/^(啊|\ufffd+)$/);
  expect(tokenizer.decode([50_257, 50_260, 99_999])).toBe('');
});
