// Where danmaku come from: the rehearsal's own simulated room, a loopback room of somebody else, or a recording.
import type { Input } from '@app/shared/ipc';
import type { EngineConfig } from './config.ts';
import { createBilibiliConnector } from './danmaku/bilibili-connector.ts';
import { authBody } from './danmaku/bilibili-wire.ts';
import type { Connector } from './danmaku/connector.ts';
import { createReplayConnector } from './danmaku/replay-connector.ts';
import { startSimulatorServer } from './danmaku/simulator-server.ts';
import type { Room } from './store/store.ts';

export type OpenRoom = { room: Room; source: 'rehearsal' | 'replay'; connector: Connector; close(): Promise<void> };

const roomOfOthers = '900001';

/** Opens the room that a start asks for; `close` ends what was opened beside the connector. */
export async function openRoom(wanted: Input<'session.start'>, config: EngineConfig): Promise<OpenRoom> {
  if (wanted.source === 'replay') {
    const connector = createReplayConnector({ path: wanted.path, platform: 'bilibili', speed: wanted.speed });
    const room = { platform: 'bilibili' as const, platformRoomId: 'replay', roomName: '回放' };
    return { room, source: 'replay', connector, close: async () => undefined };
  }
  if (config.endpoint) {
    const auth = () => authBody(roomOfOthers, '0', 'rehearsal');
    const connector = createBilibiliConnector({ endpoints: [config.endpoint], auth, source: 'simulator' });
    const room = { platform: 'bilibili' as const, platformRoomId: roomOfOthers, roomName: '彩排房间' };
    return { room, source: 'rehearsal', connector, close: async () => undefined };
  }
  const seed = Math.floor(Math.random() * 1_000_000);
  const server = await startSimulatorServer({ seed, ...(config.rate ? { ratePerSecond: config.rate } : {}) });
  const auth = () => server.auth();
  const connector = createBilibiliConnector({ endpoints: [server.endpoint], auth, source: 'simulator' });
  const room = { platform: 'bilibili' as const, platformRoomId: server.roomId, roomName: '彩排房间' };
  return { room, source: 'rehearsal', connector, close: () => server.close() };
}
