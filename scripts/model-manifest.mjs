// Writes models/manifest.json from the weight files that lie under models/ (run it after making weights), and from each
// family's files.json, which names files that are too large for the package.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..', 'models');
const weights = /\.(onnx|bin)$|\/(heads|encoder)\.json$/;
const folders = readdirSync(root, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && entry.name !== 'training')
  .map((folder) => folder.name);
const optional = folders
  .map((folder) => join(root, folder, 'files.json'))
  .filter((path) => existsSync(path))
  .flatMap((path) => JSON.parse(readFileSync(path, 'utf8')).files)
  .map((file) => ({ ...file, optional: true }));
const inPackage = folders
  .flatMap((folder) => readdirSync(join(root, folder)).map((file) => `${folder}/${file}`))
  .filter((name) => weights.test(name))
  .map((name) => {
    const path = join(root, name);
    const sha256 = createHash('sha256').update(readFileSync(path)).digest('hex');
    return { name, sha256, bytes: statSync(path).size };
  });
const files = [...inPackage, ...optional].sort((a, b) => (a.name < b.name ? -1 : 1));
writeFileSync(join(root, 'manifest.json'), `${JSON.stringify({ files }, null, 2)}\n`);
process.stdout.write(`${files.length} files in models/manifest.json\n`);
