// `models list` and `models verify`: which weight files are there, and whether they are the ones the manifest names.
import { join } from 'node:path';
import { openModelFiles } from '../inference/model-files.ts';
import type { Command } from './command.ts';
import { openOutput } from './jsonl.ts';

const modelRoot = join(import.meta.dirname, '..', '..', 'models');
const remedies = {
  present: null,
  missing: 'get the folder models/ again, or make the file with its script under models/training',
  damaged: 'delete it and get the folder models/ again',
};
/** A file that is too large for the package lies in the folder of optional models. */
const optionalRemedies = {
  present: null,
  missing: 'make it with its script under models/training, or get it with "models fetch"; the app works without it',
  damaged: 'delete it, and make it with its script under models/training or get it with "models fetch"',
};

async function write(isThorough: boolean, root: string): Promise<void> {
  const files = await openModelFiles(root);
  const output = openOutput('-');
  let isWhole = true;
  for (const file of await files.list(isThorough)) {
    const isLeftOut = file.optional === true && file.state === 'missing';
    isWhole &&= file.state === 'present' || isLeftOut;
    await output.line({ ...file, remedy: file.optional ? optionalRemedies[file.state] : remedies[file.state] });
  }
  await output.end();
  if (!isWhole && isThorough) process.exitCode = 1;
}

const rootOf = (models: string | boolean | undefined): string => (typeof models === 'string' ? models : modelRoot);
const options = { models: { type: 'string' } } as const;

/** One line a file of the manifest, by its size; always exit 0. */
export const list: Command = {
  usage: 'models list [--models FOLDER]',
  options,
  run: ({ models }) => write(false, rootOf(models)),
};

/** The same by SHA-256; exit 1 when a file is not what the manifest says, or one that is not optional is missing. */
export const verify: Command = {
  usage: 'models verify [--models FOLDER]',
  options,
  run: ({ models }) => write(true, rootOf(models)),
};
