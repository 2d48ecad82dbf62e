// Command objects as a Bilibili server sends them; used by the rehearsal room.
import type { JsonObject } from './json-value.ts';
import { writeProto } from './protobuf-writer.ts';
import type { Viewer } from './rehearsal-viewers.ts';

export type Room = { roomId: number; anchorUid: number };
export type GiftKind = { id: number; name: string; price: number; coin: 'gold' | 'silver' };

const seconds = (at: number) => Math.floor(at / 1000);
const medalName = '小满家';

const fansMedal = (viewer: Viewer, room: Room) => ({
  anchor_roomid: viewer.medalLevel > 0 ? room.roomId : 0,
  guard_level: viewer.guardLevel,
  is_lighted: viewer.medalLevel > 0 ? 1 : 0,
  medal_level: viewer.medalLevel,
  medal_name: viewer.medalLevel > 0 ? medalName : '',
  target_id: viewer.medalLevel > 0 ? room.anchorUid : 0,
});

/** A comment; `at` in epoch ms. */
export function danmuMsg(viewer: Viewer, text: string, at: number, room: Room, emoticon = false): JsonObject {
  const extra = JSON.stringify({
    send_from_me: false,
    mode: 0,
    color: 16777215,
    dm_type: emoticon ? 1 : 0,
    content: text,
  });
  const style = [0, 1, 25, 16777215, at, seconds(at) - 600, 0, 'a1b2c3d4', 0, 0, 0, '', emoticon ? 1 : 0, '{}', '{}'];
  const base = { name: viewer.name, face: '' };
  const medal = viewer.medalLevel > 0 ? [viewer.medalLevel, medalName, '小满', room.roomId, 13081892, '', 0] : [];
  return {
    cmd: 'DANMU_MSG',
    info: [
      [...style, { mode: 0, extra, user: { uid: Number(viewer.uid), base } }, { activity_identity: '' }],
      text,
      [Number(viewer.uid), viewer.name, viewer.admin ? 1 : 0, 0, 0, 10000, 1, ''],
      medal,
      [12, 0, 9868950, '>50000', 0],
      ['', ''],
      0,
      viewer.guardLevel,
      null,
      { ts: seconds(at), ct: '5A0F31C2' },
      0,
      0,
      null,
      null,
      0,
      7,
      [21],
    ],
  };
}

/** The game copy of a comment, which real servers send beside it. */
export function interactiveGame(viewer: Viewer, text: string, at: number): JsonObject {
  const data = { type: 2, uid: Number(viewer.uid), uname: viewer.name, gift_id: 0, msg: text, timestamp: seconds(at) };
  return { cmd: 'LIVE_INTERACTIVE_GAME', data };
}

export type GiftStep = { gift: GiftKind; count: number; tid: string; streak: string; soFar: number };

export function sendGift(viewer: Viewer, step: GiftStep, at: number, room: Room): JsonObject {
  const { gift, count, tid, streak, soFar } = step;
  return {
    cmd: 'SEND_GIFT',
    data: {
      action: '投喂',
      batch_combo_id: streak,
      coin_type: gift.coin,
      combo_stay_time: 5,
      combo_total_coin: gift.price * soFar,
      giftId: gift.id,
      giftName: gift.name,
      guard_level: viewer.guardLevel,
      medal_info: fansMedal(viewer, room),
      num: count,
      price: gift.price,
      rnd: tid,
      super_batch_gift_num: soFar,
      tid,
      timestamp: seconds(at),
      total_coin: gift.price * count,
      uid: Number(viewer.uid),
      uname: viewer.name,
    },
  };
}

export function sendGiftV2(viewer: Viewer, step: GiftStep, at: number, room: Room): JsonObject {
  const { gift, count, tid, streak, soFar } = step;
  const medal = writeProto([
    [1, room.anchorUid],
    [5, viewer.medalLevel],
    [6, viewer.medalLevel > 0 ? medalName : ''],
  ]);
  const item = writeProto([
    [1, gift.id],
    [2, gift.name],
    [3, count],
    [5, gift.price],
    [7, gift.price * count],
    [8, gift.coin],
    [9, tid],
    [10, seconds(at)],
    [11, soFar],
    [12, streak],
    [18, '投喂'],
  ]);
  const pb = writeProto([
    [1, BigInt(viewer.uid)],
    [2, viewer.name],
    [5, viewer.guardLevel],
    [8, medal],
    [10, [item]],
  ]);
  return { cmd: 'SEND_GIFT_V2', data: { pb: pb.toString('base64') } };
}

export function comboSend(viewer: Viewer, step: GiftStep): JsonObject {
  const { gift, streak, soFar } = step;
  const total = { combo_num: soFar, combo_total_coin: soFar * gift.price, gift_id: gift.id, gift_name: gift.name };
  return { cmd: 'COMBO_SEND', data: { ...total, batch_combo_id: streak, uid: Number(viewer.uid), uname: viewer.name } };
}

export type SuperchatKind = { id: number; yuan: number; text: string; seconds: number };

/** A superchat and the Japanese copy of it that real servers send too. */
export function superchat(viewer: Viewer, chat: SuperchatKind, at: number, room: Room): [JsonObject, JsonObject] {
  const data = {
    id: chat.id,
    uid: Number(viewer.uid),
    price: chat.yuan,
    rate: 1000,
    message: chat.text,
    ts: seconds(at),
    start_time: seconds(at),
    end_time: seconds(at) + chat.seconds,
    time: chat.seconds,
    gift: { gift_id: 12000, gift_name: '醒目留言', num: 1 },
    medal_info: fansMedal(viewer, room),
    user_info: { uname: viewer.name, face: '', guard_level: viewer.guardLevel, manager: viewer.admin ? 1 : 0 },
  };
  const twin = { ...data, id: String(chat.id), uid: viewer.uid, message_jpn: '' };
  return [
    { cmd: 'SUPER_CHAT_MESSAGE', data, roomid: room.roomId },
    { cmd: 'SUPER_CHAT_MESSAGE_JPN', data: twin, roomid: String(room.roomId) },
  ];
}

export function superchatDelete(id: number, room: Room): JsonObject {
  return { cmd: 'SUPER_CHAT_MESSAGE_DELETE', data: { ids: [id] }, roomid: room.roomId };
}

const guardKinds = {
  1: { name: '总督', giftId: 10001, price: 19_998_000 },
  2: { name: '提督', giftId: 10002, price: 1_998_000 },
  3: { name: '舰长', giftId: 10003, price: 198_000 },
};

/** One guard purchase: it is told twice, under two names. */
export function guardPurchase(viewer: Viewer, level: 1 | 2 | 3, at: number): [JsonObject, JsonObject] {
  const kind = guardKinds[level];
  const time = { start_time: seconds(at), end_time: seconds(at) };
  const common = {
    uid: Number(viewer.uid),
    username: viewer.name,
    guard_level: level,
    num: 1,
    price: kind.price,
    ...time,
  };
  const payment = { payflow_id: `${at}${viewer.uid.slice(-8)}`, role_name: kind.name, unit: '月', op_type: 1 };
  return [
    { cmd: 'GUARD_BUY', data: { ...common, gift_id: kind.giftId, gift_name: kind.name } },
    { cmd: 'USER_TOAST_MSG', data: { ...common, ...payment, gift_id: kind.giftId } },
  ];
}

export const visitKinds = { enter: 1, follow: 2, share: 3 } as const;

export function interactWordV2(viewer: Viewer, visit: keyof typeof visitKinds, at: number, room: Room): JsonObject {
  const medal = writeProto([
    [1, room.anchorUid],
    [2, viewer.medalLevel],
    [3, viewer.medalLevel > 0 ? medalName : ''],
    [9, viewer.guardLevel],
  ]);
  const pb = writeProto([
    [1, BigInt(viewer.uid)],
    [2, viewer.name],
    [5, visitKinds[visit]],
    [6, room.roomId],
    [7, seconds(at)],
    [8, at],
    [9, medal],
    [15, BigInt(at) * 1_000_000n],
  ]);
  return { cmd: 'INTERACT_WORD_V2', data: { dmscore: 6, pb: pb.toString('base64') } };
}

/** The greeting that captains get on top of the visit itself. */
export function entryEffect(viewer: Viewer, at: number): JsonObject {
  const copy = `欢迎舰长 <%${viewer.name}%> 进入直播间`;
  const data = {
    uid: Number(viewer.uid),
    copy_writing: copy,
    privilege_type: viewer.guardLevel,
    trigger_time: at * 1e6,
  };
  return { cmd: 'ENTRY_EFFECT', data };
}

export function likeClick(viewer: Viewer): JsonObject {
  const data = { uid: Number(viewer.uid), uname: viewer.name, like_text: '为主播点赞了', msg_type: 6 };
  return { cmd: 'LIKE_INFO_V3_CLICK', data };
}

export const likeTotal = (total: number): JsonObject => ({ cmd: 'LIKE_INFO_V3_UPDATE', data: { click_count: total } });

export const watchedChange = (total: number): JsonObject => ({
  cmd: 'WATCHED_CHANGE',
  data: { num: total, text_small: String(total), text_large: `${total}人看过` },
});

export const onlineRankCount = (online: number): JsonObject => ({
  cmd: 'ONLINE_RANK_COUNT',
  data: { count: Math.round(online * 0.8), online_count: online },
});

export const liveBegins = (at: number, room: Room): JsonObject => ({
  cmd: 'LIVE',
  live_key: String(at),
  live_time: seconds(at),
  live_platform: 'pc',
  roomid: room.roomId,
});

/** The auth body of the web protocol. */
export function authBody(roomId: string, uid: string, token: string): string {
  return JSON.stringify({
    uid: Number(uid),
    roomid: Number(roomId),
    protover: 3,
    platform: 'web',
    type: 2,
    key: token,
  });
}
