import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['**/node_modules/**', 'test/**/fixtures/**'],
    globalSetup: ['test/helpers/temporary-folder.ts'],
    // A finder that throws must fail its test with a stack, not with the report that users get.
    env: { AUTHKIT_RETHROW: '1' },
    // Vitest leaves one core to itself, which is half of two.
    maxWorkers: '100%',
    // Tests that pack, install or start other programs share two cores with the rest.
    testTimeout: 30_000,
    hookTimeout: 120_000,
  },
});
