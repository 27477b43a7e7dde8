import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    root: import.meta.dirname,
    include: ['*.e2e.ts'],
    globalSetup: ['../../helpers/temporary-folder.ts'],
    // Vitest leaves one core to itself, which is half of two.
    maxWorkers: '100%',
    testTimeout: 180_000,
    hookTimeout: 300_000,
  },
});
