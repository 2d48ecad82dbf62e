import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { fetchModel } from './fetch-model.ts';

const folder = mkdtempSync(join(tmpdir(), 'fetch-model-'));
const source = join(folder, 'source');
const bytes = Buffer.from(Array.from({ length: 300_000 }, (_, i) => (i * 7) % 251));
const file = { name: 'speech/a.onnx', bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') };
let to = '';
let server: Server;
let address = '';
let knowsRanges = true;
let sent: Buffer = bytes;
const asked: (string | undefined)[] = [];

beforeAll(async () => {
  mkdirSync(join(source, 'speech'), { recursive: true });
  writeFileSync(join(source, file.name), bytes);
  server = createServer((request, reply) => {
    asked.push(request.headers.range);
    if (request.url !== '/models/speech/a.onnx') return void reply.writeHead(404).end();
    const from = knowsRanges ? Number(/bytes=(\d+)-/.exec(request.headers.range ?? '')?.[1] ?? 0) : 0;
    reply.writeHead(from > 0 ? 206 : 200).end(sent.subarray(from));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/models`;
});
afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true });
});
beforeEach(() => {
  to = mkdtempSync(join(folder, 'to-'));
  asked.length = 0;
  knowsRanges = true;
  sent = bytes;
});
const fetched = () => readFileSync(join(to, file.name));
const begin = (length: number) => {
  mkdirSync(join(to, 'speech'), { recursive: true });
  writeFileSync(join(to, `${file.name}.part`), bytes.subarray(0, length));
};

test('a file comes whole from a folder and from a web address, and its progress ends at its size', async () => {
  for (const from of [source, `${address}/`]) {
    let last = { doneBytes: 0, totalBytes: 0 };
    await fetchModel({
      files: [file],
      from,
      to,
      onProgress: (progress) => {
        last = progress;
      },
    });
    expect(fetched().equals(bytes)).toBe(true);
    expect(last).toEqual({ doneBytes: bytes.length, totalBytes: bytes.length });
    rmSync(join(to, file.name));
  }
});

test('what came before is not asked for again, and a server that cannot go on begins anew', async () => {
  begin(100_000);
  await fetchModel({ files: [file], from: address, to });
  expect(asked).toEqual(['bytes=100000-']);
  expect(fetched().equals(bytes)).toBe(true);
  rmSync(join(to, file.name));
  begin(100_000);
  knowsRanges = false;
  await fetchModel({ files: [file], from: address, to });
  expect(fetched().equals(bytes)).toBe(true);
});

test('a file that is there already is not fetched', async () => {
  await fetchModel({ files: [file], from: source, to });
  await fetchModel({ files: [file], from: address, to });
  expect(asked).toEqual([]);
});

test('other bytes of the same length, and too many bytes, are refused and nothing is left in their place', async () => {
  sent = Buffer.alloc(bytes.length);
  await expect(fetchModel({ files: [file], from: address, to })).rejects.toMatchObject({ code: 'FETCH_DAMAGED' });
  expect(readdirSync(join(to, 'speech'))).toEqual([]);
  sent = Buffer.alloc(bytes.length + 1);
  await expect(fetchModel({ files: [file], from: address, to })).rejects.toMatchObject({ code: 'FETCH_UNREACHABLE' });
  expect(readdirSync(join(to, 'speech'))).not.toContain('a.onnx');
});

test('a place that has no such file is told in one sentence, and a cancelled fetch says that it was', async () => {
  const nowhere = fetchModel({ files: [file], from: `${address}/none`, to });
  await expect(nowhere).rejects.toThrow(/^speech\/a\.onnx cannot be fetched from .*: the answer was 404\.$/);
  const missing = fetchModel({ files: [file], from: join(folder, 'gone'), to });
  await expect(missing).rejects.toMatchObject({ code: 'FETCH_UNREACHABLE' });
  const cancelled = fetchModel({ files: [file], from: address, to, signal: AbortSignal.abort() });
  await expect(cancelled).rejects.toMatchObject({ code: 'FETCH_CANCELLED' });
});
