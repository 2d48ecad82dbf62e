// Real frames and commands against their reference decoding, so that encoder and decoder cannot share a mistake.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { danmaku } from '@app/shared/live-event';
import { describe, expect, test } from 'vitest';
import { decodeBilibili } from '../../src-main/engine/danmaku/bilibili-decode.ts';
import { encodeMessages, op, walkPackets } from '../../src-main/engine/danmaku/bilibili-packet.ts';
import { fixtureFolder, haveFixtures } from './fixtures.ts';

const context = { source: 'page', roomId: '545068', receivedAt: 1_693_371_750_000 } as const;
const read = (name: string) => JSON.parse(readFileSync(join(fixtureFolder, name), 'utf8'));
const names = (folder: string, end: string) =>
  readdirSync(join(fixtureFolder, folder)).filter((name) => name.endsWith(end));

test('a frame made by another program, byte for byte, is read', () => {
  // zlib of one packet {"cmd":"LIVE","live_key":"42"}, made with Python's struct.pack and zlib.compress.
  const hex =
    '0000004000100002000000050000000078da636060d06310600001561051ad949c9ba264a5e4e319' +
    'e6aaa4a3949359961a9f9d5a0914313152aa05009501090e';
  const decoded = decodeBilibili(Buffer.from(hex, 'hex'), context);
  expect(decoded.errors).toEqual([]);
  expect(decoded.events.map((event) => event.platformEventId)).toEqual(['live:42']);
});

if (haveFixtures()) {
  describe('the recorded frames', () => {
    test.each(names('frames', '.bin'))('%s gives the packets of its reference decoding, in order', (name) => {
      const bytes = readFileSync(join(fixtureFolder, 'frames', name));
      const packets: unknown[] = [];
      const errors: string[] = [];
      walkPackets(bytes, {
        onPacket(packet) {
          const raw = { _op: packet.op, _v: packet.ver, _body: packet.body.toString('hex') };
          packets.push(packet.op === op.message ? JSON.parse(packet.body.toString('utf8')) : raw);
        },
        onError: (code) => errors.push(code) > 0,
      });
      expect(errors).toEqual([]);
      expect(packets).toEqual(read(`frames/${name.replace('.bin', '.decoded.json')}`));
    });

    test('give every comment and every visit of the reference decoding, each with an id of its own', () => {
      const events = names('frames', '.bin').flatMap((name) => {
        const decoded = decodeBilibili(readFileSync(join(fixtureFolder, 'frames', name)), context);
        expect(decoded.errors).toEqual([]);
        return decoded.events;
      });
      type Reference = {
        cmd?: string;
        info?: [unknown, string, [number, string]];
        data?: { uid: number; uname: string };
      };
      const reference: Reference[] = names('frames', '.json').flatMap((name) => read(`frames/${name}`));
      const comments = events.filter((event) => event.messageType === 'comment');
      expect(comments.map((event) => [event.content, event.platformUserId, event.username])).toEqual(
        reference
          .filter((each) => each.cmd === 'DANMU_MSG')
          .map((each) => [each.info?.[1], String(each.info?.[2][0]), each.info?.[2][1]]),
      );
      expect(new Set(comments.map((event) => event.platformEventId)).size).toBe(comments.length);
      const entered = events.filter((event) => event.metadata.raw_type === 'INTERACT_WORD');
      expect(entered.map((event) => event.platformUserId)).toEqual(
        reference.filter((each) => each.cmd === 'INTERACT_WORD').map((each) => String(each.data?.uid)),
      );
      for (const event of events) danmaku.parse(event);
    });
  });

  describe('the recorded commands', () => {
    const kinds: Record<string, string> = {
      DANMU_MSG: 'comment',
      SEND_GIFT: 'gift',
      SUPER_CHAT_MESSAGE: 'superchat',
      SUPER_CHAT_MESSAGE_JPN: 'superchat',
      SUPER_CHAT_MESSAGE_DELETE: 'superchat_delete',
      GUARD_BUY: 'guard',
      USER_TOAST_MSG: 'guard',
      ENTRY_EFFECT: 'enter',
      LIKE_INFO_V3_CLICK: 'like',
      LIKE_INFO_V3_UPDATE: 'online',
      WATCHED_CHANGE: 'online',
      ONLINE_RANK_COUNT: 'online',
      LIVE: 'live_state',
      PREPARING: 'live_state',
      CUT_OFF: 'live_state',
      WARNING: 'other',
      ROOM_CHANGE: 'other',
    };

    test.each(names('cmd-blive-message-listener', '.json'))(
      '%s becomes what it is, or is counted as unknown',
      (name) => {
        const message = read(`cmd-blive-message-listener/${name}`);
        const decoded = decodeBilibili(encodeMessages([message], 'brotli'), context);
        if (message.cmd === undefined || message.data?.pb === '[protobuf_data_base64]') {
          expect(decoded.errors.map((error) => error.code)).toEqual(['BAD_MESSAGE']);
          return;
        }
        const cmd = String(message.cmd).split(':')[0] ?? '';
        expect(decoded.errors).toEqual([]);
        if (cmd === 'COMBO_SEND') expect(decoded).toMatchObject({ events: [], ignored: 1 });
        else if (cmd === 'INTERACT_WORD') expect(name).toContain(decoded.events[0]?.messageType ?? 'nothing');
        else if (kinds[cmd]) expect(decoded.events.map((event) => event.messageType)).toEqual([kinds[cmd]]);
        else expect({ ...decoded.unknown }).toEqual({ [cmd]: 1 });
        for (const event of decoded.events) danmaku.parse(event);
      },
    );

    test('have the value that their coin gives them', () => {
      const cents = (name: string) => {
        const message = read(`cmd-blive-message-listener/${name}.json`);
        const event = decodeBilibili(encodeMessages([message], 'zlib'), context).events[0];
        return [event?.metadata.price_cents, event?.metadata.paid];
      };
      expect(cents('SEND_GIFT__辣条_no_badge')).toEqual([0, false]);
      expect(cents('SEND_GIFT__粉丝团灯牌')).toEqual([100, true]);
      expect(cents('SEND_GIFT__Super_target_user')).toEqual([500, true]);
      expect(cents('SUPER_CHAT_MESSAGE__normal')).toEqual([3000, true]);
      expect(cents('GUARD_BUY__normal')).toEqual([19_800, true]);
      expect(cents('USER_TOAST_MSG__guard_jianzhang_renew')).toEqual([13_800, true]);
    });
  });

  describe('the recorded protobuf commands', () => {
    test('SEND_GIFT_V2 gives what the reference reader found', () => {
      const expected = read('send_gift_v2/free.expected.json');
      const decoded = decodeBilibili(encodeMessages([read('send_gift_v2/free.json')], 'plain'), context);
      const gift = expected.gifts[0];
      expect(decoded.events).toHaveLength(1);
      expect(decoded.events[0]).toMatchObject({
        platformUserId: expected.uid,
        username: expected.uname,
        platformEventId: `gift:${gift.tid}`,
        at: gift.timestamp * 1000,
        metadata: { gift_id: String(gift.id), gift_name: gift.name, gift_count: gift.num, amount: gift.total_coin },
      });
      expect(decoded.events[0]?.metadata).toMatchObject({ unit: 'silver', price_cents: 0, paid: false });
    });

    test('INTERACT_WORD_V2 gives what the reference reader found', () => {
      const expected = read('interact_word_v2/enter-1.expected.json');
      const decoded = decodeBilibili(encodeMessages([read('interact_word_v2/enter-1.json')], 'plain'), context);
      expect(decoded.events[0]).toMatchObject({
        messageType: 'enter',
        platformUserId: expected.uid,
        username: expected.uname,
        at: expected.timestamp * 1000,
      });
    });
  });
}
