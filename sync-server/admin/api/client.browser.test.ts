import { expect, test } from 'vitest';
import { createFakeServer, Refusal } from '../testing/fake-server.ts';
import { adminFixture } from '../testing/fixtures.ts';
import { createClient } from './client.ts';

function open(own: Parameters<typeof createFakeServer>[1] = {}) {
  const server = createFakeServer(adminFixture, own);
  const clock = { ms: 1_000_000 };
  const ended = { times: 0 };
  const client = createClient({
    fetch: server.fetch,
    nowMs: () => clock.ms,
    onEnded: () => {
      ended.times += 1;
    },
  });
  return { server, client, clock, ended };
}
const ended401 = () => {
  throw new Refusal(401, 'SESSION_ENDED');
};

test('five calls that meet a token that ran out wait for one renewal', async () => {
  const { server, client, clock } = open();
  await client.resume();
  clock.ms += 20 * 60_000;
  await Promise.all(Array.from({ length: 5 }, () => client.call('me.get', {})));
  expect(server.callsOf('web.refresh')).toHaveLength(2);
  const tokens = server.callsOf('me.get').map(({ headers }) => headers.get('authorization'));
  expect(tokens).toEqual(Array(5).fill('Bearer access-2'));
});

test('five calls that are refused at once are renewed once and said again', async () => {
  const { server, client } = open();
  await client.resume();
  const answer = server.answers['me.get']!;
  server.answers['me.get'] = (call) => {
    if (call.headers.get('authorization') === 'Bearer access-1') throw new Refusal(401, 'UNAUTHENTICATED');
    return answer(call);
  };
  await Promise.all(Array.from({ length: 5 }, () => client.call('me.get', {})));
  expect(server.callsOf('web.refresh')).toHaveLength(2);
  expect(server.callsOf('me.get')).toHaveLength(10);
});

test('a call that is refused with a fresh token too is not tried a third time, and the end is told once', async () => {
  const { server, client, ended } = open({ 'users.list': ended401, 'invites.list': ended401 });
  await client.resume();
  const calls = [client.call('users.list', { query: {} }), client.call('invites.list', { query: {} })];
  const codes = await Promise.all(calls.map((call) => call.catch((error: { code: string }) => error.code)));
  expect(codes).toEqual(['SESSION_ENDED', 'SESSION_ENDED']);
  expect(server.callsOf('users.list').length).toBeLessThanOrEqual(2);
  expect(ended.times).toBe(1);
});

test('a refusal for any other reason ends nothing and is not said again', async () => {
  const { server, client, ended } = open({
    'users.list': () => {
      throw new Refusal(403, 'FORBIDDEN');
    },
  });
  await client.resume();
  await expect(client.call('users.list', { query: {} })).rejects.toMatchObject({ code: 'FORBIDDEN' });
  expect(server.callsOf('users.list')).toHaveLength(1);
  expect(ended.times).toBe(0);
});

test('a form token that the server no longer knows is fetched anew once', async () => {
  let refused = 0;
  const { server, client } = open({
    'web.login': () => {
      refused += 1;
      throw new Refusal(403, 'FORBIDDEN_ORIGIN');
    },
  });
  await expect(client.signIn({ username: 'Ada', password: 'x' })).rejects.toMatchObject({ code: 'FORBIDDEN_ORIGIN' });
  expect(refused).toBe(2);
  expect(server.callsOf('web.csrf')).toHaveLength(2);
});

test('tokens are kept in memory only', async () => {
  const { client } = open();
  await client.resume();
  const stored = JSON.stringify({ ...localStorage, ...sessionStorage }) + document.cookie + document.body.innerHTML;
  expect(stored).not.toContain('access-');
});

test('an answer of another shape than the contract is refused', async () => {
  const client = createClient({
    fetch: async () => Response.json({ access_token: 1 }),
    nowMs: Date.now,
    onEnded: () => undefined,
  });
  await expect(client.resume()).rejects.toMatchObject({ code: 'BAD_ANSWER' });
});

test('no network and a proxy without a server are told apart', async () => {
  const failing = (fetch: () => Promise<Response>) =>
    createClient({ fetch, nowMs: Date.now, onEnded: () => undefined }).resume();
  await expect(failing(() => Promise.reject(new TypeError('Failed to fetch')))).rejects.toMatchObject({
    code: 'OFFLINE',
  });
  await expect(failing(async () => new Response('<h1>Bad gateway</h1>', { status: 502 }))).rejects.toMatchObject({
    code: 'NOT_READY',
  });
});

test('a sign-out that the server cannot be told of leaves the sign-in as it is', async () => {
  const { server, client } = open();
  await client.resume();
  server.answers['web.logout'] = () => {
    throw new Refusal(503, 'NOT_READY');
  };
  await expect(client.signOut()).rejects.toMatchObject({ code: 'NOT_READY' });
  await expect(client.call('me.get', {})).resolves.toMatchObject({ user: { username: 'Ada' } });
});
