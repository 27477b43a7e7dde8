/** The presets as users write them, in the installed package, under both majors of ESLint. */
import { pathToFileURL } from 'node:url';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT, runNode } from '../helpers/commands.ts';
import { installedProject, signOutApp } from '../helpers/installed.ts';

const JSX = 'languageOptions: { parserOptions: { ecmaFeatures: { jsx: true } } }';

const HEAD = "import { defineConfig } from 'eslint/config';\nimport authkit from 'eslint-plugin-authkit';\n\n";

const CONFIGS = {
  'an array of config objects': `export default defineConfig([...authkit.configs.recommended, { ${JSX} }]);\n`,
  'a nested array': `export default defineConfig(authkit.configs.recommended, { ${JSX} });\n`,
  'extends, by object': `export default defineConfig({ files: ['**/*.jsx'], extends: [authkit.configs.recommended], ${JSX} });\n`,
  'extends, by name': `export default defineConfig({ files: ['**/*.jsx'], plugins: { authkit }, extends: ['authkit/recommended'], ${JSX} });\n`,
  'both presets, and the plugin once more': `export default defineConfig(authkit.configs.recommended, authkit.configs.strict, { files: ['**/*.jsx'], plugins: { authkit }, ${JSX} });\n`,
} as const;

interface FileResult {
  readonly filePath: string;
  readonly messages: readonly { readonly ruleId: string | null; readonly severity: number; readonly line: number }[];
}

describe.each([
  { version: '9', eslint: 'eslint9' },
  { version: '10', eslint: 'eslint' },
] as const)('under ESLint $version', ({ eslint }) => {
  const project = installedProject(eslint, {
    ...signOutApp,
    'components/nav.test.jsx': signOutApp['components/nav.jsx'],
    'components/nav.stories.jsx': signOutApp['components/nav.jsx'],
    'package.json': JSON.stringify({ type: 'module', dependencies: { next: '16.0.0' } }),
  });

  it.each(Object.entries(CONFIGS))('%s reports the link, and leaves tests and stories out', (_name, config) => {
    project.write('eslint.config.js', HEAD + config);
    const { all, status, stdout } = runNode(
      join(ROOT, 'node_modules', eslint, 'bin/eslint.js'),
      ['--format', 'json', 'components'],
      project.root,
    );
    expect(status, all).toBe(1);
    const found = (JSON.parse(stdout) as FileResult[]).flatMap(({ filePath, messages }) =>
      messages.map(({ line, ruleId, severity }) => ({
        file: filePath.slice(project.root.length + 1),
        line,
        ruleId,
        severity,
      })),
    );
    expect(found).toEqual([
      { file: 'components/nav.jsx', line: 3, ruleId: 'authkit/no-sign-out-prefetch', severity: 2 },
    ]);
  });

  it('all these configs type-check, under the strictest flags', () => {
    const names = Object.values(CONFIGS).map((config, index) => {
      const name = `config-${String(index)}.ts`;
      project.write(name, HEAD + config);
      return name;
    });
    const flags = [
      '--noEmit',
      '--strict',
      '--exactOptionalPropertyTypes',
      '--noUncheckedIndexedAccess',
      '--module',
      'nodenext',
      '--target',
      'es2023',
      '--skipLibCheck',
    ];
    const { all, status } = runNode(join(ROOT, 'node_modules/typescript/bin/tsc'), [...flags, ...names], project.root);
    expect(status, all).toBe(0);
  });
});

describe('types, in a project without those of Node.js', () => {
  const project = installedProject('eslint', {
    'package.json': JSON.stringify({ dependencies: { next: '16.0.0' } }),
    'eslint.config.cjs':
      "// @ts-check\nconst { defineConfig } = require('eslint/config');\nconst authkit = require('eslint-plugin-authkit');\n\nmodule.exports = defineConfig([authkit.configs.recommended, authkit.configs.files]);\n",
    'required.cts':
      "import { defineConfig } from 'eslint/config';\nimport authkit = require('eslint-plugin-authkit');\n\nconst settings: authkit.AuthKitSettings = { hosting: 'vercel', cacheKey: authkit.factsCacheKey('/') };\n\nexport = defineConfig([authkit.configs.standalone, { settings: { authkit: settings } }]);\n",
    'imported.cts':
      "import { defineConfig } from 'eslint/config';\nimport authkit from 'eslint-plugin-authkit';\n\nexport default defineConfig([authkit.configs.strict]);\n",
    'config.mts':
      "import { defineConfig } from 'eslint/config';\nimport authkit, { factsCacheKey, type AuthKitPlugin, type AuthKitSettings } from 'eslint-plugin-authkit';\n\nconst plugin: AuthKitPlugin = authkit;\nconst settings: AuthKitSettings = { previewHost: 'VERCEL_URL', cacheKey: factsCacheKey('/') };\n\nexport default defineConfig([plugin.configs.recommended, { settings: { authkit: settings } }]);\n",
    'api.mts':
      "import { check, explainToken, transform, type CheckFinding } from 'eslint-plugin-authkit/api';\nimport { codemods } from 'eslint-plugin-authkit/codemods';\nimport codemod from 'eslint-plugin-authkit/codemods/no-sign-out-prefetch';\n\nexport const findings: readonly CheckFinding[] = (await check({ rules: { 'valid-env': 'off' } })).findings;\nexport const { code } = await transform({ code: '', filename: 'a.ts', codemods: codemods.map(({ name }) => name) });\nexport const { verdict } = await explainToken('', { providers: [] });\nexport const text: string | undefined = codemod({ path: 'a.ts', source: code });\n",
    'api.cts':
      "import api = require('eslint-plugin-authkit/api');\nimport list = require('eslint-plugin-authkit/codemods');\nimport codemod = require('eslint-plugin-authkit/codemods/no-sign-out-prefetch');\n\nexport const text: string | undefined = codemod({ path: 'a.ts', source: '' });\nexport const result: Promise<api.CheckResult> = api.check({ paths: list.codemods.map(({ name }) => name) });\n",
  });

  it('configs and calls of the API type-check, libraries included', { timeout: 120_000 }, () => {
    const names = ['eslint.config.cjs', 'required.cts', 'imported.cts', 'config.mts', 'api.mts', 'api.cts'];
    const flags = ['--noEmit', '--strict', '--allowJs', '--module', 'nodenext', '--target', 'es2023'];
    const { all, status } = runNode(join(ROOT, 'node_modules/typescript/bin/tsc'), [...flags, ...names], project.root);
    expect(status, all).toBe(0);
  });
});

interface BuiltPlugin {
  readonly configs: Readonly<
    Record<string, readonly { readonly plugins?: { readonly authkit: unknown }; readonly files: unknown }[]>
  >;
}

it("the plugin in every preset is the package's default export itself", async () => {
  const url = pathToFileURL(join(ROOT, 'dist/index.js')).href;
  const { default: plugin } = (await import(url)) as { default: BuiltPlugin };
  expect(Object.keys(plugin.configs).sort()).toEqual(['files', 'recommended', 'standalone', 'strict']);
  for (const config of Object.values(plugin.configs).flat()) {
    expect(config.plugins?.authkit ?? plugin).toBe(plugin);
    // Without `files` a config object would be for every file that any other one names.
    expect(config.files).toBeInstanceOf(Array);
  }
});
