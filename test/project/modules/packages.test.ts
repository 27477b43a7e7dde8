import { describe, expect, it } from 'vitest';
import { workspaceOf } from '../../../project/modules/packages.ts';
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
