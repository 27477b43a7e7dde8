/**
 * `npm run test:mutation`: changes conditions, truth and the model of Convex's verifier, in one place at a time, and sees whether a unit test of
 * that code notices. What survives is a place that no test is about, or a change that means nothing: read the list, and write a test for the former.
 *
 * Known to mean nothing: bounds of work (`MAX_DEPTH`, `MAX_FREE`, steps), checks that spare work (a literal that is compared is a constant as
 * well), and checks for the compiler (an index of a list that is not empty).
 */
export default {
  testRunner: 'vitest',
  plugins: ['@stryker-mutator/vitest-runner'],
  vitest: { configFile: 'test/mutation/vitest.config.ts', related: false },
  mutate: ['analysis/flow/{conditions,truth}.ts', 'playbook/auth-config/acceptance/acceptance.ts'],
  // Words of messages; patterns, of which most changes are none that an input could show.
  mutator: { excludedMutations: ['StringLiteral', 'Regex'] },
  ignoreStatic: true,
  coverageAnalysis: 'perTest',
  concurrency: 2,
  timeoutMS: 10_000,
  reporters: ['clear-text', 'progress', 'json'],
  clearTextReporter: { logTests: false },
  jsonReporter: { fileName: 'coverage/mutation.json' },
  thresholds: { high: 90, low: 85, break: 80 },
  tempDirName: 'coverage/mutation',
  ignorePatterns: ['/dist', '/docs', '/examples', '/bench', '/test/e2e', '/test/codemods', '/coverage'],
};
