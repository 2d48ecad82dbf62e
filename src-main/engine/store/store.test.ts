import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type LiveEvent, liveEvent } from '@app/shared/live-event';
import { makeUuidv7 } from '@app/shared/uuid';
import Database from 'better-sqlite3';
import { getTableConfig, type SQLiteTable } from 'drizzle-orm/sqlite-core';
import { afterAll, expect, test, vi } from 'vitest';
import { makeSummary } from '../report/summary.ts';
import { migrations } from './migrations.ts';
import { isFull, openDatabase } from './open-database.ts';
import { startRetention } from './retention.ts';
import * as schema from './schema.ts';
import { openStore, type Store } from './store.ts';

const folder = mkdtempSync(join(tmpdir(), 'timao-store-'));
afterAll(() => rmSync(folder, { recursive: true }));
const newId = makeUuidv7(Date.now, randomBytes);
const room = { platform: 'bilibili' as const, platformRoomId: '5440', roomName: '彩排房间' };

function withSession(store: Store, at = 1_000) {
  return store.startSession({ id: newId(), roomId: newId(), source: 'rehearsal', at }, room);
}
function comment(session: { id: string; roomId: string }, content: string, at: number): LiveEvent {
  return liveEvent.parse({
    type: 'danmaku.received',
    id: newId(),
    sessionId: session.id,
    roomId: session.roomId,
    at,
    receivedAt: at,
    decodedAt: at + 1,
    danmaku: {
      platform: 'bilibili',
      source: 'simulator',
      platformRoomId: '5440',
      platformEventId: `e${at}`,
      messageType: 'comment',
      platformUserId: '9007199254740993',
      username: '阿木',
      content,
      at,
      metadata: { raw_type: 'DANMU_MSG' },
    },
  });
}

test('the tables that the migrations make are those that the schema names, column by column', () => {
  const db = openDatabase(':memory:');
  for (const table of Object.values(schema) as SQLiteTable[]) {
    const { name, columns } = getTableConfig(table);
    const made = db.prepare<[string], { name: string }>('SELECT name FROM pragma_table_info(?)').all(name);
    expect(made.map((column) => column.name).sort(), name).toEqual(columns.map((column) => column.name).sort());
  }
  db.close();
});

test('what is appended is read back as the same events in order of arrival, and appending twice changes nothing', () => {
  const store = openStore(':memory:');
  const session = withSession(store);
  const base = { sessionId: session.id, at: 5, receivedAt: 5 };
  const scores = { happy: 0.7, sad: 0.1, angry: 0, fear: 0, surprise: 0, disgust: 0, neutral: 0.2 };
  const said = comment(session, '发货到新疆要几天', 2);
  const events: LiveEvent[] = [
    said,
    { ...base, id: newId(), type: 'speech.segment', startAt: 3, loudnessDb: -20, receivedAt: 6 },
    {
      ...base,
      id: newId(),
      type: 'emotion.observed',
      source: 'voice',
      emotion: { label: 'happy', confidence: 0.7, scores },
      certain: false,
      reason: 'too_few_clips',
      figures: { clipsHeard: 3 },
      receivedAt: 7,
    },
    { ...base, id: newId(), type: 'gap', part: 'inference', fromAt: 4, receivedAt: 8 },
  ];
  store.append(events);
  store.append(events);
  expect(store.events(session.id)).toEqual(events);
  store.close();
});

test('a card keeps its whole life: made, shown, accepted, rated', () => {
  const store = openStore(':memory:');
  const session = withSession(store);
  const suggestionId = newId();
  const base = (at: number) => ({ id: newId(), sessionId: session.id, at, receivedAt: at });
  store.append([
    {
      ...base(10),
      type: 'suggestion.made',
      suggestion: {
        id: suggestionId,
        trigger: 'repeated_question',
        type: 'interaction',
        urgency: 'medium',
        confidence: 0.9,
        headline: '发货到新疆要几天',
        params: { count: 3 },
        evidence: { quotes: ['新疆包邮吗'], count: 3, windowSeconds: 40, danmakuIds: [newId()], figures: {} },
        createdAt: 10,
        expiresAt: 60_010,
        receivedAt: 9,
        decidedAt: 10,
      },
    },
    { ...base(12), type: 'suggestion.shown', suggestionId, shownAt: 12 },
    { ...base(20), type: 'suggestion.closed', suggestionId, outcome: 'accepted' },
    { ...base(21), type: 'suggestion.closed', suggestionId, outcome: 'expired' },
    { ...base(22), type: 'suggestion.rated', suggestionId, rating: 4 },
  ]);
  const kinds = store
    .events(session.id)
    .map((event) => (event.type === 'suggestion.closed' ? event.outcome : event.type));
  expect(kinds).toEqual(['suggestion.made', 'suggestion.shown', 'accepted', 'suggestion.rated']);
  store.close();
});

test('two-character words, three-character words and words with signs of the search language are all found', async () => {
  const store = openStore(':memory:');
  const session = withSession(store);
  const lines = ['新疆包邮吗', '主播"好美"啊', '打8折100%真的', 'hello_world'];
  store.append(lines.map((line, index) => comment(session, line, index + 2)));
  const find = async (query: string) => (await store.search(query, 10)).map((row) => row.content);
  expect(await find('新疆')).toEqual(['新疆包邮吗']);
  expect(await find('疆包邮')).toEqual(['新疆包邮吗']);
  expect(await find('"好美"')).toEqual(['主播"好美"啊']);
  expect(await find('0%')).toEqual(['打8折100%真的']);
  expect(await find('o_w')).toEqual(['hello_world']);
  expect(await find('没有的词')).toEqual([]);
  expect(await find('" OR content:"')).toEqual([]);
  store.erase();
  expect(await find('疆包邮')).toEqual([]);
  store.close();
});

test('a full database refuses the whole batch, keeps what it had, and takes the batch when there is room again', () => {
  const path = join(folder, 'full.db');
  const store = openStore(path, { maxPages: 60 });
  const session = withSession(store);
  const batch = Array.from({ length: 400 }, (_, index) =>
    comment(session, `很长的一句话${'呀'.repeat(200)}`, index + 2),
  );
  let failure: unknown = null;
  let kept = 0;
  for (let from = 0; from < batch.length && !failure; from += 20) {
    try {
      store.append(batch.slice(from, from + 20));
      kept = from + 20;
    } catch (error) {
      failure = error;
    }
  }
  expect(isFull(failure)).toBe(true);
  expect(store.events(session.id)).toHaveLength(kept);
  store.close();
  const roomy = openStore(path);
  roomy.append(batch.slice(kept));
  expect(roomy.events(session.id)).toHaveLength(batch.length);
  roomy.close();
});

test('a file that is no database, or from a newer app, is named as that and left as it is', () => {
  const broken = join(folder, 'broken.db');
  writeFileSync(broken, 'this is not a database, but it is long enough to look at '.repeat(20));
  expect(() => openStore(broken)).toThrow(expect.objectContaining({ code: 'DATABASE_DAMAGED' }));
  const newer = join(folder, 'newer.db');
  const db = openDatabase(newer);
  db.pragma('user_version = 99');
  db.close();
  expect(() => openStore(newer)).toThrow(expect.objectContaining({ code: 'DATABASE_NEWER' }));
});

test('an unclosed session is found after a restart, and a closed one is not', () => {
  const path = join(folder, 'open.db');
  const store = openStore(path);
  const session = withSession(store);
  store.append([comment(session, '在吗', 4_000)]);
  store.close();
  const again = openStore(path);
  expect(again.unclosedSession()).toMatchObject({ id: session.id, lastEventAt: 4_000 });
  const stop = { id: newId(), sessionId: session.id, at: 5_000, receivedAt: 5_000 };
  again.append([{ ...stop, type: 'session.stopped', reason: 'user' }]);
  expect(again.unclosedSession()).toBeNull();
  again.close();
});

test('a database of the first version keeps its queue, and its analyses are counted as before', () => {
  const path = join(folder, 'first.db');
  const old = new Database(path);
  old.exec(migrations[0]!);
  old.pragma('user_version = 1');
  old.exec(`
    INSERT INTO session_summaries VALUES ('s', '{}', 1);
    INSERT INTO outbox (position, summary_id, kind, hlc, seq, state, code, created_at, sent_at)
      VALUES (4, 's', 'session_summary', 'h', 9, 'sent', NULL, 1, 2);
    INSERT INTO danmaku_messages (id, session_id, room_id, platform, source, platform_room_id, platform_event_id,
      platform_user_id, username, content, message_type, metadata, sentiment_score, intent_category, analysis, timestamp,
      received_at, decoded_at)
      VALUES ('d', 's', 'r', 'bilibili', 'x', '1', 'e', 'u', 'n', 'c', 'comment', '{}', 0.5, 'abuse',
        '{"analysis":{"abuse":0.75}}', 1, 1, 1);
  `);
  old.close();
  const store = openStore(path);
  expect(store.outbox.state('s')).toBe('sent');
  expect(store.figures.facts('s', null, 10)).toMatchObject([{ id: 'd', sentiment: 0.5, intent: 'abuse', abuse: 0.75 }]);
  store.outbox.forgetNumbers('all');
  expect(store.outbox.waiting(10, 'all')).toMatchObject([{ position: 4, sessionId: 's' }]);
  store.close();
});

test('an erase keeps nothing but the names of what the server may hold', () => {
  const store = openStore(':memory:');
  const closed = (seq: number | null) => {
    const session = withSession(store, Date.UTC(2026, 0, 1));
    store.append([comment(session, '在吗', Date.UTC(2026, 0, 1))]);
    store.saveSummary(makeSummary(session, [], Date.UTC(2026, 0, 2)), 2_000, { hlc: '0199a0000000-0000-0000abcd' });
    const { position } = store.outbox.waiting(10, 'all').at(-1)!;
    if (seq !== null) store.outbox.number(position, seq);
    return { id: session.id, position };
  };
  const sent = closed(1);
  store.outbox.sent(sent.position, 1, 3_000);
  const unsure = closed(2);
  const local = closed(null);
  store.consent.set('session_summary', true, 1);
  expect(store.erase()).toBeGreaterThan(6);
  const left = store.outbox.waiting(10, 'deletions');
  expect(left.map((row) => [row.sessionId, row.summary, row.seq])).toEqual([
    [sent.id, null, null],
    [unsure.id, null, null],
  ]);
  expect(store.outbox.state(local.id)).toBe('local');
  expect(store.sessions(10)).toEqual([]);
  expect(store.consent.granted('session_summary')).toBe(true);
  store.outbox.sent(unsure.position, 2, 4_000);
  expect(store.outbox.counts().waiting).toBe(2);
  expect(store.erase()).toBe(0);
  expect(store.outbox.counts().waiting).toBe(2);
  store.close();
});

test('what is past its keeping time goes in slices, by the hour, and nothing younger goes', async () => {
  vi.useFakeTimers({ now: Date.UTC(2026, 5, 30) });
  const store = openStore(':memory:');
  const session = withSession(store);
  const daysAgo = (days: number) => Date.now() - days * 86_400_000;
  store.append(Array.from({ length: 950 }, (_, index) => comment(session, '旧话', daysAgo(31) + index)));
  store.append([comment(session, '新话', daysAgo(29.98))]);
  const retention = startRetention({ store, now: Date.now, onFailure: () => undefined });
  const count = () => store.recentDanmaku(session.id, 2_000).length;
  vi.advanceTimersByTime(1);
  expect(count()).toBe(851);
  vi.advanceTimersByTime(1_000);
  expect(count()).toBe(1);
  expect(await store.search('旧话一', 10)).toEqual([]);
  vi.advanceTimersByTime(3_600_000);
  expect(count()).toBe(0);
  retention.stop();
  expect(vi.getTimerCount()).toBe(0);
  store.close();
  vi.useRealTimers();
});

test('the end of a session, its summary and its outbox row are written all or none', () => {
  const store = openStore(':memory:');
  const session = withSession(store, Date.UTC(2026, 0, 1));
  const at = Date.UTC(2026, 0, 2);
  const summary = makeSummary(session, [], at);
  const last = {
    id: newId(),
    sessionId: session.id,
    at,
    receivedAt: at,
    type: 'session.stopped',
    reason: 'user',
  } as const;
  expect(() => store.saveSummary(summary, at, { hlc: null as never }, last)).toThrow(/NOT NULL/);
  expect([store.unclosedSession()?.id, store.summary(session.id)]).toEqual([session.id, null]);
  store.saveSummary(summary, at, { hlc: '0199a0000000-0000-0000abcd' }, last);
  expect([store.unclosedSession(), store.outbox.state(session.id)]).toEqual([null, 'waiting']);
  store.close();
});
