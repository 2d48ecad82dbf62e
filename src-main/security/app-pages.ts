// Which pages exist and what they may load. Each window kind is an origin of its own, so that zoom and storage of one
// window never reach another. Pure: no electron here.
import { join, normalize, sep } from 'node:path';
import type { WindowKind } from '@app/shared/ipc';

const kinds: readonly WindowKind[] = ['workstation', 'overlay', 'capture'];

/** The origin of a window's page. */
export const originOf = (kind: WindowKind): string => `app://${kind}`;

/** The address of a window's page. */
export const pageUrl = (kind: WindowKind): string => `${originOf(kind)}/windows/${kind}/index.html`;

/** The policy of every answer; styles need the page's own nonce, nothing is framed or loaded from outside. */
export function contentSecurityPolicy(nonce: string): string {
  return [
    "default-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data: blob:",
    "frame-src 'none'",
    "object-src 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "form-action 'none'",
  ].join('; ');
}

/** The file a URL stands for, or null when it is no page of ours or lies outside the folder. */
export function fileFor(root: string, url: string): string | null {
  const { pathname, host } = new URL(url);
  if (!kinds.some((kind) => kind === host)) return null;
  let path: string;
  try {
    path = normalize(join(root, decodeURIComponent(pathname)));
  } catch {
    return null; // a broken percent sign
  }
  return path.startsWith(root + sep) && !path.includes('\0') ? path : null;
}

export type Asker = { kind: WindowKind | null; url: string; isMainFrame: boolean };

const permissions: Partial<Record<string, WindowKind>> = {
  media: 'capture',
  'clipboard-sanitized-write': 'workstation', // an error code is copied
};

/** Whether a window's own page gets a permission: the devices for capture, copying for the workstation, no other. */
export function mayHave(permission: string, { kind, url, isMainFrame }: Asker): boolean {
  if (kind === null || !isMainFrame || !Object.hasOwn(permissions, permission)) return false;
  return permissions[permission] === kind && (url === originOf(kind) || url.startsWith(`${originOf(kind)}/`));
}
