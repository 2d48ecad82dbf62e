import { describe, expect, test } from 'vitest';
import { pushRequest, sessionSummary, syncChange } from './sync.ts';

const id = '0193f0c2-a4b1-7000-8000-000000000001';
const summary = {
  schema: 1,
  session_id: id,
  room_id: id,
  platform: 'douyin',
  platform_room_id: '7',
  room_name: '房间',
  started_at: '2026-11-24T10:00:00Z',
  stopped_at: '2026-11-24T12:00:00.000Z',
  hours_live: 2,
  breaks: [],
  danmaku: {
    comment: 1,
    gift: 0,
    follow: 0,
    share: 0,
    like: 0,
    unanswered_questions: 0,
    abusive: 0,
    distinct_viewers: 1,
  },
  suggestions: [{ type: 'content', urgency: 'low', shown: 2, used: 1 }],
  quality: {
    connector_uptime_share: 1,
    reconnects: 0,
    gaps: [],
    device_troubles: { camera: 0, microphone: 0 },
    latency_ms: null,
  },
};
const accepts = (value: unknown) => sessionSummary.safeParse(value).success;

/** Every key of a schema, at any depth. */
function keysOf(schema: unknown, keys: string[] = []): string[] {
  const def = (schema as { def?: Record<string, unknown> }).def ?? {};
  const shape = (def.shape ?? {}) as Record<string, unknown>;
  for (const [key, inner] of Object.entries(shape)) keysOf(inner, keys).push(key);
  for (const inner of [def.element, def.innerType].filter(Boolean)) keysOf(inner, keys);
  return keys;
}

describe('the summary of a session', () => {
  test('has no field for emotion, words, names of viewers, sound or pictures', () => {
    const keys = keysOf(sessionSummary);
    expect(keys.length).toBeGreaterThan(30);
    expect(
      keys.filter((key) =>
        /emotion|mood|sentiment|happy|sad|text|content|transcript|user|nickname|audio|video|frame|face|voice|load/i.test(
          key,
        ),
      ),
    ).toEqual([]);
  });

  test.each([
    ['at the top', { ...summary, emotion: { happy: 1 } }],
    ['among the counts', { ...summary, danmaku: { ...summary.danmaku, sentiment: 0.4 } }],
    [
      'in a break',
      { ...summary, breaks: [{ start_at: summary.started_at, end_at: summary.stopped_at, reason: 'tired' }] },
    ],
    ['in the quality', { ...summary, quality: { ...summary.quality, load: 'high' } }],
    ['in a count of cards', { ...summary, suggestions: [{ ...summary.suggestions[0], text: 'hi' }] }],
  ])('is refused with an unknown field %s', (_where, value) => {
    expect(accepts(summary)).toBe(true);
    expect(accepts(value)).toBe(false);
  });

  test.each([
    ['stops before it starts', { stopped_at: '2026-11-24T09:00:00Z', hours_live: 0 }],
    ['is longer on air than it lasted', { hours_live: 2.1 }],
    [
      'has a break that ends before it starts',
      { breaks: [{ start_at: '2026-11-24T11:00:00Z', end_at: '2026-11-24T10:00:00.000Z' }] },
    ],
    ['lists a type and urgency twice', { suggestions: [summary.suggestions[0], summary.suggestions[0]] }],
    ['used more cards than it showed', { suggestions: [{ type: 'content', urgency: 'low', shown: 1, used: 2 }] }],
    ['has a NUL in the room name', { room_name: 'a\u0000b' }],
    ['has half a surrogate in the room name', { room_name: '\ud83d' }],
    ['lies in the year 0', { started_at: '0000-01-01T00:00:00Z' }],
    ['has a time of another zone', { started_at: '2026-11-24T10:00:00+08:00' }],
  ])('is refused when it %s', (_what, change) => {
    expect(accepts({ ...summary, ...change })).toBe(false);
  });

  test('takes two hours rounded up by less than a minute', () => {
    expect(accepts({ ...summary, hours_live: 2.01 })).toBe(true);
  });
});

describe('a push', () => {
  const change = {
    seq: 5,
    op: 'upsert',
    kind: 'session_summary',
    id,
    hlc: '0193f0c2a4b1-0003-9f2c11aa',
    base_rev: null,
    schema: 1,
    at: summary.stopped_at,
    data: summary,
  };
  const batch = { protocol: 2, device_id: id, batch_id: id, epoch: 'e', first_seq: 5, changes: [change] };

  test('is refused when its sequence has a hole or begins elsewhere than it says', () => {
    expect(pushRequest.safeParse(batch).success).toBe(true);
    expect(pushRequest.safeParse({ ...batch, first_seq: 4 }).success).toBe(false);
    expect(pushRequest.safeParse({ ...batch, changes: [change, { ...change, seq: 7 }] }).success).toBe(false);
  });

  test('judges data row by row: a bad row does not make the batch bad', () => {
    expect(syncChange.safeParse({ ...change, kind: 'something_new', data: { any: 1 } }).success).toBe(true);
    expect(syncChange.safeParse({ ...change, extra: 1 }).success).toBe(false);
  });
});
