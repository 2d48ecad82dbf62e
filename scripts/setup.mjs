// Installs what is missing on this machine, and nothing else; a second call only looks. Runs on Node 20 or newer
// without any package.
import { delimiter, dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { setupElectron } from './setup/electron.mjs';
import { quietInstalls, setupPackages } from './setup/packages.mjs';
import { findChromium, setupSystem } from './setup/system.mjs';
import { complain, Problem, say } from './steps.mjs';

const root = join(import.meta.dirname, '..');

/** True where a window can be shown: always on Windows and macOS, on Linux when a display is named. */
export const hasDisplay = (env = process.env) =>
  process.platform !== 'linux' || Boolean(env.DISPLAY) || Boolean(env.WAYLAND_DISPLAY);

/**
 * Makes this machine ready for `npm start` (and, with `forTests`, for `npm test`).
 * `env` is what every program started here gets.
 * @typedef {{ node: string, electronPath: string, electronVersion: string, distPath: string | null,
 *   env: Record<string, string | undefined> }} Machine
 * @returns {Promise<Machine>}
 */
export async function setup({ forTests = false } = {}) {
  const [major] = process.versions.node.split('.');
  if (Number(major) < 20)
    throw new Problem('需要 Node 20 或更新版本。', 'Node 20 or newer is needed: https://nodejs.org');
  say('检查系统', 'system');
  await setupSystem(['app', ...(hasDisplay() ? [] : ['display']), ...(forTests ? ['tests'] : [])]);
  say('检查依赖', 'packages');
  const node = await setupPackages(root);
  say('检查 Electron', 'Electron');
  const electron = await setupElectron(root, node);
  const chromium = findChromium();
  const env = {
    ...process.env,
    ...quietInstalls,
    ELECTRON_EXEC_PATH: electron.electronPath,
    TIMAO_NODE: node,
    PATH: [dirname(node), join(root, 'node_modules', '.bin'), process.env.PATH ?? ''].join(delimiter),
    ...(electron.distPath ? { ELECTRON_OVERRIDE_DIST_PATH: electron.distPath } : {}),
    ...(chromium ? { CHROMIUM_PATH: chromium } : {}),
  };
  say(`准备就绪：Electron ${electron.electronVersion}`, 'ready');
  return { node, ...electron, env };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  setup({ forTests: process.argv.includes('--for-tests') }).catch((error) => {
    complain(error);
    process.exitCode = 1;
  });
}
