import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeAgency, pairStreamer } from '../testing/people.ts';
import { openTestServer, type TestServer } from '../testing/test-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await openTestServer();
});
afterAll(() => server.close());

test('pruning takes what is over in every organization and nothing else', async () => {
  const agencies = [await makeAgency(server, 'a'), await makeAgency(server, 'b')];
  for (const agency of agencies) {
    const streamer = await pairStreamer(server, agency, 'cat');
    await server.database.inOrganization(agency.id, async (tx) => {
      await tx.query(
        "UPDATE refresh_tokens SET expires_at = now() - interval '2 days' WHERE family_id IN (SELECT id FROM refresh_families WHERE device_id IS NULL)",
      );
      const insert = `INSERT INTO applied_batches (organization_id, id, device_id, first_seq, last_seq, rejected, applied_at)
        VALUES ($1, gen_random_uuid(), $2, 1, 1, '[]', now() - $3::interval)`;
      for (const age of ['31 days', '29 days']) await tx.query(insert, [agency.id, streamer.deviceId, age]);
      const erase =
        "INSERT INTO tombstones (organization_id, kind, id, deleted_at) VALUES ($1, 'session_summary', gen_random_uuid(), now() - $2::interval)";
      for (const age of ['91 days', '89 days']) await tx.query(erase, [agency.id, age]);
    });
  }
  const [row] = await server.database.query<{ count: number }>('SELECT prune_expired() AS count');
  expect(row?.count).toBe(6);
  for (const agency of agencies) {
    const left = await server.database.inOrganization(agency.id, async (tx) => {
      const count = async (table: string) => (await tx.query(`SELECT 1 FROM ${table}`)).length;
      return [await count('refresh_tokens'), await count('applied_batches'), await count('tombstones')];
    });
    expect(left).toEqual([1, 1, 1]);
  }
});
