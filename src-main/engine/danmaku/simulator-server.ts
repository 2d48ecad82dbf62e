// A Bilibili room on this machine: the real protocol over a real socket, fed by the rehearsal room. The test room of
// the app, and the other end of the client's tests.
import { type WebSocket, WebSocketServer } from 'ws';
import { encodeMessages, encodePacket, op, type Packing, ver } from './bilibili-packet.ts';
import { authBody } from './bilibili-wire.ts';
import type { Clock } from './clock.ts';
import { systemClock } from './clock.ts';
import { asObject } from './json-value.ts';
import { openRehearsalRoom, type RehearsalRoom } from './rehearsal-room.ts';
import type { Scene } from './rehearsal-script.ts';
import { type Random, seededRandom } from './seeded-random.ts';

export type SimulatorOptions = {
  seed?: number;
  /** Commands a second, at most 2000; 0 keeps the room silent, for `send`. */
  ratePerSecond?: number;
  script?: readonly Scene[];
  /** 0 takes a free one. */
  port?: number;
  roomId?: number;
  token?: string;
  /** Share of commands that are sent twice, 0 to 1. */
  repeatShare?: number;
  /** Heartbeats are counted and not answered. */
  mute?: boolean;
  /** Every connection is cut off this long after its sign-in. */
  cutAfterMs?: number;
  clock?: Clock;
};

export type SimulatorServer = {
  port: number;
  /** ws://127.0.0.1:PORT/sub */
  endpoint: string;
  roomId: string;
  /** The body with which this room is entered. */
  auth(): string;
  /** Sends one frame to everyone who is signed in. */
  send(messages: unknown[], packing?: Packing): void;
  /** Sends bytes as they are, whatever they are. */
  sendRaw(bytes: Uint8Array): void;
  cutAll(): void;
  stats(): { connections: number; refused: number; heartbeats: number; frames: number; messages: number };
  close(): Promise<void>;
};

const tickMs = 50;
// A server that was suspended does not send what it slept through.
const longestCatchUpMs = 2_000;
const mostBuffered = 32 << 20;

/** Starts a room on 127.0.0.1; the broadcast begins when the first viewer signs in. */
export async function startSimulatorServer(options: SimulatorOptions = {}): Promise<SimulatorServer> {
  const clock = options.clock ?? systemClock;
  const seed = options.seed ?? 1;
  const random = seededRandom(seed + 17);
  const roomId = options.roomId ?? 900_001;
  const token = options.token ?? 'rehearsal';
  const server = new WebSocketServer({
    host: '127.0.0.1',
    port: options.port ?? 0,
    path: '/sub',
    perMessageDeflate: false,
  });
  await new Promise<void>((resolve, reject) => server.once('listening', resolve).once('error', reject));
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const signedIn = new Set<WebSocket>();
  const counts = { connections: 0, refused: 0, heartbeats: 0, frames: 0, messages: 0 };
  let room: RehearsalRoom | null = null;
  let roomTime = 0;
  let lastTick = 0;
  let cancelTick = () => {};

  const sendRaw = (bytes: Uint8Array) => {
    for (const socket of signedIn) {
      if (socket.bufferedAmount > mostBuffered) socket.terminate();
      else socket.send(bytes);
    }
    counts.frames += 1;
  };
  const send = (messages: unknown[], packing: Packing = 'brotli') => {
    sendRaw(encodeMessages(messages, packing));
    counts.messages += messages.length;
  };

  const tick = () => {
    const now = clock.now();
    // The room's own time stands still while nobody is there.
    roomTime += Math.min(now - lastTick, longestCatchUpMs);
    lastTick = now;
    if (room)
      for (const frame of toFrames(
        room.until(roomTime).map((each) => each.message),
        random,
        options,
      ))
        send(...frame);
    if (signedIn.size > 0) cancelTick = clock.after(tickMs, tick);
  };
  const begin = () => {
    lastTick = clock.now();
    if (!room && options.ratePerSecond !== 0) {
      roomTime = lastTick;
      const { ratePerSecond, script } = options;
      room = openRehearsalRoom({ seed, ratePerSecond, startAt: roomTime, script, roomId });
    }
    cancelTick();
    cancelTick = clock.after(tickMs, tick);
  };

  server.on('connection', (socket) => {
    counts.connections += 1;
    socket.on('error', () => socket.terminate());
    socket.on('close', () => signedIn.delete(socket));
    socket.on('message', (data) => {
      if (!Buffer.isBuffer(data) || data.length < 16) return socket.terminate();
      const operation = data.readUInt32BE(8);
      const body = data.subarray(data.readUInt16BE(4));
      if (operation === op.heartbeat && signedIn.has(socket)) {
        counts.heartbeats += 1;
        if (!options.mute) socket.send(heartbeatReply(body));
      }
      if (operation !== op.auth) return;
      const accepted = isAccepted(body, roomId, token);
      socket.send(
        encodePacket({ op: op.authReply, ver: ver.control, body: JSON.stringify({ code: accepted ? 0 : -101 }) }),
      );
      if (!accepted) {
        counts.refused += 1;
        return socket.close();
      }
      signedIn.add(socket);
      if (signedIn.size === 1) begin();
      if (options.cutAfterMs) clock.after(options.cutAfterMs, () => socket.terminate());
    });
  });

  return {
    port,
    endpoint: `ws://127.0.0.1:${port}/sub`,
    roomId: String(roomId),
    auth: () => authBody(String(roomId), '0', token),
    send,
    sendRaw,
    cutAll() {
      for (const socket of signedIn) socket.terminate();
    },
    stats: () => ({ ...counts }),
    close() {
      cancelTick();
      for (const socket of server.clients) socket.terminate();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

function isAccepted(body: Buffer, roomId: number, token: string): boolean {
  try {
    const auth = asObject(JSON.parse(body.toString('utf8')));
    return auth.roomid === roomId && auth.key === token;
  } catch {
    return false;
  }
}

/** As on the platform: the client's own body follows, outside the packet's length. */
function heartbeatReply(body: Buffer): Buffer {
  const popularity = Buffer.alloc(4);
  popularity.writeUInt32BE(1);
  return Buffer.concat([encodePacket({ op: op.heartbeatReply, ver: ver.control, body: popularity }), body]);
}

/** Cuts a row into frames of 1 to 20 commands, brotli mostly, as the platform mixes them. */
function toFrames(messages: unknown[], random: Random, options: SimulatorOptions): [unknown[], Packing][] {
  const frames: [unknown[], Packing][] = [];
  for (let at = 0; at < messages.length; ) {
    const size = random.integer(1, 20);
    const part = messages.slice(at, at + size);
    at += size;
    const luck = random.next();
    frames.push([part, luck < 0.7 ? 'brotli' : luck < 0.85 ? 'zlib' : 'plain']);
    if (random.next() < (options.repeatShare ?? 0)) frames.push([part.slice(0, 1), 'plain']);
  }
  return frames;
}
