// A Bilibili room as a connector: connects, signs in, connects again with back-off, and says how it stands.
import type { ConnectorSource, ConnectorState } from '@app/shared/live-event';
import { checkEndpoint, runSocket, type SocketEnd } from './bilibili-socket.ts';
import { type Clock, sleep, systemClock } from './clock.ts';
import { type Connector, ConnectorFailure, type RoomConfig, type StateListener } from './connector.ts';
import { createIntake, type Intake } from './intake.ts';
import type { QueueLimits } from './shed-queue.ts';

export type BilibiliOptions = {
  /** ws:// addresses on this machine, or the `wss_link` list of the Open Platform. Used in turn. */
  endpoints: string[];
  /** The body of the auth packet. Asked for at every connection: a token is never kept. */
  auth: () => string | Promise<string>;
  source?: ConnectorSource;
  limits?: QueueLimits;
  clock?: Clock;
  /** 0 to below 1. */
  random?: () => number;
  /** Signed in and no event for this long: state `silent`. */
  silentAfterMs?: number;
};

const longestBackoffMs = 30_000;
const authMs = 10_000;

/** How long to wait before attempt `failures` + 1: about 1 s, doubling up to 30 s, spread by jitter. */
export function backoffMs(failures: number, random: () => number): number {
  const full = Math.min(longestBackoffMs, 1_000 * 2 ** Math.min(failures - 1, 10));
  return Math.round(full * (0.75 + random() * 0.5));
}

/** A connector for one room; it does nothing until started. */
export function createBilibiliConnector(options: BilibiliOptions): Connector {
  const clock = options.clock ?? systemClock;
  const intake = createIntake({ clock, limits: options.limits });
  const listeners: StateListener[] = [];
  let current: ConnectorState | null = null;
  const setState = (state: ConnectorState, detail = '') => {
    if (state === current && state !== 'reconnecting') return;
    current = state;
    for (const listener of listeners) listener(state, detail);
  };
  const abort = new AbortController();
  let running: Promise<void> | null = null;
  const source = options.source ?? 'official';

  return {
    platform: 'bilibili',
    source,
    async start(room, signal) {
      if (running !== null) throw new ConnectorFailure('ALREADY_STARTED', 'This connector was started before.');
      if (options.endpoints.length === 0) throw new ConnectorFailure('ENDPOINT_REFUSED', 'No address was given.');
      const first = await options.auth();
      for (const endpoint of options.endpoints) checkEndpoint(endpoint, first);
      const stopped = AbortSignal.any([signal, abort.signal]);
      running = run({ options, room, source, clock, intake, setState, signal: stopped }, first);
    },
    async stop() {
      abort.abort();
      await running;
      await intake.drained();
    },
    onEvent: (listener) => intake.onEvent(listener),
    onState: (listener) => listeners.push(listener),
    stats: () => intake.stats(),
  };
}

type Run = {
  options: BilibiliOptions;
  room: RoomConfig;
  source: ConnectorSource;
  clock: Clock;
  intake: Intake;
  setState: (state: ConnectorState, detail?: string) => void;
  signal: AbortSignal;
};

async function run(job: Run, firstAuth: string): Promise<void> {
  const { options, clock, signal, setState, intake } = job;
  const mostRefusals = Math.max(3, options.endpoints.length);
  let authBody: string | null = firstAuth;
  let failures = 0;
  let refusals = 0;
  setState('connecting');
  for (let attempt = 0; !signal.aborted; attempt += 1) {
    const endpoint = options.endpoints[attempt % options.endpoints.length]!;
    const { end, wasLive } = await connectOnce(job, endpoint, authBody);
    authBody = null;
    if (end.reason === 'stopped' || signal.aborted) break;
    failures = wasLive ? 1 : failures + 1;
    refusals = end.reason === 'auth_refused' ? refusals + 1 : 0;
    if (refusals >= mostRefusals) return setState('error', end.detail);
    setState('reconnecting', end.detail);
    intake.countReconnect();
    await sleep(clock, backoffMs(failures, options.random ?? Math.random), signal);
  }
  setState('ended');
}

async function connectOnce(
  job: Run,
  endpoint: string,
  knownAuth: string | null,
): Promise<{ end: SocketEnd; wasLive: boolean }> {
  const { options, clock, signal, setState, intake } = job;
  let authBody = knownAuth;
  if (authBody === null) {
    const asked = await askAuth(options.auth, clock, signal);
    if ('failure' in asked) return { end: { reason: 'no_answer', detail: asked.failure }, wasLive: false };
    authBody = asked.body;
  }
  try {
    checkEndpoint(endpoint, authBody);
  } catch (error) {
    if (!(error instanceof ConnectorFailure)) throw error;
    return { end: { reason: 'no_answer', detail: `${error.code} ${error.message}` }, wasLive: false };
  }
  let wasLive = false;
  let cancelSilence = () => {};
  const watchSilence = () => {
    cancelSilence();
    cancelSilence = clock.after(options.silentAfterMs ?? 60_000, () => setState('silent'));
  };
  const end = await runSocket({
    endpoint,
    authBody,
    clock,
    signal,
    context: { source: job.source, roomId: job.room.platformRoomId },
    onLive() {
      wasLive = true;
      setState('live');
      watchSilence();
    },
    onFrame: (at) => intake.countFrame(at),
    onDecoded(decoded, receivedAt) {
      if (intake.accept(decoded, receivedAt) === 0 || !wasLive) return;
      setState('live');
      watchSilence();
    },
    onStrange: (code) => intake.countError(code),
  });
  cancelSilence();
  return { end, wasLive };
}

/** Asks for a new auth body; one that does not come within ten seconds, or at all, is a failure with a reason. */
async function askAuth(
  auth: BilibiliOptions['auth'],
  clock: Clock,
  signal: AbortSignal,
): Promise<{ body: string } | { failure: string }> {
  const tooLate = new AbortController();
  try {
    const timeout = sleep(clock, authMs, AbortSignal.any([signal, tooLate.signal])).then(() => null);
    const body = await Promise.race([auth(), timeout]);
    return body === null ? { failure: `AUTH_BODY_LATE nothing within ${authMs} ms` } : { body };
  } catch (error) {
    return { failure: `AUTH_BODY_FAILED ${error instanceof Error ? error.name : 'unknown'}` };
  } finally {
    tooLate.abort();
  }
}
