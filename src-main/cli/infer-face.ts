// infer face: one picture a line in, one reading a line out.
import { join } from 'node:path';
import type { FaceBox } from '@app/shared/emotion/labels';
import { z } from 'zod';
import { openFaceModel } from '../inference/face/face.ts';
import { openModelFiles } from '../inference/model-files.ts';
import type { Command } from './command.ts';
import { readImageFile } from './image-file.ts';
import { mapLines, UsageError } from './jsonl.ts';

const usage = 'infer face --in FILE --out FILE [--cropped]';
const inputLine = z.object({ id: z.union([z.string(), z.number()]), path: z.string().min(1) });
const models = join(import.meta.dirname, '..', '..', 'models');

/** `infer face`: reads the largest face of each picture; boxes are in pixels of the upright file. */
export const command: Command = {
  usage,
  options: { in: { type: 'string' }, out: { type: 'string' }, cropped: { type: 'boolean' } },
  async run(values) {
    if (typeof values.in !== 'string' || typeof values.out !== 'string') throw new UsageError(`Usage: ${usage}`);
    const cropped = values.cropped === true;
    const model = await openFaceModel(await openModelFiles(models));
    try {
      await mapLines({ in: values.in, out: values.out }, inputLine, async ({ id, path }) => {
        const image = await readImageFile(path);
        const startedAt = performance.now();
        const { face, emotion, certain, reason } = await model.readImage(image, { cropped });
        const ms = Math.round((performance.now() - startedAt) * 100) / 100;
        return { id, face: face && toFilePixels(face, image.scale), emotion, certain, reason, ms };
      });
    } finally {
      await model.close();
    }
  },
};

function toFilePixels(face: FaceBox, scale: number): FaceBox {
  return {
    x: face.x * scale,
    y: face.y * scale,
    width: face.width * scale,
    height: face.height * scale,
    score: face.score,
  };
}
