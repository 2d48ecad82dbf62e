// A session with all that it holds open: room, journal and reducers. Whoever goes on air has to leave it.

import type { Baselines } from '@app/shared/emotion/fusion';
import type { ToInference } from '@app/shared/links';
import type { LiveEvent } from '@app/shared/live-event';
import { defaultSuggestionSettings } from '@app/shared/suggestions/settings';
import type { Logger } from '../../process/logger.ts';
import type { Pusher, PushTo } from '../pusher.ts';
import type { DanmakuFigures } from '../report/danmaku-figures.ts';
import type { OpenRoom } from '../rooms.ts';
import { isFull, isTrouble } from '../store/open-database.ts';
import type { OpenSession, Store } from '../store/store.ts';
import { type Journal, makeJournal } from './journal.ts';
import { type LiveSession, makeLiveSession } from './live-session.ts';

export type OnAir = {
  readonly stored: OpenSession;
  readonly session: LiveSession;
  readonly journal: Journal;
  /** Ends connector, room and cards; what waits in the journal is still there. Ending twice is harmless. */
  end(): Promise<void>;
};

export type OnAirOptions = {
  stored: OpenSession;
  room: OpenRoom;
  store: Store;
  log: Logger;
  pusher: Pusher;
  coolDowns: boolean;
  baselines: Baselines | null;
  /** What a resumed session did before; null for a new one. */
  before: { events: readonly LiveEvent[]; figures: DanmakuFigures } | null;
  newId(): string;
  now(): number;
  push: PushTo;
  infer(message: Extract<ToInference, { type: 'text' | 'session' }>): void;
};

/** Makes the session over its room; nothing runs before `session.start`. */
export function makeOnAir(options: OnAirOptions): OnAir {
  const { stored, room, store, log, pusher, before, now } = options;
  let toldLost = 0;
  const journal = makeJournal({
    append: store.append,
    isFull,
    isTrouble,
    onStorage(storage) {
      if (storage.state !== session.builder.view().storage.state) {
        log[storage.state === 'ok' ? 'info' : 'error']('store_state', {
          state: storage.state,
          waiting: storage.waiting,
        });
      }
      session.builder.setStorage(storage);
      pusher.changed(session.builder, false);
      const count = journal.lost - toldLost;
      if (storage.state !== 'ok' || count === 0) return;
      toldLost = journal.lost;
      session.record({ type: 'shed', at: now(), what: 'comment', count });
    },
  });
  const lastBreak = before?.events.findLast((event) => event.type === 'break');
  const session = makeLiveSession({
    info: {
      id: stored.id,
      roomId: stored.roomId,
      roomName: stored.room.roomName,
      platform: room.room.platform,
      platformRoomId: room.room.platformRoomId,
      source: stored.source,
      startedAt: stored.startedAt,
      breakSince: lastBreak?.type === 'break' && lastBreak.active ? lastBreak.at : null,
    },
    connector: room.connector,
    journal,
    settings: { ...defaultSuggestionSettings, coolDowns: options.coolDowns },
    earlier: before?.events ?? [],
    counted: before?.figures ?? null,
    baselines: options.baselines,
    newId: options.newId,
    now,
    askText: (requestId, texts, load) => options.infer({ type: 'text', requestId, texts, load }),
    pushDanmaku: (payload) => options.push({ name: 'live.danmaku', payload }),
    onChange: (urgent) => pusher.changed(session.builder, urgent),
  });
  let ending: Promise<void> | null = null;
  const end = async () => {
    // A connection that cannot be closed must not keep the session from being filed.
    const failed = (error: unknown) => log.error('end_failed', { kind: error instanceof Error ? error.name : '' });
    await session.stop().catch(failed);
    await room.close().catch(failed);
  };
  return {
    stored,
    session,
    journal,
    end() {
      ending ??= end();
      return ending;
    },
  };
}
