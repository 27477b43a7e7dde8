import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    root: import.meta.dirname,
    include: ['*.e2e.ts'],
    globalSetup: ['../../helpers/temporary-folder.ts', './setup.ts'],
    // One app, one browser, and fixed ports.
    fileParallelism: false,
    maxConcurrency: 8,
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
