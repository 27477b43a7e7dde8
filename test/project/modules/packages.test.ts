import { describe, expect, it } from 'vitest';
import { parseYaml, workspaceOf } from '../../../project/modules/packages.ts';
import { stringsOf } from '../../../project/settings.ts';
import { sandbox } from '../helpers.ts';

const PACKAGES = ['apps/web', 'apps/docs', 'packages/ui', 'packages/ui/icons', 'other/lib'];
const FILES = Object.fromEntries(
  PACKAGES.map((name) => [`repo/${name}/package.json`, JSON.stringify({ name: name.replaceAll('/', '-') })]),
);

/** The packages of a workspace with these patterns, by their folders. */
function packagesOf(workspaces: readonly string[]): string[] {
  const { facts, path } = sandbox({
    ...FILES,
    'outside/package.json': '{ "name": "outside" }',
    'repo/package.json': JSON.stringify({ name: 'root', workspaces }),
  });
  const prefix = `${path('repo')}/`;
  return workspaceOf(facts, path('repo'))
    .packages.map(({ root }) => root.replace(prefix, ''))
    .filter((root) => root !== path('repo'))
    .sort();
}

describe('the packages of a workspace', () => {
  it.each<[readonly string[], readonly string[]]>([
    [['apps/*'], ['apps/docs', 'apps/web']],
    [['./apps/*/'], ['apps/docs', 'apps/web']],
    [['apps/web'], ['apps/web']],
    [['packages/**'], ['packages/ui', 'packages/ui/icons']],
    [['{apps,other}/*'], ['apps/docs', 'apps/web', 'other/lib']],
    [['apps/[dw]*', '!apps/docs'], ['apps/web']],
    [['**'], ['apps/docs', 'apps/web', 'other/lib', 'packages/ui', 'packages/ui/icons']],
    [['apps/*', '!**'], []],
  ])('of %j', (patterns, packages) => {
    expect(packagesOf(patterns)).toEqual(packages);
  });

  it.each([['../*'], ['../outside'], ['../../../../**'], ['apps/../../*'], ['/etc/*']])(
    'do not lead out of it by %s',
    (pattern) => {
      expect(packagesOf([pattern])).toEqual([]);
    },
  );

  it('take a pattern that no matcher gets through for none', () => {
    expect(packagesOf(['*a*a*a*a*a*a*a*a*b', `${'a'.repeat(300)}*`])).toEqual([]);
  });

  it.each([
    ['packages:\n  - apps/*\n'],
    ['packages:\n- "apps/*"'],
    [
      "catalog:\n  next: 16\n\npackages:\n  # ours\n  - 'apps/*'\n\n  - '!apps/docs'\nonlyBuiltDependencies:\n  - sharp\n",
    ],
    ['packages:\n  - apps/* # all\n'],
    ['packages:\r\n  - apps/*\r\n'],
    ['packages:\n  - "apps\\u002f*"\n'],
    ['packages:\n  - apps/we\n    b\n  - apps/web\n'],
    ['packages:\n  - [apps/web]\n  - apps/docs\n'],
    ['packages:\n- apps/we\n  b\n'],
    [`packages:\n${"  - 'apps/*'\n".repeat(60)}\t\n`],
    ['packages:\n  - true\n  - apps/web\n'],
    ['packages:\n  - !!str apps/web\n'],
    ['packages: &all\n  - apps/web\ncatalogs: *all\n'],
    ['other: |\n  packages:\n    - apps/web\npackages:\n  - apps/docs\n'],
    ['packages:\n  - apps/web\n---\npackages:\n  - apps/docs\n'],
    ['onlyBuiltDependencies:\n  - apps/web\n'],
  ])('are those that YAML has: %j', (text) => {
    const namesWith = (files: Readonly<Record<string, string>>): readonly string[] => {
      const { facts, path } = sandbox({
        ...files,
        'apps/web/package.json': '{ "name": "web" }',
        'apps/docs/package.json': '{ "name": "docs" }',
      });
      return workspaceOf(facts, path()).packages.flatMap(({ name }) => name ?? []);
    };
    const workspaces = stringsOf(parseYaml(text)['packages']);
    expect(namesWith({ 'pnpm-workspace.yaml': text })).toEqual(
      namesWith({ 'package.json': JSON.stringify({ workspaces }) }),
    );
  });

  it('are read from any YAML', () => {
    const { facts, path } = sandbox({
      'pnpm-workspace.yaml': '# all\n"packages":\n  - >-\n    apps/*\n  - "!apps/docs"\ncatalog: { a: 1 }\n',
      'apps/web/package.json': '{ "name": "web" }',
      'apps/docs/package.json': '{ "name": "docs" }',
    });
    expect(workspaceOf(facts, path()).packages.map(({ name }) => name)).toEqual(['web']);
  });

  it.each(['packages: [', '- a\n', 'packages: 7', '&a [*a, *a]', '\0'])('of broken YAML (%j) are none', (text) => {
    const { facts, path } = sandbox({ 'pnpm-workspace.yaml': text, 'package.json': '{ "name": "root" }' });
    expect(workspaceOf(facts, path()).packages.map(({ name }) => name)).toEqual(['root']);
  });
});
