import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { hashFiles } from './build.mjs';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'timao-build-'));
  mkdirSync(join(folder, 'src', 'part'), { recursive: true });
  writeFileSync(join(folder, 'src', 'part', 'a.ts'), 'one');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));
const hash = () => hashFiles(folder, ['src', 'absent.json']);

it('a changed, added or renamed source file means a new build', () => {
  const seen = new Set([hash()]);
  writeFileSync(join(folder, 'src', 'part', 'a.ts'), 'two');
  seen.add(hash());
  writeFileSync(join(folder, 'src', 'b.ts'), '');
  seen.add(hash());
  rmSync(join(folder, 'src', 'b.ts'));
  writeFileSync(join(folder, 'src', 'c.ts'), '');
  seen.add(hash());
  expect(seen.size).toBe(4);
});

it('a changed test or build output means no new build', () => {
  const before = hash();
  writeFileSync(join(folder, 'src', 'part', 'a.test.ts'), 'x');
  mkdirSync(join(folder, 'src', 'dist'));
  writeFileSync(join(folder, 'src', 'dist', 'a.js'), 'x');
  expect(hash()).toBe(before);
});

it('moving text from one file to its neighbour means a new build', () => {
  writeFileSync(join(folder, 'src', 'part', 'a.ts'), 'ab');
  writeFileSync(join(folder, 'src', 'part', 'b.ts'), 'c');
  const before = hash();
  writeFileSync(join(folder, 'src', 'part', 'a.ts'), 'a');
  writeFileSync(join(folder, 'src', 'part', 'b.ts'), 'bc');
  expect(hash()).not.toBe(before);
});
