// The only door to files under models/: nothing is loaded whose SHA-256 is not the manifest's.
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

const manifest = z.object({
  files: z.array(z.object({ name: z.string(), sha256: z.string().length(64), bytes: z.number().int() })),
});

export type ModelFailureCode = 'MODEL_MISSING' | 'MODEL_DAMAGED' | 'MODEL_UNKNOWN';

/** A model file that cannot be used; `message` names the file, the windows show a sentence for `code`. */
export class ModelFailure extends Error {
  readonly code: ModelFailureCode;
  constructor(code: ModelFailureCode, message: string) {
    super(message);
    this.code = code;
  }
}

export type ModelFiles = {
  /** The bytes of `models/<name>`, checked against the manifest; rejects with ModelFailure. */
  read(name: string): Promise<Uint8Array>;
};

function parseManifest(text: string): z.infer<typeof manifest> {
  try {
    return manifest.parse(JSON.parse(text));
  } catch {
    throw new ModelFailure('MODEL_DAMAGED', 'manifest.json');
  }
}

/** Opens the folder `models/`; the manifest is read at once, the files when asked for. */
export async function openModelFiles(root: string): Promise<ModelFiles> {
  const text = await readFile(join(root, 'manifest.json'), 'utf8').catch(() => {
    throw new ModelFailure('MODEL_MISSING', 'manifest.json');
  });
  const listed = new Map(parseManifest(text).files.map((file) => [file.name, file]));
  return {
    async read(name) {
      const entry = listed.get(name);
      if (!entry) throw new ModelFailure('MODEL_UNKNOWN', name);
      const bytes = await readFile(join(root, name)).catch(() => {
        throw new ModelFailure('MODEL_MISSING', name);
      });
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      if (sha256 !== entry.sha256) throw new ModelFailure('MODEL_DAMAGED', name);
      return bytes;
    },
  };
}
