// `models fetch`: brings the files that are too large for the package to the folder of optional models.
import { join } from 'node:path';
import { openModelFiles } from '../inference/model-files.ts';
import { optionalModelsFolder } from '../inference/optional-models.ts';
import { fetchModel } from '../process/fetch-model.ts';
import type { Command } from './command.ts';
import { UsageError } from './jsonl.ts';

const usage = 'models fetch --from URL|FOLDER [--to FOLDER] [--models FOLDER]';

/** Fetches every optional file of the manifest, says each tenth on stderr; Ctrl+C keeps what came for the next time. */
export const command: Command = {
  usage,
  options: { from: { type: 'string' }, to: { type: 'string' }, models: { type: 'string' } },
  async run({ from, to, models }) {
    if (typeof from !== 'string') {
      const make = 'make it with "python models/training/speech_whisper.py"';
      throw new UsageError(`No place to fetch from is known: name one with --from, or ${make}. Usage: ${usage}`);
    }
    const folder = typeof to === 'string' ? to : optionalModelsFolder();
    const root = typeof models === 'string' ? models : join(import.meta.dirname, '..', '..', 'models');
    const listed = await (await openModelFiles(root, folder)).list(false);
    const stopped = new AbortController();
    process.once('SIGINT', () => stopped.abort());
    let toldTenth = 0;
    await fetchModel({
      files: listed.filter(({ optional }) => optional),
      from,
      to: folder,
      signal: stopped.signal,
      onProgress({ doneBytes, totalBytes }) {
        const tenth = Math.floor((10 * doneBytes) / totalBytes);
        if (tenth > toldTenth) process.stderr.write(`${tenth * 10} % of ${Math.round(totalBytes / 1e6)} MB\n`);
        toldTenth = tenth;
      },
    });
    process.stdout.write(`${JSON.stringify({ folder })}\n`);
  },
};
