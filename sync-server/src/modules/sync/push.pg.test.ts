import { randomUUID } from 'node:crypto';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import type { PushRequest, SessionSummary, SyncChange } from '@app/shared/sync';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type Agency,
  hlcAt,
  makeAgency,
  makeInvite,
  makeSummary,
  pairBody,
  pairStreamer,
  type Streamer,
  toBatch,
  toChange,
} from '../../testing/people.ts';
import { openTestServer, type TestServer } from '../../testing/test-server.ts';

let server: TestServer;
let agency: Agency;
beforeAll(async () => {
  server = await openTestServer();
  agency = await makeAgency(server, 'a');
});
afterAll(() => server.close());

let people = 0;
const newStreamer = () => {
  people += 1;
  return pairStreamer(server, agency, `streamer ${people}`);
};
const push = (streamer: Streamer, batch: PushRequest) =>
  server.call('POST', '/v2/sync/push', { token: streamer.token, body: batch });
const newId = () => server.deps.newId();
const sessionsOf = (streamer: Streamer) =>
  server.database.inOrganization(agency.id, (tx) =>
    tx.query<{ id: string; summary: SessionSummary }>(
      'SELECT id, summary FROM live_sessions WHERE user_id = $1 ORDER BY id',
      [streamer.id],
    ),
  );

describe('a push', () => {
  test('is taken once: whole and partial repeats are duplicates and change nothing', async () => {
    const streamer = await newStreamer();
    const changes = [1, 2, 3].map((seq) => toChange(seq, makeSummary(newId())));
    const batch = toBatch(streamer, changes);
    const first = await push(streamer, batch);
    expect(first.body.results.map((result: { status: string }) => result.status)).toEqual([
      'applied',
      'applied',
      'applied',
    ]);
    const before = await sessionsOf(streamer);
    const again = [
      await push(streamer, batch),
      await push(streamer, toBatch(streamer, changes)),
      await push(streamer, toBatch(streamer, changes.slice(1))),
    ];
    for (const reply of again) {
      expect(reply.body.acked_through).toBe(3);
      expect(new Set(reply.body.results.map((result: { status: string }) => result.status))).toEqual(
        new Set(['duplicate']),
      );
    }
    expect(await sessionsOf(streamer)).toEqual(before);
    const log = await server.database.inOrganization(agency.id, (tx) =>
      tx.query('SELECT 1 FROM change_log WHERE id = ANY($1)', [changes.map((change) => change.id)]),
    );
    expect(log).toHaveLength(3);
  });

  test('that overlaps what was taken applies only the rest', async () => {
    const streamer = await newStreamer();
    const changes = [1, 2, 3, 4].map((seq) => toChange(seq, makeSummary(newId())));
    await push(streamer, toBatch(streamer, changes.slice(0, 2)));
    const reply = await push(streamer, toBatch(streamer, changes.slice(1)));
    expect(reply.body.results.map((result: { status: string }) => result.status)).toEqual([
      'duplicate',
      'applied',
      'applied',
    ]);
    expect(reply.body.acked_through).toBe(4);
  });

  test('after a hole is 409 with the sequence to go on from, and leaves nothing behind', async () => {
    const streamer = await newStreamer();
    const reply = await push(streamer, toBatch(streamer, [toChange(3, makeSummary(newId()))]));
    expect(reply.status).toBe(409);
    expect(reply.body.error).toMatchObject({ code: 'SEQ_GAP', expected_seq: 1, epoch: streamer.epoch });
    expect(await sessionsOf(streamer)).toEqual([]);
  });

  test('of an old epoch is 409 with the new one', async () => {
    const streamer = await newStreamer();
    await push(streamer, toBatch(streamer, [toChange(1, makeSummary(newId()))]));
    const reply = await push(streamer, {
      ...toBatch(streamer, [toChange(1, makeSummary(newId()))]),
      epoch: 'before the restore',
    });
    expect(reply.status).toBe(409);
    expect(reply.body.error).toMatchObject({ code: 'EPOCH_CHANGED', expected_seq: 2, epoch: streamer.epoch });
  });

  test('renumbered after a restore brings back what is missing and keeps what is there', async () => {
    const streamer = await newStreamer();
    const summaries = [makeSummary(newId()), makeSummary(newId())];
    await push(streamer, toBatch(streamer, [toChange(1, summaries[0]!)]));
    const reply = await push(streamer, toBatch(streamer, [toChange(2, summaries[0]!), toChange(3, summaries[1]!)]));
    expect(reply.body.results.map((result: { status: string }) => result.status)).toEqual(['duplicate', 'applied']);
  });

  test('with rows that can never be taken is not held up by them, and repeats their codes', async () => {
    const streamer = await newStreamer();
    const good = makeSummary(newId());
    const bad = {
      ...toChange(1, makeSummary(newId())),
      data: { ...makeSummary(newId()), emotion_summary: { happy: 0.5 } },
    };
    const batch = toBatch(streamer, [bad, toChange(2, good), { ...toChange(3, good), kind: 'emotion_records' }]);
    const expected = [
      { seq: 1, status: 'rejected', code: 'UNKNOWN_FIELD', field: 'data' },
      { seq: 2, status: 'applied' },
      { seq: 3, status: 'rejected', code: 'UNKNOWN_KIND', field: 'kind' },
    ];
    expect((await push(streamer, batch)).body.results).toMatchObject(expected);
    expect((await push(streamer, batch)).body.results).toMatchObject([
      expected[0],
      { seq: 2, status: 'duplicate' },
      expected[2],
    ]);
    expect(JSON.stringify(await sessionsOf(streamer))).not.toContain('emotion');
  });

  test.each([
    ['an unknown field beside the rows', (batch: PushRequest) => ({ ...batch, note: 1 })],
    [
      'an unknown field in the envelope of a row',
      (batch: PushRequest) => ({ ...batch, changes: [{ ...batch.changes[0], text: 'hi' }] }),
    ],
    ['another protocol', (batch: PushRequest) => ({ ...batch, protocol: 3 })],
    ['no rows', (batch: PushRequest) => ({ ...batch, changes: [] })],
    [
      '1001 rows',
      (batch: PushRequest) => ({
        ...batch,
        changes: Array.from({ length: 1001 }, (_, index) => ({ ...batch.changes[0], seq: index + 1 })),
      }),
    ],
  ])('with %s is refused as a whole', async (_what, change) => {
    const streamer = await newStreamer();
    const batch = change(toBatch(streamer, [toChange(1, makeSummary(newId()))])) as PushRequest;
    expect((await push(streamer, batch)).status).toBe(400);
  });

  test('with the token of another device is refused', async () => {
    const [one, two] = [await newStreamer(), await newStreamer()];
    expect((await push(two, toBatch(one, [toChange(1, makeSummary(newId()))]))).status).toBe(403);
  });

  test('comes gzipped or zstd, and a bomb is cut off at 4 MiB', async () => {
    const streamer = await newStreamer();
    const send = (payload: Buffer, encoding: string) =>
      server.app.inject({
        method: 'POST',
        url: '/v2/sync/push',
        payload,
        headers: {
          authorization: `Bearer ${streamer.token}`,
          'content-type': 'application/json',
          'content-encoding': encoding,
        },
      });
    const [one, two] = [1, 2].map((seq) =>
      Buffer.from(JSON.stringify(toBatch(streamer, [toChange(seq, makeSummary(newId()))]))),
    );
    expect((await send(gzipSync(one!), 'gzip')).statusCode).toBe(200);
    expect((await send(zstdCompressSync(two!), 'zstd')).statusCode).toBe(200);
    const bomb = await send(gzipSync(Buffer.alloc(200 * 1024 * 1024, 32)), 'gzip');
    expect([bomb.statusCode, bomb.json().error.code]).toEqual([413, 'TOO_LARGE']);
    expect((await send(Buffer.from('not gzip'), 'gzip')).statusCode).toBe(400);
    expect((await send(one!, 'br')).statusCode).toBe(415);
    expect((await send(Buffer.alloc(5 * 1024 * 1024, 32), 'identity')).statusCode).toBe(413);
  });

  test('tells how far the clock of the device is off, and a clock a day ahead cannot win for a day', async () => {
    const streamer = await newStreamer();
    const summary = makeSummary(newId());
    const ahead = server.clock.ms + 86_400_000;
    const reply = await push(streamer, {
      ...toBatch(streamer, [toChange(1, summary, hlcAt(ahead))]),
      sent_at: new Date(ahead).toISOString(),
    });
    expect(reply.body.clock_offset_ms).toBe(-86_400_000);
    server.clock.ms += 600_000;
    const later = await push(
      streamer,
      toBatch(streamer, [toChange(2, { ...summary, room_name: 'newer' }, hlcAt(server.clock.ms))]),
    );
    server.clock.ms -= 600_000;
    expect(later.body.results[0].status).toBe('applied');
  });

  test('of 1000 rows is one batch', async () => {
    const streamer = await newStreamer();
    const changes = Array.from({ length: 1000 }, (_, index) => toChange(index + 1, makeSummary(newId())));
    expect((await push(streamer, toBatch(streamer, changes))).body.acked_through).toBe(1000);
    expect(await sessionsOf(streamer)).toHaveLength(1000);
  });

  test('that is sent five times at once has its effect once', async () => {
    const streamer = await newStreamer();
    const batch = toBatch(streamer, [toChange(1, makeSummary(newId())), toChange(2, makeSummary(newId()))]);
    const replies = await Promise.all(Array.from({ length: 5 }, () => push(streamer, batch)));
    expect(replies.map((reply) => reply.status)).toEqual(Array(5).fill(200));
    expect(replies.flatMap((reply) => reply.body.results).filter((result) => result.status === 'applied')).toHaveLength(
      2,
    );
  });

  test('two streamers in one room share the room and keep their sessions apart', async () => {
    const [one, two] = [await newStreamer(), await newStreamer()];
    const room = { platform_room_id: 'shared' };
    await Promise.all(
      [one, two].map((streamer) => push(streamer, toBatch(streamer, [toChange(1, makeSummary(newId(), room))]))),
    );
    const rooms = await server.database.inOrganization(agency.id, (tx) =>
      tx.query("SELECT 1 FROM live_rooms WHERE platform_room_id = 'shared'"),
    );
    expect(rooms).toHaveLength(1);
    expect([await sessionsOf(one), await sessionsOf(two)].map((rows) => rows.length)).toEqual([1, 1]);
  });
});

/** What the device does: it keeps an outbox, sends batches of any size, and may lose answers or repeat itself. */
async function deliver(
  streamer: Streamer,
  changes: SyncChange[],
  moves: { size: number; fate: 'ok' | 'answer lost' | 'sent twice' | 'from before' | 'too early' }[],
) {
  let acked = 0;
  let seen = 0;
  let isTold = false;
  for (let step = 0; acked < changes.length && step < 60; step += 1) {
    const move = moves[step % moves.length]!;
    const { size } = move;
    // A device that was told where to go on from does so; and trouble ends at last.
    const fate = isTold || step > 20 ? 'ok' : move.fate;
    const from =
      fate === 'from before'
        ? Math.max(0, acked - size)
        : fate === 'too early'
          ? Math.min(changes.length - 1, seen + 2)
          : acked;
    const batch = toBatch(streamer, changes.slice(from, from + size));
    const reply = await push(streamer, batch);
    if (fate === 'sent twice') await push(streamer, batch);
    if (reply.status === 409) {
      expect(reply.body.error.expected_seq).toBe(seen + 1);
      acked = seen;
      isTold = true;
      continue;
    }
    expect(reply.status).toBe(200);
    isTold = false;
    seen = Math.max(seen, reply.body.acked_through);
    // After a lost answer the device tries the same again; every third time the answer comes through.
    if (fate !== 'answer lost' || step % 3 === 2) acked = reply.body.acked_through;
  }
  expect(acked).toBe(changes.length);
}

describe('any order of sending', () => {
  const fate = fc.constantFrom(
    'ok' as const,
    'answer lost' as const,
    'sent twice' as const,
    'from before' as const,
    'too early' as const,
  );
  const moves = fc.array(fc.record({ size: fc.integer({ min: 1, max: 7 }), fate }), { minLength: 1, maxLength: 8 });
  // Each write: which of four sessions, its clock, and whether it deletes.
  const writes = fc.array(
    fc.record({
      session: fc.integer({ min: 0, max: 3 }),
      clock: fc.integer({ min: 0, max: 5 }),
      isDelete: fc.integer({ min: 0, max: 9 }).map((n) => n === 0),
    }),
    { minLength: 1, maxLength: 20 },
  );

  test('with repeats, lost answers and retries leaves the same ledger as one clean push', async () => {
    await fc.assert(
      fc.asyncProperty(writes, moves, async (plan, sending) => {
        const toChanges = (ids: string[]) =>
          plan.map(({ session, clock, isDelete }, index) => {
            const summary = makeSummary(ids[session]!, { room_name: `write ${clock}` });
            const change = toChange(index + 1, summary, hlcAt(Date.UTC(2026, 10, 24), clock));
            return isDelete ? { ...change, op: 'delete' as const, data: undefined } : change;
          });
        const ledgers = [];
        for (const way of [sending, [{ size: 1000, fate: 'ok' as const }]]) {
          const streamer = await newStreamer();
          const ids = Array.from({ length: 4 }, newId);
          await deliver(streamer, toChanges(ids), way);
          const rows = await sessionsOf(streamer);
          ledgers.push(ids.map((id) => rows.find((row) => row.id === id)?.summary.room_name ?? null));
        }
        expect(ledgers[0]).toEqual(ledgers[1]);
        const expected = Array.from({ length: 4 }, (_, session) => {
          const own = plan.filter((write) => write.session === session);
          return own.length === 0 || own.some((write) => write.isDelete)
            ? null
            : `write ${Math.max(...own.map((write) => write.clock))}`;
        });
        expect(ledgers[0]).toEqual(expected);
      }),
      { numRuns: 25 },
    );
  }, 120_000);
});

describe('consent', () => {
  const setConsent = (streamer: Streamer, body: object) =>
    server.call('POST', '/v2/consents', { token: streamer.token, body: { notice_version: 1, region: 'cn', ...body } });

  test('withdrawn deletes what was synced, for good, and refuses what comes after until it is granted again', async () => {
    const streamer = await newStreamer();
    const [old, fresh] = [makeSummary(newId()), makeSummary(newId())];
    await push(streamer, toBatch(streamer, [toChange(1, old)]));
    const withdrawn = await setConsent(streamer, { kind: 'session_summary', granted: false });
    expect(withdrawn.body).toMatchObject({ version: 2, granted: false, deleted_rows: 1 });
    expect(await sessionsOf(streamer)).toEqual([]);
    expect((await push(streamer, toBatch(streamer, [toChange(2, fresh)]))).body.results[0]).toMatchObject({
      status: 'rejected',
      code: 'NO_CONSENT',
    });
    await setConsent(streamer, { kind: 'session_summary', granted: true });
    const reply = await push(streamer, toBatch(streamer, [toChange(3, old), toChange(4, fresh)]));
    expect(reply.body.results.map((result: { status: string }) => result.status)).toEqual(['stale', 'applied']);
    const list = await server.call('GET', '/v2/consents', { token: streamer.token });
    expect(list.body.items.map((item: { version: number; granted: boolean }) => [item.version, item.granted])).toEqual([
      [3, true],
      [2, false],
      [1, true],
    ]);
  });

  test('of one streamer says nothing for another', async () => {
    const [one, two] = [await newStreamer(), await newStreamer()];
    await push(two, toBatch(two, [toChange(1, makeSummary(newId()))]));
    await setConsent(one, { kind: 'session_summary', granted: false });
    expect(await sessionsOf(two)).toHaveLength(1);
  });

  test('to wellbeing summaries is not offered in the EU, but withdrawing is', async () => {
    const streamer = await newStreamer();
    expect(
      (await setConsent(streamer, { kind: 'wellbeing_summary', granted: true, region: 'eu' })).body.error.code,
    ).toBe('CONSENT_NOT_OFFERED');
    expect((await setConsent(streamer, { kind: 'wellbeing_summary', granted: false, region: 'eu' })).status).toBe(201);
  });

  test('given by two devices at once is numbered without a clash', async () => {
    const streamer = await newStreamer();
    const code = await makeInvite(server, agency, { user_id: streamer.id });
    const second = (await server.call('POST', '/v2/pair', { body: pairBody(code) })).body;
    const replies = await Promise.all(
      [streamer.token, second.access_token, streamer.token, second.access_token].map((token) =>
        server.call('POST', '/v2/consents', {
          token,
          body: { kind: 'danmaku_excerpts', granted: true, notice_version: 1, region: 'cn' },
        }),
      ),
    );
    expect(replies.map((reply) => reply.body.version).sort()).toEqual([1, 2, 3, 4]);
  });
});

test('the id of a session of another device is refused even when both push it at once', async () => {
  const [one, two] = [await newStreamer(), await newStreamer()];
  const id = randomUUID();
  const replies = await Promise.all(
    [one, two].map((streamer) => push(streamer, toBatch(streamer, [toChange(1, makeSummary(id))]))),
  );
  expect(replies.map((reply) => reply.body.results[0].code ?? reply.body.results[0].status).sort()).toEqual([
    'ID_TAKEN',
    'applied',
  ]);
});
