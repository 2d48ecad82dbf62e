// A whole session: real room over a socket, real text model, real store.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, expect, test } from 'vitest';
import { openStore } from '../../src-main/engine/store/store.ts';
import { type EngineInProcess, openEngine, openQuietRoom, until } from './engine-in-process.ts';

const folder = mkdtempSync(join(tmpdir(), 'timao-host-'));
const opened: { close(): Promise<void> }[] = [];
const keep = <T extends { close(): Promise<void> }>(one: T): T => {
  opened.push(one);
  return one;
};
afterEach(async () => {
  for (const one of opened.splice(0).reverse()) await one.close();
});
afterAll(() => rmSync(folder, { recursive: true }));

const onAir = async (engine: EngineInProcess) => {
  const { sessionId } = await engine.call('session.start', { source: 'rehearsal' });
  await until('connected', () => engine.seen().connector.state === 'live');
  return sessionId;
};
const askAlike = (room: { say(name: string, words: string): void }) => {
  room.say('甲', '请问包邮吗');
  room.say('乙', '主播包邮吗');
  room.say('丙', '包邮吗？');
};

test('a session from start to report counts what was said, and closes with summary and outbox row together', async () => {
  const room = keep(await openQuietRoom());
  const queueAs = () => ({ hlc: '0199a0000000-0000-0000abcd' });
  const engine = keep(await openEngine({ endpoint: room.endpoint, coolDownsOff: true, queueAs }));
  const sessionId = await onAir(engine);
  askAlike(room);
  await until('a card', () => engine.seen().cards.length > 0);
  const card = engine.seen().cards[0]!;
  expect(card).toMatchObject({ trigger: 'repeated_question', params: { viewers: 3 } });
  await engine.call('suggestion.shown', { suggestionId: card.id, shownAt: Date.now() });
  await engine.call('suggestion.shown', { suggestionId: card.id, shownAt: Date.now() + 60_000 });
  await engine.call('suggestion.accept', { suggestionId: card.id });
  await engine.call('suggestion.rate', { suggestionId: card.id, rating: 5 });
  room.give('甲');
  room.give('丁');
  room.say('戊', '晚上好');
  await engine.call('break.set', { active: true });
  await engine.call('break.set', { active: true });
  await engine.call('break.set', { active: false });
  await until('all arrived', () => engine.seen().counts.gifts === 2 && engine.seen().counts.comments === 4);
  await engine.call('session.stop', {});

  const summary = engine.store.summary(sessionId)!;
  expect(summary.danmaku).toMatchObject({ comment: 4, gift: 2, unanswered_questions: 0, distinct_viewers: 5 });
  expect(summary.suggestions.reduce((sum, row) => sum + row.used, 0)).toBe(1);
  expect(summary.breaks).toHaveLength(1);
  expect(summary.quality.latency_ms!.p50).toBeLessThan(5_000);
  expect(engine.store.outbox.waiting(10, 'all').map((row) => row.summary)).toEqual([summary]);
  const { report } = await engine.call('sessions.get', { sessionId });
  expect(report).toMatchObject({ danmaku: 4, gifts: 2, viewers: 5, accepted: 1, synced: 'waiting' });
  expect(report.cardList.find((one) => one.id === card.id)).toMatchObject({ outcome: 'accepted', rating: 5 });
  expect(report.cardList.map((one) => one.outcome)).not.toContain('open');
  expect(report.latency.count).toBe(1);
  expect(report.minutes.reduce((sum, minute) => sum + minute.danmaku, 0)).toBe(6);
  expect(engine.seen().session).toBeNull();
});

test('what was said in the last moment before the stop is read and counted too', async () => {
  const room = keep(await openQuietRoom());
  const engine = keep(await openEngine({ endpoint: room.endpoint }));
  const sessionId = await onAir(engine);
  for (let index = 0; index < 200; index++) room.say(`人${index}`, '多少钱');
  await until('arrived', () => engine.host.session!.builder.view().counts.comments === 200);
  await engine.call('session.stop', {});
  expect(engine.store.events(sessionId).filter((event) => event.type === 'danmaku.analyzed')).toHaveLength(200);
  expect(engine.store.summary(sessionId)!.danmaku.unanswered_questions).toBe(200);
});

test('the first push of a session already has its timeline, its load and an empty inbox', async () => {
  const room = keep(await openQuietRoom());
  const engine = keep(await openEngine({ endpoint: room.endpoint }));
  await engine.call('session.start', { source: 'rehearsal' });
  const first = engine.pushes.find((push) => push.name === 'live.changed')!.payload as Record<string, unknown>;
  expect(first.timeline).toMatchObject({ points: [expect.objectContaining({ danmaku: 0 })] });
  expect(first.load).toMatchObject({ reasons: expect.arrayContaining([expect.anything()]) });
});

test('after a crash the session goes on with counts, cards, break and timeline, and shows the gap', async () => {
  const path = join(folder, 'crash.db');
  const room = keep(await openQuietRoom());
  const first = await openEngine({ path, endpoint: room.endpoint, coolDownsOff: true });
  const sessionId = await onAir(first);
  askAlike(room);
  room.give('甲');
  await until('a card', () => first.seen().cards.length > 0 && first.seen().counts.gifts === 1);
  const card = first.seen().cards[0]!;
  await first.call('break.set', { active: true });
  await first.call('live.get', {});
  await first.kill();

  const second = keep(await openEngine({ path, endpoint: room.endpoint, coolDownsOff: true }));
  expect((await second.call('live.get', {})).live.resumable).toMatchObject({ sessionId });
  await expect(second.call('session.start', { source: 'rehearsal' })).rejects.toMatchObject({
    code: 'SESSION_LEFT_OPEN',
  });
  await second.call('session.resume', { sessionId, part: 'engine' });
  const { live, danmaku } = await second.call('live.get', {});
  expect(live.counts).toMatchObject({ comments: 3, gifts: 1, viewers: 3 });
  expect(live.session!.breakSince).not.toBeNull();
  expect(live.gaps).toMatchObject([{ part: 'engine' }]);
  expect(live.timeline.points.reduce((sum, point) => sum + point.danmaku, 0)).toBe(4);
  expect(live.recentCards.map((one) => one.id)).toContain(card.id);
  expect(danmaku).toHaveLength(4);
  await second.call('break.set', { active: false });
  await until('the card is back on the screen', () => second.seen().cards.some((one) => one.id === card.id));
  await second.call('suggestion.dismiss', { suggestionId: card.id });
  await second.call('session.stop', {});
  const summary = second.store.summary(sessionId)!;
  expect(summary.danmaku).toMatchObject({ comment: 3, gift: 1 });
  expect(summary.quality.gaps).toHaveLength(1);
});

test('a card that ran out while the app was away is closed, not shown', async () => {
  const path = join(folder, 'late.db');
  const room = keep(await openQuietRoom());
  const first = await openEngine({ path, endpoint: room.endpoint, coolDownsOff: true });
  const sessionId = await onAir(first);
  askAlike(room);
  await until('a card', () => first.seen().cards.length > 0);
  const cardId = first.seen().cards[0]!.id;
  await first.call('live.get', {});
  await first.kill();
  const second = keep(await openEngine({ path, endpoint: room.endpoint, now: () => Date.now() + 3_600_000 }));
  await second.call('session.resume', { sessionId, part: 'app' });
  const { live } = await second.call('live.get', {});
  expect(live.cards).toEqual([]);
  expect(live.recentCards.find((card) => card.id === cardId)).toMatchObject({ outcome: 'expired' });
});

test('of two starts at once one wins, and the other says that a session is running', async () => {
  const engine = keep(await openEngine({ rate: 5 }));
  const replies = await Promise.all([1, 2].map(() => engine.ask('session.start', { source: 'rehearsal' })));
  expect(replies.map((reply) => (reply.ok ? 'started' : reply.error.code))).toEqual(['started', 'SESSION_RUNNING']);
  expect(engine.store.sessions(10)).toHaveLength(1);
});

test('a start that fails leaves no session, no summary and nothing to resume', async () => {
  const engine = keep(await openEngine());
  const start = engine.call('session.start', { source: 'replay', path: join(folder, 'nowhere.jsonl'), speed: 1 });
  await expect(start).rejects.toMatchObject({ code: 'NO_RECORDING' });
  expect(engine.store.sessions(10)).toEqual([]);
  expect((await engine.call('live.get', {})).live).toMatchObject({ session: null, resumable: null });
  await engine.call('session.start', { source: 'rehearsal' });
});

test('while the database takes nothing a session cannot be stopped, and then it can, with every gift', async () => {
  const store = openStore(':memory:');
  let isFull = false;
  const append: typeof store.append = (events) => {
    if (isFull) throw Object.assign(new Error('database or disk is full'), { code: 'SQLITE_FULL' });
    store.append(events);
  };
  const room = keep(await openQuietRoom());
  const engine = keep(await openEngine({ endpoint: room.endpoint, store: { ...store, append } }));
  const sessionId = await onAir(engine);
  isFull = true;
  room.give('甲');
  room.give('乙');
  await until('said so', () => engine.seen().storage.state === 'full' && engine.seen().counts.gifts === 2);
  await expect(engine.call('session.stop', {})).rejects.toMatchObject({ code: 'DATABASE_FULL' });
  expect(engine.host.session).not.toBeNull();
  room.give('丙');
  await until('still live', () => engine.seen().counts.gifts === 3);
  isFull = false;
  await engine.call('session.stop', {});
  expect(engine.store.summary(sessionId)!.danmaku.gift).toBe(3);
});

test('a recording says when it is over, keeps the time of its playing, and is filed as ended by itself', async () => {
  const path = join(folder, 'recording.jsonl');
  const line = (index: number) => ({
    danmaku: {
      platform: 'bilibili',
      source: 'replay',
      platformRoomId: '1',
      platformEventId: `r${index}`,
      messageType: 'comment',
      platformUserId: `u${index}`,
      username: 'n',
      content: '晚上好',
      at: 1_600_000_000_000 + index * 100,
      metadata: { raw_type: 'DANMU_MSG' },
    },
  });
  writeFileSync(path, Array.from({ length: 20 }, (_, index) => `${JSON.stringify(line(index))}\n`).join(''));
  const engine = keep(await openEngine());
  const before = Date.now();
  const { sessionId } = await engine.call('session.start', { source: 'replay', path, speed: 100 });
  await until('over', () => engine.seen().connector.state === 'ended');
  expect(engine.seen().connector.lastEventAt).toBeGreaterThanOrEqual(before);
  expect(engine.seen().session).toMatchObject({ source: 'replay' });
  const endedBy = Date.now();
  await new Promise((done) => setTimeout(done, 30));
  await engine.call('session.stop', {});
  expect(engine.store.events(sessionId).at(-1)).toMatchObject({ type: 'session.stopped', reason: 'replay_end' });
  expect(engine.store.session(sessionId)!.stoppedAt).toBeLessThanOrEqual(endedBy);
  const { report } = await engine.call('sessions.get', { sessionId });
  expect(report.danmaku).toBe(20);
  expect(report.minutes.every((minute) => minute.at > before - 120_000)).toBe(true);
});

test('while inference is away danmaku go on, and are read when it is back', async () => {
  const room = keep(await openQuietRoom());
  const engine = keep(await openEngine({ endpoint: room.endpoint }));
  const sessionId = await onAir(engine);
  engine.muteInference();
  room.say('甲', '多少钱');
  await until('arrived', () => engine.seen().counts.comments === 1);
  const asked = engine.infers.length;
  engine.host.gap('inference', Date.now() - 500);
  const again = engine.infers.slice(asked);
  expect(again.map((message) => message.type)).toEqual(['session', 'text']);
  expect(again[1]).toMatchObject({ texts: ['多少钱'] });
  await engine.call('session.stop', {});
  expect(engine.store.summary(sessionId)!.quality.gaps).toMatchObject([{ part: 'inference' }]);
});

test('a session can be stopped while its connection is being made again', async () => {
  const room = keep(await openQuietRoom());
  const engine = keep(await openEngine({ endpoint: room.endpoint }));
  const sessionId = await onAir(engine);
  await room.close();
  await until('lost', () => engine.seen().connector.state === 'reconnecting');
  const before = Date.now();
  await engine.call('session.stop', {});
  expect(Date.now() - before).toBeLessThan(1_500);
  expect(engine.store.events(sessionId).at(-1)).toMatchObject({ type: 'session.stopped', reason: 'user' });
});

test('leaving the air without stopping keeps the session open for the next run and refuses every start', async () => {
  const path = join(folder, 'leave.db');
  const engine = await openEngine({ path, rate: 5 });
  const { sessionId } = await engine.call('session.start', { source: 'rehearsal' });
  await engine.host.dispose();
  await engine.host.dispose();
  expect(await engine.ask('session.start', { source: 'rehearsal' })).toMatchObject({ error: { code: 'ENGINE_AWAY' } });
  engine.store.close();
  const next = keep(await openEngine({ path }));
  expect((await next.call('live.get', {})).live.resumable).toMatchObject({ sessionId });
  await next.call('session.close', { sessionId });
  expect((await next.call('live.get', {})).live.resumable).toBeNull();
  expect(next.store.summary(sessionId)).not.toBeNull();
});
