// Events on their way to a reader that may be slow: bounded by class, in order. Money and the live state have no limit.
import type { MessageType } from '@app/shared/live-event';
import type { ReceivedDanmaku, ShedClass } from './connector.ts';

export type QueueLimits = Record<ShedClass, number>;

/** Ten seconds of the largest burst the app is made for, of comments. */
export const usualLimits: QueueLimits = { comment: 20_000, follow: 5_000, like: 5_000 };

export type ShedQueue = {
  /** Never fails; a full class loses its oldest event, and that is counted. */
  push(event: ReceivedDanmaku): void;
  /** The oldest events in arrival order, at most `most`. */
  take(most: number): ReceivedDanmaku[];
  size(): number;
  dropped(): Record<ShedClass, number>;
};

type Lane = 'kept' | ShedClass;
type Entry = { order: number; event: ReceivedDanmaku };

const laneOf: Record<MessageType, Lane> = {
  gift: 'kept',
  superchat: 'kept',
  superchat_delete: 'kept',
  guard: 'kept',
  live_state: 'kept',
  other: 'kept',
  comment: 'comment',
  follow: 'follow',
  share: 'follow',
  like: 'like',
  enter: 'like',
  online: 'like',
};

/** An empty queue with these limits. */
export function createShedQueue(limits: QueueLimits = usualLimits): ShedQueue {
  const lanes: Record<Lane, Fifo> = {
    kept: createFifo(),
    comment: createFifo(),
    follow: createFifo(),
    like: createFifo(),
  };
  const all = Object.values(lanes);
  const dropped: Record<ShedClass, number> = { comment: 0, follow: 0, like: 0 };
  let order = 0;
  const size = () => all.reduce((sum, lane) => sum + lane.size(), 0);
  return {
    push(event) {
      const name = laneOf[event.danmaku.messageType];
      lanes[name].push({ order: order++, event });
      if (name === 'kept' || lanes[name].size() <= limits[name]) return;
      const lost = lanes[name].shift();
      dropped[name] += 1;
      if (lost) carryLikes(lost.event, event);
    },
    take(most) {
      const batch: ReceivedDanmaku[] = [];
      while (batch.length < most) {
        let first: Fifo | undefined;
        for (const lane of all) {
          const head = lane.peek();
          if (head && (!first || head.order < first.peek()!.order)) first = lane;
        }
        if (!first) break;
        batch.push(first.shift()!.event);
      }
      return batch;
    },
    size,
    dropped: () => ({ ...dropped }),
  };
}

/** Under load single likes go, their sum stays. */
function carryLikes(lost: ReceivedDanmaku, next: ReceivedDanmaku): void {
  const likes = lost.danmaku.messageType === 'like' ? (lost.danmaku.metadata.like_count ?? 0) : 0;
  if (likes === 0 || next.danmaku.messageType !== 'like') return;
  const metadata = { ...next.danmaku.metadata, like_count: (next.danmaku.metadata.like_count ?? 0) + likes };
  next.danmaku = { ...next.danmaku, metadata };
}

type Fifo = { push(entry: Entry): void; shift(): Entry | undefined; peek(): Entry | undefined; size(): number };

// Array.shift moves everything behind it: here only a mark moves.
function createFifo(): Fifo {
  let entries: Entry[] = [];
  let head = 0;
  return {
    push: (entry) => entries.push(entry),
    shift() {
      const entry = entries[head];
      if (!entry) return undefined;
      head += 1;
      if (head > 1024 && head * 2 > entries.length) {
        entries = entries.slice(head);
        head = 0;
      }
      return entry;
    },
    peek: () => entries[head],
    size: () => entries.length - head,
  };
}
