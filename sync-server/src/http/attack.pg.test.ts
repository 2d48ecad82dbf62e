// Requests that no client of ours makes.
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildApp } from '../app.ts';
import { readConfig } from '../config.ts';
import { isAway } from '../db/database.ts';
import { type Agency, makeAgency, password } from '../testing/people.ts';
import { openTestServer, type TestServer } from '../testing/test-server.ts';

let server: TestServer;
let agency: Agency;
beforeAll(async () => {
  server = await openTestServer();
  agency = await makeAgency(server, 'a');
});
afterAll(() => server.close());

/** The same server under other settings. */
async function withSettings<T>(env: Record<string, string>, work: (app: FastifyInstance) => Promise<T>): Promise<T> {
  const app = await buildApp({ ...server.deps, config: readConfig(env) }, server.gate);
  try {
    return await work(app);
  } finally {
    await app.close();
  }
}
const forge = (place: unknown) => Buffer.from(JSON.stringify(place)).toString('base64url');
const id = '0193f0c2-a4b1-7000-8000-000000000001';

test.each([
  `cursor=${forge(['0000-01-01T00:00:00.000Z', id])}`,
  `cursor=${forge([`2026-01-01T00:00:00.${'0'.repeat(60)}Z`, id])}`,
  `cursor=${forge(['2026-01-01T00:00:00.000Z', `${id}\u0000`])}`,
  `from=2026-01-01T00:00:00.${'1'.repeat(200)}Z`,
])('a time that Postgres cannot take is 400, never 500: %s', async (query) => {
  expect((await server.call('GET', `/v2/sessions?${query}`, { token: agency.admin.token })).status).toBe(400);
});

test('a body of a million open brackets is refused, and the next caller is served', async () => {
  const headers = { 'content-type': 'application/json' };
  for (const payload of ['['.repeat(2_000_000), `${'['.repeat(1_000_000)}${']'.repeat(1_000_000)}`]) {
    const reply = await server.app.inject({ method: 'POST', url: '/v2/auth/login', headers, payload });
    expect(reply.statusCode).toBe(400);
  }
  expect((await server.call('GET', '/health')).status).toBe(200);
});

test('a zstd body that asks for a window of 128 MiB is refused', async () => {
  const body = Buffer.from('{"username":"a","password":"b"}');
  // Magic, no flags, window of 2^27, one last raw block of this length.
  const head = [0x28, 0xb5, 0x2f, 0xfd, 0x00, (27 - 10) << 3, ((body.length << 3) | 1) & 0xff, body.length >> 5, 0];
  const payload = Buffer.concat([Buffer.from(head), body]);
  const headers = { 'content-type': 'application/json', 'content-encoding': 'zstd' };
  const reply = await server.app.inject({ method: 'POST', url: '/v2/auth/login', headers, payload });
  expect([reply.statusCode, reply.json().error.code]).toEqual([400, 'BAD_INPUT']);
});

test('behind one proxy the address is the one that the proxy saw, whatever the caller wrote before it', async () => {
  await withSettings({ TRUST_PROXY: '1', RATE_LIMIT_PER_MINUTE: '3' }, async (app) => {
    const statuses = [];
    for (let round = 0; round < 5; round += 1) {
      const headers = { 'x-forwarded-for': `10.1.1.${round}, 203.0.113.9` };
      statuses.push((await app.inject({ url: '/v2/web/csrf', headers })).statusCode);
    }
    expect(statuses).toEqual([200, 200, 200, 429, 429]);
  });
});

test('without a token the metrics are closed behind a proxy, and to a page that calls this machine by another name', async () => {
  const asked = (app: FastifyInstance, host: string) => app.inject({ url: '/metrics', headers: { host } });
  expect((await asked(server.app, '127.0.0.1:10090')).statusCode).toBe(200);
  expect((await asked(server.app, 'rebound.example:10090')).statusCode).toBe(404);
  for (const env of [{ PUBLIC_URL: 'https://agency.example' }, { TRUST_PROXY: '1' }] as Record<string, string>[])
    await withSettings(env, async (app) => expect((await asked(app, '127.0.0.1')).statusCode).toBe(404));
});

test('a stranger who fails at an account again and again does not keep its owner out', async () => {
  const body = { organization: agency.slug, username: 'a boss', password };
  const attack = (from: string) =>
    server.call('POST', '/v2/auth/login', { body: { ...body, password: 'wrong' }, from });
  expect((await server.call('POST', '/v2/auth/login', { body, from: '198.51.100.1' })).status).toBe(200);
  for (let round = 0; round < 12; round += 1) await attack('203.0.113.1');
  expect((await attack('203.0.113.1')).status).toBe(429);
  expect((await server.call('POST', '/v2/auth/login', { body, from: '198.51.100.2' })).status).toBe(200);
});

test('guesses that are sent at once are counted before they are answered', async () => {
  const body = { organization: agency.slug, username: 'a boss', password: 'wrong' };
  const replies = await Promise.all(
    Array.from({ length: 30 }, () => server.call('POST', '/v2/auth/login', { body, from: '203.0.113.77' })),
  );
  expect(replies.filter(({ status }) => status === 401).length).toBeLessThanOrEqual(10);
});

test('a statement that took too long is told as "try again", and its connection serves the next caller', async () => {
  const slow = server.database.inOrganization(agency.id, async (tx) => {
    await tx.query("SET LOCAL statement_timeout = '50ms'");
    await tx.query('SELECT pg_sleep(5)');
  });
  expect(isAway(await slow.catch((error: unknown) => error))).toBe(true);
  const rows = await Promise.all(
    Array.from({ length: 12 }, () =>
      server.database.inOrganization(agency.id, (tx) => tx.query('SELECT id FROM organizations')),
    ),
  );
  expect(rows).toEqual(Array(12).fill([{ id: agency.id }]));
});

test('an answer with a token or about a person is kept by no cache', async () => {
  for (const [path, token] of [
    ['/v2/web/csrf', ''],
    ['/v2/users', agency.admin.token],
  ] as const)
    expect((await server.call('GET', path, { token })).headers['cache-control']).toBe('no-store');
});

test('a code or token that stands in an address is not in the log, an id is', async () => {
  const from = server.logLines.length;
  const [code, token] = ['abcdeFGH23', agency.admin.token];
  for (const path of [`/accept/${code}`, `/setup/${'t'.repeat(43)}`, `/v2/me/${token}`, `/v2/sessions/${id}`])
    await server.call('GET', path);
  const text = server.logLines.slice(from).join('');
  for (const secret of [code, 'ttt', token.slice(0, 30)]) expect(text).not.toContain(secret);
  expect(text).toContain(`/v2/sessions/${id}`);
});

test('a flood of /ready is one look at the database, not one each', async () => {
  let looks = 0;
  const inspect = () => {
    looks += 1;
    return server.database.inspect();
  };
  const { openGate } = await import('./gate.ts');
  const counted = openGate({ ...server.database, inspect }, 1);
  await Promise.all(Array.from({ length: 50 }, () => counted.check()));
  expect(looks).toBe(1);
});
