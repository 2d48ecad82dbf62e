// npm start: app, sync server, database and a rehearsal room on this machine, with nothing to configure.
import { createHash } from 'node:crypto';
import {
  createWriteStream,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { build } from './build.mjs';
import { openChildren, stopOnSignals } from './children.mjs';
import { openDisplay } from './display.mjs';
import { setup } from './setup.mjs';
import { enterAgency } from './start/agency.mjs';
import { takePlace } from './start/only-one.mjs';
import { electronArguments, readStartOptions, usage } from './start/options.mjs';
import { startServer } from './start/server.mjs';
import { complain, lastLines, Problem, run, say } from './steps.mjs';

const root = join(import.meta.dirname, '..');
const outDir = join(root, 'out', 'start');
const asRoot = process.getuid?.() === 0;
/** What a run that ends by itself leaves behind. */
const expected = ['summary.json', 'workstation.png', 'overlay.png', 'agency-web.png'];

/** Where the rehearsal's databases are kept between starts. Postgres does not run as root and must reach its folder. */
function rehearsalFolder() {
  if (!asRoot) return join(root, '.cache', 'rehearsal');
  const id = createHash('sha256').update(root).digest('hex').slice(0, 8);
  return join('/var/lib/timao', `rehearsal-${id}`);
}

function prepareFolders(endsByItself) {
  const folder = rehearsalFolder();
  mkdirSync(outDir, { recursive: true });
  for (const name of readdirSync(outDir)) if (/\.(png|json|log)$/.test(name)) rmSync(join(outDir, name));
  // A run that ends by itself begins with an empty app, so that no earlier session waits to be resumed.
  const appData = join(folder, endsByItself ? 'app-once' : 'app');
  if (endsByItself) rmSync(appData, { recursive: true, force: true });
  mkdirSync(appData, { recursive: true });
  return { serverData: join(folder, 'server'), appData, adminPath: join(folder, 'admin.json') };
}

/** Starts the app; resolves with its exit code, or throws when it outlives its own end by a minute. */
function runApp(children, machine, args, env, limitMs) {
  const logPath = join(outDir, 'app.log');
  const log = createWriteStream(logPath);
  const app = children.start('app', machine.electronPath, args, {
    cwd: root,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
    graceMs: 10_000,
  });
  let output = '';
  for (const stream of [app.stdout, app.stderr]) {
    stream.on('data', (chunk) => {
      log.write(chunk);
      output = (output + chunk).slice(-10_000);
    });
  }
  return new Promise((resolve, reject) => {
    const fail = (zh, en) =>
      reject(new Problem(`${zh}日志：${logPath}`, `${en} Log: ${logPath}\n           ${lastLines(output)}`));
    const late = () => fail('应用没有按时结束。', 'The app did not end in time.');
    const timer = limitMs === null ? null : setTimeout(late, limitMs);
    app.once('error', (error) => fail('应用无法启动。', `The app could not be started: ${error.message}.`));
    app.once('close', (code, signal) => {
      clearTimeout(timer);
      if (code === 0) return resolve();
      const sandbox = output.includes('SUID sandbox helper')
        ? ' 系统不允许 Chromium 沙盒，见 docs/development.md。'
        : '';
      fail(`应用意外结束。${sandbox}`, `The app ended with ${signal ?? `code ${code}`}.`);
    });
  });
}

async function pictureAgencyWeb(machine, env, url, admin) {
  const file = join(outDir, 'agency-web.png');
  const page = join(root, 'scripts', 'start', 'web-picture.cjs');
  const args = [...(asRoot ? ['--no-sandbox'] : []), '--lang=zh-CN', page, url, file];
  const login = { ...env, TIMAO_WEB_LOGIN: JSON.stringify(admin) };
  const result = await run(machine.electronPath, args, { cwd: root, env: login, timeoutMs: 60_000 });
  if (result.code !== 0) {
    throw new Problem(
      '公会后台的截图没有拍到。',
      `The agency web could not be pictured.\n           ${lastLines(result.output, 3)}`,
    );
  }
}

/** Throws a Problem that names what a run that ended by itself did not leave behind. */
function mustBeComplete() {
  const missing = expected.filter((name) => !existsSync(join(outDir, name)) || statSync(join(outDir, name)).size === 0);
  if (missing.length > 0) {
    throw new Problem(
      `缺少：${missing.join(' ')}（${outDir}）`,
      `The run left no ${missing.join(', no ')}. See ${join(outDir, 'app.log')}`,
    );
  }
  JSON.parse(readFileSync(join(outDir, 'summary.json'), 'utf8'));
}

async function start(children, options) {
  const machine = await setup();
  const { prepareRehearsalMedia } = await import('./rehearsal-media.mjs');
  await build(machine);
  const { serverData, appData, adminPath } = prepareFolders(options.exitAfterSeconds !== null);
  const media = options.devices ? null : await prepareRehearsalMedia(join(root, '.cache', 'rehearsal-media'));
  const display = await openDisplay(children, machine.env);
  say('正在启动同步服务……', 'starting the sync server');
  const server = await startServer(children, {
    root,
    ...machine,
    dataDir: serverData,
    logPath: join(outDir, 'server.log'),
  });
  const { admin, pairCode } = await enterAgency(server, adminPath);
  writeFileSync(join(outDir, 'admin.json'), `${JSON.stringify({ url: server.url, ...admin })}\n`, { mode: 0o600 });
  say('正在启动应用（演练）……', 'starting the app, in rehearsal');
  const { exitAfterSeconds } = options;
  const args = electronArguments({
    root,
    options,
    media,
    serverUrl: server.url,
    pairCode,
    dataDir: appData,
    outDir,
    asRoot,
  });
  const ended = runApp(children, machine, args, display.env, exitAfterSeconds && (exitAfterSeconds + 60) * 1000);
  say(`Ready  公会后台 agency web ${server.url}`, `用户名 user ${admin.username}，密码 password ${admin.password}`);
  if (!exitAfterSeconds) say('关闭窗口或按 Ctrl-C 结束', 'close the window or press Ctrl-C to end');
  await ended;
  if (!exitAfterSeconds) return;
  await pictureAgencyWeb(machine, display.env, server.url, admin);
  mustBeComplete();
  say(`完成：${expected.join(' ')} 在 ${outDir}`, 'done');
}

async function main() {
  if (process.argv.some((word) => word === '--help' || word === '-h')) {
    process.stdout.write(`${usage}\n`);
    return 0;
  }
  const children = openChildren();
  stopOnSignals(children);
  try {
    const options = readStartOptions(process.argv.slice(2));
    process.on('exit', takePlace(join(root, '.cache', 'start.pid')));
    await start(children, options);
    return 0;
  } catch (error) {
    if (!children.stopping) complain(error);
    return 1;
  } finally {
    await children.stop();
  }
}

process.exit(await main());
