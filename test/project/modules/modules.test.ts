import { mkdirSync, symlinkSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { sandbox, type Sandbox } from '../helpers.ts';

/** What a specifier in `from` names, relative to the root. */
function resolved(box: Sandbox, specifier: string, from = 'app/page.tsx'): string | undefined {
  const project = box.project();
  const path = project.resolve(specifier, box.path(from));
  return path === undefined ? undefined : project.display(path);
}

describe('a relative import', () => {
  it.each([
    ['./links', 'app/links.ts'],
    ['./links.js', 'app/links.ts'],
    ['./view.js', 'app/view.tsx'],
    ['./view.jsx', 'app/view.tsx'],
    ['./plain.js', 'app/plain.js'],
    ['./esm.mjs', 'app/esm.mts'],
    ['./common.cjs', 'app/common.cts'],
    ['./links.ts', 'app/links.ts'],
    ['./ui', 'app/ui/index.tsx'],
    ['./ui/', 'app/ui/index.tsx'],
    ['.', 'app/index.ts'],
    ['..', 'index.js'],
    ['./both', 'app/both.ts'],
    ['./name.client', 'app/name.client.tsx'],
    ['./packed', 'app/packed/src/main.ts'],
    ['./data.json', 'app/data.json'],
  ])('%s names %s', (specifier, path) => {
    const files = [
      'links.ts',
      'view.tsx',
      'plain.js',
      'esm.mts',
      'common.cts',
      'ui/index.tsx',
      'index.ts',
      'both.ts',
      'both/index.ts',
      'name.client.tsx',
      'packed/src/main.ts',
      'data.json',
    ];
    const box = sandbox({
      ...Object.fromEntries(files.map((file) => [`app/${file}`, ''])),
      'index.js': '',
      'app/packed/package.json': '{"main":"src/main.ts"}',
    });
    expect(resolved(box, specifier)).toBe(path);
  });

  it.each(['./style.css', './logo.svg', './types', './absent', './Links', '', './a\0b'])(
    '%j names no source file',
    (specifier) => {
      const box = sandbox(
        Object.fromEntries(['style.css', 'logo.svg', 'types.d.ts', 'links.ts'].map((file) => [`app/${file}`, ''])),
      );
      expect(resolved(box, specifier)).toBeUndefined();
    },
  );

  it('to an absent file asks the disk nothing more within a second, and finds it when it comes', () => {
    const box = sandbox({ 'app/page.tsx': '' });
    expect(resolved(box, './links')).toBeUndefined();
    box.calls.length = 0;
    expect(resolved(box, './links')).toBeUndefined();
    expect(box.calls).toEqual([]);
    box.write({ 'app/links.ts': '' });
    box.wait(1000);
    expect(resolved(box, './links')).toBe('app/links.ts');
  });
});

describe('tsconfig paths', () => {
  const files = {
    'package.json': '{"dependencies":{"react":"19"}}',
    'src/lib/a.ts': '',
    'src/b.ts': '',
    'generated/b.ts': '',
    'generated/c.ts': '',
  };

  it('are applied, comments and trailing commas included', () => {
    const box = sandbox({
      ...files,
      'tsconfig.json': '{ // ours\n "compilerOptions": { "paths": { "@/*": ["./src/*"], } } }',
    });
    expect(resolved(box, '@/lib/a')).toBe('src/lib/a.ts');
  });

  it('are tried in order, the longest prefix first, exact names before all', () => {
    const paths = {
      '*': ['./generated/*'],
      '@/*': ['./src/*', './generated/*'],
      '@/lib/*': ['./nowhere/*'],
      exact: ['./src/b.ts'],
    };
    const box = sandbox({ ...files, 'tsconfig.json': JSON.stringify({ compilerOptions: { paths } }) });
    expect([resolved(box, '@/c'), resolved(box, '@/b'), resolved(box, 'exact')]).toEqual([
      'generated/c.ts',
      'src/b.ts',
      'src/b.ts',
    ]);
  });

  it('come through extends, each relative to its own file', () => {
    const box = sandbox({
      ...files,
      'config/base.json': '{"compilerOptions":{"paths":{"@/*":["../src/*"]}}}',
      'config/middle.json': '{"extends":"./base"}',
      'tsconfig.json': '{"extends":["./config/absent.json","./config/middle.json"]}',
    });
    expect(resolved(box, '@/lib/a')).toBe('src/lib/a.ts');
  });

  it('come through a config package of the workspace that is not installed', () => {
    const box = sandbox({
      ...files,
      'package.json': '{"workspaces":["packages/*"]}',
      'packages/config/package.json': '{"name":"@x/config"}',
      'packages/config/next.json': '{"compilerOptions":{"paths":{"~/*":["${configDir}/src/*"]}}}',
      'tsconfig.json': '{"extends":"@x/config/next.json"}',
    });
    expect(resolved(box, '~/b')).toBe('src/b.ts');
  });

  it('are relative to baseUrl, which also resolves by itself', () => {
    const box = sandbox({ ...files, 'jsconfig.json': '{"compilerOptions":{"baseUrl":"src","paths":{"#x":["b"]}}}' });
    expect([resolved(box, '#x'), resolved(box, 'lib/a'), resolved(box, 'react')]).toEqual([
      'src/b.ts',
      'src/lib/a.ts',
      undefined,
    ]);
  });

  it('of a referenced config hold where the root config only refers', () => {
    const box = sandbox({
      ...files,
      'tsconfig.json': '{"files":[],"references":[{"path":"./tsconfig.app.json"}]}',
      'tsconfig.app.json': '{"compilerOptions":{"paths":{"@/*":["./src/*"]}}}',
    });
    expect(resolved(box, '@/b')).toBe('src/b.ts');
  });

  it('are guessed as every template has them where the base that holds them is not installed', () => {
    const box = sandbox({ ...files, 'tsconfig.json': '{"extends":"@absent/config"}' });
    expect(resolved(box, '@/lib/a')).toBe('src/lib/a.ts');
  });

  it.each([
    '{"extends":"./tsconfig.json"}',
    '{ broken',
    '[]',
    '{"compilerOptions":{"paths":{"@/*":"./src/*","x":null}}}',
    '{"compilerOptions":7}',
  ])('do not trip over %s', (text) => {
    expect(resolved(sandbox({ ...files, 'tsconfig.json': text }), './absent')).toBeUndefined();
    expect(resolved(sandbox({ ...files, 'tsconfig.json': text }), 'left-pad/x')).toBeUndefined();
  });

  it('count as far as the project around a folder goes, whichever project asked before', () => {
    const files = {
      'tsconfig.json': '{"compilerOptions":{"paths":{"@lib/*":["./lib/*"]}}}',
      'lib/a.ts': '',
      'web/package.json': '{}',
    };
    for (const order of [
      ['.', 'web'],
      ['web', '.'],
    ]) {
      const box = sandbox(files);
      const answers = order.map((cwd) => box.project({}, box.path(cwd)).resolve('@lib/a', box.path('web/app/page.ts')));
      expect(answers).toEqual(order.map((cwd) => (cwd === '.' ? box.path('lib/a.ts') : undefined)));
    }
  });

  it('that change are followed a second later', () => {
    const box = sandbox({ ...files, 'tsconfig.json': '{"compilerOptions":{"paths":{"@/*":["./src/*"]}}}' });
    expect(resolved(box, '@/b')).toBe('src/b.ts');
    box.write({ 'tsconfig.json': '{"compilerOptions":{"paths":{"@/*":["./generated/*"]}}}' });
    box.wait(1000);
    expect(resolved(box, '@/b')).toBe('generated/b.ts');
  });
});

describe('a package of the workspace', () => {
  const workspace = (packageJson: object, files: readonly string[]) =>
    sandbox({
      'pnpm-workspace.yaml': 'packages:\n  - apps/*\n  - packages/*\n',
      'apps/web/package.json': '{"dependencies":{"@x/ui":"workspace:*"}}',
      'packages/ui/package.json': JSON.stringify({ name: '@x/ui', ...packageJson }),
      ...Object.fromEntries(files.map((file) => [`packages/ui/${file}`, ''])),
    });

  it.each([
    [
      'exports',
      { exports: { '.': './src/main.ts', './*': './src/*.tsx' } },
      ['src/main.ts', 'src/link.tsx'],
      'src/main.ts',
      'src/link.tsx',
    ],
    [
      'sources under types',
      {
        exports: {
          '.': { types: './src/index.ts', default: './dist/index.js' },
          './link': { types: './src/link.tsx', default: './dist/link.js' },
        },
      },
      ['src/index.ts', 'src/link.tsx'],
      'src/index.ts',
      'src/link.tsx',
    ],
    [
      'exports of what is not built',
      { exports: { '.': './dist/index.js', './link': './dist/link.js' } },
      ['src/index.ts', 'src/link.tsx'],
      'src/index.ts',
      'src/link.tsx',
    ],
    ['main', { main: './lib/main.ts' }, ['lib/main.ts', 'link.tsx'], 'lib/main.ts', 'link.tsx'],
    [
      'main of what is not built',
      { main: 'dist/index.js', types: 'dist/index.d.ts' },
      ['src/index.tsx', 'src/link.tsx'],
      'src/index.tsx',
      'src/link.tsx',
    ],
    [
      'a source field',
      { source: 'code/a.ts', main: 'dist/a.js' },
      ['code/a.ts', 'dist/a.js', 'link.tsx'],
      'code/a.ts',
      'link.tsx',
    ],
    [
      'declarations next to built code',
      { exports: { '.': { types: './dist/index.d.ts', default: './dist/index.js' }, './link': './link.tsx' } },
      ['dist/index.d.ts', 'dist/index.js', 'link.tsx'],
      'dist/index.js',
      'link.tsx',
    ],
  ])('is followed without node_modules, by %s', (_by, packageJson, files, main, link) => {
    const box = workspace(packageJson, files);
    expect(resolved(box, '@x/ui', 'apps/web/app/page.tsx')).toBe(`packages/ui/${main}`);
    expect(resolved(box, '@x/ui/link', 'apps/web/app/page.tsx')).toBe(`packages/ui/${link}`);
  });

  it('is followed to its folder where node_modules links to it', () => {
    const box = workspace({ main: 'index.ts' }, ['index.ts']);
    mkdirSync(box.path('apps/web/node_modules/@x'), { recursive: true });
    symlinkSync(box.path('packages/ui'), box.path('apps/web/node_modules/@x/ui'), 'dir');
    expect(resolved(box, '@x/ui', 'apps/web/app/page.tsx')).toBe('packages/ui/index.ts');
  });

  it('is followed under a file: range outside any workspace', () => {
    const box = sandbox({
      'web/package.json': '{"dependencies":{"ui":"file:../ui"}}',
      'ui/package.json': '{"name":"ui"}',
      'ui/index.ts': '',
      '.git/HEAD': '',
    });
    expect(resolved(box, 'ui', 'web/page.tsx')).toBe('ui/index.ts');
  });

  it('is not what stands next to the app where no workspace is declared, and the registry has it', () => {
    const files = {
      'web/package.json': '{"dependencies":{"kit":"^2.1.0"}}',
      'kit/package.json': '{"name":"kit","main":"index.ts"}',
      'kit/index.ts': '',
      '.git/HEAD': '',
    };
    expect(resolved(sandbox(files), 'kit', 'web/page.tsx')).toBeUndefined();
    expect(resolved(sandbox({ ...files, 'package.json': '{"workspaces":["*"]}' }), 'kit', 'web/page.tsx')).toBe(
      'kit/index.ts',
    );
  });

  it("is known by the package's own imports as well", () => {
    const box = sandbox({ 'package.json': '{"imports":{"#lib/*":"./lib/*.ts"}}', 'lib/a.ts': '' });
    expect(resolved(box, '#lib/a')).toBe('lib/a.ts');
  });
});

describe('a registry package', () => {
  it('is not followed, installed or not', () => {
    const box = sandbox({
      'package.json': '{"dependencies":{"left-pad":"1.0.0"}}',
      'node_modules/left-pad/package.json': '{"main":"index.js"}',
      'node_modules/left-pad/index.js': '',
      'node_modules/hidden/index.js': '',
    });
    for (const specifier of [
      'left-pad',
      'left-pad/index.js',
      'hidden',
      'next/link',
      'node:fs',
      'fs',
      '@scope/absent',
    ]) {
      expect(resolved(box, specifier)).toBeUndefined();
    }
  });

  it('costs no call to the disk when it is asked again', () => {
    const box = sandbox({ 'package.json': '{"dependencies":{"react":"19"}}' });
    resolved(box, 'react');
    box.calls.length = 0;
    resolved(box, 'react');
    expect(box.calls).toEqual([]);
  });
});

describe('a loaded module', () => {
  it('is parsed once for each stamp', () => {
    const box = sandbox({ 'app/a.ts': 'export const a = 1;' });
    const project = box.project();
    const load = () => project.load('./a', box.path('app/page.tsx'));
    const first = load();
    box.wait(1000);
    expect(load()).toBe(first);
    box.write({ 'app/a.ts': 'export const changed = 2;' });
    box.wait(1000);
    expect(load()?.text).toBe('export const changed = 2;');
  });

  it.each([
    ['does not parse', 'export const = ;'],
    ['is larger than 2 MB', '/'.repeat(2 * 1024 * 1024 + 1)],
    ['is binary', 'a\0'],
  ])('is undefined when the file %s', (_why, text) => {
    const box = sandbox({ 'app/a.ts': text });
    expect(box.project().load('./a', box.path('app/page.tsx'))).toBeUndefined();
  });
});
