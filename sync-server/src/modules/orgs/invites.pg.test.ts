import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  type Agency,
  addPerson,
  makeAgency,
  makeInvite,
  pairBody,
  pairStreamer,
  password,
} from '../../testing/people.ts';
import { openTestServer, type TestServer } from '../../testing/test-server.ts';

let server: TestServer;
let agency: Agency;
beforeAll(async () => {
  server = await openTestServer({ PAIR_LIMIT_PER_MINUTE: '30' });
  agency = await makeAgency(server, 'a');
});
afterAll(() => server.close());

let visitor = 0;
// Each try comes from an address of its own, so that the rate limit is met only where it is meant.
const nextAddress = () => {
  visitor += 1;
  return `10.0.0.${visitor}`;
};
const pair = (code: string, from = nextAddress()) => server.call('POST', '/v2/pair', { body: pairBody(code), from });
const invite = (body: object) => makeInvite(server, agency, body);

test('a code pairs once: of five devices at the same moment one gets in', async () => {
  const code = await invite({ role: 'streamer', username: 'once' });
  const replies = await Promise.all(Array.from({ length: 5 }, () => pair(code)));
  expect(replies.map((reply) => reply.status).sort()).toEqual([201, 410, 410, 410, 410]);
});

test('a code is read as people type it', async () => {
  const code = await invite({ role: 'streamer', username: 'typed' });
  expect(code).toMatch(/^[2-9A-HJKMNP-Z]{10}$/);
  expect((await pair(` ${code.slice(0, 5).toLowerCase()}-${code.slice(5)} `)).status).toBe(201);
});

test('a code is over after 24 hours, and when it was taken back', async () => {
  const [late, taken] = [
    await invite({ role: 'streamer', username: 'late' }),
    await invite({ role: 'streamer', username: 'taken' }),
  ];
  const list = await server.call('GET', '/v2/invites', { token: agency.admin.token });
  const { id } = list.body.items.find((item: { username: string }) => item.username === 'taken');
  expect((await server.call('DELETE', `/v2/invites/${id}`, { token: agency.admin.token })).status).toBe(204);
  expect((await pair(taken)).body.error.code).toBe('CODE_NOT_VALID');
  server.clock.ms += 24 * 3_600_000;
  expect((await pair(late)).body.error.code).toBe('CODE_NOT_VALID');
  server.clock.ms -= 24 * 3_600_000;
  expect((await pair(late)).status).toBe(201);
});

test('a name that was taken meanwhile leaves the code unspent', async () => {
  const [first, second] = [
    await invite({ role: 'streamer', username: 'Twin' }),
    await invite({ role: 'streamer', username: 'twin' }),
  ];
  const one = await pair(first);
  expect((await pair(second)).body.error.code).toBe('USERNAME_TAKEN');
  await server.call('DELETE', `/v2/users/${one.body.user.id}`, { token: agency.admin.token });
  expect((await pair(second)).status).toBe(201);
});

test('an invite of an assistant pairs no device, and one of a streamer sets no password', async () => {
  const [assistant, streamer] = [
    await invite({ role: 'assistant', username: 'help' }),
    await invite({ role: 'streamer', username: 'live' }),
  ];
  const accept = (code: string) =>
    server.call('POST', '/v2/auth/accept-invite', { body: { code, password }, from: '10.1.0.1' });
  expect((await pair(assistant)).status).toBe(410);
  expect((await accept(streamer)).status).toBe(410);
  expect((await accept(assistant)).body.user.role).toBe('assistant');
});

test('nobody is invited as super_admin', async () => {
  const reply = await server.call('POST', '/v2/invites', {
    token: agency.admin.token,
    body: { role: 'super_admin', username: 'root' },
  });
  expect(reply.status).toBe(400);
});

test('a second device belongs to the same streamer and begins its own sequence', async () => {
  const first = await pairStreamer(server, agency, 'two devices');
  const reply = await pair(await invite({ user_id: first.id }));
  expect(reply.body).toMatchObject({ user: { id: first.id, username: 'two devices' }, sync: { expected_seq: 1 } });
  expect(reply.body.device_id).not.toBe(first.deviceId);
});

test('a revoked device is out at once: access, refresh and push', async () => {
  const streamer = await pairStreamer(server, agency, 'revoked');
  expect((await server.call('GET', '/v2/sync/state', { token: streamer.token })).status).toBe(200);
  expect((await server.call('DELETE', `/v2/devices/${streamer.deviceId}`, { token: agency.admin.token })).status).toBe(
    204,
  );
  expect((await server.call('GET', '/v2/sync/state', { token: streamer.token })).status).toBe(401);
  expect((await server.call('POST', '/v2/auth/refresh', { body: { refresh_token: streamer.refresh } })).status).toBe(
    401,
  );
});

test('a streamer unpairs their own device and not that of another', async () => {
  const [mine, other] = [await pairStreamer(server, agency, 'mine'), await pairStreamer(server, agency, 'other')];
  expect((await server.call('DELETE', `/v2/devices/${other.deviceId}`, { token: mine.token })).status).toBe(404);
  expect((await server.call('DELETE', `/v2/devices/${mine.deviceId}`, { token: mine.token })).status).toBe(204);
});

test('the last admin cannot be removed, and a removed person is out at once', async () => {
  expect(
    (await server.call('DELETE', `/v2/users/${agency.admin.id}`, { token: agency.admin.token })).body.error.code,
  ).toBe('LAST_ADMIN');
  const streamer = await pairStreamer(server, agency, 'leaves');
  expect((await server.call('DELETE', `/v2/users/${streamer.id}`, { token: agency.admin.token })).status).toBe(204);
  expect((await server.call('GET', '/v2/me', { token: streamer.token })).status).toBe(401);
});

test('the invites that a removed admin made are gone with them', async () => {
  const { token, id } = await addPerson(server, agency, 'agency_admin', 'parting');
  const { body } = await server.call('POST', '/v2/invites', {
    token,
    body: { role: 'agency_admin', username: 'back' },
  });
  expect((await server.call('DELETE', `/v2/users/${id}`, { token: agency.admin.token })).status).toBe(204);
  const back = { code: body.code, password };
  expect((await server.call('POST', '/v2/auth/accept-invite', { body: back, from: '10.1.0.2' })).status).toBe(410);
});

test('guessing codes is cut off per address', async () => {
  const statuses: number[] = [];
  for (let round = 0; round < 35; round += 1) statuses.push((await pair('ABCDEFGH23', '10.9.9.9')).status);
  expect(statuses.slice(0, 30)).toEqual(Array(30).fill(410));
  expect(statuses.slice(30)).toEqual(Array(5).fill(429));
  const refused = await pair('ABCDEFGH23', '10.9.9.9');
  expect(refused.body.error.code).toBe('TOO_MANY_REQUESTS');
  expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
});

test('codes are not in the database as they are', async () => {
  const code = await invite({ role: 'streamer', username: 'hidden' });
  const rows = await server.database.inOrganization(agency.id, (tx) =>
    tx.query<{ row: string }>("SELECT invites::text || encode(code_hash, 'escape') AS row FROM invites"),
  );
  expect(rows.some(({ row }) => row.includes(code))).toBe(false);
});
