// The command line as a program of its own: what a person or a script sees when something is wrong.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const program = join(import.meta.dirname, 'cli.ts');
const node = join(import.meta.dirname, '..', '..', 'node_modules', '.bin', 'node');
const folder = mkdtempSync(join(tmpdir(), 'cli-'));
const frame = (text: string) => JSON.stringify({ at: 1_790_000_000_000, url: 'wss://example.invalid/sub', text });
const likes = JSON.stringify({ cmd: 'LIKE_INFO_V3_UPDATE', data: { click_count: 5 } });

beforeAll(() => {
  writeFileSync(join(folder, 'frames.jsonl'), `${frame(likes)}\n`);
  writeFileSync(join(folder, 'noise.bin'), Buffer.from(Array.from({ length: 5_000 }, (_, at) => (at * 197) % 251)));
  mkdirSync(join(folder, 'folder'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function run(line: string, input = '') {
  const { status, stdout, stderr } = spawnSync(node, [program, ...line.split(' ').filter(Boolean)], {
    cwd: folder,
    input,
    encoding: 'utf8',
    timeout: 20_000,
  });
  return { status, stdout, stderr };
}

const decode = 'danmaku decode --platform bilibili';

describe('a mistake gives one sentence and exit 2', () => {
  test.each([
    ['', 'A command is missing. Commands: infer text'],
    ['infer', 'There is no command "infer".'],
    ['toString valueOf', 'There is no command "toString valueOf".'],
    [`${decode} --in absent --out out.jsonl`, 'There is no readable file at absent.'],
    [`${decode} --in folder --out out.jsonl`, 'folder is a folder; a file is needed.'],
    [`${decode} --in frames.jsonl --out folder`, 'Cannot write folder: it is a folder.'],
    [`${decode} --in frames.jsonl --out absent/out.jsonl`, 'its folder does not exist.'],
    [`${decode} --in frames.jsonl --out ./frames.jsonl`, 'are the same file'],
    [`${decode} --in --out -`, "Option '--in' argument is ambiguous. Usage: danmaku decode"],
    [`${decode} --in frames.jsonl --out - --loud`, "Unknown option '--loud'. Usage: danmaku decode"],
    [`${decode} more --in frames.jsonl --out -`, "Unexpected argument 'more'. Usage: danmaku decode"],
    ['session replay folder --out report', 'folder is a folder; a file is needed.'],
    ['session replay frames.jsonl --out noise.bin', 'a file has this name.'],
    ['infer voice --in frames.jsonl --out - --models folder', 'The model file manifest.json is missing.'],
  ])('%s', (line, sentence) => {
    const { status, stdout, stderr } = run(line);
    expect(stderr).toContain(sentence);
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(stdout).toBe('');
    expect(status).toBe(2);
  });

  test('nothing was written, and the input that was also named as output is whole', () => {
    expect(() => readFileSync(join(folder, 'out.jsonl'))).toThrow();
    expect(readFileSync(join(folder, 'frames.jsonl'), 'utf8')).toBe(`${frame(likes)}\n`);
  });
});

describe('a run', () => {
  test('answers noise with error lines and ends well', () => {
    const { status, stdout, stderr } = run(`${decode} --in noise.bin --out -`);
    const lines = stdout.trim().split('\n');
    expect(lines.length).toBeGreaterThan(1);
    for (const line of lines) expect(JSON.parse(line)).toMatchObject({ error: { code: 'BAD_INPUT' } });
    expect([status, stderr]).toEqual([0, '']);
  });

  test('ends in silence when its reader has gone', () => {
    const many = `${decode} --in - --out -`;
    const input = Array.from({ length: 20_000 }, () => 'nothing').join('\n');
    const piped = `"$0" "$1" ${many}; echo "status $?" >&2`;
    const { stdout, stderr } = spawnSync('sh', ['-c', `{ ${piped}; } | head -n 1`, node, program], {
      input,
      encoding: 'utf8',
    });
    expect(stdout.trim().split('\n')).toHaveLength(1);
    expect(stderr).toBe('status 0\n');
  });

  test('says that a full disk took nothing', () => {
    const { status, stderr } = run(`${decode} --in frames.jsonl --out /dev/full`);
    expect([status, stderr]).toEqual([2, 'Cannot write /dev/full: the disk is full.\n']);
  });

  test('prints the usage of one command, and of all', () => {
    expect(run('danmaku decode --help').stdout).toMatch(/^danmaku decode --platform bilibili .*\n$/);
    const { stdout, status } = run('--help');
    expect(stdout.trim().split('\n')).toHaveLength(11);
    expect(status).toBe(0);
  });
});
