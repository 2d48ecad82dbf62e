// Fetches the files of an optional model from a web address or a folder, goes on where it stopped, and checks each.
import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';

export type WantedFile = { name: string; sha256: string; bytes: number };
export type FetchModelOptions = {
  files: readonly WantedFile[];
  /** An http(s) address or a folder, under which each file lies by its name. */
  from: string;
  /** The folder of optional models. */
  to: string;
  onProgress?: (progress: { doneBytes: number; totalBytes: number }) => void;
  signal?: AbortSignal;
};

export type FetchFailureCode = 'FETCH_UNREACHABLE' | 'FETCH_DAMAGED' | 'FETCH_CANCELLED';

/** A fetch that did not end well; `message` is one plain sentence. */
export class FetchFailure extends Error {
  readonly code: FetchFailureCode;
  constructor(code: FetchFailureCode, message: string) {
    super(message);
    this.code = code;
  }
}

const quietMs = 30_000;

/** Brings every file to its place, whole and with the right SHA-256; rejects with FetchFailure and leaves no wrong file. */
export async function fetchModel(options: FetchModelOptions): Promise<void> {
  const totalBytes = options.files.reduce((sum, { bytes }) => sum + bytes, 0);
  let before = 0;
  for (const file of options.files) {
    const doneBefore = before;
    await fetchFile(file, options, (bytes) => options.onProgress?.({ doneBytes: doneBefore + bytes, totalBytes }));
    before += file.bytes;
    options.onProgress?.({ doneBytes: before, totalBytes });
  }
}

async function fetchFile(file: WantedFile, options: FetchModelOptions, onBytes: (bytes: number) => void) {
  const target = join(options.to, file.name);
  if (await isWhole(target, file)) return;
  const part = `${target}.part`;
  await mkdir(dirname(target), { recursive: true });
  const size = await sizeOf(part);
  if (size > file.bytes) await rm(part, { force: true });
  const offset = size > file.bytes ? 0 : size;
  if (offset < file.bytes) await bring(file, part, offset, options, onBytes);
  if (!(await isWhole(part, file))) {
    await rm(part, { force: true });
    throw new FetchFailure('FETCH_DAMAGED', `${file.name} is not the file that the manifest names; it was deleted.`);
  }
  await rename(part, target);
}

async function bring(
  file: WantedFile,
  part: string,
  offset: number,
  { from, signal }: FetchModelOptions,
  onBytes: (bytes: number) => void,
): Promise<void> {
  const quiet = new AbortController();
  let timer = setTimeout(() => quiet.abort(), quietMs);
  const all = AbortSignal.any([quiet.signal, ...(signal ? [signal] : [])]);
  try {
    const { source, start } = await openSource(from, file.name, offset, all);
    let done = start;
    const counted = new Transform({
      transform(chunk: Buffer, _encoding, next) {
        clearTimeout(timer);
        timer = setTimeout(() => quiet.abort(), quietMs);
        done += chunk.length;
        onBytes(Math.min(done, file.bytes));
        // A sender without an end must not fill the disk.
        next(done > file.bytes ? new Error('longer than the manifest says') : null, chunk);
      },
    });
    await pipeline(source, counted, createWriteStream(part, { flags: start > 0 ? 'a' : 'w' }), { signal: all });
  } catch (error) {
    if (signal?.aborted) throw new FetchFailure('FETCH_CANCELLED', 'The fetch was cancelled; it can be gone on with.');
    const reason = quiet.signal.aborted ? `nothing came for ${quietMs / 1_000} s` : (error as Error).message;
    throw new FetchFailure('FETCH_UNREACHABLE', `${file.name} cannot be fetched from ${from}: ${reason}.`);
  } finally {
    clearTimeout(timer);
  }
}

/** The bytes from `offset` on, or from `start` 0 when the other side cannot begin in the middle. */
async function openSource(from: string, name: string, offset: number, signal: AbortSignal) {
  if (!/^https?:\/\//.test(from)) {
    const path = join(from, name);
    await stat(path);
    return { source: createReadStream(path, { start: offset }), start: offset };
  }
  const headers: Record<string, string> = offset > 0 ? { Range: `bytes=${offset}-` } : {};
  const reply = await fetch(`${from.replace(/\/$/, '')}/${name}`, { headers, signal });
  if (!reply.ok || !reply.body) throw new Error(`the answer was ${reply.status}`);
  return {
    source: Readable.fromWeb(reply.body as import('node:stream/web').ReadableStream),
    start: reply.status === 206 ? offset : 0,
  };
}

const sizeOf = (path: string): Promise<number> =>
  stat(path).then(
    (file) => file.size,
    () => 0,
  );

async function isWhole(path: string, { bytes, sha256 }: WantedFile): Promise<boolean> {
  if ((await sizeOf(path)) !== bytes) return false;
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex') === sha256;
}
