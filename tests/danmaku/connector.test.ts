// The client against the simulator over a real socket; time is moved by hand where waiting would be long.
import { afterEach, describe, expect, test } from 'vitest';
import {
  type BilibiliOptions,
  backoffMs,
  createBilibiliConnector,
} from '../../src-main/engine/danmaku/bilibili-connector.ts';
import { encodePacket, op, ver } from '../../src-main/engine/danmaku/bilibili-packet.ts';
import { heartbeatMs, isLoopback, watchdogMs } from '../../src-main/engine/danmaku/bilibili-socket.ts';
import * as wire from '../../src-main/engine/danmaku/bilibili-wire.ts';
import type { Connector, ReceivedDanmaku } from '../../src-main/engine/danmaku/connector.ts';
import {
  type SimulatorOptions,
  type SimulatorServer,
  startSimulatorServer,
} from '../../src-main/engine/danmaku/simulator-server.ts';
import { createFakeClock, until } from './fake-clock.ts';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const each of open.splice(0).reverse()) await each.close();
});

async function serve(options: SimulatorOptions = {}): Promise<SimulatorServer> {
  const server = await startSimulatorServer({ ratePerSecond: 0, ...options });
  open.push(server);
  return server;
}

function listen(server: SimulatorServer, options: Partial<BilibiliOptions> = {}) {
  const clock = createFakeClock();
  const connector: Connector = createBilibiliConnector({
    endpoints: [server.endpoint],
    auth: server.auth,
    source: 'simulator',
    clock,
    random: () => 0.5,
    ...options,
  });
  const events: ReceivedDanmaku[] = [];
  const states: string[] = [];
  connector.onEvent((batch) => {
    events.push(...batch);
  });
  connector.onState((state, detail) => states.push(detail ? `${state} ${detail.split(' ')[0]}` : state));
  open.push({ close: () => connector.stop() });
  const start = () => connector.start({ platformRoomId: server.roomId }, new AbortController().signal);
  return { clock, connector, events, states, start };
}

const room = { roomId: 900_001, anchorUid: 1 };
const viewer = { uid: '9000000000000001', name: '海獭', medalLevel: 0, guardLevel: 0, admin: false } as const;
const say = (text: string) => wire.danmuMsg(viewer, text, 1_790_000_000_000, room);

describe('what may be connected to', () => {
  const connect = (endpoint: string, body: object) =>
    createBilibiliConnector({ endpoints: [endpoint], auth: () => JSON.stringify(body) }).start(
      { platformRoomId: '1' },
      AbortSignal.abort(),
    );

  test('is this machine, and nothing that only looks like it', () => {
    expect(
      ['ws://127.0.0.1:8080/sub', 'ws://localhost:1/sub', 'ws://[::1]:1/sub', 'ws://127.9.9.9/'].every(isLoopback),
    ).toBe(true);
    const others = [
      'ws://127.0.0.1.example.com/',
      'ws://example.com/?127.0.0.1',
      'ws://user:127.0.0.1@example.com',
      'http://127.0.0.1',
      'x',
    ];
    expect(others.some(isLoopback)).toBe(false);
  });

  test('outside this machine is a wss:// address with an auth body of the Open Platform', async () => {
    const openBody = { roomid: 1, key: 'k', group: 'open', protover: 2 };
    await expect(connect('ws://example.com/sub', openBody)).rejects.toMatchObject({ code: 'ENDPOINT_REFUSED' });
    const webBody = { uid: 1, roomid: 1, protover: 3, platform: 'web', type: 2, key: 'k' };
    await expect(connect('wss://example.com/sub', webBody)).rejects.toMatchObject({ code: 'BAD_AUTH_BODY' });
    await expect(connect('wss://example.com/sub', openBody)).resolves.toBeUndefined();
  });
});

describe('a connection', () => {
  test('gives all events of a rehearsal once, in order, over brotli, zlib and plain frames', async () => {
    const server = await serve({ ratePerSecond: 2_000, seed: 11, repeatShare: 0.1 });
    const { connector, events, states, start } = listen(server, { clock: undefined });
    await start();
    await until('2,000 events', () => events.length >= 2_000, 15_000);
    await connector.stop();
    const ids = events.map((event) => event.danmaku.platformEventId);
    expect(new Set(ids).size).toBe(ids.length);
    const said = events.filter((event) => event.danmaku.messageType === 'comment').map((event) => event.danmaku.at);
    expect(said).toEqual([...said].sort((a, b) => a - b));
    const stats = connector.stats();
    expect(stats).toMatchObject({ errors: {}, unknown: {}, dropped: { comment: 0, follow: 0, like: 0 }, queued: 0 });
    expect(stats.delivered).toBe(stats.decoded - stats.duplicate);
    expect(stats.duplicate).toBeGreaterThan(0);
    expect(states).toEqual(['connecting', 'live', 'ended']);
  });

  test('keeps order when a big brotli frame is followed by a small plain one', async () => {
    const server = await serve();
    const { events, start } = listen(server);
    await start();
    await until('signed in', () => server.stats().heartbeats > 0);
    for (let round = 0; round < 50; round += 1) {
      server.send(
        Array.from({ length: 200 }, (_, index) => say(`${round} ${index}${' filler'.repeat(30)}`)),
        'brotli',
      );
      server.send([say(`${round} last`)], 'plain');
    }
    await until('all of them', () => events.length === 50 * 201);
    const rounds = events.map((event) => event.danmaku.content.split(' ').slice(0, 2).join(' '));
    const expected = Array.from({ length: 50 }, (_, round) => [
      ...Array.from({ length: 200 }, (_, index) => `${round} ${index}`),
      `${round} last`,
    ]);
    expect(rounds).toEqual(expected.flat());
  });

  test('survives frames that cannot be read, and counts them', async () => {
    const server = await serve();
    const { connector, events, start, states } = listen(server);
    await start();
    await until('signed in', () => server.stats().heartbeats > 0);
    server.sendRaw(Buffer.from('not a packet at all, but long enough'));
    server.sendRaw(Buffer.alloc(9 << 20));
    server.sendRaw(encodePacket({ op: op.message, ver: ver.brotli, body: Buffer.from('no brotli') }));
    server.send([say('still here')]);
    await until('the event after them', () => events.length === 1);
    expect(connector.stats().errors).toEqual({ TRUNCATED_PACKET: 1, FRAME_TOO_LARGE: 1, BAD_COMPRESSION: 1 });
    expect(states).toEqual(['connecting', 'live']);
  });

  test('beats every 30 s also when no beat is ever answered', async () => {
    const server = await serve({ mute: true });
    const { clock, events, states, start } = listen(server);
    await start();
    for (let beat = 1; beat <= 4; beat += 1) {
      await until(`beat ${beat}`, () => server.stats().heartbeats === beat);
      clock.advance(heartbeatMs - 1);
      // Chat keeps the watchdog still; only the beats stay without an answer.
      server.send([say(`chat ${beat}`)]);
      await until('the chat', () => events.length === beat);
      expect(server.stats().heartbeats).toBe(beat);
      clock.advance(1);
    }
    expect(states).toEqual(['connecting', 'live']);
  });

  test('on which nothing comes for 35 s is given up and made anew', async () => {
    const server = await serve();
    const { clock, connector, states, start } = listen(server);
    await start();
    await until('the answer to the first beat', () => connector.stats().frames === 2);
    clock.advance(watchdogMs);
    await until('reconnecting', () => states.includes('reconnecting NOTHING_RECEIVED'));
    expect(server.stats().connections).toBe(1);
    clock.advance(999);
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(server.stats().connections).toBe(1);
    clock.advance(1);
    await until('live again', () => states.at(-1) === 'live');
    expect(server.stats().connections).toBe(2);
    expect(connector.stats().reconnects).toBe(1);
  });

  test('on which heartbeats live but no chat comes is silent, and live again with the next event', async () => {
    const server = await serve();
    const { clock, connector, states, start } = listen(server);
    await start();
    for (let beat = 1; beat <= 2; beat += 1) {
      await until(`answer ${beat}`, () => connector.stats().frames === beat + 1);
      clock.advance(heartbeatMs);
    }
    await until('silent', () => states.at(-1) === 'silent');
    server.send([say('back')]);
    await until('live', () => states.at(-1) === 'live');
  });

  test('that is cut goes on after about a second, and a repeat of what came before is dropped', async () => {
    const server = await serve();
    const { clock, events, states, start } = listen(server);
    await start();
    await until('live', () => states.at(-1) === 'live' && server.stats().heartbeats === 1);
    server.send([say('once')]);
    await until('the event', () => events.length === 1);
    server.cutAll();
    await until('reconnecting', () => states.at(-1)?.startsWith('reconnecting CONNECTION_CLOSED') ?? false);
    clock.advance(1_000);
    await until('live again', () => states.at(-1) === 'live' && server.stats().heartbeats === 2);
    server.send([say('once'), say('twice')]);
    await until('the new event', () => events.length === 2);
    expect(events.map((event) => event.danmaku.content)).toEqual(['once', 'twice']);
  });
});

describe('signing in', () => {
  test('asks for a new token at every connection', async () => {
    const server = await serve();
    let asked = 0;
    const auth = () => {
      asked += 1;
      return asked === 1 ? wire.authBody(server.roomId, '0', 'too old') : server.auth();
    };
    const { clock, states, start } = listen(server, { auth });
    await start();
    await until('refused', () => states.includes('reconnecting AUTH_REFUSED'));
    clock.advance(1_000);
    await until('live', () => states.at(-1) === 'live');
    expect(asked).toBe(2);
  });

  test('that is refused three times ends in an error that says so', async () => {
    const server = await serve();
    const { clock, states, start } = listen(server, { auth: () => wire.authBody(server.roomId, '0', 'wrong') });
    await start();
    for (let attempt = 1; attempt <= 3; attempt += 1) {
      await until(`refusal ${attempt}`, () => server.stats().refused === attempt && states.length > attempt);
      clock.advance(30_000);
    }
    await until('error', () => states.at(-1) === 'error AUTH_REFUSED');
    expect(server.stats().connections).toBe(3);
  });

  test('waits longer after each failure, at most about 30 s, and never twice alike', () => {
    expect([1, 2, 3, 6, 60].map((failures) => backoffMs(failures, () => 0.5))).toEqual([
      1000, 2000, 4000, 30_000, 30_000,
    ]);
    expect(backoffMs(1, () => 0)).toBe(750);
    expect(backoffMs(9, () => 0.999)).toBeLessThanOrEqual(37_500);
  });

  test('with a token that never comes does not hang', async () => {
    const server = await serve();
    let asked = 0;
    const auth = () => (++asked === 1 ? wire.authBody(server.roomId, '0', 'old') : new Promise<string>(() => {}));
    const { clock, connector, states, start } = listen(server, { auth });
    await start();
    await until('refused', () => states.includes('reconnecting AUTH_REFUSED'));
    clock.advance(1_000);
    await until('asking', () => asked === 2);
    clock.advance(10_000);
    await until('too late', () => states.includes('reconnecting AUTH_BODY_LATE'));
    await connector.stop();
    expect(clock.waiting()).toBe(0);
  });

  test('anew follows INTERACTION_END, after which the platform sends nothing', async () => {
    const server = await serve();
    const { clock, states, start } = listen(server);
    await start();
    await until('live', () => states.at(-1) === 'live');
    server.send([{ cmd: 'LIVE_OPEN_PLATFORM_INTERACTION_END', data: { game_id: 'x' } }]);
    await until('reconnecting', () => states.includes('reconnecting INTERACTION_END'));
    clock.advance(1_000);
    await until('live again', () => states.at(-1) === 'live');
  });
});

describe('a slow reader', () => {
  test('gets every gift, the newest comments, and the number of those that were shed', async () => {
    const server = await serve();
    const { connector, start } = listen(server, { limits: { comment: 100, follow: 10, like: 10 } });
    const got: ReceivedDanmaku[] = [];
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    connector.onEvent(async (batch) => {
      got.push(...batch);
      await held;
    });
    await start();
    await until('signed in', () => server.stats().heartbeats > 0);
    server.send([say('first')]);
    await until('the reader is busy', () => got.length === 1);
    const gift = { id: 1, name: '花', price: 100, coin: 'gold' } as const;
    for (let index = 0; index < 1_000; index += 1) {
      const step = { gift, count: 1, tid: String(index + 1), streak: '', soFar: 1 };
      server.send([say(`c${index}`), wire.sendGift(viewer, step, 1_790_000_000_000, room)], 'plain');
    }
    await until('all arrived', () => connector.stats().decoded === 2_001);
    release();
    await connector.stop();
    expect(got.filter((event) => event.danmaku.messageType === 'gift')).toHaveLength(1_000);
    const comments = got
      .filter((event) => event.danmaku.messageType === 'comment')
      .map((event) => event.danmaku.content);
    expect(comments).toHaveLength(101);
    expect(comments.at(-1)).toBe('c999');
    expect(connector.stats()).toMatchObject({ dropped: { comment: 900 }, delivered: 1_101, queued: 0 });
  });

  test('leaves no timer behind when the connector is stopped, and stopping twice is harmless', async () => {
    const server = await serve();
    const { clock, connector, states, start } = listen(server);
    await start();
    await until('live', () => states.at(-1) === 'live');
    await Promise.all([connector.stop(), connector.stop()]);
    await connector.stop();
    expect(clock.waiting()).toBe(0);
    expect(states.at(-1)).toBe('ended');
    await expect(start()).rejects.toMatchObject({ code: 'ALREADY_STARTED' });
  });
});
