// The way from a decoded frame to the listener: repeats out, queue, batches in order. One a connector.
import type { Danmaku } from '@app/shared/live-event';
import type { Clock } from './clock.ts';
import type { BatchListener, ConnectorStats } from './connector.ts';
import { createDedupe } from './dedupe.ts';
import { createShedQueue, type QueueLimits } from './shed-queue.ts';

/** What every platform's decoder gives at least. */
export type Decoded = {
  events: Danmaku[];
  unknown: Record<string, number>;
  ignored: number;
  errors: { code: string; message: string }[];
};

export type Intake = {
  /** Takes what one frame held; gives how many events were new. */
  accept(decoded: Decoded, receivedAt: number): number;
  countFrame(at: number): void;
  countError(code: string): void;
  countReconnect(): void;
  onEvent(listener: BatchListener): void;
  /** Resolves when everything taken so far was handed over. */
  drained(): Promise<void>;
  queued(): number;
  stats(): ConnectorStats;
};

const largestBatch = 500;

export function createIntake(options: { clock: Clock; limits?: QueueLimits }): Intake {
  const { clock, limits } = options;
  const dedupe = createDedupe();
  const queue = createShedQueue(limits);
  const stats = emptyStats();
  const listeners: BatchListener[] = [];
  let pumping: Promise<void> | null = null;

  async function pump(): Promise<void> {
    // Later than the frame that started it, so that frames which came together leave together.
    await new Promise((resolve) => setImmediate(resolve));
    while (queue.size() > 0) {
      const batch = queue.take(largestBatch);
      for (const listener of listeners) await listener(batch);
      stats.delivered += batch.length;
      // The socket is read between two batches.
      await new Promise((resolve) => setImmediate(resolve));
    }
    pumping = null;
  }

  return {
    accept(decoded, receivedAt) {
      addCounts(stats.unknown, decoded.unknown);
      stats.ignored += decoded.ignored;
      for (const error of decoded.errors) addCounts(stats.errors, { [error.code]: 1 });
      const decodedAt = clock.now();
      let fresh = 0;
      for (const danmaku of decoded.events) {
        stats.decoded += 1;
        if (dedupe.isRepeat(danmaku, receivedAt)) {
          stats.duplicate += 1;
          continue;
        }
        queue.push({ danmaku, receivedAt, decodedAt });
        fresh += 1;
      }
      if (fresh > 0) {
        stats.lastEventAt = receivedAt;
        pumping ??= pump();
      }
      return fresh;
    },
    countFrame(at) {
      stats.frames += 1;
      stats.lastFrameAt = at;
    },
    countError: (code) => addCounts(stats.errors, { [code]: 1 }),
    countReconnect() {
      stats.reconnects += 1;
    },
    onEvent: (listener) => listeners.push(listener),
    async drained() {
      await pumping;
    },
    queued: () => queue.size(),
    stats: () => ({
      ...stats,
      unknown: { ...stats.unknown },
      errors: { ...stats.errors },
      dropped: queue.dropped(),
      queued: queue.size(),
    }),
  };
}

function emptyStats(): ConnectorStats {
  return {
    frames: 0,
    decoded: 0,
    delivered: 0,
    duplicate: 0,
    ignored: 0,
    unknown: {},
    errors: {},
    dropped: { comment: 0, follow: 0, like: 0 },
    queued: 0,
    reconnects: 0,
    lastFrameAt: null,
    lastEventAt: null,
  };
}

const mostNames = 500;

function addCounts(into: Record<string, number>, counts: Record<string, number>): void {
  for (const [name, count] of Object.entries(counts)) {
    const key = Object.hasOwn(into, name) || Object.keys(into).length < mostNames ? name : '(other)';
    into[key] = (Object.hasOwn(into, key) ? into[key]! : 0) + count;
  }
}
