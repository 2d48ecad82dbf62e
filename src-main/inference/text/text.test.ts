import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { textAnalysis } from '@app/shared/emotion/labels';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { ModelFailure, type ModelFiles, openModelFiles } from '../model-files.ts';
import { cleanText } from './features.ts';
import { type LinearModel, readLinearModel } from './linear-model.ts';
import { openTextModel, type TextModel } from './text.ts';

const models = join(import.meta.dirname, '..', '..', '..', 'models');
type HeadName = 'emotion' | 'sentiment' | 'abuse' | 'intent' | 'purchase';
type Golden = { text: string; cleaned: string; scores: Record<HeadName, number[]> };
const golden: Golden[] = JSON.parse(readFileSync(join(models, 'text', 'golden.json'), 'utf8'));

let bytes: Uint8Array;
let linear: LinearModel;
let model: TextModel;

beforeAll(async () => {
  const files = await openModelFiles(models);
  bytes = new Uint8Array(await files.read('text/linear.bin')); // a copy, so that slice() copies too
  linear = readLinearModel(bytes);
  model = await openTextModel(files, { lane: 'linear' });
});

const filesOf = (content: Uint8Array): ModelFiles => ({ read: async () => content, list: async () => [] });
const sum = (values: Iterable<number>): number => [...values].reduce((total, value) => total + value, 0);

describe('golden scores of the training program', () => {
  it('cleans every golden text to the same form', () => {
    expect(golden.length).toBeGreaterThan(60);
    for (const { text, cleaned } of golden) expect(cleanText(text)).toBe(cleaned);
  });

  it('gives every head the same probabilities within 0.001', () => {
    for (const { text, scores } of golden) {
      const { emotion, sentiment, abuse, intent, purchase } = linear.score(cleanText(text));
      const ours = { emotion, sentiment: [(sentiment + 1) / 2], abuse: [abuse], intent, purchase: [purchase] };
      for (const [name, expected] of Object.entries(scores) as [HeadName, number[]][]) {
        expect(ours[name].length, text).toBe(expected.length);
        expected.forEach((value, k) => {
          expect(Math.abs((ours[name][k] ?? Number.NaN) - value), `${name} of ${text}`).toBeLessThan(1e-3);
        });
      }
    }
  });

  it('hands the emotion, sentiment and abuse of the golden texts through its door unchanged', async () => {
    for (const { text, scores } of golden) {
      const said = await model.analyze(text);
      expect(Math.abs(said.emotion.confidence - Math.max(...scores.emotion))).toBeLessThan(1e-3);
      expect(Math.abs(said.sentiment - (2 * (scores.sentiment[0] ?? 0) - 1))).toBeLessThan(2e-3);
      expect(Math.abs(said.abuse - (scores.abuse[0] ?? 0))).toBeLessThan(1e-3);
    }
  });
});

describe('any text at all', () => {
  const parts = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 40 }),
    fc.string({ unit: 'grapheme', maxLength: 40 }),
    fc.constantFrom(
      '',
      ' ',
      '\ud800',
      '\udc00',
      '\u202e',
      '\u200f',
      '<script>',
      '@',
      '//@',
      'http://',
      '哈',
      '多少钱',
      '\0',
    ),
  );
  const anyText = fc.array(parts, { maxLength: 12 }).map((list) => list.join(''));

  it('is answered with a full analysis whose probabilities sum to 1', async () => {
    await fc.assert(
      fc.asyncProperty(anyText, async (text) => {
        const said = textAnalysis.parse(await model.analyze(text));
        expect(sum(Object.values(said.emotion.scores))).toBeCloseTo(1, 6);
        expect(sum(Object.values(said.intent.scores))).toBeCloseTo(1, 6);
        for (const { text: found, start, end } of said.entities) expect(text.slice(start, end)).toBe(found);
      }),
      { numRuns: 300 },
    );
  });

  it('is answered the same way twice, alone or among others', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyText, { maxLength: 5 }), async (texts) => {
        expect(await model.analyzeMany(texts)).toEqual(await Promise.all(texts.map((text) => model.analyze(text))));
      }),
      { numRuns: 60 },
    );
  });

  it('may be ten thousand characters of one kind or another without taking long', async () => {
    const long = ['x', '长', '😂', '\ud83d', ' ', '<', '@', 'http://a ', '哈哈嘿', '多少钱1件'].map((part) =>
      part.repeat(10_000),
    );
    const startMs = performance.now();
    for (const text of long) textAnalysis.parse(await model.analyze(text));
    expect(performance.now() - startMs).toBeLessThan(2_000);
  });

  it('that says nothing is never called certain', async () => {
    for (const text of ['', ' ', '\u200b\u202e', '\n\t']) expect((await model.analyze(text)).certain).toBe(false);
  });
});

describe('what is said in live chat', () => {
  const intent = async (text: string) => (await model.analyze(text)).intent.label;

  it.each(['多少钱', '这个裙子多少钱啊', '有优惠券吗', '怎么买', '3号链接还有吗'])(
    'takes "%s" as price',
    async (text) => {
      expect(await intent(text)).toBe('price');
    },
  );
  it.each(['包邮吗', '发货到新疆要几天', '什么时候发货', '可以退货吗', '发顺丰吗'])(
    'takes "%s" as logistics',
    async (text) => {
      expect(await intent(text)).toBe('logistics');
    },
  );
  it.each(['怎么买', '上链接', '已拍', '想要', '上车', '我要买这个'])(
    'hears in "%s" that someone wants to buy',
    async (text) => {
      expect((await model.analyze(text)).intent.purchase).toBeGreaterThan(0.6);
    },
  );
  it.each(['哈哈哈', '主播好美', '包邮吗', '来了来了', '不想要了', '666'])(
    'hears no purchase in "%s"',
    async (text) => {
      expect((await model.analyze(text)).intent.purchase).toBeLessThan(0.4);
    },
  );
  it.each([
    ['主播好美', 'praise'],
    ['666', 'praise'],
    ['来了来了', 'greeting'],
    ['晚上好', 'greeting'],
    ['唱首晴天', 'request'],
    ['送了一个火箭', 'gift'],
    ['加微信领红包', 'spam'],
    ['太卡了', 'complaint'],
    ['主播是傻逼', 'abuse'],
    ['这是什么歌', 'question'],
    ['哈哈哈哈', 'chat'],
  ])('takes "%s" as %s', async (text, expected) => {
    expect(await intent(text)).toBe(expected);
  });

  it.each(['主播是傻逼', '傻逼', '傻 逼', '滚', 'nmsl', '主播去死吧'])('finds "%s" abusive', async (text) => {
    expect((await model.analyze(text)).abuse).toBeGreaterThan(0.6);
  });
  it.each([
    '666',
    '哈哈哈哈',
    '来了来了',
    '主播好美',
    '多少钱',
    '太卡了',
    '笑死我了',
    '卧槽牛逼',
    '我是河南人',
    '女主播',
    '黑色的有吗',
    '这操作太秀了',
  ])('does not find "%s" abusive or surely angry', async (text) => {
    const said = await model.analyze(text);
    expect(said.abuse).toBeLessThan(0.4);
    expect(said.emotion.label === 'angry' && said.certain).toBe(false);
  });

  it.each([
    ['今天好开心', 'happy'],
    ['气死我了', 'angry'],
    ['呜呜呜好难过', 'sad'],
    ['吓死我了', 'fear'],
  ])('feels "%s" as %s', async (text, expected) => {
    expect((await model.analyze(text)).emotion.label).toBe(expected);
  });
  it('puts praise above complaint on the sentiment scale', async () => {
    expect((await model.analyze('太好吃了，已经回购')).sentiment).toBeGreaterThan(0.3);
    expect((await model.analyze('质量太差了，差评')).sentiment).toBeLessThan(-0.3);
  });
});

describe('the model file', () => {
  const damagedCode = async (content: Uint8Array) =>
    openTextModel(filesOf(content), { lane: 'linear' }).then(
      () => 'opened',
      (error: unknown) => (error instanceof ModelFailure ? error.code : `other: ${error}`),
    );

  it('is refused as damaged wherever it is cut', async () => {
    const cuts = [0, 3, 4, 10, 19, 20, 40, 100, 5_000, bytes.length >> 1, bytes.length - 1];
    for (const cut of cuts) expect(await damagedCode(bytes.slice(0, cut)), `cut at ${cut}`).toBe('MODEL_DAMAGED');
  });

  it('is refused as damaged when something follows it or its head is overwritten', async () => {
    const longer = new Uint8Array(bytes.length + 1);
    longer.set(bytes);
    expect(await damagedCode(longer)).toBe('MODEL_DAMAGED');
    for (let at = 0; at < 8; at += 1) {
      const wrong = bytes.slice();
      wrong[at] = 0xff;
      expect(await damagedCode(wrong)).toBe('MODEL_DAMAGED');
    }
  });

  it('that is missing is named by its code', async () => {
    const files: ModelFiles = {
      read: async (name) => {
        throw new ModelFailure('MODEL_MISSING', name);
      },
      list: async () => [],
    };
    await expect(openTextModel(files)).rejects.toMatchObject({ code: 'MODEL_MISSING' });
  });

  it('is small: all text weights together stay under 8 MB', () => {
    expect(bytes.length).toBeLessThanOrEqual(8_000_000);
  });

  it('is let go by close, twice without harm', async () => {
    const other = await openTextModel(filesOf(bytes), { lane: 'linear' });
    await other.close();
    await other.close();
    await expect(other.analyze('你好')).rejects.toThrow('closed');
  });
});
