// What the engine remembers of the room: danmaku of a bounded window, joined with their analyses in either order.
import type { TextAnalysis } from '../emotion/labels.ts';
import type { DanmakuAnalyzed, DanmakuMetadata, DanmakuReceived, MessageType, Platform } from '../live-event.ts';

/** A danmaku as triggers see it. `seenAt` is the engine's clock: platform clocks may be wrong by minutes. */
export type RoomMessage = {
  id: string;
  viewer: string;
  username: string;
  platform: Platform;
  kind: MessageType;
  text: string;
  metadata: DanmakuMetadata;
  seenAt: number;
  receivedAt: number;
  analysis: TextAnalysis | null;
};

/** 4,000 messages hold two seconds of the worst rate and over half an hour of a busy room (113 a minute). */
const messageLimit = 4000;
/** Analyses that came before their message; this happens only when events are merged from two queues. */
const waitingLimit = 1000;

export type RoomMemory = {
  /** The new message, or null for one that is already known. */
  receive(event: DanmakuReceived, nowMs: number): RoomMessage | null;
  /** The message that is now analysed, or null when it is unknown or was analysed before. */
  analyze(event: DanmakuAnalyzed): RoomMessage | null;
  size(): number;
};

/** One key a person: the platform's id, or the name where the platform masks ids. */
function viewerKey(event: DanmakuReceived): string {
  const { platform, platformUserId, username } = event.danmaku;
  const known = platformUserId !== '' && platformUserId !== '0';
  return `${platform}:${known ? platformUserId : `name:${username}`}`;
}

function dropOldest<K, V>(map: Map<K, V>, limit: number): void {
  while (map.size > limit) map.delete(map.keys().next().value as K);
}

/** Opens an empty memory. */
export function createRoomMemory(): RoomMemory {
  const messages = new Map<string, RoomMessage>();
  const waiting = new Map<string, TextAnalysis>();
  // A second event for the same platform message (reconnect, two connectors) must not count as a second viewer's word.
  const platformIds = new Map<string, string>();
  return {
    receive(event, nowMs) {
      const { danmaku } = event;
      const platformKey = danmaku.platformEventId === '' ? event.id : `${danmaku.platform}:${danmaku.platformEventId}`;
      if (messages.has(event.id) || platformIds.has(platformKey)) return null;
      const message: RoomMessage = {
        id: event.id,
        viewer: viewerKey(event),
        username: danmaku.username,
        platform: danmaku.platform,
        kind: danmaku.messageType,
        text: danmaku.content,
        metadata: danmaku.metadata,
        seenAt: nowMs,
        receivedAt: event.receivedAt,
        analysis: waiting.get(event.id) ?? null,
      };
      waiting.delete(event.id);
      messages.set(event.id, message);
      platformIds.set(platformKey, event.id);
      dropOldest(messages, messageLimit);
      dropOldest(platformIds, messageLimit);
      return message;
    },
    analyze(event) {
      const message = messages.get(event.danmakuId);
      if (!message) {
        waiting.set(event.danmakuId, event.analysis);
        dropOldest(waiting, waitingLimit);
        return null;
      }
      if (message.analysis) return null;
      message.analysis = event.analysis;
      return message;
    },
    size: () => messages.size,
  };
}
