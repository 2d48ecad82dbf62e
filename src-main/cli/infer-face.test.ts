import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readImageFile } from './image-file.ts';
import { command } from './infer-face.ts';

const facePath = join(import.meta.dirname, '..', '..', 'assets', 'rehearsal', 'face.png');
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'infer-face-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function infer(lines: string[], cropped = false): Promise<Record<string, unknown>[]> {
  const [from, to] = [join(folder, 'in.jsonl'), join(folder, 'out.jsonl')];
  await writeFile(from, lines.join('\n'));
  await command.run({ in: from, out: to, cropped }, []);
  const text = await readFile(to, 'utf8');
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
}

describe('infer face', () => {
  it('gives an error line for what cannot be read and goes on, in order', async () => {
    const broken = join(folder, 'broken.jpg');
    await writeFile(broken, (await sharp(facePath).jpeg().toBuffer()).subarray(0, 9_000));
    const gif = join(folder, 'moving.gif');
    await sharp(facePath).gif().toFile(gif);
    const paths = ['/nowhere.jpg', broken, gif, folder];
    const bad = paths.map((path, id) => JSON.stringify({ id, path }));
    const out = await infer([...bad, '{"id":"x"}', 'not json', JSON.stringify({ id: 'ok', path: facePath })]);
    expect(out.map((line) => (line.error as { code: string } | undefined)?.code)).toEqual([
      ...Array(6).fill('BAD_INPUT'),
      undefined,
    ]);
    expect(out.at(-1)).toMatchObject({ id: 'ok', certain: true, reason: null, emotion: { label: 'happy' } });
  });

  it('reads the picture itself as the face when told that it is cropped', async () => {
    const crop = join(folder, 'crop.webp');
    await sharp(facePath).extract({ left: 151, top: 73, width: 111, height: 111 }).webp().toFile(crop);
    const [line] = await infer([JSON.stringify({ id: 'c', path: crop })], true);
    expect(line).toMatchObject({ face: { x: 0, y: 0, width: 111, height: 111 }, emotion: { label: 'happy' } });
  });

  it('gives the box in pixels of the upright file, also when the picture is made smaller or lies on its side', async () => {
    const large = join(folder, 'large.jpg');
    await sharp(facePath).resize({ width: 4_200 }).jpeg().toFile(large);
    const lying = join(folder, 'lying.jpg');
    await sharp(await sharp(facePath).rotate(90).toBuffer())
      .withMetadata({ orientation: 8 })
      .jpeg()
      .toFile(lying);
    const out = await infer([large, lying].map((path) => JSON.stringify({ id: path, path })));
    const boxes = out.map((line) => line.face as { x: number; y: number });
    expect(boxes[0]!.x / 10).toBeCloseTo(156, -1);
    expect(boxes[1]!.x).toBeCloseTo(156, -1);
    expect(boxes[1]!.y).toBeCloseTo(78, -1);
  });
});

describe('picture files', () => {
  it('come out as three bytes a pixel, whether grey, transparent, 16 bit or CMYK', async () => {
    const files = {
      'grey.png': sharp(facePath).greyscale().png(),
      'see-through.png': sharp(facePath).ensureAlpha(0.5).png(),
      'deep.png': sharp(facePath).toColourspace('rgb16').png(),
      'print.jpg': sharp(facePath).toColourspace('cmyk').jpeg(),
    };
    for (const [name, picture] of Object.entries(files)) {
      await picture.toFile(join(folder, name));
      const { width, height, rgb } = await readImageFile(join(folder, name));
      expect([name, width, height, rgb.length]).toEqual([name, 420, 270, 420 * 270 * 3]);
      expect([name, rgb.reduce((sum, value) => sum + value, 0) / rgb.length > 60]).toEqual([name, true]);
    }
  });
});
