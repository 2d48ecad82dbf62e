// node scripts/on-node.mjs FILE ARGS: runs a TypeScript file on the Node that the project installs.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { nodePath } from './setup/packages.mjs';

const node = nodePath(join(import.meta.dirname, '..'));
const [file, ...args] = process.argv.slice(2);
if (file === undefined) {
  process.stderr.write('Name the file to run: node scripts/on-node.mjs FILE [ARGS]\n');
  process.exit(2);
}
if (!existsSync(node)) {
  process.stderr.write('The packages are not installed yet: run "node scripts/setup.mjs", then this command again.\n');
  process.exit(2);
}
const result = spawnSync(node, ['--disable-warning=ExperimentalWarning', file, ...args], { stdio: 'inherit' });
process.exit(result.status ?? 1);
