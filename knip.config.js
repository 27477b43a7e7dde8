/** What knip can't see by itself: what is loaded by a path, and who needs a package without importing it. */
export default {
  entry: [
    'codemods/*.ts',
    'entries/**/*.js',
    'types/*.{ts,cts}',
    'scripts/*.mjs',
    'bench/*.mjs',
    '.ci/*.mjs',
    '.eslint-doc-generatorrc.js',
    'docs/.vitepress/config.mjs',
    'test/**/*.test.ts',
    'test/e2e/**/*.{e2e.ts,mjs,config.ts}',
    'test/e2e/**/setup.ts',
    'test/{apps,mutation}/vitest.config.ts',
    // By vitest.config.ts, in the place of the one of the same name.
    'test/e2e/matrix/eslints.ts',
    // Bundled by observe-gallery.mjs.
    'test/e2e/token-bridge/observe-gallery.ts',
    'test/e2e/token-bridge/page/*.{ts,tsx}',
  ],
  project: [
    '**/*.{ts,tsx,mjs,js,cjs,cts}',
    '!examples/**',
    '!docs/.vitepress/{cache,dist}/**',
    '!test/**/fixtures/**',
    '!test/codemods/*/**',
    '!test/e2e/**/gallery/**',
    // In place of a package.
    '!test/e2e/presets/next-peer/**',
  ],
  ignoreDependencies: [
    // Run by their paths: scripts/lint-package.mjs, test/package.
    '@arethetypeswrong/cli',
    'jscodeshift',
    'publint',
    // The compiler that test/e2e/token-bridge/bundle.ts names.
    '@babel/core',
    'babel-plugin-react-compiler',
    // Installed where they are needed: by the tests of test/e2e/edits and test/e2e/matrix, for the site.
    '@babel/eslint-parser',
    'eslint-config-next',
    'vitepress',
  ],
  // Programs of the system that single tests and benchmarks run.
  ignoreBinaries: ['mkfifo', 'rg', 'script'],
  // Next to these files in dist/.
  ignoreUnresolved: ['./api.cjs', './index.cjs'],
  // A type may be a part of what is exported; everything else is exported for who uses it.
  ignoreExportsUsedInFile: { interface: true, type: true },
  // By require(), late.
  ignoreIssues: { 'analysis/syntax/*.cjs': ['exports'] },
};
