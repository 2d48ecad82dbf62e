import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

// The server puts a fresh nonce in the place of this word on every page it sends (sync-server/src/http/admin-page.ts).
const noncePlaceholder = '__CSP_NONCE__';

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  html: { cspNonce: noncePlaceholder },
  build: {
    // The oldest Electron in use takes the picture of this page.
    target: 'chrome114',
    outDir: resolve(import.meta.dirname, '../../out/admin'),
    emptyOutDir: true,
    // The content policy lets no data: script or font in.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1200,
  },
  // Serves the page with live reload against a server that runs; its Origin check wants the same host and port.
  server: { proxy: { '/v2': { target: 'http://127.0.0.1:10090', changeOrigin: false } } },
});
