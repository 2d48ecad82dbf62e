// The Postgres that the server brings along: made at first boot, started, adopted after a crash, stopped.
import { execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chmod,
  chown,
  mkdir,
  open,
  readdir,
  readFile,
  readlink,
  rm,
  stat,
  truncate,
  writeFile,
} from 'node:fs/promises';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import pg from 'pg';
import { z } from 'zod';
import { StartFailure } from '../config.ts';
import { type EmbeddedNews, keepAlive } from './keep-alive.ts';
import { binary, type Owner, postgresOwner, runnableTree } from './native-tree.ts';

const run = promisify(execFile);
const secretsFile = z.object({ superuser: z.string(), app: z.string() });
const logLimitBytes = 10_000_000;
const ownerLockKey = 7_214_007;

export type Embedded = { adminUrl: string; appUrl: string; stop(): Promise<void> };

/**
 * Starts the cluster in `folder`/pg, or adopts the one that a killed server left there; when it ends under the server, it
 * is started again at the same port. Two servers never share one.
 */
export async function startEmbedded(folder: string, news?: EmbeddedNews): Promise<Embedded> {
  const dataDir = resolve(folder);
  const owner = await postgresOwner();
  await mkdir(dataDir, { recursive: true, mode: 0o711 });
  const cluster = join(dataDir, 'pg');
  const secrets = await openSecrets(join(dataDir, 'database.json'));
  const password = secrets.superuser;
  const run = async (port: number | null) =>
    start(cluster, await runnableTree(owner, spareFolder(dataDir)), owner, password, port);
  const port = await runOrAdopt(() => adopt(cluster, password), run);
  const adminUrl = `postgres://postgres:${password}@127.0.0.1:${port}/postgres`;
  const guard = await keepAlive({
    hold: () => holdAlone(adminUrl),
    start: async () => {
      if (!(await adopt(cluster, password))) await run(port);
    },
    news,
  });
  return {
    adminUrl,
    appUrl: `postgres://timao_app:${secrets.app}@127.0.0.1:${port}/timao`,
    async stop() {
      await guard.stop();
      await stop(cluster);
    },
  };
}

// A server that was just killed may have started a Postgres with its last breath, or left processes of a killed one: both
// make the first try fail.
async function runOrAdopt(
  find: () => Promise<Running | null>,
  run: (port: number | null) => Promise<number>,
): Promise<number> {
  for (let attempt = 1; ; attempt += 1) {
    const running = await find();
    if (running) return running.port;
    try {
      return await run(null);
    } catch (error) {
      if (attempt >= 3) throw error;
      await sleep(500);
    }
  }
}

// As root, the binaries must lie where the postgres user can go, even when the data folder was set elsewhere.
const spareFolder = (dataDir: string) => (process.getuid?.() === 0 ? '/var/lib/timao' : dataDir);

async function openSecrets(path: string): Promise<z.infer<typeof secretsFile>> {
  const text = await readFile(path, 'utf8').catch(() => null);
  if (text !== null) return secretsFile.parse(JSON.parse(text));
  const made = { superuser: randomBytes(24).toString('hex'), app: randomBytes(24).toString('hex') };
  await writeFile(path, JSON.stringify(made), { mode: 0o600 });
  return made;
}

type Running = { pid: number; port: number };

async function readPidFile(cluster: string): Promise<Running | null> {
  const text = await readFile(join(cluster, 'postmaster.pid'), 'utf8').catch(() => null);
  if (text === null) return null;
  const lines = text.split('\n');
  return { pid: Number(lines[0]), port: Number(lines[3]) };
}

async function isAlive(pid: number): Promise<boolean> {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
  return !(await isUncollected(pid));
}

// A process that ended but was not collected still has its number; after the name stands its state.
async function isUncollected(pid: number): Promise<boolean> {
  return /\) [ZX] /.test(await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => ''));
}

// Postgres takes the number of such a process for a running one and refuses to start, for ever where nobody collects
// (a container whose first process does not). Its file goes once no process of the cluster is left.
async function forgetUncollected(cluster: string, pid: number): Promise<void> {
  for (let attempt = 0; attempt < 50 && (await isUncollected(pid)); attempt += 1) {
    const folders = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
    const places = await Promise.all(folders.map((name) => readlink(`/proc/${name}/cwd`).catch(() => '')));
    if (!places.includes(cluster)) return rm(join(cluster, 'postmaster.pid'), { force: true });
    await sleep(100);
  }
}

async function adopt(cluster: string, password: string): Promise<Running | null> {
  const running = await readPidFile(cluster);
  if (!running) return null;
  if (!(await isAlive(running.pid))) {
    await forgetUncollected(cluster, running.pid);
    return null;
  }
  // It may still be replaying its log.
  for (let attempt = 0; attempt < 40 && (await isAlive(running.pid)); attempt += 1) {
    if (await answers(running.port, password, cluster)) return running;
    await sleep(250);
  }
  const name = await readFile(`/proc/${running.pid}/comm`, 'utf8').catch(() => 'postgres');
  if ((await isAlive(running.pid)) && name.trim() === 'postgres') {
    throw new StartFailure(
      `A Postgres (process ${running.pid}) holds ${cluster} but does not answer. Stop it and start again.`,
    );
  }
  // The number in the file now belongs to some other program.
  await rm(join(cluster, 'postmaster.pid'), { force: true });
  return null;
}

async function answers(port: number, password: string, cluster: string): Promise<boolean> {
  const client = new pg.Client({
    host: '127.0.0.1',
    port,
    user: 'postgres',
    password,
    database: 'postgres',
    connectionTimeoutMillis: 2_000,
  });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ folder: string }>("SELECT current_setting('data_directory') AS folder");
    return rows[0]?.folder === cluster;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function start(
  cluster: string,
  tree: string,
  owner: Owner,
  password: string,
  wanted: number | null,
): Promise<number> {
  const port = wanted ?? (await freePort());
  if (!(await stat(join(cluster, 'PG_VERSION')).catch(() => null))) await initialise(cluster, tree, owner, password);
  const logPath = join(cluster, 'server.log');
  if (((await stat(logPath).catch(() => null))?.size ?? 0) > logLimitBytes) await truncate(logPath);
  const log = await open(logPath, 'a', 0o600);
  const settings = {
    listen_addresses: '127.0.0.1',
    port: String(port),
    unix_socket_directories: '',
    max_connections: '60',
  };
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  // Its own process group: Ctrl-C must not stop the database before the server has drained.
  const child = spawn(binary(tree, 'postgres'), ['-D', cluster, ...flags], {
    ...owner,
    cwd: '/',
    detached: true,
    stdio: ['ignore', log.fd, log.fd],
    env: { PATH: process.env.PATH ?? '', LC_ALL: 'C' },
  });
  let ended: string | null = null;
  child.on('error', (error) => {
    ended = error.message;
  });
  child.on('exit', (code) => {
    ended = `exit ${code}`;
  });
  child.unref();
  await log.close();
  for (let attempt = 0; attempt < 300; attempt += 1) {
    if (await answers(port, password, cluster)) return port;
    if (ended !== null) break;
    await sleep(50);
  }
  throw new StartFailure(`The built-in Postgres did not start (${ended ?? 'no answer'}): see ${logPath}.`);
}

async function initialise(cluster: string, tree: string, owner: Owner, password: string): Promise<void> {
  const passwordPath = `${cluster}.password`;
  // A first boot that was cut off leaves a folder without PG_VERSION, which initdb refuses.
  await rm(cluster, { recursive: true, force: true });
  await mkdir(cluster, { mode: 0o700 });
  await writeFile(passwordPath, `${password}\n`, { mode: 0o600 });
  try {
    if ('uid' in owner) {
      await chown(cluster, owner.uid, owner.gid);
      await chown(passwordPath, owner.uid, owner.gid);
    }
    const args = [
      `--pgdata=${cluster}`,
      '--username=postgres',
      '--auth=scram-sha-256',
      `--pwfile=${passwordPath}`,
      '--encoding=UTF8',
      '--locale=C',
    ];
    await run(binary(tree, 'initdb'), [...args, '--locale-provider=builtin', '--builtin-locale=C.UTF-8'], {
      ...owner,
      cwd: '/',
      timeout: 120_000,
    });
  } catch (error) {
    const detail = (error as { stderr?: string }).stderr?.trim() || (error as Error).message;
    throw new StartFailure(`The database could not be made in ${cluster}: ${detail}`);
  } finally {
    await rm(passwordPath, { force: true });
  }
  await chmod(cluster, 0o700);
}

/** Keeps a session lock, so that a second server on the same folder is refused instead of sharing and then stopping it. */
async function holdAlone(adminUrl: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: adminUrl, connectionTimeoutMillis: 10_000, keepAlive: true });
  client.on('error', () => undefined);
  await client.connect();
  // The connection of a server that was just killed takes a moment to go.
  for (let attempt = 0; attempt < 20; attempt += 1) {
    const { rows } = await client.query<{ held: boolean }>('SELECT pg_try_advisory_lock($1) AS held', [ownerLockKey]);
    if (rows[0]?.held) return client;
    await sleep(100);
  }
  await client.end();
  throw new StartFailure('Another server already uses this data folder.');
}

async function stop(cluster: string): Promise<void> {
  const running = await readPidFile(cluster);
  if (!running || !(await isAlive(running.pid))) return;
  process.kill(running.pid, 'SIGINT');
  for (let attempt = 0; attempt < 200; attempt += 1) {
    if (!(await readPidFile(cluster))) return;
    await sleep(50);
  }
  throw new StartFailure(`The built-in Postgres (process ${running.pid}) did not stop in 10 s.`);
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve, reject) => {
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', resolve);
  });
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  if (address === null || typeof address === 'string') throw new StartFailure('no free port');
  return address.port;
}
