import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createQuestionClusters } from './question-clusters.ts';
import { cosine, questionLikeness, questionShape, sameQuestionFrom } from './question-likeness.ts';
import type { RoomMessage } from './room-memory.ts';
import { analysisOf } from './sample-events.ts';

const sameFrom = 0.9;
/** A vector of length 1 at this angle. */
const at = (degrees: number) => ({
  values: [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)],
  sameFrom,
});
const shapeOf = (text: string, degrees: number | null) =>
  questionShape(text, 'question', degrees === null ? analysisOf() : { ...analysisOf(), vector: at(degrees) });

let lastId = 0;
const ask = (text: string, viewer: string, degrees: number | null): RoomMessage =>
  ({
    id: `q${lastId++}`,
    viewer,
    username: viewer,
    platform: 'bilibili',
    kind: 'comment',
    text,
    metadata: {},
    seenAt: 0,
    receivedAt: 0,
    analysis: {
      ...analysisOf({ intent: 'question', intentScore: 0.9 }),
      ...(degrees === null ? {} : { vector: at(degrees) }),
    },
  }) as RoomMessage;

describe('questions by what they mean', () => {
  test('two wordings without a common character are one question when their vectors are near', () => {
    const [a, b] = [shapeOf('孩子念几年级了呀', 0), shapeOf('娃上小学没', 10)];
    expect(questionLikeness(a, b)).toBeGreaterThanOrEqual(sameQuestionFrom);
    expect(questionLikeness(shapeOf('孩子念几年级了呀', null), shapeOf('娃上小学没', null))).toBeLessThan(
      sameQuestionFrom,
    );
    expect(questionLikeness(a, shapeOf('娃上小学没', 60))).toBeLessThan(sameQuestionFrom);
  });

  test('different places, item numbers or subjects of rules stay apart however near the vectors are', () => {
    expect(questionLikeness(shapeOf('发北京几天', 0), shapeOf('发上海几天', 0))).toBe(0);
    expect(questionLikeness(shapeOf('3号链接好看吗', 0), shapeOf('5号链接好看吗', 0))).toBe(0);
    expect(questionLikeness(shapeOf('多少钱', 0), shapeOf('有优惠吗', 0))).toBeLessThan(sameQuestionFrom);
  });

  const texts = [
    '多少钱',
    '价格多少',
    '孩子念几年级了呀',
    '娃上小学没',
    '发北京几天',
    '3号有货吗',
    '甜不甜',
    '会掉色吗',
  ];
  const shape = fc.tuple(fc.constantFrom(...texts), fc.option(fc.integer({ min: 0, max: 90 })));

  test('a vector never takes away what the words say, and the order of the two questions changes nothing', () => {
    fc.assert(
      fc.property(shape, shape, ([one, angle], [other, otherAngle]) => {
        const [a, b] = [shapeOf(one, angle), shapeOf(other, otherAngle)];
        const likeness = questionLikeness(a, b);
        expect(likeness).toBe(questionLikeness(b, a));
        expect(likeness).toBeGreaterThanOrEqual(questionLikeness(shapeOf(one, null), shapeOf(other, null)));
        expect(likeness).toBeLessThanOrEqual(1);
      }),
    );
  });

  test('without vectors on both sides everything is as the words say', () => {
    fc.assert(
      fc.property(shape, fc.constantFrom(...texts), ([one, angle], other) => {
        const words = questionLikeness(shapeOf(one, null), shapeOf(other, null));
        expect(questionLikeness(shapeOf(one, angle), shapeOf(other, null))).toBe(words);
      }),
    );
  });

  test('a nearer vector is never less alike', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 90 }), fc.integer({ min: 0, max: 90 }), (a, b) => {
        const [near, far] = a <= b ? [a, b] : [b, a];
        const start = shapeOf('孩子念几年级了呀', 0);
        const of = (angle: number) => questionLikeness(start, shapeOf('娃上小学没', angle));
        expect(of(near)).toBeGreaterThanOrEqual(of(far));
      }),
    );
  });

  test('the cosine is 1 for a vector with itself, never beyond, and 0 for vectors of two sizes', () => {
    expect(cosine(at(30).values, at(30).values)).toBeCloseTo(1, 12);
    expect(cosine([1, 0], [1, 0, 0])).toBe(0);
    expect(cosine([1 + 1e-9, 0], [1, 0])).toBe(1);
  });
});

describe('the open questions of a room', () => {
  test('viewers who ask one thing in words of their own are counted together, also when one of them was read without a vector', () => {
    const clusters = createQuestionClusters();
    clusters.add(ask('孩子念几年级了呀', 'a', 0), 0);
    clusters.add(ask('娃上小学没', 'b', 8), 1_000);
    clusters.add(ask('孩子念几年级', 'c', null), 2_000);
    clusters.add(ask('会掉色吗', 'd', 80), 3_000);
    expect(clusters.open(1, 3_000).map(({ viewers }) => viewers)).toEqual([3, 1]);
  });

  test('whatever is asked, every asker stands in one question, and no more are open than were asked', () => {
    const messages = fc.array(
      fc.tuple(
        fc.constantFrom('多少钱', '娃上小学没', '会掉色吗', '发北京几天'),
        fc.constantFrom('a', 'b', 'c', 'd'),
        fc.option(fc.integer({ min: 0, max: 90 })),
      ),
      { maxLength: 40 },
    );
    fc.assert(
      fc.property(messages, (list) => {
        const clusters = createQuestionClusters();
        list.forEach(([text, viewer, angle], i) => {
          clusters.add(ask(text, viewer, angle), i * 100);
        });
        const open = clusters.open(1, list.length * 100);
        expect(open.length).toBeLessThanOrEqual(list.length);
        const ids = open.flatMap(({ danmakuIds }) => danmakuIds);
        expect(new Set(ids).size).toBe(ids.length);
      }),
    );
  });
});
