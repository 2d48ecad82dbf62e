// A simulated Bilibili room for the whole-app tests, run as a process of its own; it says what its parent tells it.
import { danmuMsg } from '../../src-main/engine/danmaku/bilibili-wire.ts';
import { startSimulatorServer } from '../../src-main/engine/danmaku/simulator-server.ts';

export type RoomOrder =
  | { type: 'say'; viewer: number; text: string }
  | { type: 'raw'; bytes: Uint8Array }
  | { type: 'cut' };

const rate = Number(process.argv[2] ?? 0);
/** Invented people, told apart by their number. */
const viewerOf = (n: number) => ({
  uid: String(9_000_100_000_000_000 + n),
  name: `测试观众${n}`,
  medalLevel: 0,
  guardLevel: 0 as const,
  admin: false,
});
const server = await startSimulatorServer({ ratePerSecond: rate, seed: 11 });
const room = { roomId: Number(server.roomId), anchorUid: 1 };

process.on('message', (order: RoomOrder) => {
  if (order.type === 'say') server.send([danmuMsg(viewerOf(order.viewer), order.text, Date.now(), room)], 'brotli');
  else if (order.type === 'raw') server.sendRaw(order.bytes);
  else if (order.type === 'cut') server.cutAll();
});
process.once('disconnect', () => void server.close().finally(() => process.exit(0)));
process.send?.({ endpoint: server.endpoint });
