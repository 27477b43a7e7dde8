import { defineConfig } from 'vitest/config';
import { CELLS, nameOf } from './cells.ts';

const ROOT = `${import.meta.dirname}/../../..`;
const SETUP = ['test/helpers/temporary-folder.ts', 'test/e2e/matrix/setup.ts'];

/** The rule tables once for each cell, and what is only in this folder. */
export default defineConfig({
  test: {
    // Vitest leaves one core to itself, which is half of two.
    maxWorkers: '100%',
    teardownTimeout: 60_000,
    projects: [
      ...CELLS.map((cell) => ({
        resolve: {
          alias: [
            { find: /^.*\/helpers\/eslints\.ts$|^\.\/eslints\.ts$/u, replacement: `${import.meta.dirname}/eslints.ts` },
          ],
        },
        test: {
          name: nameOf(cell),
          root: ROOT,
          // As `npm test` runs them.
          isolate: false,
          include: ['test/rules/*.test.ts'],
          globalSetup: SETUP,
          env: { AUTHKIT_RETHROW: '1', AUTHKIT_CELL: JSON.stringify(cell) },
          testTimeout: 30_000,
        },
      })),
      {
        test: {
          name: 'configs and compilers',
          root: ROOT,
          include: ['test/e2e/matrix/*.e2e.ts'],
          globalSetup: SETUP,
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
