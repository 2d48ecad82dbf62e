import type { DanmakuPush, DanmakuRow } from '@app/shared/view';

/** At most this many rows stay in the window; older ones are found by search. */
export const maxRows = 500;

/** Newest last. `total` counts every row that came, `older` those that left by the cap, `skipped` those never sent. */
export type DanmakuList = { rows: DanmakuRow[]; total: number; older: number; skipped: number };

export const emptyDanmaku: DanmakuList = { rows: [], total: 0, older: 0, skipped: 0 };

/** Adds a push: a row that is there already is replaced (its analysis came), the oldest beyond the cap leave and are counted. */
export function mergeDanmaku(list: DanmakuList, push: DanmakuPush): DanmakuList {
  const place = new Map(list.rows.map((row, index) => [row.id, index]));
  const rows = [...list.rows];
  let added = 0;
  for (const row of push.rows) {
    const index = place.get(row.id);
    if (index === undefined) {
      place.set(row.id, rows.push(row) - 1);
      added += 1;
    } else rows[index] = row;
  }
  const extra = Math.max(0, rows.length - maxRows);
  return {
    rows: extra > 0 ? rows.slice(extra) : rows,
    total: list.total + added,
    older: list.older + extra,
    skipped: list.skipped + push.dropped,
  };
}

/** The list after the engine gave its rows anew: rows that were pushed meanwhile stay, and so do the counts. */
export function rebuildDanmaku(list: DanmakuList, rows: DanmakuRow[]): DanmakuList {
  const fresh = mergeDanmaku(emptyDanmaku, { rows, dropped: 0 });
  const merged = mergeDanmaku(fresh, { rows: list.rows, dropped: 0 });
  return {
    rows: merged.rows,
    total: Math.max(list.total, merged.total),
    older: Math.max(list.older, merged.older),
    skipped: list.skipped,
  };
}
