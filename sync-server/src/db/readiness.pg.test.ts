import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startServer } from '../server.ts';
import { openTestDatabase, type TestDatabase } from '../testing/test-server.ts';
import { openWay } from '../testing/way.ts';

let place: TestDatabase;
beforeAll(async () => {
  place = await openTestDatabase();
});
afterAll(() => place.close());

const silent = { write: () => undefined };
const start = (env: Record<string, string>) =>
  startServer({ env: { PORT: '0', LOG_LEVEL: 'silent', TIMAO_DATA_DIR: '/tmp/timao-test-keys', ...env }, log: silent });
const ready = async (url: string) => {
  const reply = await fetch(`${url}/ready`);
  return {
    status: reply.status,
    body: (await reply.json()) as { checks: Record<string, { ok: boolean; detail: string }> },
  };
};

describe('readiness', () => {
  test('a superuser as DATABASE_URL is never ready and no API call is served', async () => {
    const server = await start({ DATABASE_URL: place.adminUrl });
    try {
      const { status, body } = await ready(server.url);
      expect(status).toBe(503);
      expect(body.checks.role).toMatchObject({ ok: false, detail: expect.stringContaining('superuser') });
      const reply = await fetch(`${server.url}/v2/auth/login`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: '{"username":"a","password":"b"}',
      });
      expect(reply.status).toBe(503);
      // The same route by other spellings of its address.
      const { hostname, port } = new URL(server.url);
      for (const path of ['/%762/web/csrf', `http://${hostname}:${port}/v2/web/csrf`]) {
        const asked = request({ hostname, port, path }).end();
        const [answer] = (await once(asked, 'response')) as [IncomingMessage];
        answer.resume();
        expect([path, answer.statusCode]).toEqual([path, 503]);
      }
      expect(server.firstAdminLink).toBeNull();
      expect((await fetch(`${server.url}/health`)).status).toBe(200);
    } finally {
      await server.stop();
    }
  });

  test('the serving role is ready', async () => {
    const server = await start({ DATABASE_URL: place.appUrl });
    expect((await ready(server.url)).status).toBe(200);
    await server.stop();
    await server.stop();
  });

  test('a server whose database goes away says so, lives on, and serves again when it returns', async () => {
    const way = await openWay(new URL(place.appUrl));
    const server = await start({ DATABASE_URL: way.url });
    try {
      expect((await ready(server.url)).status).toBe(200);
      way.cut();
      const away = await ready(server.url);
      expect(away.status).toBe(503);
      expect(away.body.checks.database?.ok).toBe(false);
      expect((await fetch(`${server.url}/health`)).status).toBe(200);
      const refused = await fetch(`${server.url}/v2/auth/login`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: '{"username":"a","password":"b"}',
      });
      expect(refused.status).toBe(503);
      expect(refused.headers.get('retry-after')).toBe('5');
      await way.mend();
      expect((await ready(server.url)).status).toBe(200);
      const served = await fetch(`${server.url}/v2/auth/login`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: '{"username":"a","password":"b"}',
      });
      expect(served.status).toBe(401);
    } finally {
      await server.stop();
      way.close();
    }
  });

  test('a server that starts before its database waits instead of ending', async () => {
    const way = await openWay(new URL(place.appUrl));
    way.cut();
    const server = await start({ DATABASE_URL: way.url });
    try {
      expect((await ready(server.url)).status).toBe(503);
      await way.mend();
      expect((await ready(server.url)).status).toBe(200);
    } finally {
      await server.stop();
      way.close();
    }
  });

  test('a database without the migrations is not ready', async () => {
    const bare = new URL(place.appUrl);
    bare.pathname = '/postgres';
    const server = await start({ DATABASE_URL: bare.href });
    const { status, body } = await ready(server.url);
    await server.stop();
    expect(status).toBe(503);
    expect(body.checks.migrations).toMatchObject({ ok: false, detail: 'version 0 of 4' });
  });
});
