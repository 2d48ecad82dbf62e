// The app's outbox against the real server on a real Postgres, with a network between them that loses and cuts.
import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { makeUuidv7 } from '@app/shared/uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeSummary } from '../../src-main/engine/report/summary.ts';
import { openStore, type Store } from '../../src-main/engine/store/store.ts';
import { makeHlc } from '../../src-main/engine/sync/hlc.ts';
import { makePairing, type Pairing } from '../../src-main/engine/sync/pairing.ts';
import { startUploader, summaryConsent, type Uploader } from '../../src-main/engine/sync/uploader.ts';
import { type Agency, makeAgency, makeInvite } from '../../sync-server/src/testing/people.ts';
import { openTestServer, type TestServer } from '../../sync-server/src/testing/test-server.ts';

const newId = makeUuidv7(Date.now, randomBytes);
let server: TestServer;
let agency: Agency;
let network: Network;

beforeAll(async () => {
  server = await openTestServer();
  agency = await makeAgency(server, 'outbox');
  const address = await server.app.listen({ host: '127.0.0.1', port: 0 });
  network = await openNetwork(address);
});
afterAll(async () => {
  await network.close();
  await server.close();
});

type Fault = 'none' | 'lost-request' | 'lost-answer' | 'away';
type Network = { url: string; next: (path: string) => Fault; faults: number; close(): Promise<void> };

/** A proxy that may lose a request before the server hears it, or the answer after the server acted. */
async function openNetwork(target: string): Promise<Network> {
  const network: Network = { url: '', next: () => 'none', faults: 0, close: async () => undefined };
  const proxy: Server = createServer((incoming: IncomingMessage, outgoing: ServerResponse) => {
    const fault = network.next(incoming.url ?? '');
    if (fault !== 'none') network.faults += 1;
    if (fault === 'lost-request' || fault === 'away') return void incoming.socket.destroy();
    const url = new URL(incoming.url ?? '/', target);
    const forward = request(
      url,
      { method: incoming.method, headers: { ...incoming.headers, host: url.host } },
      (answer) => {
        if (fault === 'lost-answer') {
          answer.resume();
          answer.on('end', () => incoming.socket.destroy());
          return;
        }
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(outgoing);
      },
    );
    forward.on('error', () => incoming.socket.destroy());
    incoming.pipe(forward);
  });
  await new Promise<void>((done) => proxy.listen(0, '127.0.0.1', done));
  network.url = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
  network.close = () => new Promise((done) => void proxy.close(() => done()));
  return network;
}

function openDevice() {
  const secrets = new Map<string, string>();
  const store = openStore(':memory:');
  const keep = {
    get: (name: string) => secrets.get(name) ?? null,
    set: (name: string, value: string | null) =>
      void (value === null ? secrets.delete(name) : secrets.set(name, value)),
  };
  return { store, pairing: makePairing(store, keep, Date.now), secrets };
}
async function pair(pairing: Pairing, store: Store): Promise<void> {
  const code = await makeInvite(server, agency, { role: 'streamer', username: `主播${newId().slice(-6)}` });
  await pairing.redeem({ serverUrl: network.url, code, name: 'PC' }, { os: 'linux', version: '0.1.0' });
  store.consent.set(summaryConsent, true, Date.now());
  for (const { version } of store.consent.untold()) store.consent.told(version, Date.now());
}
const run = (store: Store, pairing: Pairing) =>
  startUploader({
    store,
    pairing,
    now: Date.now,
    random: Math.random,
    onStatus: () => undefined,
    steadyMs: 20,
    firstBackOffMs: 5,
  });

/** Closes a session of one minute and queues its summary, as the engine does. */
function closeSession(store: Store, hlc: string): string {
  const at = Date.now() - 60_000;
  const room = { platform: 'bilibili' as const, platformRoomId: '1', roomName: '彩排房间' };
  const session = store.startSession({ id: newId(), roomId: newId(), source: 'rehearsal', at }, room);
  store.saveSummary(makeSummary(session, [], at + 60_000), Date.now(), { hlc });
  return session.id;
}
async function until(what: string, test: () => boolean, withinMs = 20_000): Promise<void> {
  for (const end = Date.now() + withinMs; Date.now() < end; ) {
    if (test()) return;
    await new Promise((done) => setTimeout(done, 10));
  }
  throw new Error(`${what}: not within ${withinMs} ms`);
}
async function onServer(ids: string[]): Promise<number> {
  const { body } = await server.call('GET', '/v2/sessions?limit=200', { token: agency.admin.token });
  return (body.items as { id: string }[]).filter((row) => ids.includes(row.id)).length;
}

test('every summary arrives exactly once through a network that loses requests and answers, without a local write', async () => {
  const { store, pairing } = openDevice();
  await pair(pairing, store);
  const hlc = makeHlc('0000abcd', Date.now);
  let turn = 0;
  const faults: Fault[] = ['lost-answer', 'none', 'lost-request', 'lost-answer', 'lost-request', 'none'];
  network.next = (path) => (path.includes('/push') ? faults[turn++ % faults.length]! : 'none');
  const ids: string[] = [];
  const uploader = run(store, pairing);
  for (let index = 0; index < 40; index++) {
    ids.push(closeSession(store, hlc.next()));
    if (index % 2 === 0) uploader.nudge();
    await new Promise((done) => setTimeout(done, 20));
  }
  await until('outbox empty', () => store.outbox.counts().waiting === 0);
  await uploader.stop();
  network.next = () => 'none';
  expect(network.faults).toBeGreaterThan(3);
  expect(store.outbox.counts()).toEqual({ waiting: 0, rejected: 0 });
  expect(await onServer(ids)).toBe(40);
  store.close();
});

test('while the server is away the outbox waits and says so, and it empties by itself when the server is back', async () => {
  const { store, pairing } = openDevice();
  await pair(pairing, store);
  network.next = () => 'away';
  const id = closeSession(store, makeHlc('0000abce', Date.now).next());
  const uploader = run(store, pairing);
  await until('said', () => uploader.status.lastError === 'SERVER_AWAY');
  expect(store.outbox.counts().waiting).toBe(1);
  network.next = () => 'none';
  await until('outbox empty', () => store.outbox.counts().waiting === 0);
  await until('no error any more', () => uploader.status.lastError === null);
  await uploader.stop();
  expect(await onServer([id])).toBe(1);
  store.close();
});

test('nothing leaves without consent, and a withdrawal takes back what had arrived', async () => {
  const { store, pairing } = openDevice();
  await pair(pairing, store);
  const hlc = makeHlc('0000abcf', Date.now);
  const sent = closeSession(store, hlc.next());
  let uploader: Uploader = run(store, pairing);
  await until('sent', () => store.outbox.counts().waiting === 0);
  expect(await onServer([sent])).toBe(1);
  store.consent.set(summaryConsent, false, Date.now());
  const kept = closeSession(store, hlc.next());
  uploader.nudge();
  await until('the server knows', () => store.consent.untold().length === 0);
  await uploader.stop();
  expect(store.outbox.counts().waiting).toBe(1);
  expect(await onServer([sent, kept])).toBe(0);

  uploader = run(store, pairing);
  await new Promise((done) => setTimeout(done, 100));
  await uploader.stop();
  expect(await onServer([sent, kept])).toBe(0);
  store.close();
});

test('a wrong code is refused with its reason and leaves the device unpaired', async () => {
  const { pairing, store, secrets } = openDevice();
  const wrong = pairing.redeem(
    { serverUrl: network.url, code: 'ABCDE-FGHJK', name: 'PC' },
    { os: 'linux', version: '1' },
  );
  await expect(wrong).rejects.toMatchObject({ code: 'CODE_NOT_VALID' });
  network.next = () => 'away';
  const away = pairing.redeem(
    { serverUrl: network.url, code: 'ABCDE-FGHJK', name: 'PC' },
    { os: 'linux', version: '1' },
  );
  await expect(away).rejects.toMatchObject({ code: 'SERVER_AWAY' });
  network.next = () => 'none';
  expect(pairing.current()).toBeNull();
  expect(secrets.size).toBe(0);
  store.close();
});

test('after the server was restored, everything the device holds is pushed again under the new epoch', async () => {
  const { store, pairing } = openDevice();
  await pair(pairing, store);
  const hlc = makeHlc('0000abd0', Date.now);
  const ids = [closeSession(store, hlc.next()), closeSession(store, hlc.next())];
  const uploader = run(store, pairing);
  await until('sent', () => store.outbox.counts().waiting === 0);
  const known = pairing.current()!;
  pairing.save({ ...known, epoch: 'an-older-epoch' });
  ids.push(closeSession(store, hlc.next()));
  uploader.nudge();
  await until('sent again', () => store.outbox.counts().waiting === 0 && pairing.current()?.epoch === known.epoch);
  await uploader.stop();
  expect(await onServer(ids)).toBe(3);
  expect(store.outbox.counts()).toEqual({ waiting: 0, rejected: 0 });
  store.close();
});

test('an erase takes back from the server what it had, through lost answers and without consent, and a new session still arrives', async () => {
  const { store, pairing } = openDevice();
  await pair(pairing, store);
  const hlc = makeHlc('0000abd1', Date.now);
  const sent = [closeSession(store, hlc.next()), closeSession(store, hlc.next())];
  const uploader = run(store, pairing);
  await until('sent', () => store.outbox.counts().waiting === 0);
  // This one's answer is lost: the server has it, and the device does not know.
  let isLost = false;
  network.next = (path) => {
    if (!path.includes('/push')) return 'none';
    const fault: Fault = isLost ? 'away' : 'lost-answer';
    isLost = true;
    return fault;
  };
  const unsure = closeSession(store, hlc.next());
  uploader.nudge();
  await until('the answer is lost', () => isLost && uploader.status.lastError === 'SERVER_AWAY');
  expect(await onServer([...sent, unsure])).toBe(3);

  store.consent.set(summaryConsent, false, Date.now());
  for (const { version } of store.consent.untold()) store.consent.told(version, Date.now());
  store.erase();
  expect(store.sessions(10)).toEqual([]);
  let turn = 0;
  network.next = (path) => (path.includes('/push') && turn++ % 2 === 0 ? 'lost-answer' : 'none');
  uploader.nudge();
  await until('taken back', () => store.outbox.counts().waiting === 0);
  network.next = () => 'none';
  expect(await onServer([...sent, unsure])).toBe(0);
  expect(store.outbox.counts()).toEqual({ waiting: 0, rejected: 0 });

  store.consent.set(summaryConsent, true, Date.now());
  const next = closeSession(store, hlc.next());
  uploader.nudge();
  await until('the next one is sent', () => store.outbox.counts().waiting === 0);
  await uploader.stop();
  expect(await onServer([next])).toBe(1);
  store.close();
});

test('an erase during a push does not lose the deletion of what is being pushed', async () => {
  const { store, pairing } = openDevice();
  await pair(pairing, store);
  const id = closeSession(store, makeHlc('0000abd2', Date.now).next());
  let erased = false;
  network.next = (path) => {
    if (path.includes('/push') && !erased) {
      erased = true;
      store.erase();
    }
    return 'none';
  };
  const uploader = run(store, pairing);
  await until('pushed and taken back', () => erased && store.outbox.counts().waiting === 0);
  await uploader.stop();
  network.next = () => 'none';
  expect(await onServer([id])).toBe(0);
  store.close();
});

test('a summary that waits for one agency never goes to another', async () => {
  const { store, pairing } = openDevice();
  await pair(pairing, store);
  const own = closeSession(store, makeHlc('0000abd3', Date.now).next());
  pairing.remove();
  const other = await makeAgency(server, 'another');
  const code = await makeInvite(server, other, { role: 'streamer', username: `主播${newId().slice(-6)}` });
  await pairing.redeem({ serverUrl: network.url, code, name: 'PC' }, { os: 'linux', version: '0.1.0' });
  const uploader = run(store, pairing);
  const next = closeSession(store, makeHlc('0000abd3', Date.now).next());
  uploader.nudge();
  await until('sent', () => store.outbox.counts().waiting === 0);
  await uploader.stop();
  const { body } = await server.call('GET', '/v2/sessions?limit=200', { token: other.admin.token });
  expect((body.items as { id: string }[]).map((row) => row.id)).toEqual([next]);
  expect(store.outbox.state(own)).toBe('local');
  store.close();
});
