import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeAgency, makeSummary, pairStreamer, toBatch, toChange } from '../testing/people.ts';
import { openTestServer, type TestServer } from '../testing/test-server.ts';

let server: TestServer;
let admin: pg.Client;
let app: pg.Client;
beforeAll(async () => {
  server = await openTestServer();
  admin = new pg.Client({ connectionString: server.adminUrl });
  app = new pg.Client({ connectionString: server.appUrl });
  await Promise.all([admin.connect(), app.connect()]);
});
afterAll(async () => {
  await Promise.all([admin.end(), app.end()]);
  await server.close();
});

const tenantTables = `SELECT c.oid, c.relname AS name, c.relrowsecurity AS on, c.relforcerowsecurity AS forced, pg_get_userbyid(c.relowner) AS owner
  FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
  AND (c.relname = 'organizations' OR EXISTS (SELECT 1 FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'organization_id'))`;

describe('schema', () => {
  test('every table of a tenant is under forced row security and belongs to a role that cannot log in', async () => {
    const { rows } = await admin.query(tenantTables);
    expect(rows.length).toBeGreaterThanOrEqual(15);
    for (const row of rows) expect(row, row.name).toMatchObject({ on: true, forced: true, owner: 'timao_migrator' });
    const { rows: roles } = await admin.query(
      "SELECT rolname, rolsuper, rolbypassrls, rolcanlogin FROM pg_roles WHERE rolname = 'timao_migrator'",
    );
    expect(roles).toEqual([{ rolname: 'timao_migrator', rolsuper: false, rolbypassrls: false, rolcanlogin: false }]);
  });

  test('every index and foreign key of a tenant table starts with organization_id', async () => {
    const { rows } = await admin.query(
      `SELECT t.name AS table, i.relname AS index, pg_get_indexdef(i.oid, 1, true) AS first FROM (${tenantTables}) t
       JOIN pg_index x ON x.indrelid = t.oid JOIN pg_class i ON i.oid = x.indexrelid WHERE t.name <> 'organizations'`,
    );
    expect(rows.length).toBeGreaterThan(25);
    expect(rows.filter((row) => row.first !== 'organization_id')).toEqual([]);
    const { rows: keys } = await admin.query(
      `SELECT con.conname, a.attname AS first FROM (${tenantTables}) t JOIN pg_constraint con ON con.conrelid = t.oid AND con.contype = 'f'
       JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = con.conkey[1]`,
    );
    expect(keys.length).toBeGreaterThan(15);
    expect(keys.filter((key) => key.first !== 'organization_id')).toEqual([]);
  });

  test('no time is kept without a zone', async () => {
    const { rows } = await admin.query(
      "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public' AND data_type = 'timestamp without time zone'",
    );
    expect(rows).toEqual([]);
  });

  test('the serving role cannot change or delete what was logged', async () => {
    for (const table of ['audit_log', 'access_log', 'consents', 'change_log']) {
      await expect(app.query(`DELETE FROM ${table}`)).rejects.toThrow(/permission denied/);
      await expect(app.query(`UPDATE ${table} SET organization_id = organization_id`)).rejects.toThrow(
        /permission denied/,
      );
    }
  });
});

describe('rows', () => {
  test('without app.org the serving role sees no row of any tenant table, and with it only its own', async () => {
    const [a, b] = [await makeAgency(server, 'a'), await makeAgency(server, 'b')];
    for (const agency of [a, b]) {
      const streamer = await pairStreamer(server, agency, 'cat');
      const id = server.deps.newId();
      await server.call('POST', '/v2/sync/push', {
        token: streamer.token,
        body: toBatch(streamer, [toChange(1, makeSummary(id))]),
      });
    }
    const { rows: tables } = await admin.query(tenantTables);
    let seenByAdmin = 0;
    for (const { name } of tables) {
      const key = name === 'organizations' ? 'id' : 'organization_id';
      expect((await app.query(`SELECT 1 FROM ${name}`)).rowCount, name).toBe(0);
      await server.database.inOrganization(a.id, async (tx) => {
        const rows = await tx.query<{ org: string }>(`SELECT ${key} AS org FROM ${name}`);
        expect(
          rows.filter((row) => row.org !== a.id),
          name,
        ).toEqual([]);
      });
      seenByAdmin += (await admin.query(`SELECT 1 FROM ${name}`)).rowCount ?? 0;
    }
    expect(seenByAdmin).toBeGreaterThan(20);
  });

  test('a row cannot be written into another organization', async () => {
    const [a, b] = [await makeAgency(server, 'c'), await makeAgency(server, 'd')];
    const write = server.database.inOrganization(a.id, (tx) =>
      tx.query(
        "INSERT INTO users (organization_id, id, username, role) VALUES ($1, gen_random_uuid(), 'spy', 'agency_admin')",
        [b.id],
      ),
    );
    await expect(write).rejects.toThrow(/row-level security/);
  });

  test('app.org does not outlive its transaction on a pooled connection', async () => {
    const a = await makeAgency(server, 'e');
    await server.database.inOrganization(a.id, (tx) => tx.query('SELECT 1'));
    const rows = await Promise.all(Array.from({ length: 10 }, () => server.database.query('SELECT 1 FROM users')));
    expect(rows.flat()).toEqual([]);
  });
});
