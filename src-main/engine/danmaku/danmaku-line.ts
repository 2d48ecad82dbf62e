// The command line's shape of a danmaku: the names of the table `danmaku_messages`.
import { connectorSource, type Danmaku, danmakuMetadata, messageType, platform } from '@app/shared/live-event';
import { z } from 'zod';

/** One line of `danmaku decode` and `danmaku listen`. */
export const danmakuLine = z.object({
  platform,
  source: connectorSource,
  platform_room_id: z.string(),
  id: z.string().min(1),
  message_type: messageType,
  platform_user_id: z.string(),
  username: z.string(),
  content: z.string(),
  timestamp: z.iso.datetime(),
  metadata: danmakuMetadata,
});
export type DanmakuLine = z.infer<typeof danmakuLine>;

/** The event as the command line writes it; the time is UTC with milliseconds. */
export function toLine(danmaku: Danmaku): DanmakuLine {
  return {
    platform: danmaku.platform,
    source: danmaku.source,
    platform_room_id: danmaku.platformRoomId,
    id: danmaku.platformEventId,
    message_type: danmaku.messageType,
    platform_user_id: danmaku.platformUserId,
    username: danmaku.username,
    content: danmaku.content,
    timestamp: new Date(danmaku.at).toISOString(),
    metadata: danmaku.metadata,
  };
}

/** The event that a line stands for. */
export function fromLine(line: DanmakuLine): Danmaku {
  return {
    platform: line.platform,
    source: line.source,
    platformRoomId: line.platform_room_id,
    platformEventId: line.id,
    messageType: line.message_type,
    platformUserId: line.platform_user_id,
    username: line.username,
    content: line.content,
    at: Date.parse(line.timestamp),
    metadata: line.metadata,
  };
}
