import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Agency, makeAgency, pairStreamer, password, signIn } from '../../testing/people.ts';
import { openTestServer, type TestServer } from '../../testing/test-server.ts';
import { findBrokenAudit } from '../audit/audit.ts';
import { makeSetupLink } from '../orgs/setup.ts';

let server: TestServer;
let agency: Agency;
beforeAll(async () => {
  server = await openTestServer({ PUBLIC_URL: 'https://agency.example' });
  agency = await makeAgency(server, 'a');
});
afterAll(() => server.close());

const refresh = (token: string) => server.call('POST', '/v2/auth/refresh', { body: { refresh_token: token } });
const boss = () => signIn(server, agency.slug, 'a boss');

describe('the first link', () => {
  test('makes one organization, once, even when it is used twice at the same moment', async () => {
    const { link } = await makeSetupLink(server.deps, server.database.query, null);
    const body = { token: link.split('#')[1], organization_name: '猫', username: 'x', password };
    const replies = await Promise.all([
      server.call('POST', '/v2/auth/setup', { body }),
      server.call('POST', '/v2/auth/setup', { body }),
    ]);
    expect(replies.map((reply) => reply.status).sort()).toEqual([201, 410]);
  });

  test('is dead after seven days, and survives a try with a slug that is in use', async () => {
    const { link } = await makeSetupLink(server.deps, server.database.query, null);
    const body = {
      token: link.split('#')[1],
      organization_name: 'b',
      organization: agency.slug,
      username: 'x',
      password,
    };
    expect((await server.call('POST', '/v2/auth/setup', { body })).body.error.code).toBe('ORGANIZATION_TAKEN');
    server.clock.ms += 8 * 86_400_000;
    const late = await server.call('POST', '/v2/auth/setup', { body: { ...body, organization: 'another' } });
    server.clock.ms -= 8 * 86_400_000;
    expect(late.status).toBe(410);
    expect((await server.call('POST', '/v2/auth/setup', { body: { ...body, organization: 'another' } })).status).toBe(
      201,
    );
  });

  test('of a second organization brings an agency_admin into that organization only', async () => {
    const made = await server.call('POST', '/v2/orgs', {
      token: (await boss()).token,
      body: { name: '二号', slug: 'zwei' },
    });
    expect(made.status).toBe(201);
    const body = { token: made.body.setup_link.split('#')[1], organization_name: '二号', username: 'lead', password };
    const setup = await server.call('POST', '/v2/auth/setup', { body });
    expect(setup.body).toMatchObject({ organization: { slug: 'zwei' }, user: { role: 'agency_admin' } });
  });
});

describe('signing in', () => {
  test('a wrong password and an unknown name are the same answer and about the same time', async () => {
    const time = async (username: string) => {
      const from = performance.now();
      const reply = await server.call('POST', '/v2/auth/login', {
        body: { organization: agency.slug, username, password: 'wrong' },
      });
      return { ms: performance.now() - from, reply };
    };
    const [known, unknown] = [[] as number[], [] as number[]];
    for (let round = 0; round < 5; round += 1) {
      const a = await time(`nobody ${round}`);
      const b = await time('a boss');
      unknown.push(a.ms);
      known.push(b.ms);
      expect({ ...a.reply.body.error, request_id: '' }).toEqual({ ...b.reply.body.error, request_id: '' });
    }
    // Without the dummy hash the unknown name answers in about a tenth of the time.
    expect(Math.min(...unknown)).toBeGreaterThan(Math.min(...known) / 3);
  });

  test('ten failures block the account, whatever the case of its name, until 15 minutes have passed', async () => {
    const b = await makeAgency(server, 'blocked');
    for (let round = 0; round < 10; round += 1) {
      await server.call('POST', '/v2/auth/login', {
        body: { organization: b.slug, username: 'Blocked BOSS', password: 'wrong' },
      });
    }
    const body = { organization: b.slug, username: 'blocked boss', password };
    expect((await server.call('POST', '/v2/auth/login', { body })).status).toBe(429);
    server.clock.ms += 15 * 60_000 + 1;
    expect((await server.call('POST', '/v2/auth/login', { body })).status).toBe(200);
    server.clock.ms -= 15 * 60_000 + 1;
  });

  test('with several organizations a sign-in without one is told to name it', async () => {
    const reply = await server.call('POST', '/v2/auth/login', { body: { username: 'a boss', password } });
    expect(reply.body.error.code).toBe('ORGANIZATION_REQUIRED');
  });

  test('a streamer, who has no password, cannot sign in with any', async () => {
    await pairStreamer(server, agency, 'cat');
    const reply = await server.call('POST', '/v2/auth/login', {
      body: { organization: agency.slug, username: 'cat', password: 'null' },
    });
    expect(reply.status).toBe(401);
  });
});

describe('refreshing', () => {
  test('20 at once with one token all get the same successor, which works', async () => {
    const { refresh: first } = await boss();
    const replies = await Promise.all(Array.from({ length: 20 }, () => refresh(first)));
    expect(new Set(replies.map((reply) => reply.status))).toEqual(new Set([200]));
    const successors = new Set(replies.map((reply) => reply.body.refresh_token));
    expect(successors.size).toBe(1);
    expect(successors.has(first)).toBe(false);
    expect((await refresh([...successors][0])).status).toBe(200);
  });

  test('a lost answer may be asked for within 10 s, and later the reuse ends the whole family at once', async () => {
    const { refresh: first } = await boss();
    const second = (await refresh(first)).body;
    server.clock.ms += 9_900;
    expect((await refresh(first)).body.refresh_token).toBe(second.refresh_token);
    server.clock.ms += 200;
    expect((await refresh(first)).body.error.code).toBe('SESSION_ENDED');
    expect((await refresh(second.refresh_token)).status).toBe(401);
    expect((await server.call('GET', '/v2/me', { token: second.access_token })).status).toBe(401);
    const rows = await server.database.inOrganization(agency.id, (tx) =>
      tx.query("SELECT 1 FROM audit_log WHERE action = 'refresh_token.reused'"),
    );
    expect(rows).toHaveLength(1);
  });

  test('a token of 30 days is over, and of another organization or broken it never was', async () => {
    const { refresh: token } = await boss();
    const other = token.replace(/^rt1\.[0-9a-f]{4}/, 'rt1.ffff');
    expect((await refresh(other)).status).toBe(401);
    expect((await refresh('rt1.nonsense')).status).toBe(401);
    server.clock.ms += 30 * 86_400_000 + 1;
    expect((await refresh(token)).status).toBe(401);
    server.clock.ms -= 30 * 86_400_000 + 1;
  });

  test('logout ends the access token and the refresh token, of this sign-in alone', async () => {
    const [one, two] = [await boss(), await boss()];
    expect((await server.call('POST', '/v2/auth/logout', { token: one.token })).status).toBe(204);
    expect((await server.call('GET', '/v2/me', { token: one.token })).status).toBe(401);
    expect((await refresh(one.refresh)).status).toBe(401);
    expect((await server.call('GET', '/v2/me', { token: two.token })).status).toBe(200);
  });

  test('a new password ends the other sign-ins and the old password', async () => {
    const b = await makeAgency(server, 'changed');
    const other = await signIn(server, b.slug, 'changed boss');
    const change = (current_password: string) =>
      server.call('PUT', '/v2/me/password', {
        token: b.admin.token,
        body: { current_password, new_password: 'another long one' },
      });
    expect((await change('wrong one here')).status).toBe(401);
    expect((await change(password)).status).toBe(204);
    expect((await server.call('GET', '/v2/me', { token: other.token })).status).toBe(401);
    expect((await server.call('GET', '/v2/me', { token: b.admin.token })).status).toBe(200);
    await expect(signIn(server, b.slug, 'changed boss')).rejects.toThrow('WRONG_LOGIN');
  });
});

describe('the agency web', () => {
  const origin = 'https://agency.example';
  async function openPage() {
    const { body, headers } = await server.call('GET', '/v2/web/csrf');
    const cookie = String(headers['set-cookie']);
    return {
      cookie: cookie.split(';')[0]!,
      attributes: cookie,
      headers: { origin, 'x-csrf-token': body.csrf_token, cookie: cookie.split(';')[0]! },
    };
  }
  const login = {
    body: {
      get organization() {
        return agency.slug;
      },
      username: 'a boss',
      password,
    },
  };

  test('keeps the refresh token in a __Host- cookie that no script and no other site can use', async () => {
    const page = await openPage();
    const reply = await server.call('POST', '/v2/web/login', { ...login, headers: page.headers });
    expect(reply.status).toBe(200);
    expect(reply.body.refresh_token).toBeUndefined();
    const cookie = String(reply.headers['set-cookie']);
    expect(cookie).toMatch(/^__Host-timao_refresh=rt1\./);
    for (const part of ['Path=/', 'HttpOnly', 'Secure', 'SameSite=Strict']) expect(cookie).toContain(part);
    expect(cookie).not.toContain('Domain');
    const again = await server.call('POST', '/v2/web/refresh', {
      headers: { ...page.headers, cookie: `${page.cookie}; ${cookie.split(';')[0]}` },
    });
    expect(again.status).toBe(200);
    expect((await server.call('GET', '/v2/users', { token: again.body.access_token })).status).toBe(200);
    const out = await server.call('POST', '/v2/web/logout', {
      headers: { ...page.headers, cookie: `${page.cookie}; ${String(again.headers['set-cookie']).split(';')[0]}` },
    });
    expect(out.status).toBe(204);
    expect((await server.call('GET', '/v2/users', { token: again.body.access_token })).status).toBe(401);
  });

  test.each([
    ['from another site', { origin: 'https://evil.example' }],
    ['without an origin', { origin: '' }],
    ['without the CSRF token', { 'x-csrf-token': '' }],
    ['with a CSRF token of another visitor', { 'x-csrf-token': 'AAAAAAAA-AAAAAAAAAAAAAAAAAAAAAAAAAAA' }],
  ])('refuses a sign-in %s', async (_what, change) => {
    const page = await openPage();
    const reply = await server.call('POST', '/v2/web/login', { ...login, headers: { ...page.headers, ...change } });
    expect(reply.status).toBe(403);
    expect(reply.headers['set-cookie']).toBeUndefined();
  });

  test('the API takes no cookie in place of a Bearer token', async () => {
    const { refresh: token } = await boss();
    const reply = await server.call('GET', '/v2/me', { headers: { origin, cookie: `__Host-timao_refresh=${token}` } });
    expect(reply.status).toBe(401);
  });
});

test('the audit chain of all this is whole, and a changed row is found', async () => {
  await server.database.inOrganization(agency.id, async (tx) => {
    expect(await findBrokenAudit(tx)).toBeNull();
    const rows = await tx.query<{ seq: number }>('SELECT seq FROM audit_log ORDER BY seq');
    expect(rows.length).toBeGreaterThan(5);
    const forged = {
      ...tx,
      query: (async (sql: string, values?: unknown[]) => {
        const links = await tx.query<{ seq: number; action: string }>(sql, values);
        return links.map((link) => (link.seq === 3 ? { ...link, action: 'nothing.happened' } : link));
      }) as typeof tx.query,
    };
    expect(await findBrokenAudit(forged)).toBe(3);
  });
});
