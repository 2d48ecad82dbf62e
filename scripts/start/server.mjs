// The sync server of a rehearsal: a child with a database of its own, told apart by its ready line.
import { createWriteStream } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { lastLines, Problem, say } from '../steps.mjs';

const usualPort = 10_090;
const readyLimitMs = 90_000;
/** Settings of a real server; a rehearsal must not touch that server's database or keys. */
const ofRealServer = [
  'DATABASE_URL',
  'DATABASE_ADMIN_URL',
  'PUBLIC_URL',
  'AUTH_SIGNING_KEY',
  'METRICS_TOKEN',
  'HOST',
  'TRUST_PROXY',
];

function isFree(port) {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}

/** The server's ready line, when `text` is it; else null. */
export function readReadyLine(text) {
  try {
    const line = JSON.parse(text);
    return line?.ready === true && typeof line.url === 'string' ? line : null;
  } catch {
    return null;
  }
}

/** Starts the server among `children`; resolves with { url, firstAdminLink } when it listens. Its log goes to `logPath`; `port` 0 takes a free one. */
export async function startServer(children, { root, node, env, dataDir, logPath, port: wanted }) {
  const taken = wanted === undefined && !(await isFree(usualPort));
  if (taken) say(`端口 ${usualPort} 已被占用，改用一个空闲端口`, `port ${usualPort} is taken, using a free one`);
  const port = wanted ?? (taken ? 0 : usualPort);
  const own = Object.fromEntries(Object.entries(env).filter(([name]) => !ofRealServer.includes(name)));
  const server = children.start('sync server', node, [join('sync-server', 'src', 'main.ts')], {
    cwd: root,
    env: { ...own, PORT: String(port), TIMAO_DATA_DIR: dataDir },
    // By the channel the server notices when this script was killed, and ends.
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    graceMs: 10_000,
  });
  const log = createWriteStream(logPath);
  let output = '';
  const keep = (chunk) => {
    log.write(chunk);
    output = (output + chunk).slice(-10_000);
  };
  server.stdout.on('data', keep);
  server.stderr.on('data', keep);
  return new Promise((resolve, reject) => {
    const fail = (zh, en) => {
      clearTimeout(timer);
      reject(new Problem(`${zh}日志：${logPath}`, `${en} Log: ${logPath}\n           ${lastLines(output)}`));
    };
    const timer = setTimeout(
      () => fail('同步服务 90 秒内没有就绪。', 'The sync server was not ready within 90 s.'),
      readyLimitMs,
    );
    server.once('error', (error) =>
      fail('同步服务无法启动。', `The sync server could not be started: ${error.message}.`),
    );
    server.once('close', (code) => fail('同步服务启动失败。', `The sync server ended with code ${code}.`));
    createInterface({ input: server.stdout }).on('line', (text) => {
      const line = readReadyLine(text);
      if (!line) return;
      clearTimeout(timer);
      resolve({ url: line.url, firstAdminLink: line.first_admin_link });
    });
  });
}
