// The server as a process: one JSON line on stdout when it listens, ends on SIGTERM, SIGINT or when its parent goes.
import type { ReadyLine } from '@app/shared/api';
import { StartFailure } from './config.ts';
import { startServer } from './server.ts';

let onLost: (failure: StartFailure) => void = () => undefined;
const lost = new Promise<StartFailure>((resolve) => {
  onLost = resolve;
});
const server = await startServer({ env: process.env, onLost }).catch((error: unknown) => {
  process.stderr.write(
    `${error instanceof StartFailure ? error.message : error instanceof Error ? error.stack : String(error)}\n`,
  );
  process.exit(error instanceof StartFailure ? 2 : 1);
});
const line: ReadyLine = { ready: true, url: server.url, first_admin_link: server.firstAdminLink };
process.stdout.write(`${JSON.stringify(line)}\n`);

const stop = (code: number) => {
  server.stop().then(
    () => process.exit(code),
    () => process.exit(code || 1),
  );
};
process.on('SIGTERM', () => stop(0));
process.on('SIGINT', () => stop(0));
process.on('disconnect', () => stop(0));
void lost.then((failure) => {
  process.stderr.write(`${failure.message}\n`);
  stop(2);
});
