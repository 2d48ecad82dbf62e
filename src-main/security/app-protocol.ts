// Serves the windows' pages from app://, never file://, with the content security policy on every answer.
import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';
import { protocol } from 'electron';

export const appOrigin = 'app://timao';

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

/** The policy of every page; styles need the page's own nonce, nothing is loaded from outside. */
export function contentSecurityPolicy(nonce: string): string {
  return [
    "default-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data: blob:",
    "object-src 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "form-action 'none'",
  ].join('; ');
}

/** The file a URL stands for, or null when it lies outside the folder. */
export function fileFor(root: string, url: string): string | null {
  const { pathname, host } = new URL(url);
  if (`app://${host}` !== appOrigin) return null;
  const path = normalize(join(root, decodeURIComponent(pathname)));
  return path.startsWith(root + sep) ? path : null;
}

/** Answers app:// from `root`. */
export function serveApp(root: string): void {
  protocol.handle('app', async (request) => {
    const path = fileFor(root, request.url);
    if (!path) return new Response('not here', { status: 404 });
    const bytes = await readFile(path).catch(() => null);
    if (!bytes) return new Response('not here', { status: 404 });
    const type = types[extname(path)] ?? 'application/octet-stream';
    const headers: Record<string, string> = { 'content-type': type, 'x-content-type-options': 'nosniff' };
    if (!type.startsWith('text/html')) return new Response(new Uint8Array(bytes), { headers });
    const nonce = randomBytes(16).toString('base64');
    headers['content-security-policy'] = contentSecurityPolicy(nonce);
    return new Response(bytes.toString('utf8').replaceAll('__CSP_NONCE__', nonce), { headers });
  });
}
