import { danmaku } from '@app/shared/live-event';
import { describe, expect, test } from 'vitest';
import { decodeBilibili, decodeBilibiliMessage } from './bilibili-decode.ts';
import { encodeMessages, encodePacket, frameLimits, op, ver } from './bilibili-packet.ts';
import * as wire from './bilibili-wire.ts';
import { createDedupe } from './dedupe.ts';
import { writeProto } from './protobuf-writer.ts';

const context = { source: 'page', roomId: '77', receivedAt: 1_790_000_000_000 } as const;
const decode = (message: unknown) => decodeBilibiliMessage(message, context);
const one = (message: unknown) => {
  const decoded = decode(message);
  expect(decoded.errors).toEqual([]);
  expect(decoded.events).toHaveLength(1);
  return danmaku.parse(decoded.events[0]);
};
const room = { roomId: 77, anchorUid: 1 };
const viewer = { uid: '9000000000000001', name: '海獭', medalLevel: 5, guardLevel: 3, admin: true } as const;
const at = 1_789_999_999_123;
const fresh = (messages: unknown[]) => {
  const dedupe = createDedupe();
  return messages.flatMap((message) => decode(message).events).filter((event) => !dedupe.isRepeat(event, at));
};

describe('a comment', () => {
  test('has its viewer, text, time, medal and rank', () => {
    expect(one(wire.danmuMsg(viewer, '新疆包邮吗', at, room))).toMatchObject({
      platform: 'bilibili',
      source: 'page',
      platformRoomId: '77',
      messageType: 'comment',
      platformUserId: '9000000000000001',
      username: '海獭',
      content: '新疆包邮吗',
      at,
      metadata: { raw_type: 'DANMU_MSG', medal: { level: 5 }, guard_level: 3, admin: true },
    });
  });

  test('keeps its id when it comes again, and its id does not hold what was said', () => {
    const first = one(wire.danmuMsg(viewer, '多少钱', at, room));
    const later = decodeBilibiliMessage(wire.danmuMsg(viewer, '多少钱', at, room), { ...context, receivedAt: 5 });
    expect(later.events[0]?.platformEventId).toBe(first.platformEventId);
    expect(first.platformEventId).not.toContain('多少钱');
    expect(one(wire.danmuMsg(viewer, '多少钱', at + 1, room)).platformEventId).not.toBe(first.platformEventId);
  });

  test('with fewer than 17 items, or none of them of the right type, is read as far as it goes', () => {
    expect(one({ cmd: 'DANMU_MSG', info: [[], 'hi', [12]] })).toMatchObject({ content: 'hi', platformUserId: '12' });
    expect(one({ cmd: 'DANMU_MSG', info: 'x' })).toMatchObject({ content: '', at: context.receivedAt });
    expect(one({ cmd: 'DANMU_MSG' }).metadata).toEqual({ raw_type: 'DANMU_MSG' });
  });

  test('without a time is not a repeat of an equal one that came at another moment', () => {
    const message = { cmd: 'DANMU_MSG', info: [[], '666', [12, 'a']] };
    const later = decodeBilibiliMessage(message, { ...context, receivedAt: context.receivedAt + 1 });
    expect(one(message).platformEventId).not.toBe(later.events[0]?.platformEventId);
  });

  test('is a comment under a name with a suffix, and not when it was said in another room', () => {
    const message = wire.danmuMsg(viewer, 'hi', at, room);
    expect(one({ ...message, cmd: 'DANMU_MSG:4:0:2:2:2:0' }).metadata.raw_type).toBe('DANMU_MSG');
    expect(decode({ ...message, cmd: 'DANMU_MSG_MIRROR' })).toMatchObject({ events: [], ignored: 1, unknown: {} });
    expect(decode({ ...message, cmd: 'X_DANMU_MSG' })).toMatchObject({ events: [], unknown: { X_DANMU_MSG: 1 } });
  });

  test('of a game is the same comment again and left out', () => {
    expect(decode(wire.interactiveGame(viewer, 'hi', at))).toMatchObject({ events: [], ignored: 1 });
  });

  test('of two masked viewers are two comments, both without a user id', () => {
    const masked = (name: string) => ({ ...viewer, uid: '0', name });
    const events = fresh(['折***', '叶***'].map((name) => wire.danmuMsg(masked(name), '1', at, room)));
    expect(events.map((event) => [event.platformUserId, event.username])).toEqual([
      ['', '折***'],
      ['', '叶***'],
    ]);
  });

  test('keeps emoji and markup, and loses lone surrogates, non-characters and what turns text round', () => {
    const text = 'a\ud800b\ufffec\u202ed\u0000e\u200ff 👨‍👩‍👧 <b>x</b> العربية\nz';
    const event = one(wire.danmuMsg({ ...viewer, name: '<img src=x>\udc00' }, text, at, room));
    expect(event.content).toBe('abcdef 👨‍👩‍👧 <b>x</b> العربية z');
    expect(event.username).toBe('<img src=x>');
    expect(/\p{Surrogate}/u.test(event.content)).toBe(false);
  });

  test('of 10,000 characters is kept whole, a longer one is cut there and stays well formed', () => {
    expect(one(wire.danmuMsg(viewer, '长'.repeat(10_000), at, room)).content).toHaveLength(10_000);
    const cut = one(wire.danmuMsg(viewer, `${'长'.repeat(9_999)}😀😀`, at, room)).content;
    expect(cut).toBe('长'.repeat(9_999));
  });

  test('of 10 MB is refused as a frame, and one of 7 MB is cut', () => {
    const huge = wire.danmuMsg(viewer, 'x'.repeat(10_000_000), at, room);
    expect(decodeBilibili(encodeMessages([huge], 'plain'), context).errors[0]?.code).toBe('FRAME_TOO_LARGE');
    expect(decodeBilibili(encodeMessages([huge], 'brotli'), context).errors[0]?.code).toBe('INFLATED_TOO_LARGE');
    const large = wire.danmuMsg({ ...viewer }, 'x'.repeat(3_500_000), at, room);
    expect(decodeBilibili(encodeMessages([large], 'zlib'), context).events[0]?.content).toHaveLength(10_000);
  });
});

const gift = (coin: string, price: number, more: object = {}) => ({
  cmd: 'SEND_GIFT',
  data: { uid: 5, uname: 'a', giftId: 2, giftName: '粉丝团灯牌', num: 3, price, coin_type: coin, tid: '8', ...more },
});

describe('money', () => {
  test('is gold at 1000 to the yuan', () => {
    expect(one(gift('gold', 1500)).metadata).toMatchObject({
      amount: 4500,
      unit: 'gold',
      price_cents: 450,
      paid: true,
      gift_count: 3,
      gift_id: '2',
    });
  });

  test('is not silver, whatever the gift is called', () => {
    expect(one(gift('silver', 1000)).metadata).toMatchObject({ unit: 'silver', price_cents: 0, paid: false });
  });

  test('of a coin that is not known has no value, and not the value 0', () => {
    expect(one(gift('copper', 1000)).metadata).toMatchObject({ amount: 3000, price_cents: null, paid: false });
  });

  test('of a blind box is what was paid, not the price of what came out', () => {
    const box = gift('gold', 52_000, { num: 1, total_coin: 15_000, blind_gift: { original_gift_price: 15_000 } });
    expect(one(box).metadata).toMatchObject({ amount: 15_000, price_cents: 1500 });
  });

  test('of two gifts in one blind box is counted twice, also with one tid', () => {
    const item = (tid: string, total: number) =>
      writeProto([
        [1, 31],
        [2, '盲盒'],
        [3, 1],
        [7, total],
        [8, 'gold'],
        [9, tid],
        [10, 1_789_999_999],
      ]);
    const message = (tids: string[]) => ({
      cmd: 'SEND_GIFT_V2',
      data: {
        pb: writeProto([
          [1, 9223372036854775807n],
          [2, 'b'],
          [10, tids.map((tid) => item(tid, 100))],
        ]).toString('base64'),
      },
    });
    for (const tids of [
      ['1', '2'],
      ['1', '1'],
    ]) {
      const events = fresh([message(tids)]);
      expect(events.map((event) => event.metadata.price_cents)).toEqual([10, 10]);
      expect(events[0]?.platformUserId).toBe('9223372036854775807');
    }
  });

  test('of a gift told in the old and the new way is counted once', () => {
    const step = {
      gift: { id: 1, name: '花', price: 100, coin: 'gold' },
      count: 1,
      tid: '77',
      streak: 's',
      soFar: 1,
    } as const;
    const events = fresh([
      wire.sendGift(viewer, step, at, room),
      wire.sendGiftV2(viewer, step, at, room),
      wire.comboSend(viewer, step),
    ]);
    expect(events).toHaveLength(1);
    expect(events[0]?.metadata).toMatchObject({ streak_id: 's', price_cents: 10 });
  });

  test('of a superchat is in yuan; its Japanese copy is no second one, and it can be taken back', () => {
    const chat = { id: 4_898_587, yuan: 30, text: 'hi', seconds: 60 };
    const events = fresh([...wire.superchat(viewer, chat, at, room), wire.superchatDelete(chat.id, room)]);
    expect(events.map((event) => event.messageType)).toEqual(['superchat', 'superchat_delete']);
    expect(events[0]?.metadata).toMatchObject({
      price_cents: 3000,
      unit: 'rmb',
      superchat_id: '4898587',
      duration_seconds: 60,
    });
    expect(events[1]?.metadata.superchat_id).toBe('4898587');
  });

  test('of a guard told as GUARD_BUY and USER_TOAST_MSG(_V2) is counted once, in either order; two purchases twice', () => {
    const [bought, toast] = wire.guardPurchase(viewer, 3, at);
    const toastV2 = {
      cmd: 'USER_TOAST_MSG_V2',
      data: {
        sender_uinfo: { uid: viewer.uid, base: { name: viewer.name } },
        guard_info: { guard_level: 3, role_name: '舰长', start_time: 1_789_999_999 },
        pay_info: { payflow_id: '1', price: 198_000, num: 1 },
        gift_info: { gift_id: 10003 },
      },
    };
    for (const order of [
      [bought, toast, toastV2],
      [toastV2, toast, bought],
      [toast, bought],
    ]) {
      const events = fresh(order);
      expect(events).toHaveLength(1);
      expect(events[0]).toMatchObject({
        messageType: 'guard',
        metadata: { price_cents: 19_800, guard_level: 3, paid: true },
      });
    }
    const [again, toastAgain] = wire.guardPurchase(viewer, 3, at + 5_000);
    expect(fresh([bought, again, toast, toastAgain])).toHaveLength(2);
  });
});

describe('visits and the room', () => {
  test('an entry told as INTERACT_WORD, INTERACT_WORD_V2 and ENTRY_EFFECT is one entry', () => {
    const old = {
      cmd: 'INTERACT_WORD',
      data: { uid: Number(viewer.uid), uname: 'a', msg_type: 1, timestamp: 1_789_999_999 },
    };
    const events = fresh([wire.interactWordV2(viewer, 'enter', at, room), old, wire.entryEffect(viewer, at)]);
    expect(events.map((event) => event.messageType)).toEqual(['enter']);
    expect(events[0]).toMatchObject({ username: '海獭', platformUserId: viewer.uid });
  });

  test('following and sharing are told apart by msg_type', () => {
    expect(one(wire.interactWordV2(viewer, 'follow', at, room)).messageType).toBe('follow');
    expect(one(wire.interactWordV2(viewer, 'share', at, room)).messageType).toBe('share');
    expect(decode({ cmd: 'INTERACT_WORD', data: { msg_type: 5 } })).toMatchObject({ events: [], ignored: 1 });
  });

  test('the total of likes is a reading and no like', () => {
    expect(one(wire.likeClick(viewer))).toMatchObject({ messageType: 'like', metadata: { like_count: 1 } });
    expect(one(wire.likeTotal(6490))).toMatchObject({ messageType: 'online', metadata: { like_count: 6490 } });
  });

  test('an audience figure that cannot be read is null, not 0', () => {
    expect(one(wire.onlineRankCount(8873)).metadata.online_count).toBe(8873);
    expect(one({ cmd: 'WATCHED_CHANGE', data: { num: '2.7万' } }).metadata.online_count).toBeNull();
  });

  test('LIVE comes twice for one broadcast and counts once; PREPARING and CUT_OFF end it', () => {
    const live = wire.liveBegins(at, room);
    expect(fresh([{ ...live, live_time: undefined }, live]).map((event) => event.metadata.live)).toEqual([true]);
    expect(one({ cmd: 'PREPARING', roomid: '77' })).toMatchObject({
      messageType: 'live_state',
      metadata: { live: false },
    });
    expect(one({ cmd: 'CUT_OFF', msg: '请立即调整' })).toMatchObject({
      content: '请立即调整',
      metadata: { live: false },
    });
  });
});

describe('the Open Platform', () => {
  const user = { open_id: '39b8fedb-60a5', uname: 'b', timestamp: 1_789_999_999, room_id: 1, msg_id: 'm-1' };
  const open = (name: string, data: object) => one({ cmd: `LIVE_OPEN_PLATFORM_${name}`, data: { ...user, ...data } });

  test('gives comments, gifts, superchats, guards and likes with open_id and msg_id', () => {
    expect(open('DM', { msg: '喵', dm_type: 1, is_admin: 1 })).toMatchObject({
      messageType: 'comment',
      platformUserId: '39b8fedb-60a5',
      platformEventId: 'm-1',
      content: '喵',
      metadata: { emoticon: true, admin: true },
    });
    const paid = {
      gift_id: 1,
      gift_name: 'x',
      gift_num: 2,
      price: 1000,
      r_price: 900,
      paid: true,
      combo_info: { combo_id: 'c' },
    };
    expect(open('SEND_GIFT', paid).metadata).toMatchObject({
      price_cents: 180,
      paid: true,
      streak_id: 'c',
      gift_count: 2,
    });
    expect(open('SEND_GIFT', { ...paid, paid: false }).metadata).toMatchObject({ price_cents: 0, paid: false });
    expect(
      open('SUPER_CHAT', { rmb: 30, message_id: 12, message: 'hi', start_time: 5, end_time: 65 }).metadata,
    ).toMatchObject({
      price_cents: 3000,
      superchat_id: '12',
      duration_seconds: 60,
    });
    expect(open('GUARD', { user_info: { uid: 5, uname: 'g' }, guard_level: 3, guard_num: 1 })).toMatchObject({
      messageType: 'guard',
      platformUserId: '5',
      metadata: { price_cents: null, paid: true },
    });
    expect(open('LIKE', { like_count: 7 }).metadata.like_count).toBe(7);
    expect(open('LIVE_ROOM_ENTER', {}).messageType).toBe('enter');
    expect(open('LIVE_END', {}).metadata.live).toBe(false);
    expect(decode({ cmd: 'LIVE_OPEN_PLATFORM_DM_MIRROR', data: user }).events).toEqual([]);
    expect(decode({ cmd: 'LIVE_OPEN_PLATFORM_SUPER_CHAT_DEL', data: { message_ids: [1, 2] } }).events).toHaveLength(2);
  });
});

describe('what cannot be read', () => {
  test('is an error entry beside the rest, in order', () => {
    const frame = Buffer.concat([
      encodeMessages([wire.danmuMsg(viewer, '1', at, room)], 'brotli'),
      encodePacket({ op: op.message, body: '{"cmd":' }),
      encodePacket({ op: op.message, body: '[1,2]' }),
      encodeMessages(
        [{ cmd: 'INTERACT_WORD_V2', data: { pb: 'AAAA////' } }, { cmd: 'NEW_THING' }, { cmd: '一句话' }],
        'zlib',
      ),
      encodeMessages([wire.danmuMsg(viewer, '2', at, room)], 'plain'),
    ]);
    const decoded = decodeBilibili(frame, context);
    expect(decoded.events.map((event) => event.content)).toEqual(['1', '2']);
    expect(decoded.errors.map((error) => error.code)).toEqual(['BAD_JSON', 'BAD_MESSAGE', 'BAD_MESSAGE']);
    expect({ ...decoded.unknown }).toEqual({ NEW_THING: 1, '(other)': 1 });
  });

  test('does not fill memory: errors stop at a hundred, names of unknown commands too', () => {
    const broken = Buffer.concat(Array.from({ length: 500 }, () => encodePacket({ op: op.message, body: '{' })));
    const decoded = decodeBilibili(broken, context);
    expect(decoded.errors).toHaveLength(frameLimits.errors + 1);
    expect(decoded.errors.at(-1)?.code).toBe('TOO_MANY_ERRORS');
    const names = encodeMessages(
      Array.from({ length: 500 }, (_, index) => ({ cmd: `N${index}` })),
      'zlib',
    );
    expect(Object.keys(decodeBilibili(names, context).unknown)).toHaveLength(101);
  });

  test('is not taken from the prototype of a message', () => {
    for (const cmd of ['__proto__', 'constructor', 'toString']) {
      expect(decode({ cmd }).events).toEqual([]);
      expect(Object.entries(decode({ cmd }).unknown)).toEqual([[cmd, 1]]);
    }
  });

  test('an auth reply gives its code, a heartbeat reply its popularity when it is one', () => {
    const reply = (code: number) =>
      encodePacket({ op: op.authReply, ver: ver.control, body: JSON.stringify({ code }) });
    expect(decodeBilibili(reply(0), context).authReply).toEqual({ code: 0 });
    expect(decodeBilibili(reply(-101), context).authReply).toEqual({ code: -101 });
    const heartbeat = (value: number) => {
      const body = Buffer.alloc(4);
      body.writeUInt32BE(value);
      return decodeBilibili(encodePacket({ op: op.heartbeatReply, ver: ver.control, body }), context);
    };
    expect(heartbeat(5123)).toMatchObject({
      popularity: 5123,
      events: [{ messageType: 'online', metadata: { online_count: 5123 } }],
    });
    expect(heartbeat(1)).toMatchObject({ popularity: 1, events: [] });
  });
});
