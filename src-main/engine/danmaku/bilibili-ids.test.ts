// Numbers beyond 2^53, which JSON.parse rounds: ids keep their digits, and nothing else is taken for an id.
import { danmaku } from '@app/shared/live-event';
import { describe, expect, test } from 'vitest';
import { decodeBilibili, decodeBilibiliMessage } from './bilibili-decode.ts';
import { encodePacket, op } from './bilibili-packet.ts';
import * as wire from './bilibili-wire.ts';
import { createDedupe } from './dedupe.ts';
import { parseJson } from './json-value.ts';

const at = 1_789_999_999_123;
const context = { source: 'page', roomId: '77', receivedAt: 1_790_000_000_000 } as const;
const decode = (message: unknown) => decodeBilibiliMessage(message, context);
const viewer = { uid: '9000000000000001', name: '海獭', medalLevel: 5, guardLevel: 3, admin: true } as const;
const fresh = (messages: unknown[]) => {
  const dedupe = createDedupe();
  return messages.flatMap((message) => decode(message).events).filter((event) => !dedupe.isRepeat(event, at));
};

describe('ids', () => {
  test('beyond 2^53 keep every digit, as numbers and as text', () => {
    const json = '{"cmd":"SEND_GIFT","data":{"uid":9223372036854775807,"giftId":1,"num":1,"tid":18446744073709551615}}';
    const frame = encodePacket({ op: op.message, body: json });
    const event = decodeBilibili(frame, context).events[0];
    expect(event?.platformUserId).toBe('9223372036854775807');
    expect(event?.platformEventId).toBe('gift:18446744073709551615');
  });

  test('without digits, such as 1e300, are none, and the gift is read', () => {
    const json =
      '{"cmd":"SEND_GIFT","data":{"uid":1e300,"giftId":1e400,"num":1,"price":1e300,"coin_type":"gold","tid":"5"}}';
    const framed = decodeBilibili(encodePacket({ op: op.message, body: json }), context);
    const single = decodeBilibiliMessage(parseJson(json), context);
    for (const decoded of [framed, single]) {
      expect(decoded.errors).toEqual([]);
      expect(danmaku.parse(decoded.events[0])).toMatchObject({
        platformUserId: '',
        platformEventId: 'gift:5',
        metadata: { price_cents: null },
      });
    }
  });

  test('that were rounded before they came here are an error entry, not another viewer', () => {
    const rounded = decode({ cmd: 'SEND_GIFT', data: { uid: 2 ** 63, num: 1, tid: '5' } });
    expect(rounded.events).toEqual([]);
    expect(rounded.errors.map((error) => error.code)).toEqual(['BAD_MESSAGE']);
  });

  test('of events without one differ between two that came in the same millisecond', () => {
    const other = { ...viewer, uid: '9000000000000002' };
    expect(fresh([wire.likeClick(viewer), wire.likeClick(other)])).toHaveLength(2);
  });
});

test('an entry has the time of its nanoseconds, which are beyond 2^53', () => {
  const json = `{"cmd":"ENTRY_EFFECT","data":{"uid":5,"trigger_time":${at}456789,"copy_writing":"<%a%>"}}`;
  const framed = decodeBilibili(encodePacket({ op: op.message, body: json }), context);
  for (const decoded of [framed, decodeBilibiliMessage(parseJson(json), context)])
    expect(decoded.events[0]).toMatchObject({ at, platformEventId: `effect:5:${at}` });
});
