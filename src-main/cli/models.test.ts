import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';

const program = join(import.meta.dirname, 'cli.ts');
const node = join(import.meta.dirname, '..', '..', 'node_modules', '.bin', 'node');
const folder = mkdtempSync(join(tmpdir(), 'timao-models-cli-'));
afterAll(() => rmSync(folder, { recursive: true }));
const sha256 = createHash('sha256').update('weights').digest('hex');
const files = ['a.bin', 'b.bin'].map((name) => ({ name, sha256, bytes: 7 }));
writeFileSync(join(folder, 'manifest.json'), JSON.stringify({ files }));
writeFileSync(join(folder, 'a.bin'), 'weights');

function run(word: 'list' | 'verify') {
  const { status, stdout } = spawnSync(node, [program, 'models', word, '--models', folder], { encoding: 'utf8' });
  const lines = stdout.trim().split('\n');
  return {
    status,
    files: lines.map((line) => JSON.parse(line) as { name: string; state: string; remedy: string | null }),
  };
}

test('a file that is not there is listed with what to do, and only verifying makes it a failure', () => {
  const listed = run('list');
  expect(listed.status).toBe(0);
  expect(listed.files.map(({ state }) => state)).toEqual(['present', 'missing']);
  expect(listed.files[1]!.remedy).toContain('models/training');
  expect(run('verify').status).toBe(1);
});

test('a file of the right size with other bytes is found by verifying, not by listing', () => {
  writeFileSync(join(folder, 'b.bin'), 'weightz');
  expect(run('list').files[1]!.state).toBe('present');
  const {
    status,
    files: [whole, other],
  } = run('verify');
  expect([status, whole!.state, other!.state]).toEqual([1, 'present', 'damaged']);
  writeFileSync(join(folder, 'b.bin'), 'weights');
  expect(run('verify').status).toBe(0);
});
