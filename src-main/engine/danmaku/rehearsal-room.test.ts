import { describe, expect, test } from 'vitest';
import { decodeBilibiliMessage } from './bilibili-decode.ts';
import * as corpus from './rehearsal-lines.ts';
import { openRehearsalRoom } from './rehearsal-room.ts';
import { usualScript } from './rehearsal-script.ts';

const startAt = 1_790_000_000_000;
const scriptMs = usualScript.reduce((sum, scene) => sum + scene.seconds * 1000, 0);

function play(seed: number, untilMs: number, ratePerSecond = 3) {
  const happenings = openRehearsalRoom({ seed, startAt, ratePerSecond }).until(startAt + untilMs);
  const events = happenings.flatMap(({ at, message }) => {
    const decoded = decodeBilibiliMessage(message, { source: 'simulator', roomId: '1', receivedAt: at });
    expect(decoded.errors).toEqual([]);
    expect({ ...decoded.unknown }).toEqual({});
    return decoded.events;
  });
  return { happenings, events };
}

describe('the rehearsal room', () => {
  test('is the same for the same seed, however often it is asked, and another for another seed', () => {
    const whole = openRehearsalRoom({ seed: 3, startAt }).until(startAt + 90_000);
    const room = openRehearsalRoom({ seed: 3, startAt });
    const steps = Array.from({ length: 900 }, (_, index) => room.until(startAt + (index + 1) * 100)).flat();
    expect(steps).toEqual(whole);
    expect(openRehearsalRoom({ seed: 4, startAt }).until(startAt + 90_000)).not.toEqual(whole);
  });

  test('goes forward in time and sends nothing twice', () => {
    const { happenings } = play(8, scriptMs);
    for (const [index, happening] of happenings.entries()) {
      expect(happening.at).toBeGreaterThanOrEqual(happenings[index - 1]?.at ?? startAt);
    }
    const comments = play(8, scriptMs).events.filter((event) => event.messageType === 'comment');
    expect(new Set(comments.map((event) => event.platformEventId)).size).toBe(comments.length);
  });

  test('shows every kind of event in one round of its script', () => {
    const seen = new Set(play(1, scriptMs).events.map((event) => event.messageType));
    for (const type of [
      'comment',
      'gift',
      'superchat',
      'guard',
      'enter',
      'follow',
      'share',
      'like',
      'online',
      'live_state',
    ]) {
      expect(seen).toContain(type);
    }
  });

  test.each([1, 2, 3, 4, 5, 6])(
    'with seed %i lets at least three viewers ask one question in other words within 90 s',
    (seed) => {
      const { events } = play(seed, 90_000);
      const best = Math.max(
        ...corpus.sameQuestions.map((wordings) => {
          const asked = events.filter((event) => event.messageType === 'comment' && wordings.includes(event.content));
          const within = asked.filter((event) => event.at - (asked[0]?.at ?? 0) <= 90_000);
          const askers = new Set(within.map((event) => event.platformUserId)).size;
          return Math.min(askers, new Set(within.map((event) => event.content)).size);
        }),
      );
      expect(best).toBeGreaterThanOrEqual(3);
    },
  );

  test('has a lull of more than 20 s without a comment, and a combo of gifts with one streak', () => {
    const { events } = play(2, scriptMs);
    const times = events.filter((event) => event.messageType === 'comment').map((event) => event.at);
    const longest = Math.max(...times.slice(1).map((at, index) => at - (times[index] ?? at)));
    expect(longest).toBeGreaterThan(20_000);
    const streaks = events.flatMap((event) => event.metadata.streak_id ?? []);
    const lengths =
      new Set(streaks).size > 0 ? [...new Set(streaks)].map((id) => streaks.filter((each) => each === id).length) : [0];
    expect(Math.max(...lengths)).toBeGreaterThanOrEqual(5);
  });

  test.each([1, 3, 100, 2_000])('keeps the rate of %i a second within a third', (rate) => {
    const chat = [{ name: 'chat', seconds: 600, pace: 1 }] as const;
    const spanMs = rate > 100 ? 10_000 : 200_000;
    const count = openRehearsalRoom({ seed: 9, startAt, ratePerSecond: rate, script: chat }).until(
      startAt + spanMs,
    ).length;
    expect(count / (spanMs / 1000) / rate).toBeGreaterThan(0.67);
    expect(count / (spanMs / 1000) / rate).toBeLessThan(1.33);
  });

  test('has at least 250 lines, no two alike, and says none of them all the time', () => {
    const pools = Object.values(corpus).flat(2);
    expect(new Set(pools).size).toBe(pools.length);
    expect(pools.length).toBeGreaterThanOrEqual(250);
    const long = play(5, scriptMs).events.filter(
      (event) => event.messageType === 'comment' && event.content.length > 5,
    );
    expect(new Set(long.map((event) => event.content)).size / long.length).toBeGreaterThan(0.4);
  });
});
