import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findEntities } from './entities.ts';

const found = (text: string): string[] => findEntities(text).map((entity) => `${entity.type}:${entity.text}`);

describe('named things in a message', () => {
  it.each<[string, string[]]>([
    ['99元3件包邮吗', ['price:99元', 'quantity:3件']],
    ['￥19.9 能便宜点吗', ['price:￥19.9']],
    ['九块九的还有吗', ['price:九块九']],
    ['三十块钱两斤', ['price:三十块钱', 'quantity:两斤']],
    ['XL码有吗', ['size:XL码']],
    ['要M码的', ['size:M码']],
    ['38码还有货吗', ['size:38码']],
    ['大码均码都有', ['size:大码', 'size:均码']],
    ['@小明 来看', ['mention:@小明']],
    ['3号链接来两件', ['product:3号链接', 'quantity:两件']],
    ['来一首《晴天》', ['song:晴天']],
    ['点歌 稻香', ['song:稻香']],
    ['新疆发货吗', ['place:新疆']],
  ])('are found in "%s"', (text, expected) => {
    expect(found(text)).toEqual(expected);
  });

  it.each(['等一个月了', '三个人', '来一首歌吧', '哈哈哈', '666', 'small talk', '唱歌', ''])(
    'are not seen in "%s"',
    (text) => {
      expect(found(text)).toEqual([]);
    },
  );

  it('never overlap, stand in order and point at their own text', () => {
    const parts = fc.constantFrom('99元', '3件', 'XL码', '@a', '1号链接', '唱首', '新疆', '哈', ' ', '一', '两', '😂');
    fc.assert(
      fc.property(fc.array(parts, { maxLength: 60 }), (list) => {
        const text = list.join('');
        let last = 0;
        for (const { text: piece, start, end } of findEntities(text)) {
          expect(start).toBeGreaterThanOrEqual(last);
          expect(text.slice(start, end)).toBe(piece);
          last = end;
        }
      }),
    );
  });
});
