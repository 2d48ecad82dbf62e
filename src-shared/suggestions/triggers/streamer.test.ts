import { describe, expect, test } from 'vitest';
import type { EmotionScores, UncertainReason } from '../../emotion/labels.ts';
import { scoresOf } from '../sample-events.ts';
import { openSampleRoom } from '../sample-room.ts';

type Room = ReturnType<typeof openSampleRoom>;

function speak(room: Room, seconds: number) {
  room.feed([{ ...room.base(seconds), type: 'speech.segment', startAt: room.at(seconds - 3), loudnessDb: -30 }]);
}

describe('long silence', () => {
  function askers(room: Room, seconds: number) {
    room.ask(seconds, '这个怎么洗', 'a', 'question');
    room.ask(seconds, '什么时候下播', 'b', 'question');
  }

  test('45 silent seconds while two viewers ask make one card', () => {
    const room = openSampleRoom();
    speak(room, 0);
    askers(room, 10);
    room.wait(1, 44);
    expect(room.cards).toHaveLength(0);
    room.wait(45, 60);
    expect(room.of('long_silence')).toHaveLength(1);
    expect(room.cards[0]!.params).toMatchObject({ seconds: 45, viewers: 2 });
  });

  test.each([
    ['speech was never heard', () => undefined],
    [
      'the microphone went away',
      (room: Room) => {
        speak(room, 0);
        room.feed([{ ...room.base(1), type: 'device.state', device: 'microphone', state: 'lost' }]);
      },
    ],
    [
      'the streamer is on a break',
      (room: Room) => {
        speak(room, 0);
        room.feed([{ ...room.base(1), type: 'break', active: true }]);
      },
    ],
    [
      'part of the app was away',
      (room: Room) => {
        speak(room, 0);
        room.feed([{ ...room.base(1), type: 'gap', part: 'inference', fromAt: room.at(0) }]);
      },
    ],
  ] as const)('nothing is said when %s', (_, prepare) => {
    const room = openSampleRoom();
    prepare(room);
    askers(room, 30);
    room.wait(30, 85);
    expect(room.cards).toHaveLength(0);
  });

  test('silence while nobody asks is the streamer own affair', () => {
    const room = openSampleRoom();
    speak(room, 0);
    for (let i = 0; i < 50; i += 1) room.say(i, '哈哈', `v${i}`);
    room.wait(50, 100);
    expect(room.cards).toHaveLength(0);
  });
});

describe('streamer strained', () => {
  function look(
    room: Room,
    seconds: number,
    scores: EmotionScores,
    certain = true,
    reason: UncertainReason | null = null,
  ) {
    room.feed([
      {
        ...room.base(seconds),
        type: 'emotion.observed',
        source: 'face',
        emotion: { label: 'angry', confidence: 0.8, scores },
        certain,
        reason,
        figures: {},
      },
    ]);
  }

  test('two tense minutes after a calm start make one gentle low card', () => {
    const room = openSampleRoom();
    for (let second = 0; second < 200; second += 0.5) look(room, second, scoresOf('neutral'));
    for (let second = 200; second < 400; second += 0.5) look(room, second, scoresOf('angry', 0.9));
    expect(room.of('streamer_strained')).toHaveLength(1);
    expect(room.cards[0]).toMatchObject({ urgency: 'low', evidence: { quotes: [] } });
  });

  test('uncertain readings, and half a tense minute, never make one', () => {
    const unsure = openSampleRoom();
    for (let second = 0; second < 600; second += 0.5) look(unsure, second, scoresOf('angry', 0.9), false, 'too_dark');
    const brief = openSampleRoom();
    for (let second = 0; second < 600; second += 0.5) {
      look(brief, second, second % 120 < 30 ? scoresOf('angry', 0.9) : scoresOf('neutral'));
    }
    expect([unsure.cards.length, brief.cards.length]).toEqual([0, 0]);
  });
});
