import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { textAnalysis, withoutVector } from '@app/shared/emotion/labels';
import type { TextLaneView } from '@app/shared/view';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ModelFiles, openModelFiles } from '../model-files.ts';
import { openEncoder } from './encoder.ts';
import { openEncoderLane } from './encoder-lane.ts';
import { sampleEncoderFiles, sampleNetwork, samplePieces, sampleSettings, writeModels } from './sample-encoder.ts';
import { openTextModel, type TextModel, type TextModelOptions } from './text.ts';

const linearPath = join(import.meta.dirname, '..', '..', '..', 'models', 'text', 'linear.bin');
const size = samplePieces.length + 4;
const folders: string[] = [];
const whole: Record<string, Uint8Array> = { 'text/linear.bin': readFileSync(linearPath), ...sampleEncoderFiles() };

function filesOf(change: Record<string, Uint8Array | null> = {}): Promise<ModelFiles> {
  const folder = mkdtempSync(join(tmpdir(), 'text-models-'));
  folders.push(folder);
  const all = Object.entries({ ...whole, ...change }).filter(
    (entry): entry is [string, Uint8Array] => entry[1] !== null,
  );
  writeModels(folder, Object.fromEntries(all));
  return openModelFiles(folder);
}
const opened: TextModel[] = [];
async function open(
  options: TextModelOptions = {},
  change: Record<string, Uint8Array | null> = {},
): Promise<TextModel> {
  const model = await openTextModel(await filesOf(change), options);
  opened.push(model);
  return model;
}
const texts = ['多少钱', '主播好看', '哈哈哈', '', '猫', '多少钱', '😂😂', 'price', '\ud83d', '好'.repeat(10_000)];
const round = (values: Iterable<number>) => Array.from(values, (value) => Math.round(value * 1e5) / 1e5);

let model: TextModel;
beforeAll(async () => {
  model = await open();
}, 60_000);
afterAll(async () => {
  for (const one of opened) await one.close();
  for (const folder of folders) rmSync(folder, { recursive: true });
});

describe('the encoder', () => {
  it('gives a text the same numbers alone and padded among longer ones', async () => {
    const encoder = await openEncoder(sampleNetwork(size));
    const [alone] = await encoder.run([[0, 5, 6, 2]]);
    const [among] = await encoder.run([
      [0, 5, 6, 2],
      [0, 5, 6, 7, 8, 9, 10, 2],
    ]);
    expect(round(among!.emotion)).toEqual(round(alone!.emotion));
    expect(round(among!.vector)).toEqual(round(alone!.vector));
    expect(alone!.vector.reduce((sum, value) => sum + value * value, 0)).toBeCloseTo(1, 4);
    await encoder.close();
  });

  it('is refused as damaged when it is no network or lacks an output, and when it says what is no number', async () => {
    for (const bytes of [
      new Uint8Array(0),
      Uint8Array.of(1, 2, 3),
      sampleNetwork(size).slice(0, 900),
      sampleNetwork(size, { without: 'abuse' }),
    ]) {
      await expect(openEncoder(bytes)).rejects.toMatchObject({ code: 'MODEL_DAMAGED' });
    }
    const nan = sampleNetwork(size);
    nan.fill(0xff, nan.length - 4_000, nan.length - 2_000); // inside the weights of the last head
    const encoder = await openEncoder(nan).catch(() => null);
    if (encoder) await expect(encoder.run([[0, 5, 2]])).rejects.toMatchObject({ code: 'MODEL_DAMAGED' });
  });

  it('computes each different text once, and what is known again for nothing', async () => {
    const lane = await openEncoderLane(await filesOf());
    await lane.read(['a', 'b', 'a']);
    expect(lane.cache).toEqual({ hits: 0, misses: 2 });
    const again = await lane.read(['b', 'a', 'b'], { untilMs: 0 });
    expect(again.every((one) => one !== null)).toBe(true);
    expect(lane.cache).toEqual({ hits: 2, misses: 2 });
    expect(await lane.read(['c'], { untilMs: 0 })).toEqual([null]);
    await lane.close();
  });
});

describe('the text model with an encoder', () => {
  it('answers any text in its lane with a full analysis, whose emotion is the weighted mean of both models', async () => {
    const linear = await open({ lane: 'linear' });
    const lane = await openEncoderLane(await filesOf());
    for (const text of texts) {
      const said = textAnalysis.parse(await model.analyze(text));
      expect(said.lane).toBe('encoder');
      const [own] = await lane.read([text === '好'.repeat(10_000) ? '好好好' : text === '\ud83d' ? '\ufffd' : text]);
      const other = await linear.analyze(text);
      const mean = 0.7 * own!.scores.emotion[0]! + 0.3 * other.emotion.scores.happy;
      expect(said.emotion.scores.happy).toBeCloseTo(mean, 5);
    }
    await lane.close();
  });

  it('gives equal texts equal answers, in one request and in the next', async () => {
    const first = await model.analyzeMany(texts);
    expect(first[0]).toEqual(first[5]);
    expect(await model.analyzeMany([...texts].reverse())).toEqual([...first].reverse());
  });

  it('gives a vector of 384 numbers to all or to questions only, as it is asked, and none otherwise', async () => {
    const all = await model.analyzeMany(texts, { vectors: 'all' });
    for (const { vector } of all) {
      expect(vector?.values).toHaveLength(384);
      expect(vector?.sameFrom).toBe(sampleSettings.sameQuestionCosine);
    }
    expect((await model.analyze('多少钱')).vector).toBeUndefined();
    expect(withoutVector(all[0]!).vector).toBeUndefined();
    const some = await model.analyzeMany(['多少钱呀', '主播好美'], { vectors: 'questions' });
    for (const one of some) {
      const { question = 0, price = 0, logistics = 0 } = one.intent.scores;
      expect(one.vector !== undefined).toBe(question + price + logistics >= 0.5);
    }
  });

  it('calls abusive at 0.5 what the encoder calls abusive at its own threshold', async () => {
    const strict = { ...sampleSettings, abuseThreshold: 0.9 };
    const other = await open({}, { 'text/encoder.json': new TextEncoder().encode(JSON.stringify(strict)) });
    const text = '主播好';
    expect((await other.analyze(text)).abuse).toBeLessThan((await model.analyze(text)).abuse);
  });

  it('waits for the running call when it is closed, and rejects what comes later', async () => {
    const other = await open();
    const running = other.analyzeMany(texts);
    const closing = other.close();
    expect(await running).toHaveLength(texts.length);
    await closing;
    await other.close();
    await expect(other.analyze('你好')).rejects.toThrow('closed');
  });
});

describe('the lane', () => {
  it('changes to the fast one when messages have waited too long, says so once, and known texts keep their answer', async () => {
    const told: TextLaneView[] = [];
    const busy = await open({ onStatus: (status) => void told.push(status) });
    const [known] = await busy.analyzeMany(['多少钱']);
    const late = { load: { waiting: 300, waitedMs: 2_000 } };
    const said = await busy.analyzeMany(['多少钱', '一句新的话', '又一句'], late);
    expect(said.map((one) => one.lane)).toEqual(['encoder', 'linear', 'linear']);
    expect(said[0]).toEqual(known);
    expect(busy.status()).toMatchObject({ lane: 'linear', reason: 'load' });
    await busy.analyzeMany(['还有一句'], late);
    expect(told.map(({ lane, reason }) => [lane, reason])).toEqual([
      ['encoder', null],
      ['linear', 'load'],
    ]);
    expect(busy.status().fastShare).toBeGreaterThan(0.4);
    expect(busy.status().msPerMessage).toBeGreaterThan(0);
  });

  it('is the fast one as long as the machine may not be loaded', async () => {
    const other = await open();
    other.allowEncoder(false);
    expect(other.status()).toMatchObject({ lane: 'linear', reason: 'governor' });
    expect((await other.analyze('多少钱')).lane).toBe('linear');
    other.allowEncoder(true);
    expect((await other.analyze('多少钱')).lane).toBe('encoder');
  });

  it.each<[string, TextLaneView['reason'], Record<string, Uint8Array | null>]>([
    ['its network is missing', 'missing', { 'text/encoder.onnx': null }],
    ['its tokenizer is missing', 'missing', { 'text/tokenizer.bin': null }],
    ['its network is damaged', 'damaged', { 'text/encoder.onnx': Uint8Array.of(1, 2, 3) }],
    ['its settings are damaged', 'damaged', { 'text/encoder.json': new TextEncoder().encode('{"version":1}') }],
    ['its tokenizer is damaged', 'damaged', { 'text/tokenizer.bin': new Uint8Array(20) }],
  ])('is the fast one, and says why, when %s', async (_, reason, change) => {
    const other = await open({}, change);
    expect(other.status()).toMatchObject({ lane: 'linear', reason });
    expect((await other.analyze('多少钱')).lane).toBe('linear');
    const code = reason === 'missing' ? 'MODEL_UNKNOWN' : 'MODEL_DAMAGED';
    await expect(open({ lane: 'encoder' }, change)).rejects.toMatchObject({ code });
  });
});

const shippedFolder = join(import.meta.dirname, '..', '..', '..', 'models');
describe('the shipped encoder', () => {
  let shipped: TextModel;
  beforeAll(async () => {
    shipped = await openTextModel(await openModelFiles(shippedFolder), { lane: 'encoder' });
  }, 60_000);
  afterAll(() => shipped.close());

  it('reads every golden text as the training program did, by itself', async () => {
    type Golden = { text: string; ids: number[]; emotion: number[]; vector: number[] };
    const path = join(shippedFolder, 'text', 'encoder-golden.json');
    const golden: Golden[] = JSON.parse(readFileSync(path, 'utf8'));
    const encoder = await openEncoder(readFileSync(join(shippedFolder, 'text', 'encoder.onnx')));
    for (const { text, ids, emotion, vector } of golden) {
      const [said] = await encoder.run([ids]);
      emotion.forEach((value, i) => {
        expect(Math.abs(said!.emotion[i]! - value), text).toBeLessThan(0.15);
      });
      expect(
        vector.reduce((sum, value, i) => sum + value * said!.vector[i]!, 0),
        text,
      ).toBeGreaterThan(0.99);
    }
    await encoder.close();
  });

  it('says exactly the same of a text alone and among others, and nearly the same under load, when texts are read together', async () => {
    const lines = ['主播好美', '多少钱', '这把打得真菜', '哈哈哈哈', '晚上好呀', '什么时候发货', '太好听了', '别播了'];
    const other = await openTextModel(await openModelFiles(shippedFolder), { lane: 'encoder' });
    const among = await shipped.analyzeMany(lines);
    const busy = await openTextModel(await openModelFiles(shippedFolder), { lane: 'encoder' });
    const together = await busy.analyzeMany(lines, { load: { waiting: 12, waitedMs: 0 } });
    for (const [i, line] of lines.entries()) {
      const alone = await other.analyze(line);
      expect(among[i]).toEqual(alone);
      expect(together[i]!.lane).toBe('encoder');
      expect(Math.abs(alone.emotion.confidence - together[i]!.emotion.confidence), line).toBeLessThan(0.1);
      expect(Math.abs(alone.abuse - together[i]!.abuse), line).toBeLessThan(0.1);
    }
    await Promise.all([other.close(), busy.close()]);
  });
});
