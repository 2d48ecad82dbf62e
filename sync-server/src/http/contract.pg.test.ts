import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type RouteName, routes } from '@app/shared/api-routes';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type Agency,
  makeAgency,
  makeInvite,
  makeSummary,
  pairBody,
  pairStreamer,
  password,
  toBatch,
  toChange,
} from '../testing/people.ts';
import { openTestServer, type TestServer } from '../testing/test-server.ts';

let server: TestServer;
let agency: Agency;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'timao-admin-'));
  await mkdir(join(folder, 'assets'));
  await writeFile(
    join(folder, 'index.html'),
    '<html><meta property="csp-nonce" nonce="__CSP_NONCE__"><div id="root"></div></html>',
  );
  await writeFile(join(folder, 'assets', 'page-1a2b.js'), 'export const x = 1;');
  server = await openTestServer({}, folder);
  agency = await makeAgency(server, 'a');
});
afterAll(async () => {
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

describe('the served description', () => {
  test('names every route once, and every $ref in it leads somewhere', async () => {
    const { status, body } = await server.call('GET', '/openapi.json');
    expect(status).toBe(200);
    expect(body.openapi).toBe('3.0.3');
    for (const { path, method } of Object.values(routes)) {
      expect(body.paths[path.replace(':id', '{id}')]?.[method.toLowerCase()], `${method} ${path}`).toBeDefined();
    }
    const refs = [...JSON.stringify(body).matchAll(/"\$ref":"([^"]+)"/g)].map((match) => match[1]!);
    for (const ref of refs) {
      const place = ref
        .replace('#/', '')
        .split('/')
        .reduce((node, key) => node?.[key.replaceAll('~1', '/')], body);
      expect(place, ref).toBeDefined();
    }
  });

  test('holds the push as it is: unknown fields are refused there too', async () => {
    const { body } = await server.call('GET', '/openapi.json');
    const schema = body.paths['/v2/sync/push'].post.requestBody.content['application/json'].schema;
    expect(schema.additionalProperties).toBe(false);
    expect(schema.properties.changes.maxItems).toBe(1000);
    expect(body.paths['/v2/sync/push'].post.security).toEqual([{ bearer: [] }]);
    expect(body.paths['/v2/auth/logout'].post.responses['204'].content).toBeUndefined();
  });

  test('is shown at /docs without loosening the policy of other pages', async () => {
    const [docs, health] = [await server.call('GET', '/docs/'), await server.call('GET', '/health')];
    expect(docs.status).toBe(200);
    expect(docs.text).not.toMatch(/<script(?![^>]*\bsrc=)/);
    // Upgrading to https would break the page where there is none.
    expect(docs.headers['content-security-policy']).toBe(health.headers['content-security-policy']);
    expect(health.headers['content-security-policy']).not.toMatch(/unsafe|upgrade/);
  });
});

describe('methods, paths and bodies', () => {
  test('a known path with a wrong method is 405 with Allow, an unknown path is 404', async () => {
    const wrong = await server.call('PATCH', '/v2/sessions/0193f0c2-a4b1-7000-8000-000000000001');
    expect([wrong.status, wrong.headers.allow, wrong.body.error.code]).toEqual([
      405,
      'GET, HEAD',
      'METHOD_NOT_ALLOWED',
    ]);
    expect((await server.call('GET', '/v2/invites/0193f0c2-a4b1-7000-8000-000000000001')).headers.allow).toBe('DELETE');
    expect((await server.call('POST', '/v2/nothing')).body.error.code).toBe('NOT_FOUND');
  });

  test('a wrong method is told so whatever body comes with it, and with the headers of every answer', async () => {
    const headers = { 'content-type': 'text/strange', 'content-encoding': 'br' };
    const reply = await server.app.inject({ method: 'PUT', url: '/v2/invites', headers, payload: 'x' });
    expect([reply.statusCode, reply.headers.allow]).toEqual([405, 'GET, HEAD, POST']);
    for (const url of ['/v2/nothing', '/', '/v2/invites']) {
      expect((await server.call('GET', url)).headers['x-content-type-options'], url).toBe('nosniff');
    }
  });

  const withBody = (Object.keys(routes) as RouteName[]).filter(
    (name) => ['POST', 'PUT'].includes(routes[name].method) && routes[name].auth === 'none',
  );
  test.each(withBody)('%s refuses an unknown field, no body, and a body that is no object', async (name) => {
    const { method, path } = routes[name];
    for (const body of [{ surprise: 1 }, [], '"text"', undefined]) {
      const reply = await server.call(
        method,
        path,
        body === undefined ? {} : { body, headers: { 'content-type': 'application/json' } },
      );
      expect([400, 415]).toContain(reply.status);
      expect(reply.body.error).toMatchObject({ code: expect.any(String), request_id: expect.any(String) });
    }
  });

  test('an unknown field beside right ones is refused and named by its place', async () => {
    const body = { username: 'a boss', password, organization: agency.slug, remember: true };
    const reply = await server.call('POST', '/v2/auth/login', { body });
    expect([reply.status, reply.body.error.code]).toEqual([400, 'BAD_INPUT']);
  });

  test.each([
    '{',
    '{"__proto__":{"a":1}}',
    '',
    'null',
    '1e999',
    '{"username":"\\ud800","password":"x"}',
    '{"username":"\\u0000","password":"x"}',
  ])('the body %j is 400, never 500', async (payload) => {
    const reply = await server.app.inject({
      method: 'POST',
      url: '/v2/auth/login',
      payload,
      headers: { 'content-type': 'application/json' },
    });
    expect(reply.statusCode).toBe(400);
  });

  test.each(['/v2/%00', '/v2/sessions/%zz', '/v2/sessions?limit[]=1', `/v2/${'a'.repeat(300)}`])(
    'the address %j is refused without a fault',
    async (url) => {
      const { status } = await server.call('GET', url, { token: agency.admin.token });
      expect(status).toBeGreaterThanOrEqual(400);
      expect(status).toBeLessThan(500);
    },
  );

  test('the request id of the caller is kept only when it is plain', async () => {
    expect(
      (await server.call('GET', '/health', { headers: { 'x-request-id': 'abc-1' } })).headers['x-request-id'],
    ).toBe('abc-1');
    expect(
      (await server.call('GET', '/health', { headers: { 'x-request-id': 'a"} {"b' } })).headers['x-request-id'],
    ).toMatch(/^[0-9a-f-]{36}$/);
  });
});

describe('limits', () => {
  test('a caller who asks too often is told when to come back, and another one is not', async () => {
    const limited = await openTestServerWithFewCalls();
    try {
      const ask = (from: string) => limited.call('GET', '/v2/web/csrf', { from });
      const statuses = [];
      for (let round = 0; round < 6; round += 1) statuses.push((await ask('10.0.0.1')).status);
      expect(statuses).toEqual([200, 200, 200, 200, 200, 429]);
      expect((await ask('10.0.0.2')).status).toBe(200);
      expect((await limited.call('GET', '/health', { from: '10.0.0.1' })).status).toBe(200);
    } finally {
      await limited.app.close();
    }
  });
  // The same database; only the limits differ.
  async function openTestServerWithFewCalls() {
    const { buildApp } = await import('../app.ts');
    const app = await buildApp(
      { ...server.deps, config: { ...server.deps.config, limits: { ...server.deps.config.limits, allPerMinute: 5 } } },
      server.gate,
    );
    const call = async (method: 'GET', url: string, { from }: { from: string }) => ({
      status: (await app.inject({ method, url, remoteAddress: from })).statusCode,
    });
    return { app, call };
  }
});

describe('what operators see', () => {
  test('the metrics have the names of the design and count what was pushed', async () => {
    const streamer = await pairStreamer(server, agency, 'measured');
    await server.call('POST', '/v2/sync/push', {
      token: streamer.token,
      body: toBatch(streamer, [toChange(1, makeSummary(server.deps.newId()))]),
    });
    const { text } = await server.call('GET', '/metrics');
    for (const name of [
      'user_registrations_total',
      'api_requests_total{method="POST",endpoint="/v2/sync/push"} 1',
      'api_request_duration_seconds_bucket',
      'database_connections ',
    ]) {
      expect(text).toContain(name);
    }
    expect(text).toContain('danmaku_messages_total{platform="bilibili"} 156');
    expect(text).toContain('ai_suggestions_total{type="interaction"} 6');
  });

  test('the metrics are closed to other machines', async () => {
    expect((await server.call('GET', '/metrics', { from: '10.0.0.9' })).status).toBe(404);
    expect((await server.call('GET', '/metrics', { headers: { 'x-forwarded-for': '127.0.0.1' } })).status).toBe(404);
  });

  test('no log line holds a password, token, code, cookie or room name', async () => {
    const from = server.logLines.length;
    const canaries = ['canary-password-1', 'canary-room'];
    await server.call('POST', '/v2/auth/login', {
      body: { organization: agency.slug, username: 'a boss', password: canaries[0] },
    });
    await server.call('GET', `/v2/me?access_token=${canaries[0]}`, { token: `${agency.admin.token}x` });
    const code = await makeInvite(server, agency, { role: 'streamer', username: 'logged' });
    const paired = (await server.call('POST', '/v2/pair', { body: pairBody(code) })).body;
    const streamer = {
      id: paired.user.id,
      token: paired.access_token,
      refresh: paired.refresh_token,
      deviceId: paired.device_id,
      epoch: paired.sync.epoch,
    };
    await server.call('POST', '/v2/sync/push', {
      token: streamer.token,
      body: toBatch(streamer, [toChange(1, makeSummary(server.deps.newId(), { room_name: 'canary-room' }))]),
    });
    const refreshed = (await server.call('POST', '/v2/auth/refresh', { body: { refresh_token: streamer.refresh } }))
      .body;
    const csrf = await server.call('GET', '/v2/web/csrf');
    server.deps.log.info(
      {
        headers: { authorization: 'canary-password-1', cookie: 'canary-password-1' },
        body: { password: 'canary-password-1', phone: 'canary-password-1' },
      },
      'deep',
    );
    const text = server.logLines.slice(from).join('');
    expect(text).toContain('api_request_end');
    for (const secret of [
      ...canaries,
      code,
      streamer.token,
      streamer.refresh,
      refreshed.access_token,
      refreshed.refresh_token,
      csrf.body.csrf_token,
      agency.admin.token,
    ]) {
      expect(text).not.toContain(secret);
    }
  });

  test('a log line stays one line of JSON, whatever the address holds', async () => {
    const from = server.logLines.length;
    await server.call('GET', '/v2/%0a{"event":"forged"}');
    const lines = server.logLines.slice(from).map((line) => JSON.parse(line));
    expect(lines.map((line) => line.event)).toEqual(['api_request_start', 'api_request_end']);
    expect(lines[1]).toMatchObject({
      method: 'GET',
      status_code: 404,
      user_id: null,
      duration: expect.any(Number),
      request_id: expect.any(String),
    });
  });
});

describe('the agency web', () => {
  test('is served at every page address with a fresh nonce and no inline script', async () => {
    const [one, two] = [await server.call('GET', '/'), await server.call('GET', '/sessions/deep/link')];
    const nonce = /nonce="([^"]+)"/.exec(one.text)?.[1];
    expect(one.headers['content-security-policy']).toContain(`style-src 'self' 'nonce-${nonce}'`);
    expect(one.headers['content-security-policy']).toContain("script-src 'self';");
    expect(one.headers['cache-control']).toBe('no-store');
    expect(two.status).toBe(200);
    expect(two.text).not.toContain(nonce);
  });

  test('serves its files, and a missing file or API path is 404 and never the page', async () => {
    const file = await server.call('GET', '/assets/page-1a2b.js');
    expect([file.status, file.text, file.headers['x-content-type-options']]).toEqual([
      200,
      'export const x = 1;',
      'nosniff',
    ]);
    expect(file.headers['cache-control']).toContain('immutable');
    for (const url of ['/assets/gone.js', '/v2/gone', '/index.html'])
      expect((await server.call('GET', url)).status, url).toBe(404);
    expect((await server.call('GET', '/assets/../../package.json')).text).not.toContain('timao');
  });
});
