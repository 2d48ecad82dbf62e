// Runs the command line on the Node that the project installs (Node 24 reads TypeScript itself).
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const node = join(root, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
if (!existsSync(node)) {
  process.stderr.write('The packages are not installed yet: run "npm install" here, then this command again.\n');
  process.exit(2);
}
const args = ['--disable-warning=ExperimentalWarning', join(root, 'src-main/cli/cli.ts'), ...process.argv.slice(2)];
const run = spawnSync(node, args, { stdio: 'inherit' });
process.exit(run.status ?? 1);
