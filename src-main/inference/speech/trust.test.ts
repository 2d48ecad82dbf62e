import { expect, test } from 'vitest';
import { isSpeech, onceOnly } from './trust.ts';

const claim = (text: string, change: { mean?: number; looped?: boolean; noSpeech?: number; share?: number } = {}) =>
  isSpeech({
    text,
    decoded: { tokens: [], meanLogProbability: change.mean ?? -0.3, looped: change.looped ?? false },
    noSpeechProbability: change.noSpeech ?? 0.05,
    speechShare: change.share ?? 0.8,
  });

test('an ordinary sentence is believed, signs alone and the prompt itself are not', () => {
  expect(claim('这件衣服九十九块')).toBe(true);
  expect(claim('Thanks for coming')).toBe(true);
  expect(claim('……！')).toBe(false);
  expect(claim('')).toBe(false);
  expect(claim('以下是普通话的句子。')).toBe(false);
});

test('an unsure sentence, one over music and one that goes in circles are not believed', () => {
  expect(claim('我们走吧', { mean: -1.4 })).toBe(false);
  expect(claim('我们走吧', { noSpeech: 0.95 })).toBe(false);
  expect(claim('我们走吧', { share: 0.1 })).toBe(false);
  expect(claim('我们走吧', { mean: -0.8, looped: true })).toBe(false);
  expect(claim('谢谢你们的支持'.repeat(12))).toBe(false);
});

test('what subtitles say over music needs a surer voice than the rest', () => {
  expect(claim('请不吝点赞 订阅 转发', { mean: -0.4 })).toBe(false);
  expect(claim('Thank you for watching!', { mean: -0.4 })).toBe(false);
  expect(claim('谢谢观看', { mean: -0.1 })).toBe(true);
});

test('laughter is no circle', () => {
  expect(claim('哈哈哈哈哈哈', { looped: true })).toBe(true);
});

test('a sentence said twice in a row by the model is written once, a doubled word stays', () => {
  expect(onceOnly('阳光使得你们温暖。阳光使得你们温暖。')).toBe('阳光使得你们温暖');
  expect(onceOnly('孙英开飞机孙英开飞机')).toBe('孙英开飞机');
  expect(onceOnly('好的好的')).toBe('好的好的');
  expect(onceOnly('我们走吧，你们也来')).toBe('我们走吧，你们也来');
});
