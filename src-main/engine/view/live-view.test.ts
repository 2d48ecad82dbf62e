import { randomBytes } from 'node:crypto';
import { type LiveEvent, liveEvent, type Suggestion } from '@app/shared/live-event';
import { makeUuidv7 } from '@app/shared/uuid';
import { expect, test } from 'vitest';
import { percentile } from './latency.ts';
import { makeLiveView } from './live-view.ts';
import { makeTimeline } from './timeline.ts';

const newId = makeUuidv7(Date.now, randomBytes);
const sessionId = newId();
const roomId = newId();
const start = 1_764_000_000_000;
const session = {
  id: sessionId,
  roomId,
  roomName: '彩排房间',
  platform: 'bilibili' as const,
  platformRoomId: '1',
  source: 'rehearsal' as const,
  startedAt: start,
  breakSince: null,
};
const base = (at: number) => ({ id: newId(), sessionId, at, receivedAt: at });
function danmaku(at: number, messageType: string, user = 'u1'): LiveEvent {
  const metadata = { raw_type: 'ONLINE_RANK_COUNT', online_count: 7 };
  const rest = { source: 'simulator', platformRoomId: '1', username: 'n', content: 'c', at, metadata };
  const one = { platform: 'bilibili', messageType, platformUserId: user, platformEventId: newId(), ...rest };
  return liveEvent.parse({ ...base(at), type: 'danmaku.received', roomId, decodedAt: at, danmaku: one });
}
function card(at: number): Suggestion {
  return {
    id: newId(),
    trigger: 'repeated_question',
    type: 'interaction',
    urgency: 'medium',
    confidence: 0.8,
    headline: '几点下播',
    params: {},
    evidence: { quotes: [], count: 3, windowSeconds: 10, danmakuIds: [], figures: {} },
    createdAt: at,
    expiresAt: at + 60_000,
    receivedAt: at - 40,
    decidedAt: at,
  };
}

test('a push carries only the keys that changed', () => {
  const builder = makeLiveView(session);
  expect(builder.changes().session).toEqual(session);
  expect(builder.changes()).toEqual({});
  builder.apply(danmaku(start + 10, 'comment'));
  expect(Object.keys(builder.changes()).sort()).toEqual(['connector', 'counts']);
  builder.setQuestions([]);
  expect(builder.changes()).toEqual({});
});

test('viewers are counted once each, gifts apart from comments, the rate over one minute', () => {
  const builder = makeLiveView(session);
  for (const [at, type, user] of [
    [1, 'comment', 'a'],
    [2, 'comment', 'b'],
    [3, 'gift', 'a'],
    [4, 'online', ''],
  ] as const) {
    builder.apply(danmaku(start + at, type, user));
  }
  builder.tick(start + 5);
  expect(builder.view().counts).toMatchObject({ comments: 2, gifts: 1, viewers: 2 });
  expect(builder.view().connector).toMatchObject({ perMinute: 4, onlineCount: 7 });
  builder.tick(start + 90_000);
  expect(builder.view().connector.perMinute).toBe(0);
});

test('a card is measured once, from its last danmaku to the moment it could be seen, and keeps outcome and rating', () => {
  const builder = makeLiveView(session);
  const made = card(start + 100);
  builder.apply({ ...base(start + 100), type: 'suggestion.made', suggestion: made });
  builder.setCards([made]);
  const shown = {
    ...base(start + 160),
    type: 'suggestion.shown' as const,
    suggestionId: made.id,
    shownAt: start + 160,
  };
  builder.apply(shown);
  builder.apply({ ...shown, shownAt: start + 999 });
  expect(builder.view().latency).toEqual({ count: 1, p50Ms: 100, p95Ms: 100 });
  builder.apply({ ...base(start + 200), type: 'suggestion.closed', suggestionId: made.id, outcome: 'accepted' });
  builder.apply({ ...base(start + 300), type: 'suggestion.rated', suggestionId: made.id, rating: 5 });
  expect(builder.view().cards).toEqual([]);
  expect(builder.view().recentCards[0]).toMatchObject({ outcome: 'accepted', rating: 5 });
});

test('the timeline keeps one hour, fills quiet steps, and says null for speech until any was heard', () => {
  const timeline = makeTimeline(start);
  timeline.danmaku(start);
  const quiet = timeline.view(start + 25_000).points;
  expect(quiet.map((point) => point.danmaku)).toEqual([1, 0, 0]);
  expect(quiet[0]!.speech).toBeNull();
  timeline.speech(start + 5_000, start + 15_000);
  expect(timeline.view(start + 25_000).points.map((point) => point.speech)).toEqual([0.5, 0.5, 0]);
  expect(timeline.view(start + 9 * 3_600_000).points.length).toBe(360);
});

test('percentiles are values that were measured', () => {
  expect(percentile([], 0.95)).toBeNull();
  expect(percentile([5], 0.95)).toBe(5);
  expect(
    percentile(
      Array.from({ length: 100 }, (_, index) => index + 1),
      0.95,
    ),
  ).toBe(95);
});

test('the curve of a step is the mean of its certain readings, and null where there was none', () => {
  const timeline = makeTimeline(start);
  timeline.emotion(start, 'happy', { valence: 0.2, arousal: 0 });
  timeline.emotion(start + 1_000, 'happy', { valence: 0.6, arousal: 0.5 });
  timeline.emotion(start + 2_000, null, null);
  timeline.emotion(start + 12_000, null, null);
  const [first, second] = timeline.view(start + 12_000).points;
  expect(first!.curve!.valence).toBeCloseTo(0.4, 9);
  expect(first!.curve!.arousal).toBeCloseTo(0.25, 9);
  expect(second!.curve).toBeNull();
});
