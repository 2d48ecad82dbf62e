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

async function write(isThorough: boolean, root: string): Promise<void> {
  const files = await openModelFiles(root);
  const output = openOutput('-');
  let isWhole = true;
  for (const file of await files.list(isThorough)) {
    isWhole &&= file.state === 'present';
    await output.line({ ...file, remedy: remedies[file.state] });
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

/** The same by SHA-256; exit 1 when a file is missing or not what the manifest says. */
export const verify: Command = {
  usage: 'models verify [--models FOLDER]',
  options,
  run: ({ models }) => write(true, rootOf(models)),
};
