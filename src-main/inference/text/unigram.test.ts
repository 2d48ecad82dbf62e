import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ModelFailure } from '../model-files.ts';
import { cleanText } from './features.ts';
import { samplePieces, sampleTokenizer } from './sample-encoder.ts';
import { endId, idLimit, readTokenizer, startId, unknownId } from './unigram.ts';

const tokenizer = readTokenizer(sampleTokenizer());
const words = (ids: readonly number[]) =>
  ids.slice(1, -1).map((id) => (id === unknownId ? '?' : (samplePieces[id - 4]?.[0] ?? 'none')));
const pieces = (text: string) => words(tokenizer.encode(text));

describe('the unigram tokenizer', () => {
  it.each<[string, string[]]>([
    ['多少钱', ['\u2581', '多少钱']],
    ['多少', ['\u2581', '多少']],
    ['主播好看', ['\u2581', '主播', '好看']],
    ['哈哈哈哈', ['\u2581', '哈', '哈哈哈']],
    ['  多   钱 ', ['\u2581', '多', '\u2581', '钱']],
    ['price', ['\u2581price']],
    ['😂s', ['\u2581', '😂', 's']],
    ['好\u3000好', ['\u2581', '好', '\u2581', '好']],
    ['好\u00ad好', ['\u2581', '好', '好']],
    ['猫', ['\u2581', '?']],
    ['好猫🐱', ['\u2581', '好', '?', '?']],
    ['\ud83d', ['\u2581', '?']],
    ['', []],
    ['   ', []],
  ])('takes the best path through "%s"', (text, expected) => {
    const found = pieces(text);
    // Two paths of one score are both best.
    if (text === '哈哈哈哈') expect([expected, ['\u2581', '哈哈哈', '哈']]).toContainEqual(found);
    else expect(found).toEqual(expected);
  });

  it('begins and ends every sequence, in range and within 48 ids, whatever the text', () => {
    const any = fc.oneof(
      fc.string(),
      fc.string({ unit: 'grapheme', maxLength: 20 }),
      fc.constantFrom('\udc00', '\ud83d😂', '\ud800', '哈'.repeat(10_000)),
    );
    fc.assert(
      fc.property(any, (text) => {
        const ids = tokenizer.encode(text);
        expect(ids[0]).toBe(startId);
        expect(ids.at(-1)).toBe(endId);
        expect(ids.length).toBeLessThanOrEqual(idLimit);
        for (const id of ids.slice(1, -1)) expect(id >= unknownId && id < tokenizer.size).toBe(true);
      }),
    );
  });

  it('gives a cleaned text the same ids after a second cleaning', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('多少', '钱', ' ', '😂', '@a ', 'ＡＢ', '//@', '哈哈哈哈', 'http://x ')),
        (parts) => {
          const once = cleanText(parts.join(''));
          if (cleanText(once) === once) expect(tokenizer.encode(cleanText(once))).toEqual(tokenizer.encode(once));
        },
      ),
    );
  });

  it('agrees with the best of all segmentations, tried one by one', () => {
    const scores = new Map(samplePieces);
    const best = (rest: string): number => {
      if (rest === '') return 0;
      const [first = ''] = rest;
      let top = (scores.has(first) ? Number.NEGATIVE_INFINITY : -18) + best(rest.slice(first.length));
      for (const [piece, score] of samplePieces) {
        if (rest.startsWith(piece)) top = Math.max(top, score + best(rest.slice(piece.length)));
      }
      return top;
    };
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('多', '少', '钱', '哈', '好', '看', '猫', 's'), { minLength: 1, maxLength: 9 }),
        (list) => {
          const text = list.join('');
          const total = pieces(text).reduce((sum, piece) => sum + (scores.get(piece) ?? -18), 0);
          expect(total).toBeCloseTo(best(`\u2581${text}`), 5);
        },
      ),
    );
  });

  it('reads ten thousand characters in a moment', () => {
    const startMs = performance.now();
    for (const part of ['长', 'x', '😂', '哈']) tokenizer.encode(part.repeat(10_000));
    expect(performance.now() - startMs).toBeLessThan(500);
  });
});

describe('a damaged tokenizer file', () => {
  const whole = sampleTokenizer();
  const codeOf = (bytes: Uint8Array) => {
    try {
      readTokenizer(bytes);
      return 'read';
    } catch (error) {
      return error instanceof ModelFailure ? error.code : `other: ${error}`;
    }
  };
  it('is refused wherever it is cut, when something follows it, and when its counts are too large', () => {
    for (let cut = 0; cut < whole.length; cut += 1)
      expect(codeOf(whole.slice(0, cut)), `cut at ${cut}`).toBe('MODEL_DAMAGED');
    expect(codeOf(Uint8Array.of(...whole, 0))).toBe('MODEL_DAMAGED');
    for (const at of [4, 8]) {
      const wrong = whole.slice();
      wrong.fill(0xff, at, at + 4);
      expect(codeOf(wrong)).toBe('MODEL_DAMAGED');
    }
  });
  it('is refused with a piece twice, an empty piece, or one that is not UTF-8', () => {
    expect(
      codeOf(
        sampleTokenizer([
          ['好', -1],
          ['好', -2],
        ]),
      ),
    ).toBe('MODEL_DAMAGED');
    expect(codeOf(sampleTokenizer([['', -1]]))).toBe('MODEL_DAMAGED');
    const wrong = whole.slice();
    wrong[17] = 0xff;
    expect(codeOf(wrong)).toBe('MODEL_DAMAGED');
  });
});

const models = join(import.meta.dirname, '..', '..', '..', 'models', 'text');
describe('the shipped tokenizer', () => {
  it('gives every golden text the ids of the training program', () => {
    const golden: { text: string; ids: number[] }[] = JSON.parse(
      readFileSync(join(models, 'encoder-golden.json'), 'utf8'),
    );
    const shipped = readTokenizer(readFileSync(join(models, 'tokenizer.bin')));
    expect(golden.length).toBeGreaterThan(20);
    for (const { text, ids } of golden) expect(shipped.encode(cleanText(text)), text).toEqual(ids);
  });
});
