import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    root: import.meta.dirname,
    include: ['*.e2e.ts'],
    globalSetup: ['../../helpers/temporary-folder.ts', './setup.ts'],
    testTimeout: 30_000,
    hookTimeout: 180_000,
  },
});
