// The web commands about people and the room: comments, visits, likes, audience figures, start and end.
import { guardOf, type Mapper, medalOf } from './bilibili-mapper.ts';
import { type Draft, type DraftMetadata, digest } from './danmaku-draft.ts';
import {
  asArray,
  asCount,
  asEpochMs,
  asId,
  asObject,
  type JsonObject,
  msFromNanoseconds,
  msFromSeconds,
} from './json-value.ts';
import { readProto } from './protobuf-reader.ts';

const comment: Mapper = (message, context) => {
  const info = asArray(message.info);
  const style = asArray(info[0]);
  const user = asArray(info[2]);
  const text = typeof info[1] === 'string' ? info[1] : '';
  const sentAt = asEpochMs(style[4]);
  const userId = asId(user[0]);
  // A masked viewer has no id: the masked name keeps two of them apart.
  const said = userId ? text : `${String(user[1] ?? '')}\n${text}`;
  const medal = asArray(info[3]);
  // Few comments have any of these, and most messages are comments: joining empty objects would cost the most here.
  const metadata: DraftMetadata = medalOf(medal[1], medal[0]);
  const guard = asCount(info[7]);
  if (guard) metadata.guard_level = guard;
  if (asCount(user[2]) === 1) metadata.admin = true;
  if (asCount(style[12]) === 1) metadata.emoticon = true;
  return [
    {
      type: 'comment',
      rawType: 'DANMU_MSG',
      id: `dm:${userId || 0}:${sentAt ?? context.receivedAt}:${digest(said)}`,
      userId,
      name: user[1],
      content: text,
      at: sentAt,
      metadata,
    },
  ];
};

const visitTypes = { 1: 'enter', 2: 'follow', 3: 'share' } as const;

function visitType(value: number | undefined): 'enter' | 'follow' | 'share' | undefined {
  return value === 1 || value === 2 || value === 3 ? visitTypes[value] : undefined;
}

const interactWord: Mapper = (message, context) => {
  const data = asObject(message.data);
  if (typeof data.pb === 'string') return interactWordV2(message, context);
  const type = visitType(asCount(data.msg_type));
  if (!type) return null;
  const userId = asId(data.uid);
  const medal = asObject(data.fans_medal);
  return [
    {
      type,
      rawType: 'INTERACT_WORD',
      id: visitId(type, userId || digest(String(data.uname)), asCount(data.timestamp)) ?? context.fallbackId(),
      userId,
      name: data.uname,
      at: msFromSeconds(data.timestamp),
      metadata: { ...medalOf(medal.medal_name, medal.medal_level), ...guardOf(medal.guard_level) },
    },
  ];
};

const interactWordV2: Mapper = (message, context) => {
  const encoded = asObject(message.data).pb;
  if (typeof encoded !== 'string') throw new TypeError('no pb');
  const proto = readProto(Buffer.from(encoded, 'base64'));
  const type = visitType(proto.number(5));
  if (!type) return null;
  const name = proto.text(2);
  const medal = proto.message(9);
  const seconds = proto.number(7);
  return [
    {
      type,
      rawType: 'INTERACT_WORD_V2',
      id: visitId(type, proto.id(1) || digest(name), seconds) ?? context.fallbackId(),
      userId: proto.id(1),
      name,
      at: msFromSeconds(seconds),
      metadata: { ...medalOf(medal.text(3), medal.number(2)), ...guardOf(medal.number(9)) },
    },
  ];
};

// The old and the new command of one visit get the same id.
const visitId = (type: string, user: string | number, seconds: number | undefined) =>
  seconds ? `${type}:${user}:${seconds}` : undefined;

const entryEffect: Mapper = (message, context) => {
  const data = asObject(message.data);
  const userId = asId(data.uid);
  const at = msFromNanoseconds(data.trigger_time);
  const name = /<%(.{1,200}?)%>/su.exec(typeof data.copy_writing === 'string' ? data.copy_writing : '')?.[1];
  return [
    {
      type: 'enter',
      rawType: 'ENTRY_EFFECT',
      id: at === undefined ? context.fallbackId() : `effect:${userId}:${at}`,
      userId,
      name,
      at,
      metadata: guardOf(data.privilege_type),
    },
  ];
};

const likeClick: Mapper = (message, context) => {
  const data = asObject(message.data);
  const medal = asObject(data.fans_medal);
  return [
    {
      type: 'like',
      rawType: 'LIKE_INFO_V3_CLICK',
      id: context.fallbackId(),
      userId: asId(data.uid),
      name: data.uname,
      metadata: { like_count: 1, ...medalOf(medal.medal_name, medal.medal_level) },
    },
  ];
};

/** A figure of the room; a figure that cannot be read is null, not 0. */
const reading =
  (rawType: string, figure: (data: JsonObject) => { online_count?: number | null; like_count?: number }): Mapper =>
  (message, context) => [
    { type: 'online', rawType, id: context.fallbackId(), metadata: figure(asObject(message.data)) },
  ];

const liveBegan: Mapper = (message, context) => [
  {
    type: 'live_state',
    rawType: 'LIVE',
    // The platform sends LIVE twice for one broadcast: the key makes them one.
    id: asId(message.live_key) ? `live:${asId(message.live_key)}` : context.fallbackId(),
    at: msFromSeconds(message.live_time),
    metadata: { live: true },
  },
];

const liveEnded =
  (rawType: string): Mapper =>
  (message, context) => [
    { type: 'live_state', rawType, id: context.fallbackId(), content: message.msg, metadata: { live: false } },
  ];

const notice =
  (rawType: string, content: (message: JsonObject) => unknown): Mapper =>
  (message, context): Draft[] => [{ type: 'other', rawType, id: context.fallbackId(), content: content(message) }];

const ignored: Mapper = () => null;

export const roomMappers: Record<string, Mapper> = {
  DANMU_MSG: comment,
  // Said in another room.
  DANMU_MSG_MIRROR: ignored,
  // Repeats comments that come as DANMU_MSG too.
  LIVE_INTERACTIVE_GAME: ignored,
  INTERACT_WORD: interactWord,
  INTERACT_WORD_V2: interactWordV2,
  ENTRY_EFFECT: entryEffect,
  LIKE_INFO_V3_CLICK: likeClick,
  // The room's total so far: a reading, not likes to be added.
  LIKE_INFO_V3_UPDATE: reading('LIKE_INFO_V3_UPDATE', (data) => {
    const total = asCount(data.click_count);
    return total === undefined ? {} : { like_count: total };
  }),
  WATCHED_CHANGE: reading('WATCHED_CHANGE', (data) => ({ online_count: asCount(data.num) ?? null })),
  ONLINE_RANK_COUNT: reading('ONLINE_RANK_COUNT', (data) => ({
    online_count: asCount(data.online_count) ?? asCount(data.count) ?? null,
  })),
  LIVE: liveBegan,
  PREPARING: liveEnded('PREPARING'),
  CUT_OFF: liveEnded('CUT_OFF'),
  WARNING: notice('WARNING', (message) => message.msg),
  ROOM_CHANGE: notice('ROOM_CHANGE', (message) => asObject(message.data).title),
};
