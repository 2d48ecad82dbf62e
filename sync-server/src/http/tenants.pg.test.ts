import type { UserRole } from '@app/shared/api';
import { type RouteName, routes } from '@app/shared/api-routes';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type Agency,
  addPerson,
  makeAgency,
  makeInvite,
  makeSummary,
  pairStreamer,
  password,
  type Streamer,
  toBatch,
  toChange,
} from '../testing/people.ts';
import { openTestServer, type TestServer } from '../testing/test-server.ts';

// B's rows carry this word wherever a word fits; it must never come to A.
const canary = 'canary-b';
let server: TestServer;
let a: Agency;
let b: Agency;
let streamerA: Streamer;
let streamerB: Streamer;
let inviteB: string;
let sessionB: string;
const tokens = {} as Record<UserRole, string>;

beforeAll(async () => {
  server = await openTestServer();
  a = await makeAgency(server, 'a');
  b = await makeAgency(server, canary);
  streamerA = await pairStreamer(server, a, 'cat of a');
  streamerB = await pairStreamer(server, b, `${canary} cat`);
  sessionB = server.deps.newId();
  const summary = makeSummary(sessionB, { room_name: canary, platform_room_id: canary });
  await server.call('POST', '/v2/sync/push', {
    token: streamerB.token,
    body: toBatch(streamerB, [toChange(1, summary)]),
  });
  await makeInvite(server, b, { role: 'assistant', username: `${canary} help` });
  inviteB = (await server.call('GET', '/v2/invites', { token: b.admin.token })).body.items.find(
    (item: { used_at: string | null }) => item.used_at === null,
  ).id;
  tokens.super_admin = a.admin.token;
  tokens.agency_admin = (await addPerson(server, a, 'agency_admin', 'lead of a')).token;
  tokens.assistant = (await addPerson(server, a, 'assistant', 'help of a')).token;
  tokens.streamer = streamerA.token;
});
afterAll(() => server.close());

/** A body that is right in form and, where it names something, names what is B's. */
const bodies: Partial<Record<RouteName, () => unknown>> = {
  'me.password': () => ({ current_password: 'not the right one', new_password: 'another long one' }),
  'orgs.make': () => ({ name: 'C', slug: b.slug }),
  'invites.make': () => ({ user_id: streamerB.id }),
  'consents.set': () => ({ kind: 'danmaku_excerpts', granted: true, notice_version: 1, region: 'cn' }),
  'sync.push': () => toBatch({ ...streamerB, epoch: streamerA.epoch }, [toChange(1, makeSummary(sessionB))]),
};
const names = Object.keys(routes) as RouteName[];
const members = names.filter((name) => typeof routes[name].auth !== 'string');
const send = (name: RouteName, id: string, token?: string, query = '') => {
  const { method, path } = routes[name];
  const body = bodies[name]?.();
  return server.call(method, path.replace(':id', id) + query, {
    ...(token ? { token } : {}),
    ...(body === undefined ? {} : { body }),
  });
};

describe('ids of another organization', () => {
  const withId = members.filter((name) => routes[name].path.includes(':id'));
  test('there are routes to try', () => expect(withId.length).toBeGreaterThanOrEqual(6));

  test.each(withId)('%s never answers 2xx to them, and says 404 to whoever may call it', async (name) => {
    const ids = [b.id, b.admin.id, streamerB.id, streamerB.deviceId, inviteB, sessionB];
    for (const [role, token] of Object.entries(tokens)) {
      for (const id of ids) {
        const reply = await send(name, id, token);
        const may = (routes[name].auth as readonly string[]).includes(role);
        expect([name, role, reply.status]).toEqual([name, role, may ? 404 : 403]);
        expect(reply.text).not.toContain(canary);
      }
    }
  });

  test.each(members)('%s shows nothing of B to anyone of A', async (name) => {
    if (name === 'auth.logout') return;
    for (const token of Object.values(tokens)) {
      const reply = await send(name, sessionB, token);
      expect(reply.text).not.toContain(canary);
      expect(reply.text).not.toContain(sessionB);
    }
  });

  test('a filter by a streamer of B, and a cursor made from a row of B, show nothing of B', async () => {
    const filtered = await send('sessions.list', '', tokens.agency_admin, `?streamer_id=${streamerB.id}`);
    expect(filtered.status).toBe(404);
    const cursor = Buffer.from(JSON.stringify(['2100-01-01T00:00:00.000Z', sessionB])).toString('base64url');
    const paged = await send('sessions.list', '', tokens.agency_admin, `?cursor=${cursor}`);
    expect(paged.body.items).toEqual([]);
  });

  test('a push with the device of B, an invite for the streamer of B and the slug of B change nothing there', async () => {
    expect((await send('sync.push', '', streamerA.token)).status).toBe(403);
    expect((await send('invites.make', '', tokens.agency_admin)).status).toBe(404);
    expect((await send('orgs.make', '', tokens.super_admin)).status).toBe(409);
    const after = await server.call('GET', `/v2/sessions/${sessionB}`, { token: b.admin.token });
    expect(after.body.room_name).toBe(canary);
  });

  test('names and room numbers that B uses are free in A, so that nothing tells that B uses them', async () => {
    await pairStreamer(server, a, `${canary} cat`);
    const summary = makeSummary(server.deps.newId(), { platform_room_id: canary });
    const reply = await server.call('POST', '/v2/sync/push', {
      token: streamerA.token,
      body: toBatch(streamerA, [toChange(1, summary)]),
    });
    expect(reply.body.results[0].status).toBe('applied');
  });

  test('the id of a session of B pushed by A makes a row of A and leaves that of B', async () => {
    const again = await pairStreamer(server, a, 'second of a');
    const reply = await server.call('POST', '/v2/sync/push', {
      token: again.token,
      body: toBatch(again, [toChange(1, makeSummary(sessionB, { room_name: 'from a' }))]),
    });
    expect(reply.body.results[0].status).toBe('applied');
    expect((await server.call('GET', `/v2/sessions/${sessionB}`, { token: b.admin.token })).body.room_name).toBe(
      canary,
    );
    expect((await server.call('GET', `/v2/sessions/${sessionB}`, { token: a.admin.token })).body.room_name).toBe(
      'from a',
    );
  });
});

describe('roles', () => {
  test.each(members)('%s is open to exactly the roles it names, and to nobody without a token', async (name) => {
    if (name === 'auth.logout') return;
    expect((await send(name, sessionB)).status).toBe(401);
    for (const [role, token] of Object.entries(tokens)) {
      const { status } = await send(name, '0193f0c2-a4b1-7000-8000-0000000000ff', token);
      const isForbidden = status === 403 && name !== 'sync.push';
      expect([role, isForbidden || (name === 'sync.push' && role !== 'streamer')]).toEqual([
        role,
        !(routes[name].auth as readonly string[]).includes(role),
      ]);
    }
  });

  test('a route of a device is closed to a streamer who signed in without one', async () => {
    const { hashPassword } = await import('../modules/auth/passwords.ts');
    const hash = await hashPassword(password);
    await server.database.inOrganization(a.id, (tx) =>
      tx.query("UPDATE users SET password_hash = $1 WHERE username = 'cat of a'", [hash]),
    );
    const { body } = await server.call('POST', '/v2/auth/login', {
      body: { organization: a.slug, username: 'cat of a', password },
    });
    for (const name of ['sync.push', 'sync.state', 'consents.set'] as const)
      expect((await send(name, '', body.access_token)).status).toBe(403);
  });

  test('an agency_admin cannot remove the super_admin', async () => {
    const reply = await server.call('DELETE', `/v2/users/${a.admin.id}`, { token: tokens.agency_admin });
    expect(reply.status).toBe(403);
  });
});
