import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    root: import.meta.dirname,
    include: ['*.e2e.ts'],
    globalSetup: ['../../helpers/temporary-folder.ts'],
    // What throws is to be seen with its stack.
    env: { AUTHKIT_RETHROW: '1' },
    disableConsoleIntercept: true,
    testTimeout: 3_600_000,
  },
});
