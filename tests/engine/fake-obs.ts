// A server that speaks obs-websocket 5 as OBS does: hello, challenge, identified, and the requests that the app makes.
import { createHash } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';

const sha = (text: string) => createHash('sha256').update(text).digest('base64');

export type FakeObs = {
  port: number;
  /** Cumulative counters, as OBS's own; each look adds 60 rendered frames. */
  figures: Record<'renderSkippedFrames' | 'renderTotalFrames' | 'outputSkippedFrames' | 'outputTotalFrames', number>;
  /** `isMute`: it takes requests and answers none; `skipEachLook`: frames skipped between two looks. */
  state: { isMute: boolean; skipEachLook: number };
  stop(): Promise<void>;
};

/** Starts OBS's side on loopback; with a password it asks for the challenge's answer and closes with 4009 on a wrong one. */
export async function startObs(options: { password?: string; port?: number } = {}): Promise<FakeObs> {
  const figures = { renderSkippedFrames: 0, renderTotalFrames: 0, outputSkippedFrames: 0, outputTotalFrames: 0 };
  const state = { isMute: false, skipEachLook: 0 };
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
      if (d.requestType === 'GetStats') {
        figures.renderTotalFrames += 60;
        figures.renderSkippedFrames += state.skipEachLook;
      }
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
  return { port, figures, state, stop };
}
