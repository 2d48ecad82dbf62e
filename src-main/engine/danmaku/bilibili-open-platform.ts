// The commands of the Open Platform (直播开放平台): the same events under other names, users by open_id.
import { guardOf, type Mapper, type MessageContext, medalOf } from './bilibili-mapper.ts';
import { coinValue, deletions, yuanValue } from './bilibili-web-money.ts';
import { cleanName } from './clean-text.ts';
import type { Draft } from './danmaku-draft.ts';
import { asCount, asId, asNumber, asObject, type JsonObject, msFromSeconds } from './json-value.ts';

const prefix = 'LIVE_OPEN_PLATFORM';

// Older servers send uid, newer ones open_id only.
const userOf = (data: JsonObject) => ({ userId: asId(data.open_id) || asId(data.uid), name: data.uname });

const fansOf = (data: JsonObject) => ({
  ...medalOf(data.fans_medal_name, data.fans_medal_level),
  ...guardOf(data.guard_level),
});

const idOf = (data: JsonObject, context: MessageContext) => asId(data.msg_id) || context.fallbackId();

const dm: Mapper = (message, context) => {
  const data = asObject(message.data);
  return [
    {
      type: 'comment',
      rawType: `${prefix}_DM`,
      id: idOf(data, context),
      ...userOf(data),
      content: data.msg,
      at: msFromSeconds(data.timestamp),
      metadata: {
        ...fansOf(data),
        ...(asCount(data.is_admin) === 1 ? { admin: true } : {}),
        ...(asCount(data.dm_type) === 1 ? { emoticon: true } : {}),
      },
    },
  ];
};

const gift: Mapper = (message, context) => {
  const data = asObject(message.data);
  const count = asCount(data.gift_num) ?? 1;
  const paid = data.paid === true;
  // r_price is what was really paid for one, after discounts and blind boxes.
  const price = asNumber(data.r_price) ?? asNumber(data.price);
  const streak = asId(asObject(data.combo_info).combo_id);
  const giftId = asId(data.gift_id);
  return [
    {
      type: 'gift',
      rawType: `${prefix}_SEND_GIFT`,
      id: idOf(data, context),
      ...userOf(data),
      content: data.gift_name,
      at: msFromSeconds(data.timestamp),
      metadata: {
        ...(giftId ? { gift_id: giftId } : {}),
        ...(data.gift_name ? { gift_name: cleanName(data.gift_name) } : {}),
        gift_count: count,
        ...coinValue(price === undefined ? undefined : price * count, paid ? 'gold' : 'silver'),
        ...(streak ? { streak_id: streak } : {}),
        ...fansOf(data),
      },
    },
  ];
};

const superchat: Mapper = (message, context) => {
  const data = asObject(message.data);
  const superchatId = asId(data.message_id);
  const seconds = (asCount(data.end_time) ?? 0) - (asCount(data.start_time) ?? 0);
  return [
    {
      type: 'superchat',
      rawType: `${prefix}_SUPER_CHAT`,
      id: superchatId ? `sc:${superchatId}` : idOf(data, context),
      ...userOf(data),
      content: data.message,
      at: msFromSeconds(data.timestamp),
      metadata: {
        ...yuanValue(asNumber(data.rmb)),
        ...(superchatId ? { superchat_id: superchatId } : {}),
        ...(seconds > 0 ? { duration_seconds: seconds } : {}),
        ...fansOf(data),
      },
    },
  ];
};

const guardNames: Record<number, string> = { 1: '总督', 2: '提督', 3: '舰长' };

const guard: Mapper = (message, context) => {
  const data = asObject(message.data);
  const name = guardNames[asCount(data.guard_level) ?? 0];
  // The price is absent from older servers: then the value is not known.
  const price = asNumber(data.price);
  return [
    {
      type: 'guard',
      rawType: `${prefix}_GUARD`,
      id: idOf(data, context),
      ...userOf(asObject(data.user_info)),
      content: name ?? '',
      at: msFromSeconds(data.timestamp),
      metadata: {
        ...(name ? { gift_name: name } : {}),
        gift_count: asCount(data.guard_num) ?? 1,
        ...coinValue(price, 'gold'),
        paid: true,
        ...fansOf(data),
      },
    },
  ];
};

const like: Mapper = (message, context) => {
  const data = asObject(message.data);
  return [
    {
      type: 'like',
      rawType: `${prefix}_LIKE`,
      id: idOf(data, context),
      ...userOf(data),
      at: msFromSeconds(data.timestamp),
      metadata: { like_count: asCount(data.like_count) ?? 1, ...fansOf(data) },
    },
  ];
};

const enter: Mapper = (message, context) => {
  const data = asObject(message.data);
  const user = userOf(data);
  const id = user.userId && data.timestamp ? `enter:${user.userId}:${asCount(data.timestamp)}` : context.fallbackId();
  return [{ type: 'enter', rawType: `${prefix}_LIVE_ROOM_ENTER`, id, ...user, at: msFromSeconds(data.timestamp) }];
};

const liveState =
  (name: string, live: boolean): Mapper =>
  (message, context) => {
    const data = asObject(message.data);
    const at = msFromSeconds(data.timestamp);
    const id = at === undefined ? context.fallbackId() : `${name}:${at}`;
    return [{ type: 'live_state', rawType: `${prefix}_${name}`, id, at, content: data.title, metadata: { live } }];
  };

/** The server pushes nothing more after this: the session has to be started again. */
export const interactionEnd = `${prefix}_INTERACTION_END`;

export const openPlatformMappers: Record<string, Mapper> = {
  [`${prefix}_DM`]: dm,
  // Said in another room.
  [`${prefix}_DM_MIRROR`]: () => null,
  [`${prefix}_SEND_GIFT`]: gift,
  [`${prefix}_SUPER_CHAT`]: superchat,
  [`${prefix}_SUPER_CHAT_DEL`]: (message) => deletions(`${prefix}_SUPER_CHAT_DEL`, asObject(message.data).message_ids),
  [`${prefix}_GUARD`]: guard,
  [`${prefix}_LIKE`]: like,
  [`${prefix}_LIVE_ROOM_ENTER`]: enter,
  [`${prefix}_LIVE_START`]: liveState('LIVE_START', true),
  [`${prefix}_LIVE_END`]: liveState('LIVE_END', false),
  [interactionEnd]: (_message, context): Draft[] => [
    { type: 'other', rawType: interactionEnd, id: context.fallbackId() },
  ],
};
