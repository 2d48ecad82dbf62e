import type { ConnectorSource, Danmaku, DanmakuMetadata, MessageType, Platform } from '@app/shared/live-event';
import { cleanContent, cleanName } from './clean-text.ts';

/** What a decoder is told about a frame; `receivedAt` (epoch ms) stands in where a message has no time of its own. */
export type DecodeContext = { source: ConnectorSource; roomId: string; receivedAt: number };

export type DraftMetadata = Omit<DanmakuMetadata, 'raw_type'>;

/** What a platform's mapping says of one message, before it is cleaned and completed. */
export type Draft = {
  type: MessageType;
  rawType: string;
  id: string;
  userId?: string;
  name?: unknown;
  content?: unknown;
  at?: number | undefined;
  metadata?: DraftMetadata;
};

/** Completes a draft: text cleaned and cut, the receive time where the platform gave none. */
export function toDanmaku(draft: Draft, platform: Platform, context: DecodeContext): Danmaku {
  return {
    platform,
    source: context.source,
    platformRoomId: context.roomId,
    platformEventId: draft.id,
    messageType: draft.type,
    platformUserId: draft.userId ?? '',
    username: cleanName(draft.name),
    content: cleanContent(draft.content),
    at: draft.at ?? context.receivedAt,
    metadata: { ...draft.metadata, raw_type: draft.rawType },
  };
}

/**
 * A short digest (FNV-1a, 32 bits) for ids made of a text, so that no id holds what was said. It only tells apart what
 * has the same viewer or place and the same millisecond; a cryptographic one took a tenth of all decoding time.
 */
export function digest(text: string): number {
  let sum = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) sum = Math.imul(sum ^ text.charCodeAt(at), 0x01000193);
  return sum >>> 0;
}
