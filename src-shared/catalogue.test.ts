import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { catalogue, catalogueLimit, parseCatalogue, toCatalogueText } from './catalogue.ts';

describe('a catalogue typed one entry a line', () => {
  test.each<[string, { name: string; aliases: string[]; priceCents: number | null }]>([
    ['蜂蜜柚子茶, 柚子茶, 39.9', { name: '蜂蜜柚子茶', aliases: ['柚子茶'], priceCents: 3990 }],
    ['晴天', { name: '晴天', aliases: [], priceCents: null }],
    ['牛仔裤，直筒裤、裤子，￥129', { name: '牛仔裤', aliases: ['直筒裤', '裤子'], priceCents: 12900 }],
    ['AirPods Pro\tairpods\t1799元', { name: 'AirPods Pro', aliases: ['airpods'], priceCents: 179900 }],
    ['口红, 口红, 口红', { name: '口红', aliases: [], priceCents: null }],
  ])('reads "%s"', (line, expected) => {
    expect(parseCatalogue(line)).toEqual({ entries: [expect.objectContaining(expected)], badLines: [] });
  });

  test('names the lines that cannot be read: without a name, too long, a second of one name', () => {
    expect(parseCatalogue(`,\n${'长'.repeat(61)}\n茶\n\n茶, 1`).badLines).toEqual([1, 2, 5]);
  });

  test('holds at most its limit and says which lines are over it', () => {
    const { entries, badLines } = parseCatalogue(
      Array.from({ length: catalogueLimit + 2 }, (_, i) => `x${i}`).join('\n'),
    );
    expect(entries).toHaveLength(catalogueLimit);
    expect(badLines).toEqual([catalogueLimit + 1, catalogueLimit + 2]);
  });

  test('comes back from its own text, whatever was typed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const { entries } = parseCatalogue(text);
        catalogue.parse(entries);
        expect(parseCatalogue(toCatalogueText(entries)).entries).toEqual(entries);
      }),
    );
  });
});
