import { once } from 'node:events';
import { type AddressInfo, createServer, connect as openSocket, type Server, type Socket } from 'node:net';

/** A way to the database that can be cut and mended, as a network would be. */
export async function openWay(
  target: URL,
): Promise<{ url: string; cut(): void; mend(): Promise<void>; close(): void }> {
  const sockets = new Set<Socket>();
  const makeServer = () =>
    createServer((near) => {
      const far = openSocket(Number(target.port || 5432), target.hostname);
      for (const socket of [near, far]) {
        sockets.add(socket);
        socket.on('error', () => undefined).on('close', () => [near, far].forEach((one) => void one.destroy()));
      }
      near.pipe(far).pipe(near);
    });
  let server: Server = makeServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const url = new URL(target);
  url.host = `127.0.0.1:${port}`;
  const cut = () => {
    server.close();
    for (const socket of sockets) socket.destroy();
    sockets.clear();
  };
  return {
    url: url.href,
    cut,
    async mend() {
      server = makeServer().listen(port, '127.0.0.1');
      await once(server, 'listening');
    },
    close: cut,
  };
}
