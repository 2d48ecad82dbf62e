import { type IntentLabel, intentLabels } from '@app/shared/emotion/labels';
import { describe, expect, it } from 'vitest';
import { applyIntentRules, saysPurchase } from './intent-rules.ts';

const even = Object.fromEntries(intentLabels.map((label) => [label, 1 / 11])) as Record<IntentLabel, number>;
const winner = (text: string): string => {
  const scores = applyIntentRules(text, even);
  return intentLabels.reduce((best, label) => (scores[label] > scores[best] ? label : best));
};

describe('the rules over the intent head', () => {
  it.each([
    ['多少米', 'price'],
    ['能便宜点不', 'price'],
    ['全场包邮嘛', 'logistics'],
    ['发云南要几天', 'logistics'],
    ['刷了五个火箭', 'gift'],
    ['刚上舰了', 'gift'],
    ['会掉色吗', 'question'],
    ['背景是什么歌?', 'question'],
  ])('lift "%s" to %s', (text, expected) => {
    expect(winner(text)).toBe(expected);
  });

  it('leave a message without such words as the head had it', () => {
    for (const score of Object.values(applyIntentRules('今天天气真好', even))) expect(score).toBeCloseTo(1 / 11, 12);
  });

  it('keep the sum at 1', () => {
    const total = Object.values(applyIntentRules('多少钱包邮送火箭', even)).reduce((sum, score) => sum + score, 0);
    expect(total).toBeCloseTo(1, 9);
  });

  it.each([
    '怎么买',
    '求链接',
    '上链接',
    '链接呢',
    '已拍',
    '拍了2件',
    '想要',
    '我要3号',
    '还有货吗',
    '刚下单了',
    '拍完了',
    '求补货',
  ])('hear a purchase in "%s"', (text) => {
    expect(saysPurchase(text)).toBe(true);
  });
  it.each(['不想要了', '买不起', '怎么退货', '别拍了快看', '发货了吗', '卖萌'])('hear no purchase in "%s"', (text) => {
    expect(saysPurchase(text)).toBe(false);
  });
});
