import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    root: import.meta.dirname,
    include: ['*.e2e.ts'],
    globalSetup: ['../../helpers/temporary-folder.ts', './setup.ts'],
    // One app, one browser, and fixed ports.
    fileParallelism: false,
    // They take turns (stage/turns.ts), so that the clock of a test runs while it waits for its own. What it waits for then has a limit that tells what it is.
    maxConcurrency: 1000,
    testTimeout: 900_000,
    hookTimeout: 120_000,
  },
});
