// Summary and report against counts made by hand, from events in memory and from the rows of a store alike.
import { randomBytes } from 'node:crypto';
import { emotionLabels, intentLabels, type TextAnalysis } from '@app/shared/emotion/labels';
import { type LiveEvent, liveEvent, type MessageType } from '@app/shared/live-event';
import { makeUuidv7 } from '@app/shared/uuid';
import { expect, test } from 'vitest';
import { openStore } from '../store/store.ts';
import { readFigures } from './danmaku-figures.ts';
import { besideMessages, makeReport } from './report.ts';
import { makeSummary, summarize } from './summary.ts';

const newId = makeUuidv7(Date.now, randomBytes);
const start = Date.UTC(2026, 9, 1, 20);
const minute = 60_000;

function openSession() {
  const store = openStore(':memory:');
  const room = { platform: 'bilibili' as const, platformRoomId: '1', roomName: '彩排房间' };
  const session = store.startSession({ id: newId(), roomId: newId(), source: 'rehearsal', at: start }, room);
  const base = (at: number) => ({ id: newId(), sessionId: session.id, at, receivedAt: at });
  const message = (at: number, messageType: MessageType, user: string, metadata: object = {}): LiveEvent =>
    liveEvent.parse({
      ...base(at),
      type: 'danmaku.received',
      roomId: session.roomId,
      decodedAt: at,
      danmaku: {
        platform: 'bilibili',
        source: 'simulator',
        platformRoomId: '1',
        platformEventId: newId(),
        messageType,
        platformUserId: user,
        username: user,
        content: messageType === 'comment' ? 'c' : '',
        at,
        metadata: { raw_type: 'X', ...metadata },
      },
    });
  const analysed = (of: LiveEvent, intent: (typeof intentLabels)[number], sentiment: number, abuse = 0): LiveEvent => {
    const scores = Object.fromEntries(emotionLabels.map((label) => [label, label === 'neutral' ? 1 : 0])) as never;
    const intents = Object.fromEntries(intentLabels.map((label) => [label, label === intent ? 1 : 0])) as never;
    const analysis: TextAnalysis = {
      lane: 'linear',
      emotion: { label: 'neutral', confidence: 1, scores },
      certain: true,
      sentiment,
      intent: { label: intent, scores: intents, purchase: 0 },
      abuse,
      entities: [],
    };
    const { at, receivedAt } = of;
    return { ...base(at), receivedAt, type: 'danmaku.analyzed', danmakuId: of.id, analysis, inferredAt: at + 5 };
  };
  const reading = (at: number, label: 'happy' | 'sad', certain: boolean): LiveEvent => {
    const scores = { happy: 0, sad: 0, angry: 0, fear: 0, surprise: 0, disgust: 0, neutral: 0, [label]: 1 };
    const emotion = { label, confidence: 1, scores };
    return { ...base(at), type: 'emotion.observed', source: 'voice', emotion, certain, reason: null, figures: {} };
  };
  return { store, session, base, message, analysed, reading };
}

function handMade() {
  const made = openSession();
  const { base, message, analysed, reading, session } = made;
  const asked = message(start + 10, 'comment', 'a');
  const askedToo = message(start + 20, 'comment', 'b');
  const answered = message(start + minute, 'comment', 'c');
  const rude = message(start + minute + 1, 'comment', 'd');
  const unread = message(start + minute + 2, 'comment', 'a');
  const events: LiveEvent[] = [
    { ...base(start), type: 'connector.state', state: 'live', detail: '' },
    ...[asked, askedToo, answered, rude, unread],
    message(start + 30, 'gift', 'a'),
    message(start + 31, 'superchat', 'e'),
    message(start + 32, 'superchat_delete', ''),
    message(start + 33, 'guard', 'f'),
    message(start + 34, 'like', 'a', { like_count: 7 }),
    message(start + 35, 'like', 'b'),
    message(start + 36, 'follow', 'g'),
    message(start + 37, 'share', 'g'),
    message(start + 38, 'enter', 'h'),
    message(start + 39, 'online', '', { online_count: 9 }),
    analysed(asked, 'question', 0.5),
    analysed(askedToo, 'price', -0.5),
    analysed(answered, 'logistics', 0),
    analysed(rude, 'question', -1, 0.95),
    { ...base(start + 2 * minute), type: 'question.answered', danmakuIds: [answered.id] },
    { ...base(start + 3 * minute), type: 'break', active: true },
    { ...base(start + 4 * minute), type: 'break', active: false },
    { ...base(start + 5 * minute), type: 'gap', part: 'engine', fromAt: start + 5 * minute - 4_000 },
    { ...base(start + 6 * minute), type: 'connector.state', state: 'reconnecting', detail: '' },
    reading(start + 7, 'happy', true),
    reading(start + 8, 'happy', true),
    reading(start + 9, 'sad', true),
    reading(start + 11, 'sad', false),
  ];
  const stoppedAt = start + 10 * minute;
  return { ...made, session: { ...session, stoppedAt }, events, stoppedAt };
}

test('the summary is what was counted by hand', () => {
  const { session, events, stoppedAt, store } = handMade();
  const summary = makeSummary(session, events, stoppedAt);
  expect(summary.danmaku).toEqual({
    comment: 5,
    gift: 3,
    follow: 1,
    share: 1,
    like: 8,
    unanswered_questions: 2,
    abusive: 1,
    distinct_viewers: 8,
  });
  expect(summary.hours_live).toBeCloseTo(1 / 6);
  expect(summary.breaks).toHaveLength(1);
  expect(summary.quality).toMatchObject({ reconnects: 1, gaps: [{ part: 'engine', seconds: 4 }], latency_ms: null });
  expect(summary.quality.connector_uptime_share).toBeCloseTo(0.6);
  store.close();
});

test('read in slices from the rows of a store, the summary is the same', async () => {
  const { store, session, events, stoppedAt, message } = handMade();
  const many = Array.from({ length: 1_203 }, (_, index) => message(start + 50 + (index % 7), 'comment', `m${index}`));
  const all = [...events, ...many];
  store.append(all);
  const figures = await readFigures(store.figures, session.id);
  expect(summarize(session, figures, store.events(session.id, besideMessages), stoppedAt)).toEqual(
    makeSummary(session, all, stoppedAt),
  );
  store.close();
});

test('the report has what stays on the device: kinds, minutes, emotions, breaks and gaps', async () => {
  const { store, session, events } = handMade();
  store.append(events);
  const report = await makeReport(session, store);
  expect(report).toMatchObject({ danmaku: 5, gifts: 3, viewers: 8, cards: 0, synced: 'local' });
  expect(report.byType).toMatchObject({ like: 2, enter: 1, superchat_delete: 1 });
  expect(report.emotionShare).toEqual({ happy: 2 / 3, sad: 1 / 3 });
  expect(report.uncertainShare).toBe(0.25);
  expect(report.minutes).toEqual([
    { at: start, danmaku: 12, sentiment: 0 },
    { at: start + minute, danmaku: 3, sentiment: -0.5 },
  ]);
  expect(report.breaks).toEqual([{ startedAt: start + 3 * minute, stoppedAt: start + 4 * minute }]);
  expect(report.gaps).toHaveLength(1);
  store.close();
});

test('when the messages are past their keeping time, the report still has the counts of the summary', async () => {
  const { store, session, events, stoppedAt } = handMade();
  store.append(events);
  store.saveSummary(makeSummary(session, events, stoppedAt), stoppedAt, null);
  while (store.retain(stoppedAt + 40 * 86_400_000, 5));
  const report = await makeReport(store.session(session.id)!, store);
  expect(report).toMatchObject({ danmaku: 5, gifts: 3, viewers: 8, byType: { comment: 5, like: 8 }, minutes: [] });
  store.close();
});

test('a report of many messages lets others work in between', async () => {
  const { store, session, message } = openSession();
  store.append(Array.from({ length: 4_000 }, (_, index) => message(start + index, 'comment', `u${index}`)));
  let turns = 0;
  const timer = setInterval(() => {
    turns += 1;
  }, 0);
  await makeReport(session, store);
  clearInterval(timer);
  expect(turns).toBeGreaterThan(3);
  store.close();
});
