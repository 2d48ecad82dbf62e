import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { readAudioFile } from './audio-file.ts';
import { toPcm16, wavOf } from './sample-wav.ts';

const folder = mkdtempSync(join(tmpdir(), 'audio-file-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const wav = (rateHz: number, channels: number, samples: number[]) => wavOf(toPcm16(samples), { rateHz, channels });

function file(name: string, bytes: Buffer | string): string {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
}

describe('a sound file', () => {
  test('at 16 kHz mono comes back sample for sample', async () => {
    const samples = Array.from({ length: 1_600 }, (_, i) => 0.5 * Math.sin(i / 9));
    const read = await readAudioFile(file('plain.wav', wav(16_000, 1, samples)));
    expect(read.length).toBe(1_600);
    expect(Math.max(...samples.map((sample, i) => Math.abs(sample - read[i]!)))).toBeLessThan(1e-4);
  });

  test('at 48 kHz stereo comes back as one second of 16 kHz mono', async () => {
    const samples = Array.from(
      { length: 96_000 },
      (_, i) => 0.3 * Math.sin((2 * Math.PI * 300 * Math.floor(i / 2)) / 48_000),
    );
    const read = await readAudioFile(file('stereo 双声道.wav', wav(48_000, 2, samples)));
    expect(Math.abs(read.length - 16_000)).toBeLessThan(20);
    expect(Math.max(...read.slice(2_000, 14_000))).toBeCloseTo(0.3, 1);
  });
});

describe('what cannot be read is one plain sentence', () => {
  test('a file that is not there, and a folder', async () => {
    await expect(readAudioFile(join(folder, 'none.wav'))).rejects.toThrow(/^There is no file at/);
    await expect(readAudioFile(folder)).rejects.toThrow(/^There is no file at/);
  });

  test('a text file, an empty file, and a wav without a single sample', async () => {
    for (const path of [file('a.wav', 'not a sound'), file('b.wav', ''), file('c.wav', wav(16_000, 1, []))]) {
      await expect(readAudioFile(path)).rejects.toThrow(/cannot be decoded/);
    }
  });

  test('more than ten minutes of sound', async () => {
    const path = file('long.wav', wav(8_000, 1, Array(8_000 * 601).fill(0)));
    await expect(readAudioFile(path)).rejects.toThrow(/longer than 600 s/);
  });

  test('a playlist that would open other files is not followed', async () => {
    const list = file('list.m3u8', `#EXTM3U\n#EXTINF:1,\nhttp://127.0.0.1:9/a.ts\n#EXT-X-ENDLIST\n`);
    await expect(readAudioFile(list)).rejects.toThrow(/cannot be decoded/);
  });
});
