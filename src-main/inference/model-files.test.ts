import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { openModelFiles } from './model-files.ts';

const folder = mkdtempSync(join(tmpdir(), 'timao-models-'));
afterAll(() => rmSync(folder, { recursive: true }));
const good = Buffer.from('weights');
const entry = (name: string) => ({
  name,
  sha256: createHash('sha256').update(good).digest('hex'),
  bytes: good.length,
});
writeFileSync(
  join(folder, 'manifest.json'),
  JSON.stringify({ files: [entry('a.bin'), entry('b.bin'), entry('c.bin')] }),
);
writeFileSync(join(folder, 'a.bin'), good);
writeFileSync(join(folder, 'b.bin'), 'weightz');
writeFileSync(join(folder, 'unlisted.bin'), good);

test('only what is listed and whole is given out', async () => {
  const files = await openModelFiles(folder);
  expect(Buffer.from(await files.read('a.bin'))).toEqual(good);
  await expect(files.read('b.bin')).rejects.toMatchObject({ code: 'MODEL_DAMAGED' });
  await expect(files.read('c.bin')).rejects.toMatchObject({ code: 'MODEL_MISSING' });
  await expect(files.read('unlisted.bin')).rejects.toMatchObject({ code: 'MODEL_UNKNOWN' });
  await expect(files.read('../a.bin')).rejects.toMatchObject({ code: 'MODEL_UNKNOWN' });
});

test('a folder without a manifest, or with a broken one, is named as that', async () => {
  await expect(openModelFiles(join(folder, 'nowhere'))).rejects.toMatchObject({ code: 'MODEL_MISSING' });
  const broken = mkdtempSync(join(folder, 'broken-'));
  writeFileSync(join(broken, 'manifest.json'), '{"files":[{"name":"a"');
  await expect(openModelFiles(broken)).rejects.toMatchObject({ code: 'MODEL_DAMAGED' });
});

test('a listing tells by size what is there, and by hash whether it is the right thing', async () => {
  const files = await openModelFiles(folder);
  const states = async (isThorough: boolean) =>
    Object.fromEntries((await files.list(isThorough)).map(({ name, state }) => [name, state]));
  expect(await states(false)).toEqual({ 'a.bin': 'present', 'b.bin': 'present', 'c.bin': 'missing' });
  expect(await states(true)).toEqual({ 'a.bin': 'present', 'b.bin': 'damaged', 'c.bin': 'missing' });
});
