// Runs the command line on the Node that the project installs (Node 24 reads TypeScript itself).
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const node = join(root, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
if (!existsSync(node)) {
  process.stderr.write('The packages are not installed yet: run "npm install" here, then this command again.\n');
  process.exit(2);
}
const args = ['--disable-warning=ExperimentalWarning', join(root, 'src-main/cli/cli.ts'), ...process.argv.slice(2)];
const child = spawn(node, args, { stdio: 'inherit' });
// A signal to this script is meant for the command, which ends cleanly by itself.
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
child.on('error', (error) => {
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
});
child.on('exit', (code, signal) => process.exit(code ?? 128 + (constants.signals[signal] ?? 0)));
