// Holds the session that is on air, if any: starts, resumes and closes sessions, and pushes what changed.
import { randomBytes } from 'node:crypto';
import { type Input, IpcFailure } from '@app/shared/ipc';
import type { Inferred, ToInference } from '@app/shared/links';
import type { LiveEvent } from '@app/shared/live-event';
import { makeUuidv7 } from '@app/shared/uuid';
import { type DanmakuRow, emptyLiveView, type LiveView } from '@app/shared/view';
import type { Logger } from '../process/logger.ts';
import type { EngineConfig } from './config.ts';
import { ConnectorFailure } from './danmaku/connector.ts';
import type { EmotionBaseline } from './emotion-baseline.ts';
import { makePusher, type PushTo } from './pusher.ts';
import { readFigures } from './report/danmaku-figures.ts';
import { besideMessages } from './report/report.ts';
import { summarize } from './report/summary.ts';
import { type OpenRoom, openRoom } from './rooms.ts';
import type { LiveSession } from './session/live-session.ts';
import { makeOnAir, type OnAir } from './session/on-air.ts';
import type { OpenSession, Store } from './store/store.ts';
import { recentRows } from './view/recent-rows.ts';

export type Host = {
  readonly session: LiveSession | null;
  live(): { live: LiveView; danmaku: DanmakuRow[] };
  start(wanted: Input<'session.start'>): Promise<string>;
  resume(sessionId: string, part: 'app' | 'engine'): Promise<string>;
  /** Ends and files the session. Where the database takes nothing it stays open, and may be stopped again. */
  stop(): Promise<string>;
  /** Closes a session that another run left open, without going on air again. */
  closeLeft(sessionId: string): Promise<void>;
  /** Removes everything that sessions left; refused while one is running. */
  erase(): Promise<number>;
  inferred(message: Inferred): void;
  /** Another part was away; inference is asked again what it had not answered. */
  gap(part: 'inference' | 'capture', fromAt: number): void;
  /** Leaves the air without closing the session, which can be resumed later. */
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
  baseline: EmotionBaseline;
};

type StopReason = Extract<LiveEvent, { type: 'session.stopped' }>['reason'];

/** A resumed session hears its newest messages again: several minutes of the busiest room, the last hour of others. */
const relived = { newestDanmaku: 10_000, newestReadings: 4_000 };

/** Makes the host of at most one live session. */
export function makeHost(options: HostOptions): Host {
  const { store, now, log } = options;
  const newId = makeUuidv7(now, randomBytes);
  const pusher = makePusher(options.push, now);
  let open: OnAir | null = null;
  let left = leftSession();
  let busy: Promise<unknown> = Promise.resolve();
  let disposed = false;

  function leftSession(): LiveView['resumable'] {
    const session = store.unclosedSession();
    if (!session) return null;
    const { id: sessionId, startedAt, lastEventAt } = session;
    return { sessionId, startedAt, lastEventAt, roomName: session.room.roomName };
  }

  /** What opens, closes or removes sessions never overlaps: each waits for the one before. */
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const inOrder = () => {
      if (disposed) throw new IpcFailure('ENGINE_AWAY', 'the engine is stopping');
      return work();
    };
    const next = busy.then(inOrder);
    busy = next.catch(() => undefined);
    return next;
  }

  async function goOnAir(room: OpenRoom, part: 'app' | 'engine' | null, toStored: () => OpenSession): Promise<void> {
    let onAir: OnAir | null = null;
    try {
      const stored = toStored();
      const before = part && {
        events: store.events(stored.id, relived),
        figures: await readFigures(store.figures, stored.id),
      };
      const coolDowns = !options.config.coolDownsOff;
      const { push, infer } = options;
      // A recording is of another evening, perhaps of another person.
      const baselines = stored.source === 'replay' ? null : options.baseline.read();
      onAir = makeOnAir({ stored, room, store, log, pusher, coolDowns, baselines, before, newId, now, push, infer });
      const { session } = onAir;
      open = onAir;
      left = null;
      if (part) session.record({ type: 'gap', at: now(), part, fromAt: stored.lastEventAt });
      else session.record({ type: 'session.started', at: stored.startedAt, roomId: stored.roomId });
      infer({ type: 'session', active: true });
      await session.start();
      log.info('session_started', { session_id: stored.id, resumed: part !== null });
      pusher.changed(session.builder, true);
    } catch (error) {
      await takeBack(room, onAir, part === null);
      if (error instanceof ConnectorFailure) throw new IpcFailure(error.code, error.message);
      throw error;
    }
  }

  /** A start that failed leaves nothing; a resumption that failed leaves the session as it was found. */
  async function takeBack(room: OpenRoom, onAir: OnAir | null, isNew: boolean): Promise<void> {
    open = null;
    await (onAir ? onAir.end() : room.close());
    if (!onAir) return;
    options.infer({ type: 'session', active: false });
    onAir.journal.close();
    try {
      if (isNew) store.forget(onAir.stored.id);
    } finally {
      left = leftSession();
      pusher.reset({ ...emptyLiveView, resumable: left });
    }
  }

  /** Writes the end, the summary and its outbox row, all or none of them. */
  async function finish(sessionId: string, reason: StopReason, at: number): Promise<void> {
    const stored = store.session(sessionId)!;
    const figures = await readFigures(store.figures, sessionId);
    const summary = summarize(stored, figures, store.events(sessionId, besideMessages), at);
    const last: LiveEvent = { id: newId(), sessionId, at, receivedAt: now(), type: 'session.stopped', reason };
    store.saveSummary(summary, now(), options.queueAs(), last);
    options.onClosed();
  }

  function mustBeWritten({ journal }: OnAir): void {
    if (journal.flush()) return;
    throw new IpcFailure('DATABASE_FULL', 'the session cannot be closed while the database takes nothing');
  }

  return {
    get session() {
      return open?.session ?? null;
    },
    live() {
      if (!open) return { live: { ...emptyLiveView, resumable: left }, danmaku: [] };
      open.journal.flush();
      const { builder, info } = open.session;
      return { live: builder.view(), danmaku: recentRows(store.recentDanmaku(info.id, 200)) };
    },
    start: (wanted) =>
      inTurn(async () => {
        if (open) throw new IpcFailure('SESSION_RUNNING', 'a session is running');
        if (left) throw new IpcFailure('SESSION_LEFT_OPEN', 'an earlier session is not closed');
        const room = await openRoom(wanted, options.config);
        const session = { id: newId(), roomId: newId(), source: room.source, at: now() };
        await goOnAir(room, null, () => store.startSession(session, room.room));
        return session.id;
      }),
    resume: (sessionId, part) =>
      inTurn(async () => {
        if (open) throw new IpcFailure('SESSION_RUNNING', 'a session is running');
        const stored = store.session(sessionId);
        if (!stored || stored.stoppedAt !== null) throw new IpcFailure('SESSION_NOT_FOUND', sessionId);
        if (stored.source !== 'rehearsal') throw new IpcFailure('REPLAY_NOT_RESUMABLE', sessionId);
        await goOnAir(await openRoom({ source: 'rehearsal' }, options.config), part, () => stored);
        return sessionId;
      }),
    stop: () =>
      inTurn(async () => {
        if (!open) throw new IpcFailure('NO_SESSION', 'no session is running');
        const onAir: OnAir = open;
        const { info } = onAir.session;
        // Asked before anything is ended, and again for what came while the connection was closed.
        mustBeWritten(onAir);
        await onAir.end();
        mustBeWritten(onAir);
        const { endedAt } = onAir.session;
        const byItself: StopReason = info.source === 'replay' ? 'replay_end' : 'ended_by_platform';
        await finish(info.id, endedAt === null ? 'user' : byItself, endedAt ?? now());
        onAir.journal.close();
        open = null;
        if (info.source !== 'replay') options.baseline.save(onAir.session.baselines());
        options.infer({ type: 'session', active: false });
        left = leftSession();
        pusher.reset({ ...emptyLiveView, resumable: left });
        log.info('session_stopped', { session_id: info.id });
        return info.id;
      }),
    closeLeft: (sessionId) =>
      inTurn(async () => {
        const stored = left?.sessionId === sessionId ? store.session(sessionId) : null;
        if (!stored) throw new IpcFailure('SESSION_NOT_FOUND', sessionId);
        await finish(sessionId, 'discarded', stored.lastEventAt);
        left = leftSession();
        pusher.reset({ ...emptyLiveView, resumable: left });
      }),
    erase: () =>
      inTurn(async () => {
        if (open) throw new IpcFailure('SESSION_RUNNING', 'a session is running');
        const rows = store.erase();
        options.baseline.forget();
        left = null;
        pusher.reset({ ...emptyLiveView });
        return rows;
      }),
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
      if (!open) return;
      const { session } = open;
      session.record({ type: 'gap', at: now(), part, fromAt });
      if (part !== 'inference') return;
      options.infer({ type: 'session', active: true });
      // Whoever was speaking when it died: that it ended is not known, and cards must not wait for it.
      session.speaking(false);
      session.inferenceIsBack();
    },
    async dispose() {
      if (disposed) return;
      await inTurn(async () => {
        disposed = true;
        const onAir = open;
        open = null;
        await onAir?.end();
        onAir?.journal.close();
      });
      pusher.stop();
    },
  };
}
