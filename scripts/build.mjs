// Builds the app and the agency web; skips what was built from the same files before.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { setup } from './setup.mjs';
import { complain, lastLines, Problem, run, say } from './steps.mjs';

const root = join(import.meta.dirname, '..');
const shared = ['src-shared', 'package.json', 'package-lock.json', 'tsconfig.base.json'];

/** What is built: from which files, by which program, and one file that must be there afterwards. */
const targets = [
  {
    zh: '应用',
    en: 'the app',
    inputs: ['src-main', 'src-preload', 'src-renderer', 'electron.vite.config.ts', ...shared],
    args: [join('node_modules', 'electron-vite', 'bin', 'electron-vite.js'), 'build'],
    output: join('out', 'main', 'main.cjs'),
  },
  {
    zh: '公会后台',
    en: 'the agency web',
    inputs: [join('sync-server', 'admin'), ...shared],
    args: [join('node_modules', 'vite', 'bin', 'vite.js'), 'build', join('sync-server', 'admin')],
    output: join('out', 'admin', 'index.html'),
  },
];

const isInput = (name) => !/\.test\.tsx?$|^(node_modules|out|dist)$|^\./.test(name);

/** A hash over the names and contents of all files under `paths`; tests and outputs do not count. */
export function hashFiles(folder, paths) {
  const hash = createHash('sha256');
  const add = (path) => {
    const full = join(folder, path);
    if (!existsSync(full)) return;
    if (statSync(full).isDirectory()) {
      for (const name of readdirSync(full).sort()) if (isInput(name)) add(join(path, name));
      return;
    }
    const content = readFileSync(full);
    hash.update(`${path}\0${content.length}\0`).update(content);
  };
  for (const path of paths) add(path);
  return hash.digest('hex');
}

async function buildTarget({ zh, en, inputs, args, output }, { node, env, show }) {
  const stampPath = join(root, 'out', `built-${createHash('sha256').update(output).digest('hex').slice(0, 8)}`);
  const hash = hashFiles(root, inputs);
  const outputPath = join(root, output);
  const before = existsSync(stampPath) ? readFileSync(stampPath, 'utf8') : '';
  if (before === hash && existsSync(outputPath)) return say(`${zh}没有变化，不用构建`, `${en} is unchanged`);
  say(`正在构建${zh}……`, `building ${en}`);
  const result = await run(node, args, { cwd: root, env, show });
  if (result.code !== 0 || !existsSync(outputPath)) {
    if (!show) process.stderr.write(`${lastLines(result.output, 25)}\n`);
    throw new Problem(`${zh}构建失败，报错如上。`, `${en} could not be built; the error is above.`);
  }
  mkdirSync(dirname(stampPath), { recursive: true });
  writeFileSync(stampPath, hash);
}

/** Builds what changed; `show` passes the bundler's output on. Throws a Problem when a build fails. */
export async function build({ node, env, show = false }) {
  for (const target of targets) await buildTarget(target, { node, env, show });
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  setup()
    .then((machine) => build({ ...machine, show: true }))
    .catch((error) => {
      complain(error);
      process.exitCode = 1;
    });
}
