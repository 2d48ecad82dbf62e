import react from '@vitejs/plugin-react';
import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';

const chromium = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'plain',
          include: ['{src-shared,src-main,sync-server,scripts,tests}/**/*.test.ts'],
          exclude: [
            'tests/architecture.test.ts',
            '**/*.pg.test.ts',
            '**/*.browser.test.ts',
            '**/*.browser.test.tsx',
            '**/node_modules/**',
          ],
          testTimeout: 20_000,
        },
      },
      { test: { name: 'architecture', include: ['tests/architecture.test.ts'] } },
      {
        test: {
          name: 'postgres',
          include: ['{sync-server/src,tests}/**/*.pg.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 120_000,
          fileParallelism: false,
        },
      },
      {
        plugins: [react()],
        test: {
          name: 'window',
          include: ['{src-renderer,sync-server/admin}/**/*.browser.test.{ts,tsx}'],
          testTimeout: 30_000,
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({ launchOptions: { executablePath: chromium, args: ['--no-sandbox'] } }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
    ],
  },
});
