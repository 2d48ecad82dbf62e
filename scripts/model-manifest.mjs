// Writes models/manifest.json from the weight files that lie under models/ (run it after making weights).
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..', 'models');
const weights = /\.(onnx|bin)$|\/heads\.json$/;
const files = readdirSync(root, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && entry.name !== 'training')
  .flatMap((folder) => readdirSync(join(root, folder.name)).map((file) => `${folder.name}/${file}`))
  .filter((name) => weights.test(name))
  .sort()
  .map((name) => {
    const path = join(root, name);
    const sha256 = createHash('sha256').update(readFileSync(path)).digest('hex');
    return { name, sha256, bytes: statSync(path).size };
  });
writeFileSync(join(root, 'manifest.json'), `${JSON.stringify({ files }, null, 2)}\n`);
process.stdout.write(`${files.length} files in models/manifest.json\n`);
