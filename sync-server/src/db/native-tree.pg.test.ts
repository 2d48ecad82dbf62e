import { cp, lstat, mkdir, mkdtemp, readFile, rm, symlink, unlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { completeTree, findPackage } from './native-tree.ts';

let folder: string;
let tree: string;
let links: { source: string; target: string }[];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'timao-tree-'));
  const installed = await findPackage();
  tree = join(folder, 'native');
  links = JSON.parse(await readFile(join(installed.folder, 'pg-symlinks.json'), 'utf8').catch(() => '[]'));
  await mkdir(join(tree, 'bin'), { recursive: true });
  await writeFile(join(tree, 'bin', 'postgres'), '', { mode: 0o644 });
  await cp(join(installed.folder, 'pg-symlinks.json'), join(tree, 'pg-symlinks.json')).catch(() => undefined);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const placeOf = (path: string) => join(tree, path.replace(/^native\//, ''));

test('a tree that came without its symbolic links and modes gets them, each pointing at its file', async () => {
  await completeTree(tree);
  for (const { source, target } of links) {
    const link = placeOf(target);
    expect((await lstat(link)).isSymbolicLink(), target).toBe(true);
    await mkdir(dirname(placeOf(source)), { recursive: true });
    await writeFile(placeOf(source), source).catch(() => undefined);
    expect(await readFile(link, 'utf8')).toBe(await readFile(placeOf(source), 'utf8'));
  }
  expect((await lstat(join(tree, 'bin', 'postgres'))).mode & 0o111).toBe(0o111);
});

test('a tree of which some links are there is completed without touching those', async () => {
  const [first, second] = links;
  if (!first || !second) return expect(links).toEqual([]);
  await unlink(placeOf(first.target));
  await unlink(placeOf(second.target));
  await symlink('elsewhere', placeOf(second.target));
  await completeTree(tree);
  expect((await lstat(placeOf(first.target))).isSymbolicLink()).toBe(true);
});
