// Starts the built app and the hello-world app the same way, each with a profile folder of its own.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { build } from '../scripts/build.mjs';
import { openChildren } from '../scripts/children.mjs';
import { openDisplay } from '../scripts/display.mjs';
import { setup } from '../scripts/setup.mjs';
import { type Running, start } from './measure.ts';

export const root = resolve(import.meta.dirname, '..');

export type ElectronBench = {
  app(args?: string[]): Running;
  hello(): Running;
  env: NodeJS.ProcessEnv;
  electronPath: string;
  close(): Promise<void>;
};

/** Builds the app when it changed, and opens a display where there is none. */
export async function openElectronBench(): Promise<ElectronBench> {
  const machine = await setup({ forTests: true });
  await build({ node: machine.node, env: machine.env, show: false });
  const children = openChildren();
  const { env } = await openDisplay(children, machine.env);
  const folders = ['app', 'hello'].map((name) => mkdtempSync(join(tmpdir(), `timao-bench-${name}-`)));
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const launch = (path: string, args: string[]) => start(machine.electronPath, [...sandbox, path, ...args], env, root);
  return {
    app: (args = []) => launch(root, ['--rehearsal', `--data-dir=${folders[0]}`, ...args]),
    hello: () => launch(join(root, 'bench', 'hello'), [`--user-data-dir=${folders[1]}`]),
    env,
    electronPath: machine.electronPath,
    async close() {
      await children.stop();
      for (const folder of folders) rmSync(folder, { recursive: true, force: true });
    },
  };
}
