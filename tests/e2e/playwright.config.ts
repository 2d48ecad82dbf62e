import { defineConfig } from '@playwright/test';

// One app at a time: each needs the screen, the hotkeys and the processor for itself.
export default defineConfig({
  testDir: '.',
  outputDir: '../../out/test/e2e',
  workers: 1,
  fullyParallel: false,
  timeout: 120_000,
  expect: { timeout: 15_000 },
  reporter: [['list']],
});
