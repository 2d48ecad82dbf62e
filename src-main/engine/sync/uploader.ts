// Empties the outbox: closed summaries only with consent, deletions always, each with one effect however often it is sent.
import { randomUUID } from 'node:crypto';
import { routes } from '@app/shared/api-routes';
import { type PushReply, pushConflict, type SyncChange, sessionSummarySchema, syncProtocol } from '@app/shared/sync';
import type { OutboxRow } from '../store/outbox.ts';
import type { Store } from '../store/store.ts';
import { noticeVersion, type Paired, type Pairing } from './pairing.ts';
import { callServer, ServerFailure } from './server-call.ts';

export type SyncStatus = { lastSyncAt: number | null; lastError: string | null };

export type Uploader = {
  readonly status: SyncStatus;
  /** Tries at once; the timer goes on by itself. */
  nudge(): void;
  stop(): Promise<void>;
};

export type UploaderOptions = {
  store: Store;
  pairing: Pairing;
  now(): number;
  random(): number;
  onStatus(): void;
  steadyMs?: number;
  firstBackOffMs?: number;
};

const longestBackOffMs = 5 * 60_000;
const conflictTries = 3;

/** The summaries of a session and of nothing else leave the device under this consent. */
export const summaryConsent = 'session_summary';

/** Starts the timer, which does not depend on local writes: a summary that failed once is tried again by itself. */
export function startUploader(options: UploaderOptions): Uploader {
  const { store, pairing, now } = options;
  const steadyMs = options.steadyMs ?? 60_000;
  const firstBackOffMs = options.firstBackOffMs ?? 2_000;
  const stopping = new AbortController();
  let status: SyncStatus = { lastSyncAt: null, lastError: null };
  let batchSize = 200;
  let failures = 0;
  let running: Promise<void> | null = null;
  let again = false;
  let timer: NodeJS.Timeout | null = null;

  const schedule = (ms: number) => {
    if (timer) clearTimeout(timer);
    if (!stopping.signal.aborted) timer = setTimeout(run, ms);
  };
  const become = (next: SyncStatus) => {
    status = next;
    options.onStatus();
  };
  const run = () => {
    if (running !== null) {
      again = true;
      return;
    }
    if (timer) clearTimeout(timer);
    running = once().finally(() => {
      running = null;
      if (!again || stopping.signal.aborted) return;
      again = false;
      run();
    });
  };
  const once = async () => {
    try {
      await tellConsents();
      const sent = await emptyOutbox();
      failures = 0;
      if (sent > 0 || status.lastError) become({ lastSyncAt: sent > 0 ? now() : status.lastSyncAt, lastError: null });
      schedule(steadyMs);
    } catch (error) {
      if (stopping.signal.aborted) return;
      const failure = error instanceof ServerFailure ? error : new ServerFailure('BAD_ANSWER', 0);
      if (failure.code === 'TOO_LARGE') batchSize = Math.max(1, Math.floor(batchSize / 2));
      const backOff = Math.min(longestBackOffMs, firstBackOffMs * 2 ** failures) * (0.5 + options.random());
      failures = Math.min(failures + 1, 20);
      become({ ...status, lastError: failure.code });
      schedule(failure.retryAfterMs ?? backOff);
    }
  };

  /** One call with a token; an ended one is refreshed once. */
  const call: typeof callServer = async (url, route, given = {}) => {
    const withToken = (token: string) => callServer(url, route, { ...given, token, signal: stopping.signal });
    try {
      return await withToken(await pairing.token());
    } catch (error) {
      if (!(error instanceof ServerFailure) || error.status !== 401) throw error;
      return withToken(await pairing.token(true));
    }
  };

  async function tellConsents(): Promise<void> {
    const server = pairing.current();
    if (!server) return;
    for (const { version, kind, granted } of store.consent.untold()) {
      const body = { kind, granted, notice_version: noticeVersion, region: 'cn' };
      await call(server.serverUrl, routes['consents.set'], { body });
      store.consent.told(version, now());
    }
  }

  async function emptyOutbox(): Promise<number> {
    let sent = 0;
    for (let conflicts = 0; ; ) {
      const server = pairing.current();
      if (!server) return sent;
      // What was erased here has to go there, also when nothing new may be sent.
      const which = store.consent.granted(summaryConsent) ? 'all' : 'deletions';
      const rows = numbered(store, pairing, server, store.outbox.waiting(batchSize, which));
      if (rows.length === 0) return sent;
      try {
        const reply = await call(server.serverUrl, routes['sync.push'], { body: toPush(server, rows, now()) });
        sent += settle(store, rows, reply, now());
        conflicts = 0;
      } catch (error) {
        conflicts += 1;
        if (conflicts > conflictTries || !settleConflict(store, pairing, error)) throw error;
      }
    }
  }

  schedule(0);
  return {
    get status() {
      return status;
    },
    nudge: run,
    async stop() {
      stopping.abort();
      if (timer) clearTimeout(timer);
      await running;
    },
  };
}

type Numbered = OutboxRow & { seq: number };

/** The waiting rows in order of their sequence numbers, new ones numbered now and for good. */
function numbered(store: Store, pairing: Pairing, server: Paired, waiting: OutboxRow[]): Numbered[] {
  let { nextSeq } = server;
  const rows = waiting.map((row): Numbered => {
    if (row.seq !== null) return { ...row, seq: row.seq };
    const seq = nextSeq++;
    store.outbox.number(row.position, seq);
    return { ...row, seq };
  });
  if (nextSeq !== server.nextSeq) pairing.save({ ...server, nextSeq });
  return rows.sort((a, b) => a.seq - b.seq);
}

function toPush(server: Paired, rows: Numbered[], nowMs: number) {
  const changes = rows.map(
    (row): SyncChange => ({
      seq: row.seq,
      op: row.summary ? 'upsert' : 'delete',
      kind: 'session_summary',
      id: row.sessionId,
      hlc: row.hlc,
      base_rev: null,
      schema: sessionSummarySchema,
      at: new Date(row.createdAt).toISOString(),
      ...(row.summary ? { data: row.summary } : {}),
    }),
  );
  return {
    protocol: syncProtocol,
    device_id: server.deviceId,
    batch_id: randomUUID(),
    epoch: server.epoch,
    first_seq: rows[0]!.seq,
    sent_at: new Date(nowMs).toISOString(),
    changes,
  };
}

/** Marks what the server took or refused for good; returns how many rows it took. */
function settle(store: Store, rows: Numbered[], reply: PushReply, nowMs: number): number {
  const bySeq = new Map(reply.results.map((result) => [result.seq, result]));
  let taken = 0;
  for (const row of rows) {
    const result = bySeq.get(row.seq);
    if (result?.status === 'rejected') {
      store.outbox.reject(row.position, row.seq, result.code ?? 'BAD_DATA');
    } else if (result || row.seq <= reply.acked_through) {
      store.outbox.sent(row.position, row.seq, nowMs);
      taken += 1;
    }
  }
  if (taken === 0 && !reply.results.some((result) => result.status === 'rejected')) {
    throw new ServerFailure('BAD_ANSWER', 200);
  }
  return taken;
}

/** Follows the server's count after a gap or a restore; false for any other failure. */
function settleConflict(store: Store, pairing: Pairing, error: unknown): boolean {
  if (!(error instanceof ServerFailure) || error.status !== 409) return false;
  const conflict = pushConflict.safeParse(error.body).data?.error;
  const server = pairing.current();
  if (!conflict || !server) return false;
  if (conflict.code === 'EPOCH_CHANGED') store.outbox.forgetNumbers('all');
  else store.outbox.forgetNumbers('waiting');
  pairing.save({ ...server, epoch: conflict.epoch, nextSeq: conflict.expected_seq });
  return true;
}
