import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { command } from './infer-face-stream.ts';
import { readVideoFrames } from './video-frames.ts';

const root = join(import.meta.dirname, '..', '..');
const clip = join(root, 'assets', 'rehearsal', 'face.mp4');
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'face-stream-'));
});
afterAll(() => rm(folder, { recursive: true }));

type Line = Record<string, unknown> & { at: number; certain: boolean };

async function run(path: string, fps?: string): Promise<Line[]> {
  const out = join(folder, 'out.jsonl');
  await command.run(fps === undefined ? { out } : { out, fps }, [path]);
  return (await readFile(out, 'utf8'))
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
}

describe('infer face-stream', () => {
  it('gives one line a frame: time, box, raw scores, calm label, intensity, certainty, valence and arousal', async () => {
    const lines = await run(clip, '4');
    expect(lines.length).toBeGreaterThanOrEqual(47);
    expect(lines.slice(0, 3).map(({ at }) => at)).toEqual([0, 250, 500]);
    for (const line of lines.slice(4)) {
      expect(line).toMatchObject({ emotion: { label: 'happy' }, certain: true, reason: null, facesSeen: 1 });
      const scores = Object.values(line.scores as Record<string, number>);
      expect(scores.reduce((sum, score) => sum + score, 0)).toBeCloseTo(1, 5);
      expect(line.intensity).toBeGreaterThan(0.5);
      expect(line.valence).toBeGreaterThan(0.3);
      expect(line.arousal).toBeGreaterThan(0);
    }
  });

  it('says in one sentence what is wrong with a video, and leaves an older result alone', async () => {
    const out = join(folder, 'out.jsonl');
    await writeFile(out, 'older');
    const noVideo = join(folder, 'no-video.mp4');
    await writeFile(noVideo, 'this is no video');
    for (const path of [
      join(folder, 'missing.mp4'),
      noVideo,
      folder,
      join(root, 'assets', 'rehearsal', 'speech.ogg'),
    ]) {
      await expect(command.run({ out }, [path])).rejects.toThrow(path);
    }
    expect(await readFile(out, 'utf8')).toBe('older');
  });

  it('says after which frame a video that was cut off breaks', async () => {
    const whole = await readFile(clip);
    const cut = join(folder, 'cut.mp4');
    // The index of an mp4 may stand at its end: damage in the middle keeps it readable.
    await writeFile(cut, Buffer.concat([whole.subarray(0, whole.length * 0.4), Buffer.alloc(whole.length * 0.6)]));
    await expect(command.run({ out: join(folder, 'cut.jsonl') }, [cut])).rejects.toThrow(/cannot be decoded as video/);
  });

  it.each(['0', '-5', 'many', '1000'])('refuses %s frames a second', async (fps) => {
    await expect(command.run({ out: '-', fps }, [clip])).rejects.toThrow('--fps needs a number');
  });

  it('needs one video and an output', async () => {
    await expect(command.run({}, [clip])).rejects.toThrow('Usage');
    await expect(command.run({ out: '-' }, [])).rejects.toThrow('Usage');
    await expect(command.run({ out: '-' }, [clip, clip])).rejects.toThrow('Usage');
  });

  it('stops at SIGINT with whole lines and exit code 130', async () => {
    const out = join(folder, 'cancelled.jsonl');
    const args = ['scripts/cli.mjs', 'infer', 'face-stream', clip, '--out', out, '--fps', '60'];
    const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'ignore', 'pipe'] });
    let said = '';
    const code = await new Promise<number | null>((resolve) => {
      child.stderr.on('data', (chunk: Buffer) => {
        if (said === '') child.kill('SIGINT');
        said += chunk;
      });
      child.on('close', resolve);
    });
    expect([code, said.includes('cancelled')]).toEqual([130, true]);
    expect(existsSync(out)).toBe(true);
    for (const line of (await readFile(out, 'utf8')).trimEnd().split('\n'))
      expect(() => JSON.parse(line)).not.toThrow();
  }, 60_000);
});

describe('frames of a video', () => {
  it('come upright, in order, at the asked rate, and stop when told to', async () => {
    const stop = new AbortController();
    const times: number[] = [];
    for await (const frame of readVideoFrames(clip, 10, stop.signal)) {
      expect(frame.rgb.length).toBe(frame.width * frame.height * 3);
      times.push(frame.atMs);
      if (times.length === 3) stop.abort();
    }
    expect(times.slice(0, 3)).toEqual([0, 100, 200]);
    expect(times.length).toBeLessThan(120);
  });
});
