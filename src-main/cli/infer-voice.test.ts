import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { emotionReading } from '@app/shared/emotion/labels';
import { afterAll, describe, expect, test } from 'vitest';
import { command } from './infer-voice.ts';

const folder = mkdtempSync(join(tmpdir(), 'infer-voice-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const speech = join(import.meta.dirname, '..', '..', 'models', 'voice', 'golden', 'speech.wav');

/** The first two and a half seconds of it. */
const half = join(folder, 'half.wav');
writeFileSync(half, readFileSync(speech).subarray(0, 44 + 80_000));

type Line = { id: unknown; certain?: boolean; emotion?: unknown; error?: { code: string; message: string } };

async function run(lines: (object | string)[], enrol?: string): Promise<Line[]> {
  const source = join(folder, 'in.jsonl');
  const target = join(folder, 'out.jsonl');
  writeFileSync(source, lines.map((line) => `${typeof line === 'string' ? line : JSON.stringify(line)}\n`).join(''));
  await command.run({ in: source, out: target, enrol }, []);
  const text = readFileSync(target, 'utf8').trim();
  return text.split('\n').map((line) => JSON.parse(line) as Line);
}

const clip = (id: string, speaker = 'a') => ({ id, path: speech, speaker });

describe('infer voice', () => {
  test('answers every line in order, and a bad one does not stop the run', async () => {
    const bad = { id: 'bad', path: speech };
    const lines = await run([
      clip('1'),
      bad,
      'not json',
      { id: 'gone', path: '/no/such.wav', speaker: 'a' },
      clip('2'),
    ]);
    expect(lines.map((line) => line.id)).toEqual(['1', 'bad', null, 'gone', '2']);
    expect(lines.map((line) => line.error?.code ?? null)).toEqual([null, 'BAD_INPUT', 'BAD_INPUT', 'BAD_INPUT', null]);
    expect(emotionReading.safeParse(lines[4]!.emotion).success).toBe(true);
    expect(Object.keys(lines[0]!)).toEqual([
      ...['id', 'emotion', 'certain', 'reason', 'speechSeconds', 'clipsHeard'],
      ...['loudnessDb', 'pitchHz', 'pitchRangeSemitones', 'syllablesPerSecond', 'pauseShare', 'ms'],
    ]);
  });

  test('one speaker does not change the reading of another', async () => {
    const alone = await run([clip('1', 'b')]);
    const after = await run([clip('0', 'a'), clip('0', 'a'), clip('1', 'b')]);
    expect(after[2]!.emotion).toEqual(alone[0]!.emotion);
  });

  test('causal does not look ahead, full does', async () => {
    const short = await run([clip('1')]);
    const others = [{ ...clip('2'), path: half }, clip('3')];
    const long = await run([clip('1'), ...others]);
    expect(long[0]!.emotion).toEqual(short[0]!.emotion);
    const fullShort = await run([clip('1')], 'full');
    const fullLong = await run([clip('1'), ...others], 'full');
    expect(fullLong[0]!.emotion).not.toEqual(fullShort[0]!.emotion);
    expect(fullLong[0]!.emotion).toEqual(fullLong[2]!.emotion);
  });

  test('only from the 20th clip on may a reading be certain', async () => {
    const lines = await run(Array.from({ length: 20 }, (_, i) => ({ ...clip(String(i)), path: half })));
    expect(lines.slice(0, 19).map((line) => line.certain)).toEqual(Array(19).fill(false));
  });

  test('an unknown kind of enrolment and a missing file are refused in one sentence', async () => {
    await expect(run([clip('1')], 'half')).rejects.toThrow('--enrol is causal or full, not "half".');
    await expect(command.run({ in: join(folder, 'none'), out: join(folder, 'x') }, [])).rejects.toThrow(
      /no readable file/,
    );
    await expect(command.run({ out: 'x' }, [])).rejects.toThrow(/^Usage: infer voice/);
  });
});
