// The server as a process, on its own Postgres: what happens at the first boot, after kill -9, at SIGTERM.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { readyLine } from '@app/shared/api';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

let folder: string;
const children: ChildProcess[] = [];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'timao-server-'));
  await chmod(folder, 0o711);
});
afterAll(async () => {
  for (const child of children) if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
  await Promise.all(
    children.map((child) => (child.exitCode === null && child.signalCode === null ? once(child, 'exit') : null)),
  );
  await rm(folder, { recursive: true, force: true });
});

type Started = { child: ChildProcess; url: string; link: string | null; ms: number };
const main = join(import.meta.dirname, 'main.ts');

async function start(env: Record<string, string> = {}): Promise<Started> {
  const from = performance.now();
  // No setting of the caller's environment may lead the test to a database that is not its own.
  const own = {
    PATH: process.env.PATH ?? '',
    HOME: process.env.HOME ?? '',
    PORT: '0',
    LOG_LEVEL: 'error',
    TIMAO_DATA_DIR: folder,
  };
  const child = spawn(process.execPath, [main], { env: { ...own, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  children.push(child);
  let stderr = '';
  child.stderr.on('data', (chunk) => {
    stderr += chunk;
  });
  const lines = createInterface({ input: child.stdout });
  const [line] = await Promise.race([
    once(lines, 'line'),
    once(child, 'exit').then(([code]) => Promise.reject(new Error(`exit ${code}: ${stderr}`))),
  ]);
  const ready = readyLine.parse(JSON.parse(line));
  return { child, url: ready.url, link: ready.first_admin_link, ms: performance.now() - from };
}
async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  child.kill(signal);
  const [code] = await once(child, 'exit');
  return code;
}
const postmaster = async () => Number((await readFile(join(folder, 'pg', 'postmaster.pid'), 'utf8')).split('\n')[0]);
const isReady = async (url: string) => (await fetch(`${url}/ready`)).status;
const post = (url: string, body: object) =>
  fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });

describe('the server as a process', () => {
  test('makes its database at the first boot, adopts it after kill -9, and keeps what was in it', async () => {
    const first = await start();
    expect(await isReady(first.url)).toBe(200);
    const [, token] = first.link!.split('#');
    const person = { username: '老板', password: 'a long enough one' };
    expect((await post(`${first.url}/v2/auth/setup`, { token, organization_name: '猫', ...person })).status).toBe(201);
    const database = await postmaster();
    await end(first.child, 'SIGKILL');

    const second = await start();
    expect(await postmaster()).toBe(database);
    expect(second.link).toBeNull();
    expect(second.ms).toBeLessThan(10_000);
    expect((await post(`${second.url}/v2/auth/login`, person)).status).toBe(200);

    const refused = await start().then(
      () => 'started',
      (error: Error) => error.message,
    );
    expect(refused).toContain('exit 2: Another server already uses this data folder.');

    expect(await end(second.child, 'SIGTERM')).toBe(0);
    await expect(postmaster()).rejects.toThrow('ENOENT');
  }, 120_000);

  test('starts again after its Postgres was killed with -9 as well', async () => {
    const first = await start();
    process.kill(await postmaster(), 'SIGKILL');
    await end(first.child, 'SIGKILL');
    const second = await start();
    expect(await isReady(second.url)).toBe(200);
    expect(await end(second.child, 'SIGINT')).toBe(0);
  }, 120_000);

  test('starts its Postgres again when that was killed under it, and serves on', async () => {
    const { child, url } = await start();
    const [before, killedAt] = [await postmaster(), performance.now()];
    process.kill(before, 'SIGKILL');
    const login = () => post(`${url}/v2/auth/login`, { username: '老板', password: 'a long enough one' });
    expect((await login()).status).toBe(503);
    while ((await isReady(url)) !== 200 && performance.now() - killedAt < 20_000) await sleep(100);
    expect((await login()).status).toBe(200);
    expect(await postmaster()).not.toBe(before);
    expect(await end(child, 'SIGTERM')).toBe(0);
    await expect(postmaster()).rejects.toThrow('ENOENT');
  }, 60_000);

  test('ends with code 2 and one sentence when its Postgres cannot be started again', async () => {
    const { child, url } = await start();
    let said = '';
    child.stderr!.on('data', (chunk) => {
      said += chunk;
    });
    const setting = join(folder, 'pg', 'pg_hba.conf');
    const good = await readFile(setting);
    await writeFile(setting, 'nonsense\n');
    process.kill(await postmaster(), 'SIGKILL');
    const [code] = await once(child, 'exit');
    await writeFile(setting, good);
    expect([code, said.trim().split('\n').at(-1)]).toEqual([
      2,
      'The built-in Postgres ended and could not be started again: see its server.log.',
    ]);
    await expect(fetch(`${url}/health`)).rejects.toThrow();
  }, 60_000);

  test('is gone within five seconds of SIGTERM although a caller never finishes its request', async () => {
    const { child, url } = await start();
    const { hostname, port } = new URL(url);
    const socket = connect(Number(port), hostname);
    socket.on('error', () => undefined);
    socket.write(
      'POST /v2/auth/login HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n{',
    );
    await sleep(200);
    const from = performance.now();
    expect(await end(child, 'SIGTERM')).toBe(0);
    expect(performance.now() - from).toBeLessThan(6_000);
    socket.destroy();
  }, 60_000);

  test('answers what is under way when SIGTERM comes, and is gone within five seconds', async () => {
    const { child, url } = await start();
    const from = performance.now();
    // An argon2 hash is the slowest thing an open route does.
    const calls = Array.from({ length: 20 }, () =>
      post(`${url}/v2/auth/login`, { username: '老板', password: 'a long enough one' }),
    );
    await sleep(30);
    const code = end(child, 'SIGTERM');
    const statuses = (await Promise.all(calls)).map((reply) => reply.status);
    expect(await code).toBe(0);
    expect(statuses.every((status) => status === 200 || status === 503 || status === 429)).toBe(true);
    expect(statuses).toContain(200);
    expect(performance.now() - from).toBeLessThan(9_000);
  }, 60_000);

  test('says in one sentence what is wrong with a setting, and that its port is taken', async () => {
    const failure = (env: Record<string, string>) =>
      start(env).then(
        () => 'started',
        (error: Error) => error.message.trim(),
      );
    expect(await failure({ PORT: 'ten' })).toMatch(/^exit 2: The setting PORT cannot be used: .+\.$/);
    expect(await failure({ DATABASE_ADMIN_URL: 'postgres://x@127.0.0.1:1/x' })).toContain('needs DATABASE_URL');
    expect(
      await failure({ DATABASE_URL: 'postgres://a@127.0.0.1:1/x', DATABASE_ADMIN_URL: 'postgres://x@127.0.0.1:1/x' }),
    ).toBe('exit 2: The database of DATABASE_ADMIN_URL cannot be reached.');
    const { child, url } = await start();
    const port = new URL(url).port;
    const other = await mkdtemp(join(tmpdir(), 'timao-port-'));
    expect(await failure({ PORT: port, DATABASE_URL: 'postgres://a@127.0.0.1:1/x', TIMAO_DATA_DIR: other })).toBe(
      `exit 2: The port ${port} is in use: set PORT to another.`,
    );
    await rm(other, { recursive: true });
    await end(child, 'SIGTERM');
  }, 60_000);
});
