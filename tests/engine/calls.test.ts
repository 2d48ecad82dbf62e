// What the engine answers when a call cannot be done: each code by the way a window would meet it.
import { randomUUID } from 'node:crypto';
import { afterEach, expect, test } from 'vitest';
import { type EngineInProcess, openEngine, openQuietRoom, until } from './engine-in-process.ts';

const opened: { close(): Promise<void> }[] = [];
const keep = <T extends { close(): Promise<void> }>(one: T): T => {
  opened.push(one);
  return one;
};
afterEach(async () => {
  for (const one of opened.splice(0).reverse()) await one.close();
});
const codeOf = async (engine: EngineInProcess, name: string, input: unknown = {}) => {
  const reply = await engine.ask(name, input);
  return reply.ok ? 'ok' : reply.error.code;
};
async function withCard() {
  const room = keep(await openQuietRoom());
  const engine = keep(await openEngine({ endpoint: room.endpoint, coolDownsOff: true }));
  await engine.call('session.start', { source: 'rehearsal' });
  await until('connected', () => engine.seen().connector.state === 'live');
  for (const name of ['甲', '乙', '丙']) room.say(name, '请问包邮吗');
  await until('a card', () => engine.seen().cards.length > 0);
  return { engine, card: engine.seen().cards[0]! };
}

test('without a session every call about one says so', async () => {
  const engine = keep(await openEngine());
  const suggestionId = randomUUID();
  const calls: [string, unknown][] = [
    ['session.stop', {}],
    ['suggestion.accept', { suggestionId }],
    ['suggestion.dismiss', { suggestionId }],
    ['suggestion.rate', { suggestionId, rating: 3 }],
    ['question.answered', { danmakuIds: [suggestionId] }],
    ['break.set', { active: true }],
    ['marker.add', {}],
    ['help.ask', {}],
  ];
  for (const [name, input] of calls) expect([name, await codeOf(engine, name, input)]).toEqual([name, 'NO_SESSION']);
  expect(await codeOf(engine, 'suggestion.shown', { suggestionId, shownAt: 1 })).toBe('ok');
});

test('a session that is not there is named as that, by every call that takes one', async () => {
  const engine = keep(await openEngine());
  const sessionId = randomUUID();
  for (const name of ['session.resume', 'session.close', 'sessions.get']) {
    expect([name, await codeOf(engine, name, { sessionId })]).toEqual([name, 'SESSION_NOT_FOUND']);
  }
});

test('a name that does not exist and an input that does not fit never reach a handler', async () => {
  const engine = keep(await openEngine());
  expect(await codeOf(engine, 'toString')).toBe('UNKNOWN_ROUTE');
  expect(await codeOf(engine, 'session.stop', { really: true })).toBe('BAD_INPUT');
  expect(await codeOf(engine, 'suggestion.rate', { suggestionId: randomUUID(), rating: 6 })).toBe('BAD_INPUT');
  expect(await codeOf(engine, 'session.start', { source: 'replay', path: '', speed: 1 })).toBe('BAD_INPUT');
  expect(await codeOf(engine, 'session.start', null)).toBe('BAD_INPUT');
});

test('a card can be ended once, and rated after it ended, but not when its session is over or it never was', async () => {
  const { engine, card } = await withCard();
  const suggestionId = card.id;
  expect(await codeOf(engine, 'suggestion.accept', { suggestionId })).toBe('ok');
  expect(await codeOf(engine, 'suggestion.accept', { suggestionId })).toBe('CARD_GONE');
  expect(await codeOf(engine, 'suggestion.dismiss', { suggestionId })).toBe('CARD_GONE');
  expect(await codeOf(engine, 'suggestion.rate', { suggestionId, rating: 4 })).toBe('ok');
  const unknown = randomUUID();
  expect(await codeOf(engine, 'suggestion.accept', { suggestionId: unknown })).toBe('SUGGESTION_NOT_FOUND');
  expect(await codeOf(engine, 'suggestion.rate', { suggestionId: unknown, rating: 4 })).toBe('SUGGESTION_NOT_FOUND');
  await engine.call('session.stop', {});
  expect(await codeOf(engine, 'suggestion.rate', { suggestionId, rating: 1 })).toBe('NO_SESSION');
  await engine.call('session.start', { source: 'rehearsal' });
  expect(await codeOf(engine, 'suggestion.rate', { suggestionId, rating: 1 })).toBe('SUGGESTION_NOT_FOUND');
});

test('the first time a card is drawn counts, and a time that cannot be is brought back to one that can', async () => {
  const { engine, card } = await withCard();
  await engine.call('suggestion.shown', { suggestionId: card.id, shownAt: 5 });
  await engine.call('suggestion.shown', { suggestionId: card.id, shownAt: Date.now() + 99_000 });
  await engine.call('suggestion.shown', { suggestionId: randomUUID(), shownAt: Date.now() });
  const { latency, recentCards } = (await engine.call('live.get', {})).live;
  expect(latency.count).toBe(1);
  expect(latency.p50Ms).toBeGreaterThanOrEqual(0);
  expect(recentCards.find((one) => one.id === card.id)!.shownAt).toBe(card.createdAt);
});

test('a replay cannot be resumed, and what is running can be neither erased nor started again', async () => {
  const engine = keep(await openEngine({ rate: 5 }));
  const room = { platform: 'bilibili' as const, platformRoomId: 'replay', roomName: '回放' };
  const left = { id: randomUUID(), roomId: randomUUID(), source: 'replay' as const, at: Date.now() };
  engine.store.startSession(left, room);
  expect(await codeOf(engine, 'session.resume', { sessionId: left.id })).toBe('REPLAY_NOT_RESUMABLE');
  await engine.call('session.start', { source: 'rehearsal' });
  expect(await codeOf(engine, 'session.start', { source: 'rehearsal' })).toBe('SESSION_RUNNING');
  expect(await codeOf(engine, 'session.resume', { sessionId: left.id })).toBe('SESSION_RUNNING');
  expect(await codeOf(engine, 'data.erase')).toBe('SESSION_RUNNING');
});

test('erasing removes a session that was left open, the voice baseline too, and a new one can start', async () => {
  const first = await openEngine();
  const room = { platform: 'bilibili' as const, platformRoomId: '1', roomName: 'r' };
  first.store.startSession({ id: randomUUID(), roomId: randomUUID(), source: 'rehearsal', at: Date.now() }, room);
  const engine = keep(await openEngine({ store: first.store, rate: 5 }));
  expect(await codeOf(engine, 'session.start', { source: 'rehearsal' })).toBe('SESSION_LEFT_OPEN');
  expect(await codeOf(engine, 'data.erase')).toBe('ok');
  expect(engine.forgotVoice()).toBe(1);
  expect((await engine.call('live.get', {})).live.resumable).toBeNull();
  expect(await codeOf(engine, 'session.start', { source: 'rehearsal' })).toBe('ok');
});

test('what only a paired device can do says that this one is not, and an address that is no server is refused', async () => {
  const engine = keep(await openEngine());
  expect(await codeOf(engine, 'consent.set', { kind: 'session_summary', granted: true })).toBe('NOT_PAIRED');
  const code = { serverUrl: 'http://127.0.0.1:9', code: 'ABCDE', name: 'PC' };
  expect(await codeOf(engine, 'pairing.redeem', code)).toBe('SERVER_AWAY');
});

test('a pairing can be removed, also where there is none', async () => {
  const engine = keep(await openEngine());
  engine.store.setNote('pairing', { serverUrl: 'http://127.0.0.1:9' });
  expect(await codeOf(engine, 'pairing.remove')).toBe('ok');
  expect(engine.store.note('pairing')).toBeUndefined();
  expect(await codeOf(engine, 'pairing.remove')).toBe('ok');
});

test('a failure nobody foresaw is INTERNAL, tells nothing of what was said, and the next call works', async () => {
  const engine = keep(await openEngine());
  const { search } = engine.store;
  engine.store.search = async () => {
    throw new Error('秘密');
  };
  const reply = await engine.ask('danmaku.search', { query: 'x', limit: 1 });
  expect(reply).toEqual({ ok: false, error: { code: 'INTERNAL', message: 'unexpected failure' } });
  engine.store.search = search;
  expect(await codeOf(engine, 'danmaku.search', { query: 'x', limit: 1 })).toBe('ok');
});

test('a full database is named as that', async () => {
  const engine = keep(await openEngine());
  engine.store.startSession = () => {
    throw Object.assign(new Error('full'), { code: 'SQLITE_FULL' });
  };
  expect(await codeOf(engine, 'session.start', { source: 'rehearsal' })).toBe('DATABASE_FULL');
  expect(engine.host.session).toBeNull();
});
