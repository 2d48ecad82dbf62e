import { expect, test } from 'vitest';
import { hlcAt, makeSummary, toChange } from '../../testing/people.ts';
import { judge, type Ledger, orderOf } from './judge.ts';

const now = Date.UTC(2026, 10, 25);
const id = '0193f0c2-a4b1-7000-8000-000000000001';
const ledger = (changes: Partial<Ledger> = {}): Ledger => ({
  lastSeq: 0,
  deviceId: 'd',
  hasConsent: true,
  rows: new Map(),
  erased: new Set(),
  ...changes,
});
const statuses = (changes: Parameters<typeof judge>[0], with_: Partial<Ledger> = {}) =>
  judge(changes, ledger(with_), now).results.map((result) => result.code ?? result.status);

test('a clock more than five minutes ahead is held there, one less is left as it is', () => {
  expect(orderOf(hlcAt(now + 300_000, 7), now)).toBe(hlcAt(now + 300_000, 7));
  expect(orderOf(hlcAt(now + 86_400_000, 7), now)).toBe(hlcAt(now + 300_000, 7));
  expect(orderOf('ffffffffffff-ffff-9f2c11aa', now)).toBe(`${hlcAt(now + 300_000).slice(0, 12)}-ffff-9f2c11aa`);
});

test('newest wins within one batch: newer applies, equal repeats, older is stale', () => {
  const summary = makeSummary(id);
  const changes = [
    toChange(1, summary, hlcAt(now, 2)),
    toChange(2, summary, hlcAt(now, 2)),
    toChange(3, summary, hlcAt(now, 1)),
    toChange(4, summary, hlcAt(now, 3)),
  ];
  expect(statuses(changes)).toEqual(['applied', 'duplicate', 'stale', 'applied']);
});

test('what was deleted stays deleted, also for a newer write', () => {
  const gone = { ...toChange(2, makeSummary(id), hlcAt(now, 1)), op: 'delete' as const, data: undefined };
  const changes = [
    toChange(1, makeSummary(id), hlcAt(now)),
    gone,
    toChange(3, makeSummary(id), hlcAt(now, 9)),
    { ...gone, seq: 4 },
  ];
  expect(statuses(changes)).toEqual(['applied', 'applied', 'stale', 'duplicate']);
});

test('each fault of a row has its code, and the good rows beside it are taken', () => {
  const good = makeSummary(id);
  const change = toChange(1, good);
  const changes = [
    change,
    { ...change, seq: 2, kind: 'emotion_record' },
    { ...change, seq: 3, schema: 2 },
    { ...change, seq: 4, data: { ...good, emotion: 'happy' } },
    { ...change, seq: 5, data: { ...good, hours_live: -1 } },
    { ...change, seq: 6, id: '0193f0c2-a4b1-7000-8000-000000000002' },
    { ...change, seq: 7, data: undefined },
  ];
  expect(statuses(changes)).toEqual([
    'applied',
    'UNKNOWN_KIND',
    'UNKNOWN_SCHEMA',
    'UNKNOWN_FIELD',
    'BAD_DATA',
    'ID_MISMATCH',
    'BAD_DATA',
  ]);
});

test('an unknown field is named by its place, never by the words the device sent', () => {
  const data = { ...makeSummary(id), danmaku: { ...makeSummary(id).danmaku, 'he said he is sad': 1 } };
  expect(judge([{ ...toChange(1, makeSummary(id)), data }], ledger(), now).results).toEqual([
    { seq: 1, status: 'rejected', code: 'UNKNOWN_FIELD', field: 'data.danmaku' },
  ]);
});

test('the row of another device is not overwritten', () => {
  const rows = new Map([[id, { deviceId: 'other', hlc: hlcAt(1), order: hlcAt(1) }]]);
  expect(statuses([toChange(1, makeSummary(id))], { rows })).toEqual(['ID_TAKEN']);
});

test('without consent nothing is taken but deletion', () => {
  const change = toChange(1, makeSummary(id));
  expect(statuses([change, { ...change, seq: 2, op: 'delete', data: undefined }], { hasConsent: false })).toEqual([
    'NO_CONSENT',
    'applied',
  ]);
});

test('a row of a sequence number that was reached has no effect again, even with another clock', () => {
  const rows = new Map([[id, { deviceId: 'd', hlc: hlcAt(now), order: hlcAt(now) }]]);
  expect(judge([toChange(5, makeSummary(id), hlcAt(now, 9))], ledger({ lastSeq: 5, rows }), now).accepted).toEqual([]);
});
