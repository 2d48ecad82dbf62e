import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { textAnalysis } from '@app/shared/emotion/labels';
import { afterAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { sampleEncoderFiles, writeModels } from '../inference/text/sample-encoder.ts';
import type { Values } from './command.ts';
import { command } from './infer-text.ts';
import { UsageError } from './jsonl.ts';

const folder = mkdtempSync(join(tmpdir(), 'infer-text-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const linear = readFileSync(join(import.meta.dirname, '..', '..', 'models', 'text', 'linear.bin'));
/** Folders of models with and without an encoder, as far as the command line can tell them apart. */
const withEncoder = join(folder, 'with');
const without = join(folder, 'without');
writeModels(withEncoder, { 'text/linear.bin': linear, ...sampleEncoderFiles() });
writeModels(without, { 'text/linear.bin': linear });

async function infer(lines: string[], options: Values = {}): Promise<unknown[]> {
  const source = join(folder, 'in.jsonl');
  const out = join(folder, 'out.jsonl');
  writeFileSync(source, `${lines.join('\n')}\n`);
  await command.run({ in: source, out, models: without, ...options }, []);
  return readFileSync(out, 'utf8')
    .trim()
    .split('\n')
    .map((line): unknown => JSON.parse(line));
}

const answer = textAnalysis
  .omit({ vector: true })
  .extend({ id: z.union([z.string(), z.number()]), ms: z.number().min(0), embedding: z.array(z.number()).optional() })
  .strict();
const line = (id: unknown, text: unknown) => JSON.stringify({ id, text });

describe('infer text', () => {
  it('writes one full analysis a line, in the order of the input', async () => {
    const said = await infer([line('a', '多少钱'), line('b', '主播好美'), line('c', '')]);
    const parsed = z.array(answer).parse(said);
    expect(parsed.map((one) => [one.id, one.intent.label, one.lane]).slice(0, 2)).toEqual([
      ['a', 'price', 'linear'],
      ['b', 'praise', 'linear'],
    ]);
    expect(parsed).toHaveLength(3);
  });

  it('takes the encoder where its files are, and the linear lane where it is told to', async () => {
    const lanes = async (options: Values) => z.array(answer).parse(await infer([line(1, '多少钱')], options))[0]!.lane;
    expect(await lanes({ models: withEncoder })).toBe('encoder');
    expect(await lanes({ models: withEncoder, lane: 'encoder' })).toBe('encoder');
    expect(await lanes({ models: withEncoder, lane: 'linear' })).toBe('linear');
    expect(await lanes({ models: without })).toBe('linear');
    await expect(infer([line(1, 'x')], { models: without, lane: 'encoder' })).rejects.toThrow('encoder');
  });

  it('keeps the order over many batches, with error lines in their places and no encoder for overload', async () => {
    const lines = Array.from({ length: 300 }, (_, i) =>
      i % 50 === 7 ? 'broken' : line(i, `第${i}句${'好'.repeat(i % 30)}`),
    );
    const said = (await infer(lines, { models: withEncoder })) as {
      id: number | null;
      lane?: string;
      error?: unknown;
    }[];
    expect(said).toHaveLength(300);
    said.forEach((one, i) => {
      expect(one.id).toBe(i % 50 === 7 ? null : i);
      if (i % 50 !== 7) expect(one.lane).toBe('encoder');
    });
  });

  it('gives 384 numbers with five decimals on request, in the encoder’s lane only', async () => {
    const [said] = z.array(answer).parse(await infer([line(1, '多少钱')], { models: withEncoder, embed: true }));
    expect(said!.embedding).toHaveLength(384);
    for (const value of said!.embedding!) expect(Math.abs(value * 1e5 - Math.round(value * 1e5))).toBeLessThan(1e-6);
    const [plain] = z.array(answer).parse(await infer([line(1, '多少钱')], { models: withEncoder }));
    expect(plain).not.toHaveProperty('embedding');
    await expect(infer([line(1, 'x')], { embed: true })).rejects.toThrow('no vector');
    await expect(infer([line(1, 'x')], { models: withEncoder, lane: 'linear', embed: true })).rejects.toThrow(
      'no vector',
    );
  });

  it.each([{ models: withEncoder }, { models: without }])(
    'answers any text: empty, blank, very long, lone surrogates, marks',
    async (options) => {
      const texts = [
        '',
        ' \n',
        '好'.repeat(10_000),
        'x'.repeat(10_000),
        '\ud83d',
        '\udc00\ud800',
        '\u202e\u200b',
        '😂'.repeat(5_000),
        '\0',
      ];
      const said = z.array(answer).parse(
        await infer(
          texts.map((text, i) => line(i, text)),
          options,
        ),
      );
      expect(said.map((one) => one.id)).toEqual(texts.map((_, i) => i));
      for (const one of said) {
        expect(Object.values(one.emotion.scores).reduce((sum, score) => sum + score, 0)).toBeCloseTo(1, 5);
      }
      expect(said.slice(0, 2).every((one) => !one.certain)).toBe(true);
    },
  );

  it('finds the names of a catalogue, and says which of its lines cannot be read', async () => {
    const path = join(folder, 'catalogue.txt');
    writeFileSync(path, '蜂蜜柚子茶, 柚子茶, 39.9\n晴天\n');
    const [said] = z.array(answer).parse(await infer([line(1, '蜂密柚子茶两盒')], { catalogue: path }));
    expect(said!.entities).toEqual([
      { type: 'product', text: '蜂密柚子茶', start: 0, end: 5, catalogueId: '蜂蜜柚子茶' },
      { type: 'quantity', text: '两盒', start: 5, end: 7 },
    ]);
    writeFileSync(path, '茶\n,\n');
    await expect(infer([line(1, 'x')], { catalogue: path })).rejects.toThrow('line 2');
    await expect(infer([line(1, 'x')], { catalogue: join(folder, 'absent') })).rejects.toThrow(UsageError);
  });

  it('answers a malformed line with BAD_INPUT in its place and goes on', async () => {
    const said = await infer(['nothing', '{"id":"b"}', '{"id":"c","text":7}', '{"text":"没有编号"}', line('d', '好')]);
    const codes = said.map((one) => (one as { error?: { code: string } }).error?.code ?? 'ok');
    expect(codes).toEqual(['BAD_INPUT', 'BAD_INPUT', 'BAD_INPUT', 'BAD_INPUT', 'ok']);
    expect((said[1] as { id: unknown }).id).toBe('b');
  });

  it('says in one sentence what is wrong with its options', async () => {
    await expect(command.run({ in: 'x' }, [])).rejects.toThrow(UsageError);
    await expect(command.run({ in: 'x', out: 'y', lane: 'quick' }, [])).rejects.toThrow('encoder, linear or auto');
    await expect(command.run({ in: join(folder, 'absent'), out: '-', lane: 'linear' }, [])).rejects.toThrow(
      'There is no readable file',
    );
  });
});
