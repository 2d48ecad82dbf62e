// The store's append in groups of 100, against bare prepared inserts of the same rows in one transaction.

import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LiveEvent } from '@app/shared/live-event';
import { makeUuidv7 } from '@app/shared/uuid';
import Database from 'better-sqlite3';
import { openStore } from '../src-main/engine/store/store.ts';
import { type Figure, pairs } from './measure.ts';

const rows = 20_000;
const group = 100;

function makeEvents(sessionId: string, roomId: string): Extract<LiveEvent, { type: 'danmaku.received' }>[] {
  const newId = makeUuidv7(Date.now, randomBytes);
  return Array.from({ length: rows }, (_, index) => ({
    type: 'danmaku.received' as const,
    ...{ id: newId(), sessionId, roomId, at: index, receivedAt: index, decodedAt: index },
    danmaku: {
      platform: 'bilibili' as const,
      source: 'simulator' as const,
      platformRoomId: '900001',
      platformEventId: `event-${index}`,
      messageType: 'comment' as const,
      platformUserId: String(9_000_000_000_000_000 + index),
      username: `观众${index % 500}`,
      content: `第${index}句，主播今天讲得真清楚`,
      at: index,
      metadata: { raw_type: 'DANMU_MSG' },
    },
  }));
}

/** Rows a second. The store also keeps an index over sessions, one for search, and the session's last moment. */
export async function sqliteAppend(runs = 7): Promise<Figure> {
  const folder = mkdtempSync(join(tmpdir(), 'timao-bench-sqlite-'));
  let turn = 0;
  const ours = () => {
    const store = openStore(join(folder, `store-${turn++}.db`));
    const room = { platform: 'bilibili' as const, platformRoomId: '1', roomName: 'bench' };
    const ids = makeUuidv7(Date.now, randomBytes);
    const session = store.startSession({ id: ids(), roomId: ids(), source: 'rehearsal', at: 0 }, room);
    const events = makeEvents(session.id, session.roomId);
    const startedAt = performance.now();
    for (let from = 0; from < rows; from += group) store.append(events.slice(from, from + group));
    const perSecond = rows / ((performance.now() - startedAt) / 1000);
    store.close();
    return perSecond;
  };
  const bare = () => {
    const db = new Database(join(folder, `bare-${turn++}.db`));
    db.pragma('journal_mode = WAL');
    db.pragma('synchronous = NORMAL');
    const columns =
      'id, session_id, room_id, platform, source, platform_room_id, platform_event_id, platform_user_id, username, content, message_type, metadata, timestamp, received_at, decoded_at';
    db.exec(`CREATE TABLE bare (${columns})`);
    const insert = db.prepare(`INSERT INTO bare VALUES (${columns.replaceAll(/\w+/g, '?')})`);
    const events = makeEvents('session', 'room');
    const startedAt = performance.now();
    db.transaction(() => {
      for (const { danmaku: d, ...event } of events) {
        insert.run(
          event.id,
          event.sessionId,
          event.roomId,
          d.platform,
          d.source,
          d.platformRoomId,
          d.platformEventId,
          d.platformUserId,
          d.username,
          d.content,
          d.messageType,
          JSON.stringify(d.metadata),
          d.at,
          event.receivedAt,
          event.decodedAt,
        );
      }
    })();
    const perSecond = rows / ((performance.now() - startedAt) / 1000);
    db.close();
    return perSecond;
  };
  try {
    ours();
    bare();
    return await pairs(runs, 'rows/s', ours, bare);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
