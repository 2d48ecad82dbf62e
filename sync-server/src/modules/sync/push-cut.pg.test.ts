// Pushing while the way to the database is cut again and again: nothing lost, nothing twice.
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildApp } from '../../app.ts';
import { openDatabase } from '../../db/database.ts';
import {
  hlcAt,
  makeAgency,
  makeSummary,
  pairStreamer,
  type Streamer,
  toBatch,
  toChange,
} from '../../testing/people.ts';
import { openTestServer, type TestServer } from '../../testing/test-server.ts';
import { openWay } from '../../testing/way.ts';

let server: TestServer;
beforeAll(async () => {
  server = await openTestServer();
});
afterAll(() => server.close());

const devices = 4;
const rows = 60;
const leastCuts = 6;

test('devices that only repeat what was not acknowledged end with every row once, whatever was cut', async () => {
  const way = await openWay(new URL(server.appUrl));
  const database = openDatabase(way.url, 6, () => undefined);
  const app = await buildApp({ ...server.deps, database }, server.gate);
  const agency = await makeAgency(server, 'cut');
  const streamers = await Promise.all(
    Array.from({ length: devices }, (_, index) => pairStreamer(server, agency, `device ${index}`)),
  );
  const ids = streamers.map(() => Array.from({ length: rows }, () => server.deps.newId()));
  let isOver = false;
  let failures = 0;
  let cuts = 0;

  async function run(streamer: Streamer, own: string[]): Promise<void> {
    const changes = own.map((id, index) => toChange(index + 1, makeSummary(id), hlcAt(Date.UTC(2026, 10, 24), index)));
    // A fast machine would be done before enough was cut: it repeats everything until then.
    for (let acked = 0; acked < rows || cuts < leastCuts; ) {
      if (acked >= rows) acked = 0;
      const payload = toBatch(streamer, changes.slice(acked, acked + 3));
      const reply = await app.inject({
        method: 'POST',
        url: '/v2/sync/push',
        headers: { authorization: `Bearer ${streamer.token}` },
        payload,
      });
      if (reply.statusCode === 200) acked = reply.json().acked_through;
      else {
        expect([reply.statusCode, reply.body]).toEqual([503, expect.stringContaining('NOT_READY')]);
        failures += 1;
        await sleep(10);
      }
    }
  }
  async function trouble(): Promise<void> {
    while (!isOver) {
      await sleep(60 + ((cuts * 37) % 120));
      way.cut();
      await sleep(10);
      await way.mend();
      cuts += 1;
    }
  }

  const cutting = trouble();
  await Promise.all(streamers.map((streamer, index) => run(streamer, ids[index]!)));
  isOver = true;
  await cutting;
  expect(cuts).toBeGreaterThanOrEqual(leastCuts);
  expect(failures).toBeGreaterThan(0);
  await server.database.inOrganization(agency.id, async (tx) => {
    const kept = await tx.query<{ id: string }>('SELECT id FROM live_sessions');
    expect(kept.map((row) => row.id).sort()).toEqual(ids.flat().sort());
    const traced = await tx.query<{ id: string }>('SELECT id FROM change_log');
    expect(traced.map((row) => row.id).sort()).toEqual(ids.flat().sort());
  });
  await app.close();
  await database.close();
  way.close();
}, 120_000);
