// Holds the session that is on air, if any: starts, resumes and closes sessions, and pushes what changed.
import { randomBytes } from 'node:crypto';
import { type Input, IpcFailure } from '@app/shared/ipc';
import type { Inferred, ToInference } from '@app/shared/links';
import { defaultSuggestionSettings } from '@app/shared/suggestions/settings';
import { makeUuidv7 } from '@app/shared/uuid';
import { type DanmakuRow, emptyLiveView, type LiveView } from '@app/shared/view';
import type { Logger } from '../process/logger.ts';
import type { EngineConfig } from './config.ts';
import { ConnectorFailure } from './danmaku/connector.ts';
import { makePusher, type PushTo } from './pusher.ts';
import { makeSummary } from './report/summary.ts';
import { openRoom } from './rooms.ts';
import { makeJournal } from './session/journal.ts';
import { type LiveSession, makeLiveSession } from './session/live-session.ts';
import { isFull } from './store/open-database.ts';
import type { OpenSession, Store } from './store/store.ts';
import { recentRows } from './view/recent-rows.ts';

export type Host = {
  readonly session: LiveSession | null;
  live(): { live: LiveView; danmaku: DanmakuRow[] };
  start(wanted: Input<'session.start'>): Promise<string>;
  resume(sessionId: string, part: 'app' | 'engine'): Promise<string>;
  stop(): Promise<string>;
  /** Closes a session that another run left open, without going on air again. */
  closeLeft(sessionId: string): void;
  inferred(message: Inferred): void;
  /** Another part was away; inference is asked again what it had not answered. */
  gap(part: 'inference' | 'capture', fromAt: number): void;
  dispose(): Promise<void>;
};

export type HostOptions = {
  store: Store;
  config: EngineConfig;
  log: Logger;
  now(): number;
  push: PushTo;
  infer(message: Extract<ToInference, { type: 'text' | 'session' }>): void;
  /** The hybrid clock's next value for an outbox row, or null when nothing may be queued. */
  queueAs(): { hlc: string } | null;
  onClosed(): void;
};

/** Makes the host of at most one live session. */
export function makeHost(options: HostOptions): Host {
  const { store, now, log } = options;
  const newId = makeUuidv7(now, randomBytes);
  const pusher = makePusher(options.push, now);
  let open: { session: LiveSession; close(): Promise<void>; flush(): boolean; lost(): number } | null = null;
  let left = leftSession();
  let busy: Promise<unknown> = Promise.resolve();

  function leftSession(): LiveView['resumable'] {
    const session = store.unclosedSession();
    if (!session) return null;
    const { id: sessionId, startedAt, lastEventAt } = session;
    return { sessionId, startedAt, lastEventAt, roomName: session.room.roomName };
  }

  /** Starts and stops never overlap: each waits for the one before. */
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const next = busy.then(work, work);
    busy = next.catch(() => undefined);
    return next;
  }

  async function goOnAir(
    stored: OpenSession,
    room: Awaited<ReturnType<typeof openRoom>>,
    gapPart: 'app' | 'engine' | null,
  ) {
    const earlier = gapPart ? store.events(stored.id) : [];
    const breaks = earlier.filter((event) => event.type === 'break').at(-1);
    const info = {
      id: stored.id,
      roomId: stored.roomId,
      roomName: stored.room.roomName,
      platform: room.room.platform,
      platformRoomId: room.room.platformRoomId,
      source: stored.source,
      startedAt: stored.startedAt,
      breakSince: breaks?.type === 'break' && breaks.active ? breaks.at : null,
    };
    const journal = makeJournal({
      append: store.append,
      isFull,
      onStorage: (storage) => {
        session.builder.setStorage(storage);
        if (storage.state !== 'ok') log.error('store_refuses', { state: storage.state, waiting: storage.waiting });
        pusher.changed(session.builder, false);
      },
    });
    const session = makeLiveSession({
      info,
      connector: room.connector,
      journal,
      settings: { ...defaultSuggestionSettings, coolDowns: !options.config.coolDownsOff },
      earlier,
      newId,
      now,
      askText: (requestId, texts) => options.infer({ type: 'text', requestId, texts }),
      pushDanmaku: (payload) => options.push({ name: 'live.danmaku', payload }),
      onChange: (urgent) => pusher.changed(session.builder, urgent),
    });
    if (gapPart) session.record({ type: 'gap', at: now(), part: gapPart, fromAt: stored.lastEventAt });
    else session.record({ type: 'session.started', at: stored.startedAt, roomId: stored.roomId });
    const close = async () => {
      await session.stop();
      await room.close();
      journal.close();
    };
    open = { session, close, flush: journal.flush, lost: () => journal.lost };
    left = null;
    options.infer({ type: 'session', active: true });
    try {
      await session.start();
    } catch (error) {
      await close();
      open = null;
      finish(stored.id, 'discarded');
      if (error instanceof ConnectorFailure) throw new IpcFailure(error.code, error.message);
      throw error;
    }
    log.info('session_started', { session_id: stored.id, resumed: gapPart !== null });
    pusher.changed(session.builder, true);
  }

  /** Writes the end, the summary and its outbox row. */
  function finish(sessionId: string, reason: 'user' | 'discarded'): void {
    const stored = store.session(sessionId);
    if (!stored) return;
    const at = stored.stoppedAt ?? (reason === 'user' ? now() : stored.lastEventAt);
    store.append([{ id: newId(), sessionId, at, receivedAt: now(), type: 'session.stopped', reason }]);
    store.saveSummary(makeSummary(stored, store.events(sessionId), at), now(), options.queueAs());
    options.onClosed();
  }

  return {
    get session() {
      return open?.session ?? null;
    },
    live() {
      if (!open) return { live: { ...emptyLiveView, resumable: left }, danmaku: [] };
      open.flush();
      const { builder, info } = open.session;
      return { live: builder.view(), danmaku: recentRows(store.recentDanmaku(info.id, 200)) };
    },
    start: (wanted) =>
      inTurn(async () => {
        if (open) throw new IpcFailure('SESSION_RUNNING', 'a session is running');
        if (left) throw new IpcFailure('SESSION_LEFT_OPEN', 'an earlier session is not closed');
        const room = await openRoom(wanted, options.config);
        const session = { id: newId(), roomId: newId(), source: room.source, at: now() };
        await goOnAir(store.startSession(session, room.room), room, null);
        return session.id;
      }),
    resume: (sessionId, part) =>
      inTurn(async () => {
        if (open) throw new IpcFailure('SESSION_RUNNING', 'a session is running');
        const stored = store.session(sessionId);
        if (!stored || stored.stoppedAt !== null) throw new IpcFailure('SESSION_NOT_FOUND', sessionId);
        if (stored.source !== 'rehearsal') throw new IpcFailure('REPLAY_NOT_RESUMABLE', sessionId);
        await goOnAir(stored, await openRoom({ source: 'rehearsal' }, options.config), part);
        return sessionId;
      }),
    stop: () =>
      inTurn(async () => {
        if (!open) throw new IpcFailure('NO_SESSION', 'no session is running');
        const { session, close, flush } = open;
        if (!flush() && session.builder.view().storage.state !== 'ok') {
          throw new IpcFailure('DATABASE_FULL', 'the session cannot be closed while the database takes nothing');
        }
        await close();
        open = null;
        options.infer({ type: 'session', active: false });
        finish(session.info.id, 'user');
        pusher.reset({ ...emptyLiveView });
        log.info('session_stopped', { session_id: session.info.id });
        return session.info.id;
      }),
    closeLeft(sessionId) {
      if (left?.sessionId !== sessionId) throw new IpcFailure('SESSION_NOT_FOUND', sessionId);
      finish(sessionId, 'discarded');
      left = leftSession();
      pusher.reset({ ...emptyLiveView, resumable: left });
    },
    inferred(message) {
      const session = open?.session;
      if (!session) return;
      if (message.type === 'text') session.text(message.requestId, message.analyses, message.inferredAt);
      else if (message.type === 'segment') session.voice(message.startAtMs, message.endAtMs, message.reading);
      else if (message.type === 'speaking') session.speaking(message.active);
      else if (message.type === 'face') session.face(message.atMs, message.reading);
      else if (message.type === 'shed')
        session.record({ type: 'shed', at: now(), what: message.what, count: message.count });
    },
    gap(part, fromAt) {
      open?.session.record({ type: 'gap', at: now(), part, fromAt });
      if (part !== 'inference') return;
      if (open) options.infer({ type: 'session', active: true });
      open?.session.inferenceIsBack();
    },
    async dispose() {
      await busy;
      await open?.close();
      pusher.stop();
    },
  };
}
