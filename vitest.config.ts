import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Folders whose test files share what they import: half of their time would go into loading it again for each file. */
const SHARING = 'analysis|codemods|docs|parsers|playbook|project|rules';
/** It replaces a module. */
const MOCKING = 'test/playbook/auth-config/lazy-jose.test.ts';
/** Those of test/apps are a suite of their own: `npm run test:apps`. */
const NO_TESTS = ['**/node_modules/**', 'test/**/fixtures/**', 'test/apps/**'];

/** Files that take more than ten seconds, which vitest cannot know in a new clone. */
const LONG = [
  'test/codemods/fixtures.test.ts',
  'test/cli/recipes.test.ts',
  'test/cli/configuration.test.ts',
  'test/cli/check.test.ts',
  'test/package/jscodeshift.test.ts',
];

/** The long ones come first, so that no core waits for one at the end; those that share come one after the other. */
class LongOnesFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId, project }: TestSpecification): number =>
      LONG.some((path) => moduleId.endsWith(path)) ? 0 : project.config.isolate ? 1 : 2;
    return (await super.sort(files)).toSorted((a, b) => rank(a) - rank(b));
  }
}

export default defineConfig({
  test: {
    sequence: { sequencer: LongOnesFirst },
    globalSetup: ['test/helpers/temporary-folder.ts'],
    // A finder that throws must fail its test with a stack, not with the report that users get.
    env: { AUTHKIT_RETHROW: '1' },
    // Vitest leaves one core to itself, which is half of two.
    maxWorkers: '100%',
    // So long that a busy machine decides nothing: tests that pack, install or start other programs share two cores with the rest.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    teardownTimeout: 60_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'sharing',
          isolate: false,
          include: [`test/(${SHARING})/**/*.test.ts`],
          exclude: [...NO_TESTS, MOCKING],
        },
      },
      {
        extends: true,
        test: { name: 'alone', include: [`test/!(${SHARING})/**/*.test.ts`, MOCKING], exclude: NO_TESTS },
      },
    ],
  },
});
