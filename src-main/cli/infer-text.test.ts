import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { textAnalysis } from '@app/shared/emotion/labels';
import { afterAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { command } from './infer-text.ts';
import { UsageError } from './jsonl.ts';

const folder = mkdtempSync(join(tmpdir(), 'infer-text-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function infer(lines: string[]): Promise<unknown[]> {
  const source = join(folder, 'in.jsonl');
  const out = join(folder, 'out.jsonl');
  writeFileSync(source, `${lines.join('\n')}\n`);
  await command.run({ in: source, out }, []);
  return readFileSync(out, 'utf8')
    .trim()
    .split('\n')
    .map((line): unknown => JSON.parse(line));
}

const answer = textAnalysis.extend({ id: z.union([z.string(), z.number()]), ms: z.number().min(0) });

describe('infer text', () => {
  it('writes one full analysis a line, in the order of the input', async () => {
    const said = await infer(['{"id":"a","text":"多少钱"}', '{"id":"b","text":"主播好美"}', '{"id":"c","text":""}']);
    const parsed = z.array(answer.strict()).parse(said);
    expect(parsed.map((line) => [line.id, line.intent.label]).slice(0, 2)).toEqual([
      ['a', 'price'],
      ['b', 'praise'],
    ]);
    expect(parsed).toHaveLength(3);
  });

  it('answers a malformed line with BAD_INPUT in its place and goes on', async () => {
    const said = await infer([
      'nothing',
      '{"id":"b"}',
      '{"id":"c","text":7}',
      '{"text":"没有编号"}',
      '{"id":"d","text":"好"}',
    ]);
    const codes = said.map((line) => (line as { error?: { code: string } }).error?.code ?? 'ok');
    expect(codes).toEqual(['BAD_INPUT', 'BAD_INPUT', 'BAD_INPUT', 'BAD_INPUT', 'ok']);
    expect((said[1] as { id: unknown }).id).toBe('b');
  });

  it('says in one sentence what is wrong with its options', async () => {
    await expect(command.run({ in: 'x' }, [])).rejects.toThrow(UsageError);
    await expect(command.run({ in: join(folder, 'absent'), out: '-' }, [])).rejects.toThrow(
      'There is no readable file',
    );
    await expect(command.run({ in: 'x', out: 'y', embed: true }, [])).rejects.toThrow('no vector');
  });
});
