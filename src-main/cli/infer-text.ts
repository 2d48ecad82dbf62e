// `infer text`: what the text model says of each line.
import { join } from 'node:path';
import { z } from 'zod';
import { openModelFiles } from '../inference/model-files.ts';
import { openTextModel } from '../inference/text/text.ts';
import type { Command } from './command.ts';
import { mapLines, UsageError } from './jsonl.ts';

const usage = 'infer text --in FILE --out FILE';
const input = z.object({ id: z.union([z.string(), z.number()]), text: z.string() });
const modelRoot = join(import.meta.dirname, '..', '..', 'models');

/** Reads JSON Lines of {id, text} and writes one analysis a line, with the milliseconds it took. */
export const command: Command = {
  usage,
  options: { in: { type: 'string' }, out: { type: 'string' }, embed: { type: 'boolean' } },
  async run(values) {
    const { in: source, out, embed } = values;
    if (typeof source !== 'string' || typeof out !== 'string')
      throw new UsageError(`--in and --out are needed. Usage: ${usage}`);
    if (embed) throw new UsageError('--embed cannot be given: the linear lane has no vector.');
    const model = await openTextModel(await openModelFiles(modelRoot));
    try {
      await mapLines({ in: source, out }, input, async ({ id, text }) => {
        const startMs = performance.now();
        const analysis = await model.analyze(text);
        return { id, ...analysis, ms: Math.round((performance.now() - startMs) * 1000) / 1000 };
      });
    } finally {
      model.close();
    }
  },
};
