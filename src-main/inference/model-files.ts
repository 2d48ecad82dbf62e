// The only door to files under models/: nothing is loaded whose SHA-256 is not the manifest's.
import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { optionalModelsFolder } from './optional-models.ts';

const manifest = z.object({
  files: z.array(
    z.object({
      name: z.string(),
      sha256: z.string().length(64),
      bytes: z.number().int(),
      /** Too large for the package: it lies in the folder of optional models, once it was fetched or made. */
      optional: z.boolean().optional(),
    }),
  ),
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

/** A file of the manifest as it lies on the disk; `damaged` has the wrong size, or, once checked, the wrong hash. */
export type ModelFileState = {
  name: string;
  bytes: number;
  sha256: string;
  optional?: boolean | undefined;
  state: 'present' | 'missing' | 'damaged';
};

export type ModelFiles = {
  /** The bytes of `models/<name>`, checked against the manifest; rejects with ModelFailure. */
  read(name: string): Promise<Uint8Array>;
  /** Every file of the manifest, by name: by its size, or, when `isThorough`, by its hash. */
  list(isThorough: boolean): Promise<ModelFileState[]>;
};

function parseManifest(text: string): z.infer<typeof manifest> {
  try {
    return manifest.parse(JSON.parse(text));
  } catch {
    throw new ModelFailure('MODEL_DAMAGED', 'manifest.json');
  }
}

/** Opens the folder `models/`; the manifest is read at once, the files when asked for, optional ones from their folder. */
export async function openModelFiles(root: string, optionalRoot = optionalModelsFolder()): Promise<ModelFiles> {
  const text = await readFile(join(root, 'manifest.json'), 'utf8').catch(() => {
    throw new ModelFailure('MODEL_MISSING', 'manifest.json');
  });
  const listed = new Map(parseManifest(text).files.map((file) => [file.name, file]));
  const pathOf = (file: { name: string; optional?: boolean | undefined }) =>
    join(file.optional ? optionalRoot : root, file.name);
  async function read(name: string): Promise<Uint8Array> {
    const entry = listed.get(name);
    if (!entry) throw new ModelFailure('MODEL_UNKNOWN', name);
    const bytes = await readFile(pathOf(entry)).catch(() => {
      throw new ModelFailure('MODEL_MISSING', name);
    });
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    if (sha256 !== entry.sha256) throw new ModelFailure('MODEL_DAMAGED', name);
    return bytes;
  }
  async function stateOf(entry: Omit<ModelFileState, 'state'>): Promise<ModelFileState['state']> {
    const size = await stat(pathOf(entry)).then(
      (file) => file.size,
      () => null,
    );
    if (size === null) return 'missing';
    return size === entry.bytes ? 'present' : 'damaged';
  }
  const hashed = (name: string): Promise<ModelFileState['state']> =>
    read(name).then(
      () => 'present',
      (error: unknown) => (error instanceof ModelFailure && error.code === 'MODEL_MISSING' ? 'missing' : 'damaged'),
    );
  return {
    read,
    async list(isThorough) {
      const states: ModelFileState[] = [];
      for (const entry of listed.values()) {
        states.push({ ...entry, state: isThorough ? await hashed(entry.name) : await stateOf(entry) });
      }
      return states;
    },
  };
}
