import { randomBytes } from 'node:crypto';
import { type LiveEvent, liveEvent } from '@app/shared/live-event';
import { makeUuidv7 } from '@app/shared/uuid';
import type { StorageView } from '@app/shared/view';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { makeJournal } from './journal.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const newId = makeUuidv7(Date.now, randomBytes);
const sessionId = newId();
function message(at: number, messageType = 'comment'): LiveEvent {
  const rest = {
    source: 'simulator',
    platformRoomId: '1',
    username: 'n',
    content: 'c',
    at,
    metadata: { raw_type: 'X' },
  };
  const danmaku = { platform: 'bilibili', messageType, platformUserId: 'u', platformEventId: newId(), ...rest };
  return liveEvent.parse({
    ...{ id: newId(), sessionId, at, receivedAt: at, decodedAt: at, roomId: sessionId },
    type: 'danmaku.received',
    danmaku,
  });
}
function setUp(limit?: number) {
  const written: LiveEvent[] = [];
  const storages: StorageView[] = [];
  const store = { full: false, poison: -1, tried: 0 };
  const journal = makeJournal({
    append(events) {
      store.tried += events.length;
      if (events.some((event) => event.at === store.poison)) throw new TypeError('cannot be bound');
      if (store.full) throw Object.assign(new Error('database or disk is full'), { code: 'SQLITE_FULL' });
      written.push(...events);
    },
    isTrouble: (error) => error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_'),
    isFull: (error) => error instanceof Error && 'code' in error && error.code === 'SQLITE_FULL',
    onStorage: (storage) => storages.push(storage),
    ...(limit ? { limit } : {}),
  });
  return { journal, written, storages, store };
}

test('a gift is written before anything else happens, and what waited goes with it in order', () => {
  const { journal, written } = setUp();
  const events = [message(1), message(2), message(3, 'gift')];
  for (const event of events) journal.add(event);
  expect(written).toEqual(events);
});

test('while the store is full everything waits, and it is written in order as soon as there is room', () => {
  const { journal, written, storages, store } = setUp();
  store.full = true;
  const events = Array.from({ length: 100 }, (_, index) => message(index, index % 10 === 0 ? 'gift' : 'comment'));
  for (const event of events) journal.add(event);
  vi.advanceTimersByTime(5_000);
  expect(written).toEqual([]);
  expect(journal.storage).toEqual({ state: 'full', waiting: 100 });
  store.full = false;
  vi.advanceTimersByTime(2_000);
  expect(written).toEqual(events);
  expect(storages.at(-1)).toEqual({ state: 'ok', waiting: 0 });
});

test('when even the waiting room is full, comments go first and are counted, and money never goes', () => {
  const { journal, written, store } = setUp(10);
  store.full = true;
  for (let index = 0; index < 30; index++) journal.add(message(index, index % 3 === 0 ? 'superchat' : 'comment'));
  store.full = false;
  journal.flush();
  const kinds = written.map((event) => (event.type === 'danmaku.received' ? event.danmaku.messageType : ''));
  expect(kinds.filter((kind) => kind === 'superchat')).toHaveLength(10);
  expect(journal.lost + written.length).toBe(30);
});

test('closing writes what waits', () => {
  const { journal, written } = setUp();
  journal.add(message(1));
  journal.close();
  expect(written).toHaveLength(1);
});

test('an event that the store can never take is dropped and counted, and the gift behind it is written', () => {
  const { journal, written, store, storages } = setUp();
  store.poison = 2;
  for (const event of [message(1), message(2), message(3, 'gift')]) journal.add(event);
  expect(written.map((event) => event.at)).toEqual([1, 3]);
  expect(journal.lost).toBe(1);
  expect(storages).toEqual([{ state: 'ok', waiting: 0 }]);
});

test('after its end a journal starts no timer, and still writes what it is given on demand', () => {
  const { journal, written } = setUp();
  journal.close();
  journal.add(message(1));
  expect(vi.getTimerCount()).toBe(0);
  journal.flush();
  expect(written).toHaveLength(1);
});

test('a database that stays full is not offered everything again each second', () => {
  const { journal, written, store } = setUp();
  store.full = true;
  for (let index = 0; index < 5_000; index++) journal.add(message(index));
  store.tried = 0;
  vi.advanceTimersByTime(10_000);
  expect(store.tried).toBeLessThanOrEqual(5_000);
  store.full = false;
  vi.advanceTimersByTime(1_000);
  expect(written.map((event) => event.at)).toEqual(Array.from({ length: 5_000 }, (_, index) => index));
});
