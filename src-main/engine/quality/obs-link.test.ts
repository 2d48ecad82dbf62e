import { createHash } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import type { ObsView } from '@app/shared/view';
import { afterEach, expect, test, vi } from 'vitest';
import { type WebSocket, WebSocketServer } from 'ws';
import { makeObsLink, skippedShare } from './obs-link.ts';

const stops: (() => unknown)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

const sha = (text: string) => createHash('sha256').update(text).digest('base64');

/** A server that speaks obs-websocket 5: hello, challenge, identified, and the two requests that the link makes. */
async function startObs(options: { password?: string; port?: number } = {}) {
  const figures = { renderSkippedFrames: 0, renderTotalFrames: 0, outputSkippedFrames: 0, outputTotalFrames: 0 };
  const state = { isMute: false };
  const server = new WebSocketServer({ host: '127.0.0.1', port: options.port ?? 0 });
  await new Promise((resolve) => server.once('listening', resolve));
  const challenge = { salt: 'c2FsdA==', challenge: 'Y2hhbGxlbmdl' };
  const greet = (socket: WebSocket) => {
    const send = (op: number, d: object) => socket.send(JSON.stringify({ op, d }));
    const base = { obsWebSocketVersion: '5.5.2', rpcVersion: 1 };
    send(0, options.password ? { ...base, authentication: challenge } : base);
    socket.on('message', (raw) => {
      const { op, d } = JSON.parse(String(raw));
      if (op === 1) {
        const want = sha(sha(`${options.password}${challenge.salt}`) + challenge.challenge);
        if (options.password && d.authentication !== want) return socket.close(4009, 'Authentication failed.');
        return send(2, { negotiatedRpcVersion: 1 });
      }
      if (op !== 6 || state.isMute) return;
      figures.renderTotalFrames += 60;
      const stats = { cpuUsage: 8.6, memoryUsage: 300, activeFps: 59.94, ...figures };
      const responseData = d.requestType === 'GetStats' ? stats : { outputActive: true };
      send(7, {
        requestType: d.requestType,
        requestId: d.requestId,
        requestStatus: { result: true, code: 100 },
        responseData,
      });
    });
  };
  server.on('connection', greet);
  const port = (server.address() as AddressInfo).port;
  const stop = async () => {
    for (const socket of server.clients) socket.terminate();
    await new Promise((resolve) => server.close(resolve));
  };
  stops.push(stop);
  return { port, figures, state, stop };
}

function openLink(password: string | null = null) {
  const seen: ObsView[] = [];
  const link = makeObsLink({ password: () => password, onChange: (view) => void seen.push(view), random: () => 0 });
  stops.push(() => link.stop());
  return { link, seen };
}

test('with the right password the figures come, and skipped frames are the share since the last look', async () => {
  const obs = await startObs({ password: 'geheim' });
  const { link } = openLink('geheim');
  link.apply({ enabled: true, port: obs.port });
  await vi.waitFor(() => expect(link.view).toMatchObject({ state: 'connected', fps: 60, streaming: true }), 3_000);
  obs.figures.renderSkippedFrames = 6;
  await vi.waitFor(() => expect(link.view.skippedShare).toBeGreaterThanOrEqual(0.04), 3_000);
});

test.each([
  ['a wrong password', 'falsch'],
  ['no password', null],
])('%s is said as such, not as OBS being away', async (_name, password) => {
  const obs = await startObs({ password: 'geheim' });
  const { link } = openLink(password);
  link.apply({ enabled: true, port: obs.port });
  await vi.waitFor(() => expect(link.view.state).toBe('refused'), 3_000);
});

test('OBS that is closed is away, and is found again when it comes back', async () => {
  const obs = await startObs();
  const { link } = openLink();
  link.apply({ enabled: true, port: obs.port });
  await vi.waitFor(() => expect(link.view.state).toBe('connected'), 3_000);
  await obs.stop();
  await vi.waitFor(() => expect(link.view.state).toBe('away'), 3_000);
  await startObs({ port: obs.port });
  await vi.waitFor(() => expect(link.view.state).toBe('connected'), 8_000);
});

test('OBS that answers no more, as after sleep, is away after three seconds', async () => {
  const obs = await startObs();
  const { link } = openLink();
  link.apply({ enabled: true, port: obs.port });
  await vi.waitFor(() => expect(link.view.state).toBe('connected'), 3_000);
  obs.state.isMute = true;
  await vi.waitFor(() => expect(link.view.state).toBe('away'), 7_000);
});

test('turned off it lets go at once and says nothing more', async () => {
  const obs = await startObs();
  const { link, seen } = openLink();
  link.apply({ enabled: true, port: obs.port });
  await vi.waitFor(() => expect(link.view.state).toBe('connected'), 3_000);
  link.apply({ enabled: false, port: obs.port });
  await vi.waitFor(() => expect(link.view.state).toBe('off'), 3_000);
  expect(seen.at(-1)).toEqual({ state: 'off', skippedShare: null, fps: null, cpuPercent: null, streaming: null });
});

test('counters that began anew, or stood still, give no share', () => {
  expect(skippedShare(null, { skipped: 5, total: 100 })).toBeNull();
  expect(skippedShare({ skipped: 50, total: 1_000 }, { skipped: 0, total: 60 })).toBeNull();
  expect(skippedShare({ skipped: 5, total: 100 }, { skipped: 5, total: 100 })).toBeNull();
  expect(skippedShare({ skipped: 5, total: 100 }, { skipped: 8, total: 160 })).toBeCloseTo(0.05, 9);
});
