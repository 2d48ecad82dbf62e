// JSON Lines in and out, `-` for stdin and stdout: what every command of the command line shares.
import { createReadStream, createWriteStream, type Stats } from 'node:fs';
import { access, constants, mkdir, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { finished } from 'node:stream/promises';
import type { z } from 'zod';
import { textLines } from '../process/text-lines.ts';

/** A mistake of the caller: one clear sentence on stderr, exit 2. */
export class UsageError extends Error {}

/** Whoever read stdout has gone (`| head -1`): nothing is left to do, and nothing went wrong. */
export class ReaderGone extends Error {}

export type Output = { line(value: unknown): Promise<void>; end(): Promise<void> };

/** Opens the file or stdout for one JSON value a line; `line` waits when the reader is slow, both reject when it fails. */
export function openOutput(path: string): Output {
  const stream = path === '-' ? process.stdout : createWriteStream(path);
  let failure: Error | null = null;
  const failed = new Promise<never>((_, reject) => {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      failure ??= path === '-' && error.code === 'EPIPE' ? new ReaderGone() : toSentence(path, error);
      reject(failure);
    });
  });
  failed.catch(() => undefined);
  return {
    async line(value) {
      if (failure) throw failure;
      if (stream.write(`${JSON.stringify(value)}\n`)) return;
      await Promise.race([failed, new Promise<void>((resolve) => stream.once('drain', resolve))]);
    },
    async end() {
      const written =
        stream === process.stdout
          ? new Promise<void>((resolve) => stream.write('', () => resolve()))
          : finished(stream.end());
      await written.catch(() => undefined);
      // The failure's own event comes a moment after the callback of the write that failed.
      await new Promise((resolve) => setImmediate(resolve));
      if (failure) throw failure;
    },
  };
}

function toSentence(path: string, error: NodeJS.ErrnoException): UsageError {
  const reasons: Record<string, string> = {
    ENOENT: 'its folder does not exist',
    ENOTDIR: 'a part of its path is a file',
    EISDIR: 'it is a folder',
    EACCES: 'permission denied',
    ENOSPC: 'the disk is full',
  };
  return new UsageError(
    `Cannot write ${path === '-' ? 'to stdout' : path}: ${reasons[error.code ?? ''] ?? error.message}.`,
  );
}

/** Writes a file whole; one that cannot be written is a UsageError. */
export async function writeWhole(path: string, text: string): Promise<void> {
  await writeFile(path, text).catch((error: NodeJS.ErrnoException) => {
    throw toSentence(path, error);
  });
}

/** Makes a folder with the folders above it; step by step, since Node's own way never ends under /proc. */
export async function makeFolder(path: string): Promise<void> {
  try {
    await mkdir(path);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const parent = dirname(path);
    if (code === 'EEXIST' && (await lookAt(path))?.isDirectory()) return;
    if (code !== 'ENOENT' || parent === path || (await lookAt(parent))) {
      throw new UsageError(`Cannot make the folder ${path}: ${code === 'EEXIST' ? 'a file has this name' : message}.`);
    }
    await makeFolder(parent);
    await makeFolder(path);
  }
}

/** Rejects with a UsageError unless `path` is `-` or something that can be read line by line. */
export async function mustBeReadable(path: string): Promise<void> {
  if (path === '-') return;
  const file = await lookAt(path);
  if (file?.isDirectory()) throw new UsageError(`${path} is a folder; a file is needed.`);
  const may = file ? await access(path, constants.R_OK).catch(() => 'no') : 'no';
  if (may === 'no') throw new UsageError(`There is no readable file at ${path}.`);
}

const lookAt = (path: string): Promise<Stats | null> => stat(path).catch(() => null);

/** Checks a command's two ends before anything is written: a readable input, and not the same file as the output. */
export async function openLines(paths: { in: string; out: string }): Promise<{
  lines: AsyncGenerator<string | null>;
  output: Output;
}> {
  await mustBeReadable(paths.in);
  const [from, to] = [await lookAt(paths.in), await lookAt(paths.out)];
  const isFile = paths.in !== '-' && paths.out !== '-' && from?.isFile();
  if (isFile && from?.ino === to?.ino && from?.dev === to?.dev) {
    throw new UsageError('--in and --out are the same file; its lines would be lost.');
  }
  return { lines: readLines(paths.in), output: openOutput(paths.out) };
}

/** The lines of a file or of stdin that hold anything; null is a line too long to be read. */
export async function* readLines(path: string): AsyncGenerator<string | null> {
  await mustBeReadable(path);
  for await (const line of textLines(path === '-' ? process.stdin : createReadStream(path))) {
    if (line === null || line.trim() !== '') yield line;
  }
}

/** One result per input line, in input order; a malformed line gives an error line and the run goes on. */
export async function mapLines<S extends z.ZodType>(
  options: { in: string; out: string },
  schema: S,
  each: (input: z.output<S>) => Promise<unknown> | unknown,
): Promise<void> {
  const { lines, output } = await openLines(options);
  for await (const line of lines) await output.line(await mapLine(line, schema, each));
  await output.end();
}

/** The same with up to `size` readable lines at a time: `each` gives one result a line, in order. */
export async function mapLineBatches<S extends z.ZodType>(
  options: { in: string; out: string; size: number },
  schema: S,
  each: (inputs: z.output<S>[]) => Promise<unknown[]>,
): Promise<void> {
  const { lines, output } = await openLines(options);
  let batch: ReadLine<S>[] = [];
  const flush = async () => {
    const inputs = batch.flatMap((one) => ('input' in one ? [one.input] : []));
    const results = inputs.length > 0 ? await each(inputs) : [];
    let next = 0;
    for (const one of batch) await output.line('input' in one ? results[next++] : one.error);
    batch = [];
  };
  for await (const line of lines) {
    batch.push(readLine(line, schema));
    if (batch.length === options.size) await flush();
  }
  await flush();
  await output.end();
}

async function mapLine<S extends z.ZodType>(
  line: string | null,
  schema: S,
  each: (input: z.output<S>) => Promise<unknown> | unknown,
): Promise<unknown> {
  const read = readLine(line, schema);
  if ('error' in read) return read.error;
  try {
    return await each(read.input);
  } catch (error) {
    return badInput(read.id, error instanceof Error ? error.message : 'cannot read this line');
  }
}

type ReadLine<S extends z.ZodType> = { input: z.output<S>; id: string | number | null } | { error: unknown };

/** A line as the command takes it, or the error line that answers it. */
function readLine<S extends z.ZodType>(line: string | null, schema: S): ReadLine<S> {
  const read = parseLine(line);
  if ('wrong' in read) return { error: badInput(null, read.wrong) };
  const id = idOf(read.value);
  const parsed = schema.safeParse(read.value);
  if (parsed.success) return { input: parsed.data, id };
  const first = parsed.error.issues[0];
  return { error: badInput(id, `${first?.path.join('.') || 'line'}: ${first?.message}`) };
}

const badInput = (id: unknown, message: string) => ({ id, error: { code: 'BAD_INPUT', message } });

/** The id that the error line repeats; something that can be no id is not repeated. */
function idOf(value: unknown): string | number | null {
  const id = typeof value === 'object' && value !== null && 'id' in value ? value.id : null;
  return typeof id === 'string' || typeof id === 'number' ? id : null;
}

/** The JSON value of a line, or what is wrong with it. */
export function parseLine(line: string | null): { value: unknown } | { wrong: string } {
  if (line === null) return { wrong: 'the line is too long' };
  try {
    return { value: JSON.parse(line) };
  } catch {
    return { wrong: 'the line is no JSON' };
  }
}
