// Bodies may come compressed. The limit of the route counts what comes out, so that a small bomb cannot fill memory.
import { constants, createGunzip, createZstdDecompress } from 'node:zlib';
import type { FastifyInstance } from 'fastify';
import { ApiFailure } from './failure.ts';

// 8 MiB, what the levels that are in use need; a body may ask for 128 MiB of memory before it holds a byte.
const zstdWindowLog = 23;
const openers: Record<string, () => ReturnType<typeof createGunzip>> = {
  gzip: createGunzip,
  zstd: () => createZstdDecompress({ params: { [constants.ZSTD_d_windowLogMax]: zstdWindowLog } }),
};

/** Opens gzip and zstd bodies of every route; any other encoding is UNSUPPORTED_MEDIA. */
export function addCompressedBodies(app: FastifyInstance): void {
  app.addHook('preParsing', async (request, _reply, payload) => {
    const encoding = request.headers['content-encoding']?.trim().toLowerCase();
    if (!encoding || encoding === 'identity') return payload;
    const open = Object.hasOwn(openers, encoding) ? openers[encoding] : undefined;
    if (!open) throw new ApiFailure('UNSUPPORTED_MEDIA', 'Content-Encoding must be gzip or zstd.');
    const opened = Object.assign(open(), { receivedEncodedLength: 0 });
    payload.on('data', (chunk: Buffer) => {
      opened.receivedEncodedLength += chunk.length;
    });
    payload.on('error', (error) => opened.destroy(error));
    opened.on('error', (error: Error) =>
      Object.assign(error, { statusCode: 400, message: 'The compressed body cannot be read.' }),
    );
    // Whoever stops reading (limit passed, caller gone) also stops the unpacking.
    request.raw.once('close', () => opened.destroy());
    return payload.pipe(opened);
  });
}
