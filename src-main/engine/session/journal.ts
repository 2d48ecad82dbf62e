// Writes events to the store in small groups. Money is written before anything else happens to it.
// When SQLite cannot take them they wait here, and are written as soon as it can.
import { type LiveEvent, moneyTypes } from '@app/shared/live-event';
import type { StorageView } from '@app/shared/view';

export type Journal = {
  add(event: LiveEvent): void;
  /** Writes what waits; false when the store did not take it. */
  flush(): boolean;
  readonly storage: StorageView;
  /** Events that no longer fit while the store was full, none of them money, or that it can never take. */
  readonly lost: number;
  close(): void;
};

export type JournalOptions = {
  append(events: readonly LiveEvent[]): void;
  isFull(error: unknown): boolean;
  /** Whether the store itself is in trouble; anything else is the fault of an event in the group. */
  isTrouble(error: unknown): boolean;
  /** The state changed, or more was lost. */
  onStorage(storage: StorageView): void;
  limit?: number;
};

const groupMs = 50;
const retryMs = 1_000;
/** About an hour of a busy room. */
const defaultLimit = 50_000;
const sliceLimit = 500;

const isMoney = (event: LiveEvent) =>
  event.type === 'danmaku.received' && moneyTypes.includes(event.danmaku.messageType);

/** Makes a journal over a store; nothing is written after `close`, which writes what waits. */
export function makeJournal(options: JournalOptions): Journal {
  const limit = options.limit ?? defaultLimit;
  let waiting: LiveEvent[] = [];
  let storage: StorageView = { state: 'ok', waiting: 0 };
  let lost = 0;
  let timer: NodeJS.Timeout | null = null;
  let closed = false;

  const become = (state: StorageView['state']) => {
    const count = state === 'ok' ? 0 : waiting.length;
    if (storage.state === state && storage.waiting === count) return;
    storage = { state, waiting: count };
    options.onStorage(storage);
  };
  const later = (ms: number) => {
    if (closed) return;
    timer ??= setTimeout(() => {
      timer = null;
      flush();
    }, ms);
  };
  const flush = (): boolean => {
    try {
      // In slices: a full database refuses the first one each second, not fifty thousand events.
      while (waiting.length > 0) {
        const slice = waiting.slice(0, sliceLimit);
        options.append(slice);
        waiting.splice(0, slice.length);
      }
    } catch (error) {
      if (!options.isFull(error) && !options.isTrouble(error) && dropUnwritable()) return flush();
      become(options.isFull(error) ? 'full' : 'failed');
      later(retryMs);
      return false;
    }
    become('ok');
    return true;
  };
  /** One event that the store can never take must not hold up all that follow it; true when it was found. */
  const dropUnwritable = (): boolean => {
    const slice = waiting.splice(0, sliceLimit);
    const before = lost;
    for (const [index, event] of slice.entries()) {
      try {
        options.append([event]);
      } catch (error) {
        if (options.isFull(error) || options.isTrouble(error)) {
          waiting = [...slice.slice(index), ...waiting];
          break;
        }
        lost += 1;
      }
    }
    if (lost > before) options.onStorage(storage);
    return lost > before;
  };
  const shed = () => {
    const index = waiting.findIndex((event) => !isMoney(event));
    if (index < 0) return;
    waiting.splice(index, 1);
    lost += 1;
  };
  return {
    add(event) {
      waiting.push(event);
      if (waiting.length > limit) shed();
      if (storage.state !== 'ok') become(storage.state);
      if (isMoney(event) && storage.state === 'ok') flush();
      else later(storage.state === 'ok' ? groupMs : retryMs);
    },
    flush,
    get storage() {
      return storage;
    },
    get lost() {
      return lost;
    },
    close() {
      closed = true;
      if (timer) clearTimeout(timer);
      timer = null;
      flush();
    },
  };
}
