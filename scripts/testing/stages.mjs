// The stages of `npm test`, in order: how each is run, and how its tests are counted.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Problem } from '../steps.mjs';
import { countOfCheck, countOfPlaywright, countOfVitest } from './counts.mjs';

const tool = (...path) => join('node_modules', ...path);
const reports = join('out', 'test');

function readReport(root, name) {
  try {
    return JSON.parse(readFileSync(join(root, reports, `${name}.json`), 'utf8'));
  } catch {
    return null;
  }
}

const check = (name, ...args) => ({ name, args, count: (_root, code) => countOfCheck(code) });
const vitest = (name, project) => ({
  name,
  args: [
    tool('vitest', 'vitest.mjs'),
    ...['run', '--project', project, '--reporter=default', '--reporter=json'],
    ...[`--outputFile.json=${join(reports, `${name}.json`)}`],
  ],
  count: (root, code) => countOfVitest(readReport(root, name), code),
});

/** Every stage. `needs`: 'programs' (what tests find on the system), 'build', 'display'. */
export const stages = [
  check('types', tool('typescript', 'bin', 'tsc'), '-b'),
  check('lint', tool('@biomejs', 'biome', 'bin', 'biome'), 'check', '.'),
  check('unused', tool('knip', 'bin', 'knip.js')),
  check('architecture', tool('vitest', 'vitest.mjs'), 'run', '--project', 'architecture'),
  { ...vitest('unit', 'plain'), needs: ['programs'] },
  vitest('postgres', 'postgres'),
  { ...vitest('window', 'window'), needs: ['programs'] },
  { name: 'build', count: (_root, code) => countOfCheck(code), needs: ['build'] },
  {
    name: 'app',
    args: [
      tool('@playwright', 'test', 'cli.js'),
      'test',
      '-c',
      join('tests', 'e2e', 'playwright.config.ts'),
      '--reporter=list,json',
    ],
    env: { PLAYWRIGHT_JSON_OUTPUT_FILE: join(reports, 'app.json') },
    count: (root, code) => countOfPlaywright(readReport(root, 'app'), code),
    needs: ['programs', 'build', 'display'],
  },
];

/** The stages asked for on the command line: all, or those after `--only a,b` in their usual order. */
export function chosenStages(args) {
  const rest = args.flatMap((arg) => arg.split('='));
  if (rest.length === 0) return stages;
  const names = stages.map(({ name }) => name);
  const wanted = rest[0] === '--only' && rest.length === 2 ? rest[1].split(',') : [];
  if (wanted.length > 0 && wanted.every((name) => names.includes(name)))
    return stages.filter(({ name }) => wanted.includes(name));
  const usage = `npm test -- --only ${names.join(',')}`;
  throw new Problem(`不认识的参数：${args.join(' ')}。用法：${usage}`, `Unknown arguments. Usage: ${usage}`);
}
