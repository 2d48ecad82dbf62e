// One connection to one Bilibili server: sign in, heartbeat, watchdog. It ends once and says why; connecting again is
// the connector's business.
import { WebSocket } from 'ws';
import { z } from 'zod';
import { type BilibiliDecoded, decodeBilibili } from './bilibili-decode.ts';
import { interactionEnd } from './bilibili-open-platform.ts';
import { encodePacket, frameLimits, op, ver } from './bilibili-packet.ts';
import type { Clock } from './clock.ts';
import { ConnectorFailure } from './connector.ts';
import type { DecodeContext } from './danmaku-draft.ts';

export const heartbeatMs = 30_000;
/** A heartbeat is answered at once; this long after the last one nothing can still be on its way. */
export const watchdogMs = heartbeatMs + 5_000;
const signInMs = 10_000;

export type SocketEnd = {
  reason: 'stopped' | 'closed' | 'no_answer' | 'watchdog' | 'auth_refused' | 'interaction_end';
  detail: string;
};

export type SocketOptions = {
  endpoint: string;
  authBody: string;
  context: Omit<DecodeContext, 'receivedAt'>;
  clock: Clock;
  signal: AbortSignal;
  onLive(): void;
  onFrame(at: number): void;
  onDecoded(decoded: BilibiliDecoded, receivedAt: number): void;
  onStrange(code: string): void;
};

const openPlatformBody = z.object({
  roomid: z.number().int().positive(),
  key: z.string().min(1),
  group: z.literal('open'),
});

/** True for ws:// to this machine itself. */
export function isLoopback(endpoint: string): boolean {
  const url = URL.canParse(endpoint) ? new URL(endpoint) : null;
  if (url?.protocol !== 'ws:' && url?.protocol !== 'wss:') return false;
  return url.hostname === 'localhost' || url.hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(url.hostname);
}

/**
 * Throws ConnectorFailure unless the endpoint is on this machine, or is a wss:// one with an auth body that the
 * Open Platform handed out: the app never signs in to the platform in any other way.
 */
export function checkEndpoint(endpoint: string, authBody: string): void {
  if (isLoopback(endpoint)) return;
  const url = URL.canParse(endpoint) ? new URL(endpoint) : null;
  if (url?.protocol !== 'wss:') {
    throw new ConnectorFailure(
      'ENDPOINT_REFUSED',
      'Only addresses on this machine, or wss:// addresses given out by the Open Platform, are connected to.',
    );
  }
  let body: unknown;
  try {
    body = JSON.parse(authBody);
  } catch {
    body = null;
  }
  if (openPlatformBody.safeParse(body).success) return;
  throw new ConnectorFailure('BAD_AUTH_BODY', 'Outside this machine an auth body of the Open Platform is needed.');
}

/** Connects and stays until something ends it; always resolves, and leaves no timer and no socket behind. */
export function runSocket(options: SocketOptions): Promise<SocketEnd> {
  const { clock, signal } = options;
  return new Promise((resolve) => {
    if (signal.aborted) return resolve({ reason: 'stopped', detail: '' });
    const socket = new WebSocket(options.endpoint, {
      perMessageDeflate: false,
      handshakeTimeout: signInMs,
      // Larger than what is decoded, so that one huge frame is an error entry and not the end of the connection.
      maxPayload: frameLimits.frameBytes * 4,
    });
    const cancels = new Map<string, () => void>();
    const rearm = (name: string, ms: number, run: () => void) => {
      cancels.get(name)?.();
      cancels.set(name, clock.after(ms, run));
    };
    let ended = false;
    const end = (reason: SocketEnd['reason'], detail: string) => {
      if (ended) return;
      ended = true;
      for (const cancel of cancels.values()) cancel();
      signal.removeEventListener('abort', stopped);
      if (reason === 'stopped' && socket.readyState === WebSocket.OPEN) {
        socket.close(1000);
        // A server that never answers the closing is not waited for.
        const kill = setTimeout(() => socket.terminate(), 1_000);
        kill.unref();
        socket.once('close', () => clearTimeout(kill));
      } else socket.terminate();
      resolve({ reason, detail });
    };
    const stopped = () => end('stopped', '');
    signal.addEventListener('abort', stopped);
    const watch = () => rearm('watchdog', watchdogMs, () => end('watchdog', `NOTHING_RECEIVED for ${watchdogMs} ms`));
    const beat = () => {
      if (socket.readyState === WebSocket.OPEN) socket.send(encodePacket({ op: op.heartbeat, ver: ver.control }));
      // Its own timer: a lost reply must not silence it.
      rearm('heartbeat', heartbeatMs, beat);
    };
    let live = false;
    rearm('sign-in', signInMs, () => end('no_answer', `NO_ANSWER within ${signInMs} ms`));

    socket.on('open', () => socket.send(encodePacket({ op: op.auth, ver: ver.control, body: options.authBody })));
    socket.on('error', (error) =>
      end('closed', `CONNECTION_FAILED ${'code' in error ? String(error.code) : error.name}`),
    );
    socket.on('close', (code) => end('closed', `CONNECTION_CLOSED ${code}`));
    socket.on('message', (data, isBinary) => {
      if (ended) return;
      const receivedAt = clock.now();
      options.onFrame(receivedAt);
      if (live) watch();
      if (!isBinary || !Buffer.isBuffer(data)) return options.onStrange('NOT_BINARY');
      const decoded = decodeBilibili(data, { ...options.context, receivedAt });
      if (decoded.authReply && !live) {
        const { code } = decoded.authReply;
        if (code !== 0) return end('auth_refused', `AUTH_REFUSED the room did not accept the token (code ${code})`);
        live = true;
        cancels.get('sign-in')?.();
        watch();
        beat();
        options.onLive();
      }
      options.onDecoded(decoded, receivedAt);
      if (decoded.events.some((event) => event.metadata.raw_type === interactionEnd)) {
        end('interaction_end', 'INTERACTION_END the platform stopped pushing');
      }
    });
  });
}
