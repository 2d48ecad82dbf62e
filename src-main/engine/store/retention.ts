// Removes what is past its keeping time: at the start and every hour, a little at a time, so that nothing live waits.
import type { Settings } from '@app/shared/settings';
import type { Sqlite } from './open-database.ts';

const dayMs = 86_400_000;

/** Removes up to `limit` rows of each table that are older than allowed; true when there may be more. */
export function removeExpired(db: Sqlite, retention: Settings['retention'], now: number, limit: number): boolean {
  const remove = (table: string, days: number) =>
    db
      .prepare(
        `DELETE FROM ${table} WHERE rowid IN
           (SELECT rowid FROM ${table} WHERE received_at < ? ORDER BY received_at LIMIT ?)`,
      )
      .run(now - days * dayMs, limit).changes;
  const removed = [remove('danmaku_messages', retention.danmakuDays), remove('emotion_records', retention.emotionDays)];
  return removed.some((count) => count === limit);
}

export type Retention = { stop(): void };
type RetentionOptions = {
  store: { retain(now: number, limit: number): boolean };
  now(): number;
  /** A database that takes nothing at present is tried again at the next round. */
  onFailure(error: unknown): void;
};

const everyMs = 3_600_000;
const pauseMs = 50;
/** A slice of this size takes ten milliseconds or so, index and search index included. */
const rowsAtOnce = 100;

/** Starts the rounds, the first one at once; `stop` ends them. */
export function startRetention({ store, now, onFailure }: RetentionOptions): Retention {
  let timer: NodeJS.Timeout;
  const slice = () => {
    let hasMore = false;
    try {
      hasMore = store.retain(now(), rowsAtOnce);
    } catch (error) {
      onFailure(error);
    }
    timer = setTimeout(slice, hasMore ? pauseMs : everyMs);
  };
  timer = setTimeout(slice, 0);
  return { stop: () => clearTimeout(timer) };
}
