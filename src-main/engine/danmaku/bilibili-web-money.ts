// The web commands about money. What something is worth follows from the coin type, never from its name:
// 1000 gold are 1 yuan, silver is free.
import type { DanmakuMetadata } from '@app/shared/live-event';
import { guardOf, type Mapper, medalOf } from './bilibili-mapper.ts';
import { cleanName } from './clean-text.ts';
import type { Draft } from './danmaku-draft.ts';
import { asArray, asCount, asId, asNumber, asObject, type JsonObject, msFromSeconds } from './json-value.ts';
import { type ProtoMessage, readProto } from './protobuf-reader.ts';

type Value = Pick<DanmakuMetadata, 'amount' | 'unit' | 'price_cents' | 'paid'>;

/** The value of `amount` coins; null cents where the coin is not known. */
export function coinValue(amount: number | undefined, coinType: unknown): Value {
  const value = amount === undefined ? {} : { amount };
  if (coinType === 'silver') return { ...value, unit: 'silver', price_cents: 0, paid: false };
  if (coinType === 'gold') {
    const cents = amount === undefined ? null : Math.round(amount / 10);
    return { ...value, unit: 'gold', price_cents: cents, paid: (amount ?? 0) > 0 };
  }
  return { ...value, price_cents: null, paid: false };
}

/** The value of a sum in yuan. */
export function yuanValue(yuan: number | undefined): Value {
  if (yuan === undefined) return { unit: 'rmb', price_cents: null, paid: true };
  return { amount: yuan, unit: 'rmb', price_cents: Math.round(yuan * 100), paid: yuan > 0 };
}

type Gift = {
  id: string;
  name: string;
  count: number | undefined;
  price: number | undefined;
  total: number | undefined;
  coinType: unknown;
  streak: string;
};

function giftMetadata(gift: Gift): Omit<DanmakuMetadata, 'raw_type'> {
  const count = gift.count ?? 1;
  // total_coin is what was paid: for a blind box it differs from the price of what came out.
  const amount = gift.total || (gift.price === undefined ? gift.total : gift.price * count);
  return {
    ...(gift.id ? { gift_id: gift.id } : {}),
    ...(gift.name ? { gift_name: gift.name } : {}),
    gift_count: count,
    ...coinValue(amount, gift.coinType),
    ...(gift.streak ? { streak_id: gift.streak } : {}),
  };
}

const sendGift: Mapper = (message, context) => {
  const data = asObject(message.data);
  if (typeof data.pb === 'string') return sendGiftV2(message, context);
  const userId = asId(data.uid);
  const id = asId(data.giftId);
  const tid = asId(data.tid) || asId(data.rnd);
  const medal = asObject(data.medal_info);
  const gift: Gift = {
    id,
    name: cleanName(data.giftName),
    count: asCount(data.num),
    price: asNumber(data.price),
    total: asNumber(data.total_coin),
    coinType: data.coin_type,
    streak: asId(data.batch_combo_id),
  };
  return [
    {
      type: 'gift',
      rawType: 'SEND_GIFT',
      id: tid ? `gift:${tid}` : `${context.fallbackId()}:${userId}`,
      userId,
      name: data.uname,
      content: gift.name,
      at: msFromSeconds(data.timestamp),
      metadata: {
        ...giftMetadata(gift),
        ...medalOf(medal.medal_name, medal.medal_level),
        ...guardOf(data.guard_level),
      },
    },
  ];
};

const sendGiftV2: Mapper = (message, context) => {
  const encoded = asObject(message.data).pb;
  if (typeof encoded !== 'string') throw new TypeError('no pb');
  const proto = readProto(Buffer.from(encoded, 'base64'));
  const gifts = proto.messages(10);
  const medal = proto.message(8);
  const who = { ...medalOf(medal.text(6), medal.number(5)), ...guardOf(proto.number(5)) };
  const tids = new Set<string>();
  return gifts.map((gift, index): Draft => {
    const tid = gift.text(9);
    // Two gifts of one blind box may share a tid: both count.
    const repeated = tids.has(tid);
    tids.add(tid);
    return {
      type: 'gift',
      rawType: 'SEND_GIFT_V2',
      id: tid ? `gift:${tid}${repeated ? `:${index}` : ''}` : `${context.fallbackId()}:${index}`,
      userId: proto.id(1),
      name: proto.text(2),
      content: gift.text(2),
      at: msFromSeconds(gift.number(10)),
      metadata: { ...giftMetadata(giftOf(gift)), ...who },
    };
  });
};

function giftOf(gift: ProtoMessage): Gift {
  return {
    id: gift.id(1),
    name: cleanName(gift.text(2)),
    count: gift.number(3),
    price: gift.number(5),
    total: gift.number(7),
    coinType: gift.text(8),
    streak: asId(gift.text(12)),
  };
}

const superchat: Mapper = (message, context) => {
  const data = asObject(message.data);
  const user = asObject(data.user_info);
  const medal = asObject(data.medal_info);
  const id = asId(data.id);
  const seconds = asNumber(data.time);
  return [
    {
      type: 'superchat',
      rawType: String(message.cmd).startsWith('SUPER_CHAT_MESSAGE_JPN')
        ? 'SUPER_CHAT_MESSAGE_JPN'
        : 'SUPER_CHAT_MESSAGE',
      // The Japanese twin has the same id, so only one of the two is counted.
      id: id ? `sc:${id}` : context.fallbackId(),
      userId: asId(data.uid),
      name: user.uname,
      content: data.message,
      at: msFromSeconds(data.ts) ?? msFromSeconds(data.start_time),
      metadata: {
        ...yuanValue(asNumber(data.price)),
        ...(id ? { superchat_id: id } : {}),
        ...(seconds === undefined ? {} : { duration_seconds: seconds }),
        ...medalOf(medal.medal_name, medal.medal_level),
        ...guardOf(user.guard_level),
        ...(asCount(user.manager) === 1 ? { admin: true } : {}),
      },
    },
  ];
};

const superchatDelete: Mapper = (message) => deletions('SUPER_CHAT_MESSAGE_DELETE', asObject(message.data).ids);

/** One event for each superchat that was taken back. */
export function deletions(rawType: string, ids: unknown): Draft[] {
  return asArray(ids)
    .slice(0, 1000)
    .map(asId)
    .filter((id) => id !== '')
    .map((id) => ({ type: 'superchat_delete', rawType, id: `sc-delete:${id}`, metadata: { superchat_id: id } }));
}

type Guard = { level: unknown; months: number | undefined; name: unknown; giftId: unknown; amount: number | undefined };

function guardMetadata(guard: Guard): Omit<DanmakuMetadata, 'raw_type'> {
  const giftId = asId(guard.giftId);
  return {
    ...(giftId ? { gift_id: giftId } : {}),
    ...(cleanName(guard.name) ? { gift_name: cleanName(guard.name) } : {}),
    gift_count: guard.months ?? 1,
    ...coinValue(guard.amount, 'gold'),
    ...guardOf(guard.level),
  };
}

const guardBuy: Mapper = (message, context) => {
  const data = asObject(message.data);
  const userId = asId(data.uid);
  const months = asCount(data.num) ?? 1;
  const price = asNumber(data.price);
  const seconds = asCount(data.start_time);
  return [
    {
      type: 'guard',
      rawType: 'GUARD_BUY',
      id: seconds ? `guard:${userId}:${asId(data.gift_id)}:${seconds}` : context.fallbackId(),
      userId,
      name: data.username,
      content: data.gift_name,
      at: msFromSeconds(data.start_time),
      metadata: guardMetadata({
        level: data.guard_level,
        months,
        name: data.gift_name,
        giftId: data.gift_id,
        // The list price of a month.
        amount: price === undefined ? undefined : price * months,
      }),
    },
  ];
};

const userToast: Mapper = (message, context) => {
  const data = asObject(message.data);
  return [toastDraft('USER_TOAST_MSG', data, context.fallbackId())];
};

const userToastV2: Mapper = (message, context) => {
  const data = asObject(message.data);
  const sender = asObject(data.sender_uinfo);
  const flat: JsonObject = {
    ...asObject(data.guard_info),
    ...asObject(data.pay_info),
    gift_id: asObject(data.gift_info).gift_id,
    uid: sender.uid,
    username: asObject(sender.base).name,
  };
  return [toastDraft('USER_TOAST_MSG_V2', flat, context.fallbackId())];
};

function toastDraft(rawType: string, data: JsonObject, fallbackId: string): Draft {
  const payment = asId(data.payflow_id);
  return {
    type: 'guard',
    rawType,
    id: payment ? `guard:${payment}` : fallbackId,
    userId: asId(data.uid),
    name: data.username,
    content: data.role_name,
    at: msFromSeconds(data.start_time),
    metadata: guardMetadata({
      level: data.guard_level,
      months: asCount(data.num),
      name: data.role_name,
      giftId: data.gift_id,
      // Here the price is what was paid, months and discount included.
      amount: asNumber(data.price),
    }),
  };
}

export const moneyMappers: Record<string, Mapper> = {
  SEND_GIFT: sendGift,
  SEND_GIFT_V2: sendGiftV2,
  // A running total of gifts that were sent one by one: for display only.
  COMBO_SEND: () => null,
  SUPER_CHAT_MESSAGE: superchat,
  SUPER_CHAT_MESSAGE_JPN: superchat,
  SUPER_CHAT_MESSAGE_DELETE: superchatDelete,
  GUARD_BUY: guardBuy,
  USER_TOAST_MSG: userToast,
  USER_TOAST_MSG_V2: userToastV2,
};
