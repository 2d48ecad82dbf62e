import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';

const at = (path: string) => resolve(import.meta.dirname, path);

// Node 18 and Chrome 114 are what the oldest Electron in use has (docs/decisions/electron-for-tests.md).
export default defineConfig({
  main: {
    build: {
      target: 'node18',
      outDir: 'out/main',
      externalizeDeps: { exclude: ['zod', '@app/shared'] },
      rollupOptions: {
        input: {
          main: at('src-main/main.ts'),
          engine: at('src-main/engine/engine.ts'),
          inference: at('src-main/inference/inference.ts'),
        },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  preload: {
    build: {
      target: 'node18',
      outDir: 'out/preload',
      isolatedEntries: true,
      externalizeDeps: { exclude: ['@app/shared'] },
      rollupOptions: {
        input: { bridge: at('src-preload/bridge.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: 'src-renderer',
    plugins: [react()],
    build: {
      target: 'chrome114',
      outDir: at('out/renderer'),
      minify: true,
      assetsInlineLimit: 0,
      rollupOptions: {
        input: {
          workstation: at('src-renderer/windows/workstation/index.html'),
          overlay: at('src-renderer/windows/overlay/index.html'),
          capture: at('src-renderer/windows/capture/index.html'),
        },
      },
    },
  },
});
