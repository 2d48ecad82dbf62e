import { join } from 'node:path';
import { expect, test } from 'vitest';
import { contentSecurityPolicy, fileFor, mayHave, pageUrl } from './app-pages.ts';

const root = join('/app', 'out', 'renderer');
const capture = { kind: 'capture' as const, url: 'app://capture', isMainFrame: true };

test('a page of each window is served, and nothing outside the folder is', () => {
  expect(fileFor(root, pageUrl('overlay'))).toBe(join(root, 'windows', 'overlay', 'index.html'));
  expect(fileFor(root, 'app://overlay/../%2e%2e/main.cjs')).toBe(join(root, 'main.cjs'));
  for (const url of [
    'app://overlay/..%2f..%2fmain/main.cjs',
    'app://overlay/a%00.html',
    'app://overlay/%E0%A4%A',
    'app://elsewhere/windows/overlay/index.html',
    'app://overlay.evil/windows/overlay/index.html',
  ]) {
    expect(fileFor(root, url), url).toBeNull();
  }
});

test('the policy lets no page be framed, frame others, load from outside or run a script of its own', () => {
  const policy = contentSecurityPolicy('abc');
  for (const part of [
    "default-src 'self'",
    "frame-src 'none'",
    "frame-ancestors 'none'",
    "style-src 'self' 'nonce-abc'",
  ])
    expect(policy).toContain(part);
  expect(policy).not.toMatch(/unsafe|https?:|\*/);
});

test('camera and microphone are for the top frame of the capture page; everything else is refused', () => {
  expect(mayHave('media', capture)).toBe(true);
  expect(mayHave('media', { ...capture, url: pageUrl('capture') })).toBe(true);
  expect(mayHave('media', { ...capture, kind: 'workstation' })).toBe(false);
  expect(mayHave('media', { ...capture, kind: null })).toBe(false);
  expect(mayHave('media', { ...capture, isMainFrame: false })).toBe(false);
  for (const url of ['app://overlay', 'https://capture', 'app://capture.evil', ''])
    expect(mayHave('media', { ...capture, url }), url).toBe(false);
  expect(mayHave('clipboard-sanitized-write', { ...capture, kind: 'overlay', url: 'app://overlay' })).toBe(false);
  for (const permission of ['geolocation', 'display-capture', 'clipboard-read', 'openExternal', 'hid', 'toString'])
    expect(mayHave(permission, capture), permission).toBe(false);
});
