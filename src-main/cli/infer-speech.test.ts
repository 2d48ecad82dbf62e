import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { optionalModelsFolder } from '../inference/optional-models.ts';
import { command } from './infer-speech.ts';

const folder = mkdtempSync(join(tmpdir(), 'infer-speech-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const isThere = existsSync(join(optionalModelsFolder(), 'speech', 'decoder.onnx'));
const speech = join(import.meta.dirname, '..', '..', 'models', 'voice', 'golden', 'speech.wav');

/** A 16-bit mono WAV of one second at any rate. */
function wav(name: string, rateHz: number, at: (i: number) => number): string {
  const bytes = Buffer.alloc(44 + 2 * rateHz);
  bytes.write('RIFF\0\0\0\0WAVEfmt ', 0, 'latin1');
  bytes.writeUInt32LE(36 + 2 * rateHz, 4);
  bytes.writeUInt32LE(16, 16);
  bytes.writeUInt16LE(1, 20);
  bytes.writeUInt16LE(1, 22);
  bytes.writeUInt32LE(rateHz, 24);
  bytes.writeUInt32LE(2 * rateHz, 28);
  bytes.writeUInt16LE(2, 32);
  bytes.writeUInt16LE(16, 34);
  bytes.write('data', 36);
  bytes.writeUInt32LE(2 * rateHz, 40);
  for (let i = 0; i < rateHz; i++) bytes.writeInt16LE(at(i), 44 + 2 * i);
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
}

async function run(lines: (object | string)[], more: Record<string, string> = {}): Promise<Record<string, unknown>[]> {
  const [source, out] = [join(folder, 'in.jsonl'), join(folder, 'out.jsonl')];
  writeFileSync(source, lines.map((line) => `${typeof line === 'string' ? line : JSON.stringify(line)}\n`).join(''));
  await command.run({ in: source, out, ...more }, []);
  return readFileSync(out, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

test('without the model one sentence says where it is missing and how to make it', async () => {
  const gone = run([{ id: 1, path: speech }], { 'optional-models': folder });
  await expect(gone).rejects.toThrow(/^The speech model is not in .*speech_whisper\.py/);
});

test('an unknown language, a missing file of hot words and missing ends are refused before anything is opened', async () => {
  await expect(run([], { language: 'fr' })).rejects.toThrow('--language is zh, en or auto, not "fr".');
  await expect(run([], { 'hot-words': join(folder, 'none') })).rejects.toThrow(/^There is no readable file/);
  await expect(command.run({ in: 'x' }, [])).rejects.toThrow(/^Usage: infer speech/);
});

test('each line has its answer: speech its text, silence and clipping none, a bad line its error', {
  timeout: 240_000,
}, async () => {
  if (!isThere) {
    process.stdout.write(
      'The optional speech model is not there: its real answers are not checked, the loop alone is.\n',
    );
    return;
  }
  const lines = await run([
    { id: 'speech', path: speech },
    { id: 'silence', path: wav('silence.wav', 16_000, () => 0) },
    { id: 'telephone', path: wav('8k.wav', 8_000, (i) => 9_000 * Math.sin(i / 4)) },
    { id: 'clipped', path: wav('clipped.wav', 16_000, (i) => ((i / 40) & 1 ? 32_767 : -32_768)) },
    'no json',
    { id: 'gone', path: join(folder, 'gone.wav') },
  ]);
  expect(lines.map(({ id }) => id)).toEqual(['speech', 'silence', 'telephone', 'clipped', null, 'gone']);
  expect(Object.keys(lines[0]!)).toEqual(['id', 'text', 'segments', 'ms']);
  expect(lines.slice(1, 4).map(({ text, segments }) => [text, segments])).toEqual(Array(3).fill(['', []]));
  expect(lines.slice(4).map(({ error }) => (error as { code: string }).code)).toEqual(['BAD_INPUT', 'BAD_INPUT']);
  for (const { start, end, text } of lines[0]!.segments as { start: number; end: number; text: string }[]) {
    expect(start).toBeLessThan(end);
    expect(text).not.toBe('');
  }
});
