/** The unit tests of what `npm run test:mutation` changes (stryker.config.js): each of them runs for each change that it reaches. */
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: [
      'test/analysis/flow/{conditions,conditions-properties,paths,sources,statements,truth}.test.ts',
      'test/analysis/values/*.test.ts',
      'test/playbook/auth-config/{acceptance,authkit,environment,providers,token-keys,token-verify}.test.ts',
    ],
    globalSetup: ['test/helpers/temporary-folder.ts'],
    env: { AUTHKIT_RETHROW: '1' },
    // Mutants that loop are ended by Stryker.
    testTimeout: 30_000,
  },
});
