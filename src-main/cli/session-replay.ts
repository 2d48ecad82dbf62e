// session replay: a recording through the whole pipeline without windows, in recorded time.
import { randomBytes } from 'node:crypto';
import { join, resolve } from 'node:path';
import { makeUuidv7 } from '@app/shared/uuid';
import { z } from 'zod';
import { replaySession } from '../engine/report/replay-session.ts';
import { toReportPage } from '../engine/report/report-page.ts';
import { openModelFiles } from '../inference/model-files.ts';
import { openTextModel } from '../inference/text/text.ts';
import type { Command } from './command.ts';
import { makeFolder, mustBeReadable, openOutput, UsageError, writeWhole } from './jsonl.ts';

const usage = 'session replay FILE --speed N|max --out DIR';
const root = resolve(import.meta.dirname, '..', '..');

const speedOption = z.union([z.literal('max'), z.coerce.number().positive().max(100_000)]);

/** Runs the suggestions, the summary and the report over a recorded session or danmaku recording. */
export const command: Command = {
  usage,
  takesWords: true,
  options: { speed: { type: 'string' }, out: { type: 'string' }, profile: { type: 'string' } },
  async run(values, words) {
    const [file, ...more] = words;
    if (!file || more.length > 0) throw new UsageError(`Give one recording. Usage: ${usage}`);
    if (typeof values.out !== 'string') throw new UsageError(`Say where the report goes. Usage: ${usage}`);
    if (values.profile !== undefined)
      throw new UsageError('Profiles belong to sound; a recording of messages has none.');
    const speed = speedOption.safeParse(values.speed ?? 'max');
    if (!speed.success) throw new UsageError('--speed is a number above 0, or max.');
    if (file === '-') throw new UsageError('A recording is read from a file, not from stdin.');
    await mustBeReadable(file); // said before anything is written
    const out = values.out;
    await makeFolder(resolve(out));
    const model = await openTextModel(await openModelFiles(join(root, 'models')));
    const result = await replaySession({
      path: file,
      speed: speed.data,
      newId: makeUuidv7(Date.now, randomBytes),
      analyze: (text) => model.analyze(text, { vectors: 'questions' }),
    }).finally(() => model.close());
    if (!result) throw new UsageError(`${file} holds no danmaku that can be read.`);
    await writeLines(join(out, 'timeline.jsonl'), result.events);
    await writeLines(join(out, 'suggestions.jsonl'), result.suggestions);
    await writeWhole(join(out, 'summary.json'), `${JSON.stringify(result.summary, null, 2)}\n`);
    await writeWhole(join(out, 'report.html'), toReportPage(result));
    const { events, suggestions, unreadable } = result;
    await writeLines('-', [{ events: events.length, suggestions: suggestions.length, unreadable, out }]);
  },
};

async function writeLines(path: string, values: readonly unknown[]): Promise<void> {
  const output = openOutput(path);
  for (const value of values) await output.line(value);
  await output.end();
}
