// Serves the windows' pages from app://, never file://, with the content security policy on every answer.
import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { protocol } from 'electron';
import { contentSecurityPolicy, fileFor } from './app-pages.ts';

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.json': 'application/json',
};

/** Must run before the app is ready. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ]);
}

/** Answers app:// from `root`. */
export function serveApp(root: string): void {
  protocol.handle('app', async (request) => {
    const nonce = randomBytes(16).toString('base64');
    const headers: Record<string, string> = {
      'x-content-type-options': 'nosniff',
      'content-security-policy': contentSecurityPolicy(nonce),
    };
    const path = fileFor(root, request.url);
    const bytes = path && (await readFile(path).catch(() => null));
    if (!path || !bytes) return new Response('not here', { status: 404, headers });
    const type = types[extname(path)] ?? 'application/octet-stream';
    headers['content-type'] = type;
    if (!type.startsWith('text/html')) return new Response(new Uint8Array(bytes), { headers });
    return new Response(bytes.toString('utf8').replaceAll('__CSP_NONCE__', nonce), { headers });
  });
}
