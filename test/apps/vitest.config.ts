import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    root: join(import.meta.dirname, '../..'),
    include: ['test/apps/*.test.ts'],
    globalSetup: ['test/helpers/temporary-folder.ts'],
    env: { AUTHKIT_RETHROW: '1' },
    // So long that a busy machine decides nothing.
    testTimeout: 30_000,
    teardownTimeout: 60_000,
  },
});
