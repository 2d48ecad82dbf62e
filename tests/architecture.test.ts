// Runs the import rules over the product, and shows with planted violations that each rule can fail.
import { spawnSync } from 'node:child_process';
import { globSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import config from '../.dependency-cruiser.cjs';

type Violation = { from: string; to: string; rule: { name: string } };
type Cruise = { modules: { source: string }[]; summary: { violations: Violation[] } };

const root = join(import.meta.dirname, '..');
const productFolders = ['src-shared', 'src-main', 'src-preload', 'src-renderer', 'sync-server'];

function cruise(folder: string): Cruise {
  const program = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs');
  const args = [program, '--config', join(root, '.dependency-cruiser.cjs'), '--output-type', 'json', ...productFolders];
  const run = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8', maxBuffer: 256 * 1024 * 1024 });
  try {
    return JSON.parse(run.stdout) as Cruise;
  } catch {
    throw new Error(`dependency-cruiser gave no report: ${run.stderr}`);
  }
}

const told = ({ from, to, rule }: Violation) => `${rule.name}: ${from} -> ${to}`;

/** A house in small: no file breaks a rule. Paths to contents. */
const house: Record<string, string> = {
  'src-shared/a.ts': "import { z } from 'zod';\nexport const a = z.string();\n",
  'src-shared/b.ts': 'export const b = 1;\n',
  'src-main/main.ts':
    "import { app } from 'electron';\nimport { port } from './process/port.ts';\nexport const m = [app, port];\n",
  'src-main/process/port.ts': 'export const port = 1;\n',
  'src-main/engine/engine.ts': "import { port } from '../process/port.ts';\nexport const e = port;\n",
  'src-main/engine/testing/sample.ts': "import { i } from '../../inference/inference.ts';\nexport const t = i;\n",
  'src-main/inference/inference.ts': "import { a } from '../../src-shared/a.ts';\nexport const i = a;\n",
  'src-main/cli/cli.ts': "import { e } from '../engine/engine.ts';\nexport const c = e;\n",
  'src-preload/bridge.ts': "import { contextBridge } from 'electron';\nexport const p = contextBridge;\n",
  'src-renderer/ui/button.ts': "import { a } from '../../src-shared/a.ts';\nexport const button = a;\n",
  'src-renderer/features/live/live.ts': "import { button } from '../../ui/button.ts';\nexport const live = button;\n",
  'src-renderer/features/history/history.ts': 'export const history = 1;\n',
  'sync-server/src/main.ts': "import { a } from '../../src-shared/a.ts';\nexport const s = a;\n",
  'sync-server/admin/page.ts': "import { a } from '../../src-shared/a.ts';\nexport const page = a;\n",
};

/** One line that breaks each rule, and the file it is planted in. */
const plants: Record<string, [file: string, line: string]> = {
  'no-circle': ['src-shared/b.ts', "export { c } from './c.ts';"],
  'shared-stands-alone': ['src-shared/a.ts', "export { s } from '../sync-server/src/main.ts';"],
  'windows-see-shared-only': ['src-renderer/ui/button.ts', "export { port } from '../../src-main/process/port.ts';"],
  'features-stand-apart': ['src-renderer/features/live/live.ts', "export { history } from '../history/history.ts';"],
  'ui-knows-no-app': ['src-renderer/ui/button.ts', "export { history } from '../features/history/history.ts';"],
  'windows-have-no-node': ['src-renderer/ui/button.ts', "export { readFile } from 'node:fs';"],
  'main-sees-no-window': ['src-main/main.ts', "export { button } from '../src-renderer/ui/button.ts';"],
  'preload-is-thin': ['src-preload/bridge.ts', "export { port } from '../src-main/process/port.ts';"],
  'engine-stands-apart': ['src-main/engine/engine.ts', "export { i } from '../inference/inference.ts';"],
  'tests-alone-use-testing': ['src-main/engine/engine.ts', "export { t } from './testing/sample.ts';"],
  'inference-stands-apart': ['src-main/inference/inference.ts', "export { e } from '../engine/engine.ts';"],
  'processes-are-started-not-imported': ['src-main/main.ts', "export { e } from './engine/engine.ts';"],
  'server-sees-shared-only': ['sync-server/src/main.ts', "export { port } from '../../src-main/process/port.ts';"],
  'admin-page-sees-no-server-code': ['sync-server/admin/page.ts', "export { s } from '../src/main.ts';"],
  'electron-at-the-edges': ['src-main/engine/engine.ts', "export { app } from 'electron';"],
};

describe('the product', () => {
  it('breaks no import rule, and more than half of its files were read', { timeout: 120_000 }, () => {
    const { modules, summary } = cruise(root);
    const files = globSync(`{${productFolders.join(',')}}/**/*.{ts,tsx}`, {
      cwd: root,
      exclude: (path) => /(^|\/)(node_modules|out|dist)$|\.test\.tsx?$/.test(path),
    });
    const ours = modules.filter(({ source }) => productFolders.some((folder) => source.startsWith(`${folder}/`)));
    expect(ours.length).toBeGreaterThan(10);
    expect(ours.length).toBeGreaterThan(files.length / 2);
    expect(summary.violations.map(told)).toEqual([]);
  });
});

describe('the import rules', () => {
  let folder = '';
  const lay = (name: string, files: Record<string, string>) => {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, name, path)), { recursive: true });
      writeFileSync(join(folder, name, path), text);
    }
    return join(folder, name);
  };

  beforeAll(() => {
    // Below the project, so that zod and electron are found as they are in the product.
    mkdirSync(join(root, 'out'), { recursive: true });
    folder = mkdtempSync(join(root, 'out', 'architecture-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('pass a house that keeps them', { timeout: 60_000 }, () => {
    expect(cruise(lay('clean', house)).summary.violations.map(told)).toEqual([]);
  });

  it('have a planted violation each', () => {
    expect(Object.keys(plants).sort()).toEqual(config.forbidden.map(({ name }: { name: string }) => name).sort());
  });

  it('each refuse the violation planted for it', { timeout: 60_000 }, () => {
    const planted: Record<string, string> = { ...house, 'src-shared/c.ts': "export { b as c } from './b.ts';\n" };
    for (const [file, line] of Object.values(plants)) planted[file] = `${planted[file]}${line}\n`;
    const { violations } = cruise(lay('planted', planted)).summary;
    const caught = Object.entries(plants).filter(([name, [file]]) =>
      violations.some(({ rule, from }) => rule.name === name && from === file),
    );
    expect(caught.map(([name]) => name)).toEqual(Object.keys(plants));
  });
});
