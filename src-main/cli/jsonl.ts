// JSON Lines in and out, `-` for stdin and stdout: what every command of the command line shares.
import { createReadStream, createWriteStream } from 'node:fs';
import { access } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import type { z } from 'zod';

/** A mistake of the caller: one clear sentence on stderr, exit 2. */
export class UsageError extends Error {}

export type Output = { line(value: unknown): Promise<void>; end(): Promise<void> };

/** Opens the file or stdout for one JSON value a line; `line` waits when the reader is slow. */
export function openOutput(path: string): Output {
  const stream = path === '-' ? process.stdout : createWriteStream(path);
  const failed = new Promise<never>((_, reject) => {
    stream.on('error', (error) => reject(new UsageError(`Cannot write ${path}: ${error.message}`)));
  });
  failed.catch(() => undefined);
  return {
    async line(value) {
      if (stream.write(`${JSON.stringify(value)}\n`)) return;
      await Promise.race([failed, new Promise<void>((resolve) => stream.once('drain', resolve))]);
    },
    async end() {
      if (stream === process.stdout) return;
      await Promise.race([failed, new Promise<void>((resolve) => stream.end(resolve))]);
    },
  };
}

/** The lines of a file or of stdin; a missing file is a UsageError. */
export async function* readLines(path: string): AsyncGenerator<string> {
  if (path !== '-') {
    await access(path).catch(() => {
      throw new UsageError(`There is no readable file at ${path}.`);
    });
  }
  const input = path === '-' ? process.stdin : createReadStream(path);
  for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    if (line.trim() !== '') yield line;
  }
}

/** One result per input line, in input order; a malformed line gives an error line and the run goes on. */
export async function mapLines<S extends z.ZodType>(
  options: { in: string; out: string },
  schema: S,
  each: (input: z.output<S>) => Promise<unknown> | unknown,
): Promise<void> {
  const output = openOutput(options.out);
  for await (const line of readLines(options.in)) {
    await output.line(await mapLine(line, schema, each));
  }
  await output.end();
}

async function mapLine<S extends z.ZodType>(
  line: string,
  schema: S,
  each: (input: z.output<S>) => Promise<unknown> | unknown,
): Promise<unknown> {
  let id: unknown = null;
  try {
    const value: unknown = JSON.parse(line);
    if (typeof value === 'object' && value !== null && 'id' in value) id = value.id;
    const parsed = schema.safeParse(value);
    if (!parsed.success) {
      const first = parsed.error.issues[0];
      return { id, error: { code: 'BAD_INPUT', message: `${first?.path.join('.') || 'line'}: ${first?.message}` } };
    }
    return await each(parsed.data);
  } catch (error) {
    const message = error instanceof Error ? error.message : 'cannot read this line';
    return { id, error: { code: 'BAD_INPUT', message } };
  }
}
