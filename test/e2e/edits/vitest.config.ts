import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    root: import.meta.dirname,
    include: ['*.e2e.ts'],
    globalSetup: ['../../helpers/temporary-folder.ts', './setup.ts'],
    env: { AUTHKIT_RETHROW: '1' },
    // Vitest leaves one core to itself, which is half of two.
    maxWorkers: '100%',
    testTimeout: 30_000,
    hookTimeout: 300_000,
  },
});
