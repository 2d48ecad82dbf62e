import { copyFileSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { emotionReading } from '@app/shared/emotion/labels';
import { afterAll, expect, test } from 'vitest';
import { command } from './infer-voice.ts';
import { wavOf } from './sample-wav.ts';

const folder = mkdtempSync(join(tmpdir(), 'infer-voice-input-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const models = join(import.meta.dirname, '..', '..', 'models');
const spoken = readFileSync(join(models, 'voice', 'golden', 'speech.wav')).subarray(44);

function wav(name: string, { data, ...form }: { rateHz?: number; channels?: number; data: Buffer }) {
  const path = join(folder, name);
  writeFileSync(path, wavOf(data, form));
  return path;
}

/** Every sample of the spoken sentence, each given as often as `change` says. */
function changed(change: (value: number, i: number) => number[]): Buffer {
  const values: number[] = [];
  for (let i = 0; i < spoken.length / 2; i++) values.push(...change(spoken.readInt16LE(2 * i), i));
  const data = Buffer.alloc(values.length * 2);
  values.forEach((value, i) => void data.writeInt16LE(Math.max(-32_768, Math.min(32_767, Math.round(value))), 2 * i));
  return data;
}

type Line = { id: string; certain: boolean; reason: string; speechSeconds: number; error?: { message: string } };

async function read(paths: Record<string, string>, root = models): Promise<Record<string, Line>> {
  const [source, target] = [join(folder, 'in.jsonl'), join(folder, 'out.jsonl')];
  const lines = Object.entries(paths).map(([id, path]) => JSON.stringify({ id, path, speaker: id }));
  writeFileSync(source, `${lines.join('\n')}\n`);
  await command.run({ in: source, out: target, models: root }, []);
  const answers = readFileSync(target, 'utf8').trim().split('\n');
  return Object.fromEntries(answers.map((line) => JSON.parse(line) as Line).map((line) => [line.id, line]));
}

test('silence, clipping, 8 kHz, stereo and ten minutes are each read or called uncertain; an empty file is named', async () => {
  const tenMinutes = Buffer.alloc(600 * 8_000 * 2);
  changed((value, i) => (i % 2 === 0 ? [value] : [])).copy(tenMinutes);
  const empty = join(folder, 'empty.wav');
  writeFileSync(empty, '');
  const answers = await read({
    silence: wav('silence.wav', { data: Buffer.alloc(64_000) }),
    clipping: wav('clipping.wav', { data: changed((value) => [value * 50]) }),
    narrow: wav('narrow.wav', { rateHz: 8_000, data: changed((value, i) => (i % 2 === 0 ? [value] : [])) }),
    stereo: wav('stereo.wav', { channels: 2, data: changed((value) => [value, value / 2]) }),
    long: wav('long.wav', { rateHz: 8_000, data: tenMinutes }),
    tooLong: wav('too-long.wav', { rateHz: 8_000, data: Buffer.alloc(601 * 16_000) }),
    noSamples: wav('no-samples.wav', { data: Buffer.alloc(0) }),
    empty,
  });
  expect(answers.silence).toMatchObject({ certain: false, reason: 'no_speech', speechSeconds: 0 });
  for (const id of ['clipping', 'narrow', 'stereo', 'long'] as const) {
    expect(emotionReading.safeParse((answers[id] as unknown as { emotion: unknown }).emotion).success).toBe(true);
    expect(answers[id]!.certain).toBe(false);
    expect(answers[id]!.speechSeconds).toBeGreaterThan(1);
  }
  expect(answers.tooLong!.error!.message).toMatch(/is longer than 600 s\.$/);
  expect(answers.noSamples!.error!.message).toMatch(/cannot be decoded: .+\.$/);
  expect(answers.empty!.error!.message).toMatch(/cannot be decoded: .+\.$/);
}, 240_000);

test('damaged or missing weights are refused before anything is read', async () => {
  const root = join(folder, 'models');
  cpSync(join(models, 'voice'), join(root, 'voice'), { recursive: true });
  copyFileSync(join(models, 'manifest.json'), join(root, 'manifest.json'));
  const encoder = join(root, 'voice', 'encoder.onnx');
  const bytes = readFileSync(encoder);
  bytes[bytes.length >> 1]! ^= 1;
  writeFileSync(encoder, bytes);
  const sound = wav('sound.wav', { data: Buffer.from(spoken) });
  await expect(read({ sound }, root)).rejects.toMatchObject({ code: 'MODEL_DAMAGED' });
  rmSync(encoder);
  await expect(read({ sound }, root)).rejects.toMatchObject({ code: 'MODEL_MISSING' });
}, 60_000);
