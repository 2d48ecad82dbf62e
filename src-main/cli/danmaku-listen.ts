import { createBilibiliConnector } from '../engine/danmaku/bilibili-connector.ts';
import { authBody } from '../engine/danmaku/bilibili-wire.ts';
import { ConnectorFailure } from '../engine/danmaku/connector.ts';
import { toLine } from '../engine/danmaku/danmaku-line.ts';
import type { Command, Values } from './command.ts';
import { openOutput, UsageError } from './jsonl.ts';

const usage = 'danmaku listen --platform bilibili --endpoint ws://HOST:PORT/sub --room N [--uid N --token T]';

/** `danmaku listen`: events on stdout as they come, status changes on stderr, until SIGINT or SIGTERM. */
export const command: Command = {
  usage,
  options: {
    platform: { type: 'string' },
    endpoint: { type: 'string' },
    room: { type: 'string' },
    uid: { type: 'string' },
    token: { type: 'string' },
  },
  async run(values) {
    const { endpoint, room, uid, token } = readOptions(values);
    const output = openOutput('-');
    const connector = createBilibiliConnector({
      endpoints: [endpoint],
      auth: () => authBody(room, uid, token),
      source: 'simulator',
      // Here the reader is a file or a program: it may be late, and still gets everything.
      limits: { comment: 5_000_000, follow: 5_000_000, like: 5_000_000 },
    });
    const unwritable = new Promise<Error>((resolve) => {
      connector.onEvent(async (batch) => {
        try {
          for (const { danmaku } of batch) await output.line(toLine(danmaku));
        } catch (error) {
          resolve(error as Error);
        }
      });
    });
    const refused = new Promise<Error>((resolve) => {
      connector.onState((state, detail) => {
        process.stderr.write(`${JSON.stringify({ state, detail, at: Date.now() })}\n`);
        if (state === 'error') resolve(new UsageError(detail));
      });
    });
    const interrupted = new Promise<null>((resolve) => {
      // Stays in place: a second signal, as a wrapper may pass it on, must not cut off what is still being written.
      process.on('SIGINT', () => resolve(null));
      process.on('SIGTERM', () => resolve(null));
    });
    try {
      await connector.start({ platformRoomId: room }, new AbortController().signal);
    } catch (error) {
      if (error instanceof ConnectorFailure) throw new UsageError(error.message);
      throw error;
    }
    const failure = await Promise.race([interrupted, refused, unwritable]);
    await connector.stop();
    process.stderr.write(`${JSON.stringify({ stats: connector.stats() })}\n`);
    if (failure !== null) throw failure;
    await output.end();
  },
};

function readOptions(values: Values): { endpoint: string; room: string; uid: string; token: string } {
  if (values.platform !== 'bilibili') throw new UsageError(`Only bilibili can be listened to. Usage: ${usage}`);
  const { endpoint, room, uid = '0', token = '' } = values;
  if (typeof endpoint !== 'string' || typeof room !== 'string' || !/^\d{1,16}$/.test(room)) {
    throw new UsageError(`--endpoint and a numeric --room are needed. Usage: ${usage}`);
  }
  if (typeof uid !== 'string' || !/^\d{1,16}$/.test(uid) || typeof token !== 'string') {
    throw new UsageError(`--uid must be a number. Usage: ${usage}`);
  }
  return { endpoint, room, uid, token };
}
