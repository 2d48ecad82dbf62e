import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { optionalModelsFolder } from '../inference/optional-models.ts';
import { command } from './infer-speech.ts';
import { toPcm16, wavOf } from './sample-wav.ts';

const folder = mkdtempSync(join(tmpdir(), 'infer-speech-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const isThere = existsSync(join(optionalModelsFolder(), 'speech', 'decoder.onnx'));
const speech = join(import.meta.dirname, '..', '..', 'models', 'voice', 'golden', 'speech.wav');

/** A mono WAV of one second at any rate; `at` gives 16-bit values. */
function wav(name: string, rateHz: number, at: (i: number) => number): string {
  const path = join(folder, name);
  const samples = Float32Array.from({ length: rateHz }, (_, i) => at(i) / 32_767);
  writeFileSync(path, wavOf(toPcm16(samples), { rateHz }));
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
