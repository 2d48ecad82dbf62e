// The server as a process: one JSON line on stdout when it listens, ends on SIGTERM, SIGINT or when its parent goes.
import type { ReadyLine } from '@app/shared/api';
import { StartFailure } from './config.ts';
import { startServer } from './server.ts';

const server = await startServer({ env: process.env }).catch((error: unknown) => {
  process.stderr.write(
    `${error instanceof StartFailure ? error.message : error instanceof Error ? error.stack : String(error)}\n`,
  );
  process.exit(error instanceof StartFailure ? 2 : 1);
});
const line: ReadyLine = { ready: true, url: server.url, first_admin_link: server.firstAdminLink };
process.stdout.write(`${JSON.stringify(line)}\n`);

const stop = () => {
  server.stop().then(
    () => process.exit(0),
    () => process.exit(1),
  );
};
process.on('SIGTERM', stop);
process.on('SIGINT', stop);
process.on('disconnect', stop);
