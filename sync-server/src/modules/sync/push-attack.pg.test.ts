// What a device may try that the ordinary tests of a push do not.
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Agency, hlcAt, makeAgency, makeSummary, pairStreamer, toBatch, toChange } from '../../testing/people.ts';
import { openTestServer, type TestServer } from '../../testing/test-server.ts';

let server: TestServer;
let agency: Agency;
beforeAll(async () => {
  server = await openTestServer();
  agency = await makeAgency(server, 'a');
});
afterAll(() => server.close());

const clock = (counter: number) => hlcAt(Date.UTC(2026, 10, 24, 12), counter);
const post = (token: string, path: string, body: unknown) => server.call('POST', path, { token, body });

test('an id in capitals is the same id: it brings no deleted session back and lets no older clock win', async () => {
  const streamer = await pairStreamer(server, agency, 'capitals');
  const [gone, kept] = [server.deps.newId(), server.deps.newId()];
  const loud = (id: string) => makeSummary(id.toUpperCase(), { room_name: 'loud' });
  const erased = { ...toChange(3, makeSummary(gone)), op: 'delete' as const, data: undefined };
  const first = [toChange(1, makeSummary(gone)), toChange(2, makeSummary(kept), clock(9)), erased];
  await post(streamer.token, '/v2/sync/push', toBatch(streamer, first));
  const again = [toChange(4, loud(gone), clock(10)), toChange(5, loud(kept), clock(1))];
  const reply = await post(streamer.token, '/v2/sync/push', toBatch(streamer, again));
  expect(reply.body.results.map((result: { status: string }) => result.status)).toEqual(['stale', 'stale']);
  expect((await server.call('GET', `/v2/sessions/${gone}`, { token: streamer.token })).status).toBe(404);
  const twice = server.deps.newId();
  const both = [toChange(6, makeSummary(twice), clock(1)), toChange(7, loud(twice), clock(2))];
  expect((await post(streamer.token, '/v2/sync/push', toBatch(streamer, both))).status).toBe(200);
});

test("another's session id in capitals is refused as theirs, not met with a fault that would block the queue", async () => {
  const [one, two] = [await pairStreamer(server, agency, 'holder'), await pairStreamer(server, agency, 'thief')];
  const id = server.deps.newId();
  await post(one.token, '/v2/sync/push', toBatch(one, [toChange(1, makeSummary(id))]));
  const stolen = toChange(1, makeSummary(id.toUpperCase()), clock(10));
  const reply = await post(two.token, '/v2/sync/push', toBatch(two, [stolen]));
  expect([reply.status, reply.body.results?.[0].code]).toEqual([200, 'ID_TAKEN']);
});

test('consent withdrawn while a push is under way leaves nothing of that push behind', async () => {
  const streamer = await pairStreamer(server, agency, 'withdraws');
  const inRoom = () => makeSummary(server.deps.newId(), { platform_room_id: 'held' });
  await post(streamer.token, '/v2/sync/push', toBatch(streamer, [toChange(1, inRoom())]));
  // The room's row is held, so that the push stops after it has looked at the consent.
  const holder = new pg.Client({ connectionString: server.adminUrl });
  await holder.connect();
  await holder.query("BEGIN; SELECT 1 FROM live_rooms WHERE platform_room_id = 'held' FOR UPDATE");
  const pushed = post(streamer.token, '/v2/sync/push', toBatch(streamer, [toChange(2, inRoom())]));
  await sleep(300);
  const withdrawn = post(streamer.token, '/v2/consents', {
    kind: 'session_summary',
    granted: false,
    notice_version: 1,
    region: 'cn',
  });
  await sleep(300);
  await holder.query('COMMIT');
  await holder.end();
  expect([(await pushed).status, (await withdrawn).status]).toEqual([200, 201]);
  const left = await server.call('GET', '/v2/sessions', { token: streamer.token });
  expect(left.body.items).toEqual([]);
});
