// What the danmaku list gets: batches, at most ten a second, comments sampled when a room is faster than eyes.
import type { TextAnalysis } from '@app/shared/emotion/labels';
import { type DanmakuReceived, moneyTypes } from '@app/shared/live-event';
import { foldFrom } from '@app/shared/suggestions/triggers/abuse';
import type { DanmakuPush, DanmakuRow } from '@app/shared/view';

const everyMs = 100;
/** Nobody reads faster; a short burst still comes whole. */
const rowsPerSecond = 30;
/** A row waits this long for its analysis, so that it is drawn once. */
const analysisWithinMs = 300;

export type DanmakuFeed = {
  add(event: DanmakuReceived): void;
  analyzed(danmakuId: string, analysis: TextAnalysis): void;
  close(): void;
};

/** The row of a message, with what the text model said where it has spoken. */
export function toRow(event: DanmakuReceived, analysis: TextAnalysis | null): DanmakuRow {
  const { danmaku } = event;
  return {
    id: event.id,
    at: event.receivedAt,
    platform: danmaku.platform,
    type: danmaku.messageType,
    username: danmaku.username,
    content: danmaku.content.slice(0, 500),
    sentiment: analysis?.sentiment ?? null,
    intent: analysis?.intent.label ?? null,
    abusive: (analysis?.abuse ?? 0) >= foldFrom,
    giftCount: danmaku.metadata.gift_count ?? null,
    priceCents: danmaku.metadata.price_cents ?? null,
  };
}

/**
 * Collects rows and pushes them; likes, enters and online counts are figures elsewhere, not rows. `now` in ms of a clock
 * that nobody sets.
 */
export function makeDanmakuFeed(push: (batch: DanmakuPush) => void, now: () => number): DanmakuFeed {
  const waiting = new Map<string, { event: DanmakuReceived; row: DanmakuRow; ready: boolean; addedAt: number }>();
  let timer: NodeJS.Timeout | null = null;
  let dropped = 0;
  let room = rowsPerSecond;
  let refilledAt = now();

  const flush = () => {
    timer = null;
    const ready = [...waiting.values()].filter(({ addedAt, ready }) => ready || now() - addedAt > analysisWithinMs);
    const isMoney = ({ event }: { event: DanmakuReceived }) => moneyTypes.includes(event.danmaku.messageType);
    const money = ready.filter(isMoney);
    const rest = ready.filter((one) => !isMoney(one));
    room = Math.min(rowsPerSecond, room + ((now() - refilledAt) / 1000) * rowsPerSecond);
    refilledAt = now();
    const shown = rest.slice(Math.max(0, rest.length - Math.floor(room)));
    room -= shown.length;
    dropped += rest.length - shown.length;
    const kept = new Set([...money, ...shown]);
    for (const { row } of ready) waiting.delete(row.id);
    const rows = ready.filter((one) => kept.has(one)).map(({ row }) => row);
    if (rows.length > 0 || dropped > 0) push({ rows, dropped });
    dropped = 0;
    if (waiting.size > 0) later();
  };
  const later = () => {
    timer ??= setTimeout(flush, everyMs);
  };
  return {
    add(event) {
      const { messageType } = event.danmaku;
      if (messageType === 'like' || messageType === 'enter' || messageType === 'online') return;
      waiting.set(event.id, { event, row: toRow(event, null), ready: messageType !== 'comment', addedAt: now() });
      later();
    },
    analyzed(danmakuId, analysis) {
      const one = waiting.get(danmakuId);
      if (one) waiting.set(danmakuId, { ...one, row: toRow(one.event, analysis), ready: true });
    },
    close() {
      if (timer) clearTimeout(timer);
      timer = null;
      waiting.clear();
    },
  };
}
