import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type Agency,
  addPerson,
  makeAgency,
  makeSummary,
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

const get = (url: string, token: string) => server.call('GET', url, { token });
const at = (hour: number) => new Date(Date.UTC(2026, 10, 2, hour)).toISOString();

/** A streamer with `count` sessions, one an hour from 2 November 2026 on. */
async function withSessions(username: string, count: number): Promise<{ streamer: Streamer; ids: string[] }> {
  const streamer = await pairStreamer(server, agency, username);
  const ids = Array.from({ length: count }, () => server.deps.newId());
  const changes = ids.map((id, hour) =>
    toChange(hour + 1, makeSummary(id, { started_at: at(hour), stopped_at: at(hour + 1), hours_live: 1, breaks: [] })),
  );
  await server.call('POST', '/v2/sync/push', { token: streamer.token, body: toBatch(streamer, changes) });
  return { streamer, ids };
}

describe('the list of sessions', () => {
  test('is walked page by page without loss or repeat while new sessions come in', async () => {
    const { streamer, ids } = await withSessions('walked', 23);
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const { body } = await get(
        `/v2/sessions?streamer_id=${streamer.id}&limit=5${cursor ? `&cursor=${cursor}` : ''}`,
        agency.admin.token,
      );
      seen.push(...body.items.map((item: { id: string }) => item.id));
      cursor = body.next_cursor;
      const newer = makeSummary(server.deps.newId(), {
        started_at: '2026-11-20T00:00:00.000Z',
        stopped_at: '2026-11-20T02:00:00.000Z',
      });
      await server.call('POST', '/v2/sync/push', {
        token: streamer.token,
        body: toBatch(streamer, [toChange(24 + Math.floor(seen.length / 5) - 1, newer)]),
      });
    } while (cursor);
    expect(seen).toEqual([...ids].reverse());
  });

  test('is filtered by day, from inclusive to exclusive', async () => {
    const { streamer, ids } = await withSessions('filtered', 5);
    const { body } = await get(`/v2/sessions?streamer_id=${streamer.id}&from=${at(1)}&to=${at(3)}`, agency.admin.token);
    expect(body.items.map((item: { id: string }) => item.id)).toEqual([ids[2], ids[1]]);
  });

  test('of a streamer holds only their own, whatever they ask for', async () => {
    const [{ streamer: one, ids }, { streamer: two }] = [
      await withSessions('own', 2),
      await withSessions('not own', 2),
    ];
    const { body } = await get(`/v2/sessions?streamer_id=${two.id}`, one.token);
    expect(body.items.map((item: { id: string }) => item.id).sort()).toEqual([...ids].sort());
  });

  test.each(['cursor=abc', 'cursor=WzFd', 'limit=0', 'limit=201', 'from=yesterday', 'streamer_id=1', 'surprise=1'])(
    'refuses %s',
    async (query) => {
      expect((await get(`/v2/sessions?${query}`, agency.admin.token)).status).toBe(400);
    },
  );
});

describe('the page of a session', () => {
  test('shows the streamer everything and an admin no count of cards, nor anything that was never sent', async () => {
    const { streamer, ids } = await withSessions('page', 1);
    const [own, admin] = [
      await get(`/v2/sessions/${ids[0]}`, streamer.token),
      await get(`/v2/sessions/${ids[0]}`, agency.admin.token),
    ];
    expect(own.body.suggestions).toEqual([{ type: 'interaction', urgency: 'medium', shown: 6, used: 2 }]);
    expect(admin.body.suggestions).toBeNull();
    expect(admin.body).toMatchObject({
      hours_live: 1,
      danmaku: { comment: 100, abusive: 1 },
      quality: { reconnects: 1, latency_ms: { p95: 210 } },
    });
    expect(admin.text).not.toMatch(/emotion|wellbeing|sentiment/);
  });

  test('read by an admin stands in the access log of its streamer, and of nobody else', async () => {
    const [{ streamer, ids }, { streamer: other }] = [await withSessions('read', 1), await withSessions('unread', 1)];
    const lead = await addPerson(server, agency, 'agency_admin', 'reader');
    await get(`/v2/sessions/${ids[0]}`, streamer.token);
    await get(`/v2/sessions/${ids[0]}`, lead.token);
    await get(`/v2/sessions?streamer_id=${streamer.id}`, lead.token);
    await get(`/v2/users/${streamer.id}`, lead.token);
    const log = await get('/v2/me/access-log', streamer.token);
    expect(
      log.body.items.map((item: { what: string; session_id: string | null; reader: object }) => [
        item.what,
        item.session_id,
        item.reader,
      ]),
    ).toEqual(
      [
        ['streamer', null],
        ['streamer_sessions', null],
        ['session', ids[0]],
      ].map(([what, id]) => [what, id, { id: lead.id, username: 'reader', role: 'agency_admin' }]),
    );
    expect((await get('/v2/me/access-log', other.token)).body.items).toEqual([]);
  });

  test('of another streamer of the same agency is 404', async () => {
    const [{ ids }, { streamer: other }] = [await withSessions('mine', 1), await withSessions('curious', 1)];
    expect((await get(`/v2/sessions/${ids[0]}`, other.token)).status).toBe(404);
  });
});

describe('the consents of a streamer', () => {
  const decide = (token: string, kind: string, granted: boolean) =>
    server.call('POST', '/v2/consents', { token, body: { kind, granted, notice_version: 1, region: 'cn' } });

  test('stand on the page of a session, so that one look of an admin is one entry in the access log', async () => {
    const { streamer, ids } = await withSessions('one look', 1);
    await decide(streamer.token, 'danmaku_excerpts', true);
    await decide(streamer.token, 'danmaku_excerpts', false);
    const { body } = await get(`/v2/sessions/${ids[0]}`, agency.admin.token);
    expect(body.consents).toEqual([
      { kind: 'session_summary', granted: true },
      { kind: 'danmaku_excerpts', granted: false },
    ]);
    expect((await get('/v2/me/access-log', streamer.token)).body.items).toHaveLength(1);
  });

  test('and what they erased are told on their page: withdrawn, erased, or neither', async () => {
    const [{ streamer: one, ids }, { streamer: two }] = [
      await withSessions('erases', 1),
      await withSessions('keeps', 1),
    ];
    const page = async (streamer: Streamer) => (await get(`/v2/users/${streamer.id}`, agency.admin.token)).body;
    expect(await page(one)).toMatchObject({ erased_at: null });
    const gone = { ...toChange(2, makeSummary(ids[0]!)), op: 'delete' as const, data: undefined };
    await server.call('POST', '/v2/sync/push', { token: one.token, body: toBatch(one, [gone]) });
    expect(Date.parse((await page(one)).erased_at)).toBeGreaterThan(Date.now() - 60_000);
    await decide(one.token, 'session_summary', false);
    expect((await page(one)).consents).toMatchObject([{ kind: 'session_summary', granted: false }]);
    expect(await page(two)).toMatchObject({ erased_at: null, consents: [{ granted: true }] });
  });
});

describe('the overview', () => {
  test('adds up the weeks, and shows counts of cards only of a closed week in which five streamers were shown that kind', async () => {
    server.clock.ms = Date.UTC(2026, 10, 25, 9);
    const b = await makeAgency(server, 'b');
    const { token } = b.admin;
    for (let index = 0; index < 5; index += 1) {
      const streamer = await pairStreamer(server, b, `streamer ${index}`);
      const rare = index === 0 ? [{ type: 'emotion' as const, urgency: 'high' as const, shown: 2, used: 1 }] : [];
      const summary = makeSummary(server.deps.newId(), {
        suggestions: [{ type: 'product', urgency: 'low', shown: 2, used: 1 }, ...rare],
      });
      // A week of one streamer alone: a longer answer minus a shorter one must not show it.
      const alone = makeSummary(server.deps.newId(), {
        started_at: '2026-11-04T10:00:00.000Z',
        stopped_at: '2026-11-04T12:00:00.000Z',
        breaks: [],
        suggestions: index === 0 ? [{ type: 'product', urgency: 'low', shown: 70, used: 1 }] : [],
      });
      const earlier = makeSummary(server.deps.newId(), {
        started_at: '2026-11-15T23:00:00.000Z',
        stopped_at: '2026-11-16T01:00:00.000Z',
        breaks: [],
        suggestions: [{ type: 'product', urgency: 'low', shown: 3, used: 1 }],
      });
      await server.call('POST', '/v2/sync/push', {
        token: streamer.token,
        body: toBatch(streamer, [toChange(1, summary), toChange(2, earlier), toChange(3, alone)]),
      });
      const { body } = await get('/v2/reports/overview?weeks=3', token);
      expect(body.suggestions === null).toBe(index < 4);
    }
    const { body } = await get('/v2/reports/overview?weeks=3', token);
    expect(body.streamers).toBe(5);
    const counted = [{ type: 'product', urgency: 'low', shown: 15, used: 5 }];
    expect(body.suggestions).toEqual(counted);
    expect((await get('/v2/reports/overview?weeks=8', token)).body.suggestions).toEqual(counted);
    expect(
      body.weeks.map((week: { week_start: string; sessions: number; hours_live: number }) => [
        week.week_start,
        week.sessions,
        week.hours_live,
      ]),
    ).toEqual([
      ['2026-11-09', 5, 10],
      ['2026-11-16', 0, 0],
      ['2026-11-23', 5, 10],
    ]);
    expect(body.weeks[2]).toMatchObject({
      streamers: 5,
      break_minutes: 25,
      danmaku: { comment: 500, abusive: 5 },
    });
    expect(body.weeks[2].connector_uptime_share).toBeCloseTo(0.98);
    expect(body.weeks[1].connector_uptime_share).toBeNull();
  });
});
