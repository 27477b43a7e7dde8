/** The oldest releases that the plugin is for, with configs of every kind, and the types under the compilers that people have. */
import { mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT, runNode } from '../../helpers/commands.ts';
import { installPlugin, signOutApp } from '../../helpers/installed.ts';
import { type ProjectFixture, projectFixture } from '../../helpers/project-fixture.ts';

const PACKAGES = join(ROOT, 'test/e2e/matrix/node_modules');

/** A project with our package and, under these names, packages of this folder. */
function projectWith(
  packages: Readonly<Record<string, string>>,
  files: Readonly<Record<string, string>>,
): ProjectFixture {
  const project = projectFixture(files);
  installPlugin(project);
  for (const [name, target] of Object.entries(packages)) {
    mkdirSync(project.path(`node_modules/${name}/..`), { recursive: true });
    symlinkSync(join(PACKAGES, target), project.path(`node_modules/${name}`));
  }
  return project;
}

const TSX = 'components/nav.tsx';
const app = {
  ...signOutApp,
  [TSX]: signOutApp['components/nav.jsx'].replace('Nav = ()', 'Nav = (): unknown'),
};

const CONFIGS = {
  'eslint.config.mjs':
    "import authkit from 'eslint-plugin-authkit';\n\nexport default [...authkit.configs.standalone];\n",
  'eslint.config.js':
    "import authkit from 'eslint-plugin-authkit';\nimport { defineConfig } from 'eslint/config';\n\nexport default defineConfig([authkit.configs.standalone, authkit.configs.files]);\n",
  'eslint.config.cjs':
    "const authkit = require('eslint-plugin-authkit');\nconst { defineConfig } = require('eslint/config');\n\nmodule.exports = defineConfig(authkit.configs.standalone);\n",
  'eslint.config.ts':
    "import authkit, { type AuthKitSettings } from 'eslint-plugin-authkit';\nimport { defineConfig } from 'eslint/config';\n\nconst settings: AuthKitSettings = { hosting: 'vercel' };\n\nexport default defineConfig([authkit.configs.standalone, { settings: { authkit: settings } }]);\n",
  'eslint.config.mts':
    "import authkit from 'eslint-plugin-authkit';\nimport type { Linter } from 'eslint';\n\nexport default [...authkit.configs.standalone] satisfies Linter.Config[];\n",
} as const;

describe.each([
  { version: '9.22.0', eslint: 'eslint' },
  { version: '10.0.0', eslint: 'eslint-10-0' },
])('ESLint $version', ({ eslint, version }) => {
  const project = projectWith(
    { eslint, jiti: 'jiti' },
    { ...app, 'package.json': JSON.stringify({ type: 'module', dependencies: { next: '16.0.0' } }) },
  );
  const run = (...args: string[]) => runNode(project.path('node_modules/eslint/bin/eslint.js'), args, project.root);

  it('is that release', () => {
    expect(run('--version').stdout).toBe(`v${version}\n`);
  });

  it.each(Object.entries(CONFIGS))('reports with %s', (name, config) => {
    project.write(name, config);
    const { all, status, stdout } = run('components');
    rmSync(project.path(name));
    expect(stdout.match(/ authkit\/no-sign-out-prefetch$/gmu), all).toHaveLength(2);
    expect(status).toBe(1);
  });
});

describe.each([
  { version: '5.9', typescript: 'typescript-5' },
  { version: '7.0', typescript: 'typescript-7' },
])('TypeScript $version', ({ typescript, version }) => {
  const names = ['eslint.config.ts', 'eslint.config.mts'] as const;
  const project = projectWith(
    { eslint: 'eslint', typescript },
    {
      ...app,
      ...Object.fromEntries(names.map((name) => [name, CONFIGS[name]])),
      'eslint.config.cjs': `// @ts-check\n${CONFIGS['eslint.config.cjs']}`,
      'package.json': JSON.stringify({ type: 'module', dependencies: { next: '16.0.0' } }),
    },
  );
  const tsc = (...args: string[]) => runNode(join(PACKAGES, typescript, 'bin/tsc'), args, project.root);

  it('is that release', () => {
    expect(tsc('--version').stdout).toContain(`Version ${version}.`);
  });

  it('takes the types of the package', () => {
    const options = [
      '--noEmit',
      '--strict',
      '--allowJs',
      '--checkJs',
      '--module',
      'nodenext',
      '--target',
      'es2023',
      '--skipLibCheck',
    ];
    const { all, status } = tsc(...options, ...names, 'eslint.config.cjs');
    expect(status, all).toBe(0);
  });

  it('is not asked by configs.standalone, which reads what it compiles', () => {
    const { stdout, all } = runNode(
      project.path('node_modules/eslint/bin/eslint.js'),
      ['-c', 'eslint.config.cjs', TSX],
      project.root,
    );
    expect(stdout.match(/ authkit\/no-sign-out-prefetch$/gmu), all).toHaveLength(1);
  });
});
