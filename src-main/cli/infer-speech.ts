// `infer speech`: what is said in each sound file, with times.
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { ModelFailure, openModelFiles } from '../inference/model-files.ts';
import { optionalModelsFolder } from '../inference/optional-models.ts';
import { openSpeechModel, type SpeechModel } from '../inference/speech/speech.ts';
import { readAudioFile } from './audio-file.ts';
import type { Command, Values } from './command.ts';
import { mapLines, openOutput, UsageError } from './jsonl.ts';

const usage =
  'infer speech --in F --out F [--language zh|en|auto] [--hot-words FILE] [--models DIR] [--optional-models DIR], or infer speech --measure';
const input = z.object({ id: z.union([z.string(), z.number()]), path: z.string().min(1) });
const languages = z.enum(['zh', 'en', 'auto']);
const largestWordFileBytes = 100_000;
const round = (value: number, digits: number) => Number(value.toFixed(digits));

/** Reads JSON Lines of {id, path} and writes {id, text, segments, ms} a line (times in seconds); --measure judges the machine. */
export const command: Command = {
  usage,
  options: {
    in: { type: 'string' },
    out: { type: 'string' },
    language: { type: 'string' },
    'hot-words': { type: 'string' },
    models: { type: 'string' },
    'optional-models': { type: 'string' },
    measure: { type: 'boolean' },
  },
  async run(values) {
    const { in: source, out, language: wanted = 'zh' } = values;
    if (values.measure === true) return measure(folders(values));
    if (typeof source !== 'string' || typeof out !== 'string') throw new UsageError(`Usage: ${usage}`);
    const language = languages.safeParse(wanted);
    if (!language.success) throw new UsageError(`--language is zh, en or auto, not "${wanted}".`);
    const hotWords = await readWords(values['hot-words']);
    const model = await openOrSayHow(folders(values));
    try {
      await mapLines({ in: source, out }, input, async ({ id, path }) => {
        const samples = await readAudioFile(path);
        const startMs = performance.now();
        const { text, segments } = await model.transcribe(samples, { language: language.data, hotWords });
        const ms = round(performance.now() - startMs, 2);
        const timed = segments.map((segment) => ({
          start: round(segment.start, 3),
          end: round(segment.end, 3),
          text: segment.text,
        }));
        return { id, text, segments: timed, ms };
      });
    } finally {
      await model.close();
    }
  },
};

type Folders = { root: string; optionalRoot: string };

function folders({ models, 'optional-models': optional }: Values): Folders {
  const root = typeof models === 'string' ? models : join(import.meta.dirname, '..', '..', 'models');
  return { root, optionalRoot: typeof optional === 'string' ? optional : optionalModelsFolder() };
}

/** Whether this machine is fast enough, with the sentence that says so, as one line on stdout. */
async function measure(where: Folders): Promise<void> {
  const model = await openOrSayHow(where);
  try {
    const output = openOutput('-');
    await output.line(await model.measure());
    await output.end();
  } finally {
    await model.close();
  }
}

async function openOrSayHow({ root, optionalRoot }: Folders): Promise<SpeechModel> {
  try {
    return await openSpeechModel(await openModelFiles(root, optionalRoot));
  } catch (error) {
    if (!(error instanceof ModelFailure) || error.code !== 'MODEL_MISSING') throw error;
    if (!/^speech\/.*\.onnx$/.test(error.message)) throw error;
    const how = 'make it with "python models/training/speech_whisper.py", or copy its two files there';
    throw new UsageError(`The speech model is not in ${join(optionalRoot, 'speech')}: ${how}.`);
  }
}

/** One word or name a line; empty lines are left out. */
async function readWords(path: string | boolean | undefined): Promise<string[]> {
  if (typeof path !== 'string') return [];
  const file = await stat(path).catch(() => null);
  if (!file?.isFile()) throw new UsageError(`There is no readable file at ${path}.`);
  if (file.size > largestWordFileBytes) throw new UsageError(`${path} holds more than 100 kB of hot words.`);
  return (await readFile(path, 'utf8')).split(/\r?\n/).filter((line) => line.trim() !== '');
}
