// Serves the built agency web: files as they are, every other page is index.html with a fresh nonce for its styles.
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

/** What stands in index.html where the nonce goes; Vite puts it there by `html.cspNonce`. */
export const noncePlaceholder = '__CSP_NONCE__';

/** The policy of every page: own files only, no inline script, inline styles only with the nonce. */
export function contentPolicy(nonce: string | null): string {
  const style = nonce ? `'self' 'nonce-${nonce}'` : "'self'";
  return `default-src 'self'; script-src 'self'; style-src ${style}; img-src 'self' data: blob:; connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'`;
}

/** Adds the files of `folder`; the returned function answers page addresses and says whether it did. */
export function addAdminPage(
  app: FastifyInstance,
  folder: string,
): (request: FastifyRequest, reply: FastifyReply) => boolean {
  const page = readFileSync(join(folder, 'index.html'), 'utf8');
  void app.register(fastifyStatic, {
    root: folder,
    index: false,
    wildcard: false,
    globIgnore: ['index.html'],
    setHeaders: (reply, path) =>
      void reply.header(
        'cache-control',
        path.includes('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
      ),
  });
  return (request, reply) => {
    const isPage = (request.method === 'GET' || request.method === 'HEAD') && !/^\/(v2|docs|openapi)/.test(request.url);
    // A missing script must be a 404, not a page.
    if (!isPage || /\.\w+$/.test(request.url.split('?', 1)[0] ?? '')) return false;
    const nonce = randomBytes(16).toString('base64');
    void reply.code(200).headers({ 'content-security-policy': contentPolicy(nonce), 'cache-control': 'no-store' });
    void reply.type('text/html; charset=utf-8').send(page.replaceAll(noncePlaceholder, nonce));
    return true;
  };
}

/** The folder when an agency web was built there, else null. */
export const findAdminFolder = (folder: string): string | null =>
  existsSync(join(folder, 'index.html')) ? folder : null;
