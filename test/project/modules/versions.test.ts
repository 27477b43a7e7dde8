import { describe, expect, it } from 'vitest';
import { isAtLeast } from '../../../project/modules/versions.ts';
import { sandbox } from '../helpers.ts';

const NAME = '@workos-inc/authkit-nextjs';
const wants = (range: string) => JSON.stringify({ dependencies: { [NAME]: range } });

function versionWith(files: Readonly<Record<string, string>>, at = 'app/page.tsx') {
  const box = sandbox({ '.git/HEAD': '', 'app/page.tsx': '', ...files });
  return box.project().versionOf(box.path(at), NAME);
}

describe('the version of a package', () => {
  it('is the installed one, whatever package.json and the lockfile say', () => {
    const found = versionWith({
      'package.json': wants('^2.0.0'),
      'package-lock.json': JSON.stringify({ packages: { [`node_modules/${NAME}`]: { version: '2.1.0' } } }),
      [`node_modules/${NAME}/package.json`]: JSON.stringify({ version: '4.3.2' }),
    });
    expect(found).toEqual({ version: '4.3.2', from: 'installed' });
  });

  it.each([
    ['package-lock.json', JSON.stringify({ packages: { [`node_modules/${NAME}`]: { version: '2.4.1' } } })],
    ['package-lock.json', JSON.stringify({ dependencies: { [NAME]: { version: '2.4.1' } } }, null, 2)],
    ['pnpm-lock.yaml', `packages:\n\n  '${NAME}@2.4.1(next@16.0.0)':\n    resolution: {}\n`],
    ['pnpm-lock.yaml', `packages:\n\n  /${NAME}@2.4.1(next@16.0.0):\n    resolution: {}\n`],
    ['pnpm-lock.yaml', `packages:\n\n  /${NAME}/2.4.1_next@13.0.0:\n    resolution: {}\n`],
    ['yarn.lock', `"${NAME}@^2.0.0":\n  version "2.4.1"\n  resolved "x"\n`],
    ['yarn.lock', `"${NAME}@npm:^2.0.0":\n  version: 2.4.1\n  resolution: "x"\n`],
    ['bun.lock', `{ "packages": {\n    "${NAME}": ["${NAME}@2.4.1", "", {}],\n  } }`],
  ])('is read in %s: %s', (lockfile, text) => {
    expect(versionWith({ 'package.json': wants('^2.0.0'), [lockfile]: text })).toEqual({
      version: '2.4.1',
      from: 'lockfile',
    });
  });

  it.each([
    ['pnpm-workspace.yaml', 'catalog:', `catalog:\n  '${NAME}': ^4.1.0\n`],
    ['pnpm-workspace.yaml', 'catalog:default', `catalogs:\n  default:\n    '${NAME}': ^4.1.0\n`],
    [
      'pnpm-workspace.yaml',
      'catalog:auth',
      `catalog:\n  '${NAME}': ^2.0.0\ncatalogs:\n  auth:\n    '${NAME}': 4.1.0\n`,
    ],
    ['.yarnrc.yml', 'catalog:', `catalog:\n  '${NAME}': ^4.1.0\n`],
    ['package.json', 'catalog:', JSON.stringify({ workspaces: { packages: ['web'], catalog: { [NAME]: '^4.1.0' } } })],
    ['package.json', 'catalog:auth', JSON.stringify({ catalogs: { auth: { [NAME]: '^4.1.0' } } })],
  ])('is read in the catalog of %s for %s', (file, range, text) => {
    const found = versionWith(
      { [file]: text, 'web/package.json': wants(range), 'web/app/page.tsx': '' },
      'web/app/page.tsx',
    );
    expect(found).toEqual({ version: '4.1.0', from: 'range' });
  });

  it.each([
    ['no catalog of that name', 'catalog:auth', `catalog:\n  '${NAME}': ^4.1.0\n`],
    ['a catalog that is no mapping', 'catalog:', 'catalog: [1]\n'],
    ['a broken file', 'catalog:', 'catalog:\n  - : {\n'],
  ])('is not known with %s', (_which, range, text) => {
    expect(versionWith({ 'pnpm-workspace.yaml': text, 'package.json': wants(range) })).toBeUndefined();
  });

  it('is that of the range next to a lockfile that is binary', () => {
    const found = versionWith({ 'package.json': wants('^4.1.0'), 'bun.lockb': `bun-lockfile-format-v0\n\0${NAME}\0` });
    expect(found).toEqual({ version: '4.1.0', from: 'range' });
  });

  it('is not read in a lockfile that the range has left behind', () => {
    const found = versionWith({
      'package.json': wants('^4.0.0'),
      'package-lock.json': JSON.stringify({ packages: { [`node_modules/${NAME}`]: { version: '2.1.0' } } }),
      'pnpm-lock.yaml': `packages:\n\n  '${NAME}@4.3.2(next@16.0.0)':\n    resolution: {}\n`,
    });
    expect(found).toEqual({ version: '4.3.2', from: 'lockfile' });
  });

  it('of several locked ones is the one that the range of this package takes', () => {
    const lock = JSON.stringify({
      packages: {
        [`node_modules/${NAME}`]: { version: '4.0.0' },
        [`apps/old/node_modules/${NAME}`]: { version: '2.4.1' },
      },
    });
    const files = { 'package.json': '{}', 'apps/old/package.json': wants('^2.0.0'), 'package-lock.json': lock };
    expect(versionWith(files, 'apps/old/proxy.ts')).toEqual({ version: '2.4.1', from: 'lockfile' });
  });

  it('is the least of the range where nothing is installed or locked', () => {
    expect(versionWith({ 'package.json': wants('^3.1.0') })).toEqual({ version: '3.1.0', from: 'range' });
  });

  it.each(['latest', '*', 'workspace:*', 'catalog:', 'file:../x', '>=0', ''])('is not known for %j', (range) => {
    expect(versionWith({ 'package.json': wants(range) })).toBeUndefined();
  });

  it.each(['package-lock.json', 'pnpm-lock.yaml', 'yarn.lock', 'bun.lock'])('survives a broken %s', (lockfile) => {
    expect(versionWith({ 'package.json': wants('^3.0.0'), [lockfile]: '{"packages": \u0000 <<<<<<< HEAD' })).toEqual({
      version: '3.0.0',
      from: 'range',
    });
  });
});

describe('a comparison of versions', () => {
  it.each([
    ['4.3.2', '3.0.0', true],
    ['3.0.0', '3.0.0', true],
    ['3.0.0-beta.1', '3.0.0', true],
    ['2.9.9', '3.0.0', false],
  ])('%s is at least %s: %s', (version, least, answer) => {
    expect(isAtLeast({ version, from: 'installed' }, least)).toBe(answer);
  });

  it('is undefined for a version that is not known', () => {
    expect(isAtLeast(undefined, '3.0.0')).toBeUndefined();
  });
});
