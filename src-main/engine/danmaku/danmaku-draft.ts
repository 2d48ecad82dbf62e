import { hash } from 'node:crypto';
import type { ConnectorSource, Danmaku, DanmakuMetadata, MessageType, Platform } from '@app/shared/live-event';
import { cleanContent, cleanName } from './clean-text.ts';

/** What a decoder is told about a frame; `receivedAt` (epoch ms) stands in where a message has no time of its own. */
export type DecodeContext = { source: ConnectorSource; roomId: string; receivedAt: number };

/** What a platform's mapping says of one message, before it is cleaned and completed. */
export type Draft = {
  type: MessageType;
  rawType: string;
  id: string;
  userId?: string;
  name?: unknown;
  content?: unknown;
  at?: number | undefined;
  metadata?: Omit<DanmakuMetadata, 'raw_type'>;
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

/** A short digest for ids made of a text, so that no id holds what was said. */
export function digest(text: string): string {
  return hash('sha1', text, 'hex').slice(0, 16);
}
