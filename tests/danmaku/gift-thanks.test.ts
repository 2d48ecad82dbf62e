// A combo from the wire to the card of thanks. Bilibili has no message that ends a combo, and each of its messages
// tells what it adds: the name of the streak is all that the thanks need from here.
import { openSampleRoom } from '@app/shared/suggestions/sample-room';
import { expect, test } from 'vitest';
import { decodeBilibili } from '../../src-main/engine/danmaku/bilibili-decode.ts';
import { encodeMessages } from '../../src-main/engine/danmaku/bilibili-packet.ts';
import * as wire from '../../src-main/engine/danmaku/bilibili-wire.ts';
import { createIntake } from '../../src-main/engine/danmaku/intake.ts';
import { createFakeClock } from './fake-clock.ts';

const rocket = { id: 3, name: '火箭', price: 5_000, coin: 'gold' } as const;
const viewer = { uid: '9000000000000001', name: '海獭', medalLevel: 0, guardLevel: 0, admin: false } as const;
const inRoom = { roomId: 77, anchorUid: 1 };

/** A room whose gifts come as frames: each click told twice, in the old and the new way, with its running total. */
function openGiftRoom() {
  const room = openSampleRoom();
  const intake = createIntake({ clock: createFakeClock(room.at(0)) });
  let second = 0;
  intake.onEvent((batch) => {
    for (const { danmaku } of batch) {
      room.feed([{ ...room.sampler.message(room.at(second), { kind: 'gift' }), danmaku }]);
    }
  });
  return {
    room,
    async click(atSecond: number, streak: string, soFar: number) {
      second = atSecond;
      const step = { gift: rocket, count: 2, tid: `${streak}${soFar}`, streak, soFar };
      const at = room.at(second);
      const told = [
        wire.sendGift(viewer, step, at, inRoom),
        wire.sendGiftV2(viewer, step, at, inRoom),
        wire.comboSend(viewer, step),
      ];
      const frame = encodeMessages(told, 'brotli');
      intake.accept(decodeBilibili(frame, { source: 'simulator', roomId: '77', receivedAt: at }), at);
      await intake.drained();
    },
  };
}

test('a combo is thanked once, with its whole count and value, when nothing was added for ten seconds', async () => {
  const { room, click } = openGiftRoom();
  for (let index = 0; index < 5; index += 1) {
    await click(index * 4, 'combo-a', (index + 1) * 2);
    room.wait(index * 4, index * 4 + 3);
  }
  room.wait(20, 25);
  expect(room.of('gift_thanks')).toEqual([]);
  room.wait(26, 60);
  expect(room.of('gift_thanks')).toMatchObject([
    {
      params: { kind: 'one', name: '海獭', gift: '火箭', count: 10 },
      evidence: { count: 10, figures: { cents: 5_000 } },
    },
  ]);
  expect(room.cards[0]?.evidence.danmakuIds).toHaveLength(5);
});

test('two combos of one viewer with the same gift are thanked as two', async () => {
  const { room, click } = openGiftRoom();
  await click(0, 'combo-a', 2);
  await click(1, 'combo-b', 2);
  await click(2, 'combo-b', 4);
  room.wait(2, 60);
  expect(room.of('gift_thanks').map((card) => card.params.count)).toEqual([2, 4]);
});
