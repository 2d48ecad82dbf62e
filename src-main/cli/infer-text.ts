// `infer text`: what the text model says of each line.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type CatalogueEntry, parseCatalogue } from '@app/shared/catalogue';
import type { TextAnalysis } from '@app/shared/emotion/labels';
import { z } from 'zod';
import { openModelFiles } from '../inference/model-files.ts';
import { openTextModel, type TextModel } from '../inference/text/text.ts';
import type { Command } from './command.ts';
import { mapLineBatches, mustBeReadable, UsageError } from './jsonl.ts';

const usage =
  'infer text --in FILE --out FILE [--lane encoder|linear|auto] [--embed] [--catalogue FILE] [--models FOLDER]';
const input = z.object({ id: z.union([z.string(), z.number()]), text: z.string() });
const modelRoot = join(import.meta.dirname, '..', '..', 'models');
const lanes = z.enum(['auto', 'encoder', 'linear']);
/** So many lines are read together: enough of nearly one length for the encoder, few enough to come out as a stream. */
const batchLines = 32;

/** Reads JSON Lines of {id, text} and writes one analysis a line, with its share of the milliseconds of its batch. */
export const command: Command = {
  usage,
  options: {
    in: { type: 'string' },
    out: { type: 'string' },
    lane: { type: 'string' },
    embed: { type: 'boolean' },
    catalogue: { type: 'string' },
    models: { type: 'string' },
  },
  async run(values) {
    const { in: source, out, models } = values;
    if (typeof source !== 'string' || typeof out !== 'string')
      throw new UsageError(`--in and --out are needed. Usage: ${usage}`);
    const lane = lanes.safeParse(values.lane ?? 'auto');
    if (!lane.success) throw new UsageError('--lane is encoder, linear or auto.');
    const entries = typeof values.catalogue === 'string' ? await readCatalogue(values.catalogue) : [];
    const files = await openModelFiles(typeof models === 'string' ? models : modelRoot);
    const model = await openTextModel(files, { lane: lane.data });
    try {
      const { lane: used, reason } = model.status();
      if (values.embed && used === 'linear') throw new UsageError(noVector(reason));
      if (reason) process.stderr.write(`The linear lane reads alone: ${lacks[reason]}.\n`);
      model.setCatalogue(entries);
      await mapLineBatches({ in: source, out, size: batchLines }, input, (lines) =>
        analyze(model, lines, values.embed === true),
      );
    } finally {
      await model.close();
    }
  },
};

type Reason = NonNullable<ReturnType<TextModel['status']>['reason']>;
const lacks: Record<Reason, string> = {
  missing: 'the files of the encoder are missing',
  damaged: 'a file of the encoder is damaged',
  failed: 'the encoder could not be opened',
  load: 'the encoder cannot keep up',
  governor: 'the machine is short of time',
};
const noVector = (reason: Reason | null): string =>
  `--embed cannot be given: the linear lane has no vector${reason ? `, and ${lacks[reason]}` : ''}.`;

async function readCatalogue(path: string): Promise<CatalogueEntry[]> {
  if (path === '-') throw new UsageError('A catalogue is read from a file, not from stdin.');
  await mustBeReadable(path);
  const { entries, badLines } = parseCatalogue(await readFile(path, 'utf8'));
  if (badLines.length > 0) throw new UsageError(`${path} line ${badLines[0]} is no "name, alias, price".`);
  return entries;
}

type Line = z.output<typeof input>;

async function analyze(model: TextModel, lines: readonly Line[], embed: boolean): Promise<unknown[]> {
  const startMs = performance.now();
  const texts = lines.map(({ text }) => text);
  const analyses = await model.analyzeMany(texts, embed ? { vectors: 'all' } : {});
  const ms = Math.round(((performance.now() - startMs) / lines.length) * 1_000) / 1_000;
  return lines.map(({ id }, i) => toLine(id, analyses[i]!, embed, ms));
}

function toLine(id: Line['id'], { vector, ...analysis }: TextAnalysis, embed: boolean, ms: number): unknown {
  const embedding = embed && vector ? { embedding: vector.values.map((value) => Math.round(value * 1e5) / 1e5) } : {};
  return { id, ...analysis, ...embedding, ms };
}
