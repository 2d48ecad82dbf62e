// The test room as a process of its own: --seed N --rate N --port N --room N --token T. Says where it listens as one
// JSON line on stdout, and as a message when it was forked. Ends with its parent, or by a signal.
import { parseArgs } from 'node:util';
import { startSimulatorServer } from './simulator-server.ts';

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    rate: { type: 'string', default: '3' },
    port: { type: 'string', default: '0' },
    room: { type: 'string', default: '900001' },
    token: { type: 'string', default: 'rehearsal' },
  },
});

const server = await startSimulatorServer({
  seed: Number(values.seed),
  ratePerSecond: Number(values.rate),
  port: Number(values.port),
  roomId: Number(values.room),
  token: values.token,
});
const listening = { type: 'listening', port: server.port, endpoint: server.endpoint, roomId: server.roomId };
process.stdout.write(`${JSON.stringify(listening)}\n`);
process.send?.(listening);

const close = () => {
  server.close().then(
    () => process.exit(0),
    () => process.exit(1),
  );
};
process.once('SIGTERM', close);
process.once('SIGINT', close);
process.once('disconnect', close);
