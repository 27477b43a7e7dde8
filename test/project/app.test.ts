import { describe, expect, it } from 'vitest';
import { nextPackage, sandbox } from './helpers.ts';

const appWith = (files: Readonly<Record<string, string>>) => {
  const box = sandbox({ 'package.json': nextPackage(), 'app/page.tsx': '', ...files });
  return box.project().appOf(box.path('app/page.tsx'));
};

describe('the app of a file', () => {
  it('is the nearest package around it that depends on next', () => {
    const box = sandbox({
      'package.json': nextPackage({ name: 'outer' }),
      'app/page.tsx': '',
      'apps/web/package.json': nextPackage(),
      'apps/web/src/app/page.tsx': '',
      'apps/web/src/lib/package.json': '{}',
    });
    const project = box.project();
    expect(project.appOf(box.path('apps/web/src/lib/x.ts'))).toMatchObject({
      root: box.path('apps/web'),
      appDir: box.path('apps/web/src/app'),
      name: 'web',
    });
    expect(project.appOf(box.path('lib/x.ts'))?.root).toBe(box.root);
  });

  it('does not lie beyond the repository', () => {
    const box = sandbox({ 'package.json': nextPackage(), 'app/page.tsx': '', 'inner/.git/HEAD': '', 'inner/x.ts': '' });
    expect(box.project({}, box.path('inner')).appsFor(box.path('inner/x.ts'))).toEqual([]);
  });

  it('is found from a working directory deep inside the repository', () => {
    const box = sandbox({ '.git/HEAD': '', 'apps/web/package.json': nextPackage(), 'apps/web/app/page.tsx': '' });
    expect(box.project({}, box.path('apps/web/app')).appOf(box.path('apps/web/app/page.tsx'))?.root).toBe(
      box.path('apps/web'),
    );
  });

  it.each([
    ['package.json workspaces', { 'package.json': '{"workspaces":["apps/*","packages/*"]}' }],
    ['yarn workspaces', { 'package.json': '{"workspaces":{"packages":["apps/*","./packages/**"]}}' }],
    [
      'pnpm workspaces',
      {
        'pnpm-workspace.yaml':
          'packages:\n  # ours\n  - "apps/*"\n  - packages/*\n  - "!packages/old"\ncatalog:\n  - next\n',
      },
    ],
    ['a flow list', { 'pnpm-workspace.yaml': 'packages: [\'apps/*\', "packages/*"]\n' }],
    ['no declaration', { '.git/HEAD': '' }],
  ])('of a shared package is that of the workspace which uses it (%s)', (_kind, files) => {
    const box = sandbox({
      ...files,
      'apps/web/package.json': nextPackage({ dependencies: { next: '16', '@x/kit': 'workspace:*' } }),
      'apps/web/app/page.tsx': '',
      'apps/docs/package.json': nextPackage({ name: 'docs' }),
      'apps/docs/app/page.tsx': '',
      'packages/kit/package.json': '{"name":"@x/kit","dependencies":{"@x/ui":"*"}}',
      'packages/ui/package.json': '{"name":"@x/ui","devDependencies":{"next":"16"}}',
      'packages/ui/link.tsx': '',
      'packages/alone/package.json': '{"name":"alone"}',
    });
    const project = box.project();
    expect(project.appOf(box.path('packages/ui/link.tsx'))).toBeUndefined();
    expect(project.appsFor(box.path('packages/ui/link.tsx')).map(({ name }) => name)).toEqual(['web']);
    expect(
      project
        .appsFor(box.path('packages/alone/x.ts'))
        .map(({ name }) => name)
        .sort(),
    ).toEqual(['docs', 'web']);
  });

  it('is what settings say, whatever package.json says', () => {
    const box = sandbox({ 'site/app/page.tsx': '', 'admin/app/page.tsx': '', 'lib/x.ts': '' });
    const project = box.project({ authkit: { rootDir: ['site', 'admin'] } });
    expect(project.appOf(box.path('admin/app/page.tsx'))?.root).toBe(box.path('admin'));
    expect(project.appsFor(box.path('lib/x.ts')).map(({ root }) => root)).toEqual([
      box.path('site'),
      box.path('admin'),
    ]);
    expect(box.project({ authkit: { rootDir: './site' } }).appsFor(box.path('lib/x.ts'))).toHaveLength(1);
  });

  it.each([['{ broken'], ['[]'], ['"text"'], ['{"dependencies":["next"]}'], ['{"dependencies":null}']])(
    'is none where package.json is %s',
    (text) => {
      const box = sandbox({ 'package.json': text, 'app/page.tsx': '' });
      expect(box.project().appsFor(box.path('app/page.tsx'))).toEqual([]);
    },
  );

  it('is there a second after package.json got its dependency', () => {
    const box = sandbox({ 'package.json': '{}', 'app/page.tsx': '' });
    const project = box.project();
    expect(project.appOf(box.path('app/page.tsx'))).toBeUndefined();
    box.write({ 'package.json': nextPackage() });
    box.wait(1000);
    expect(project.appOf(box.path('app/page.tsx'))?.root).toBe(box.root);
  });
});

describe('next.config', () => {
  it.each([
    ['next.config.js', "module.exports = { basePath: '/x' }"],
    ['next.config.mjs', "const config = { basePath: '/x/' }; export default config;"],
    [
      'next.config.ts',
      "import type { NextConfig } from 'next'; const config: NextConfig = { basePath: '/x' }; export default config;",
    ],
    ['next.config.ts', "export default { basePath: '/x' } satisfies NextConfig;"],
    ['next.config.js', "module.exports = withIntl()(withMDX({ basePath: '/x' }));"],
    [
      'next.config.js',
      'const base = { basePath: `/x` }; module.exports = async (phase) => { return { ...base, a: 1 }; };',
    ],
    ['next.config.cjs', "exports = module.exports = (() => ({ basePath: '/x' }))();"],
  ])('is read through what people write: %s %s', (name, text) => {
    expect(appWith({ [name]: text })?.basePath).toBe('/x');
  });

  it.each([
    ['export default { basePath: process.env.BASE };'],
    ['export default {'],
    ['const a = b; const b = a; export default a;'],
    ['export default f(f(f));'],
    [''],
  ])('that is computed or broken leaves the defaults: %s', (text) => {
    expect(appWith({ 'next.config.mjs': text })).toMatchObject({
      basePath: '',
      locales: [],
      pageExtensions: ['tsx', 'ts', 'jsx', 'js'],
      reactCompiler: false,
    });
  });

  it('is not run', () => {
    appWith({ 'next.config.js': 'globalThis.wasRun = true; module.exports = {};' });
    expect(globalThis).not.toHaveProperty('wasRun');
  });
});

describe('the React Compiler', () => {
  it.each([
    ['next.config.js', 'module.exports = { reactCompiler: true }', true],
    ['next.config.js', "module.exports = { reactCompiler: { compilationMode: 'annotation' } }", 'annotation'],
    ['next.config.js', "module.exports = { reactCompiler: { compilationMode: 'infer' } }", true],
    ['next.config.js', 'module.exports = { experimental: { reactCompiler: true } }', true],
    ['next.config.js', 'module.exports = { reactCompiler: false }', false],
    ['next.config.js', 'module.exports = { reactCompiler: process.env.FAST === "1" }', undefined],
    ['.babelrc', '{"plugins":["babel-plugin-react-compiler"]}', true],
    ['babel.config.js', 'module.exports = { plugins: [["babel-plugin-react-compiler", {}]] }', true],
    ['README.md', 'babel-plugin-react-compiler', false],
  ])('with %s %s is %s', (name, text, expected) => {
    expect(appWith({ [name]: text })?.reactCompiler).toBe(expected);
  });
});

describe("next's major version", () => {
  it.each([
    ['16.4.0', 16],
    ['^15.0.0', 15],
    ['~14.2', 14],
    ['>=14 <16', 14],
    ['16', 16],
    ['15.0.0-canary.3', 15],
    ['npm:next@15.1.0', 15],
    ['latest', undefined],
    ['catalog:', undefined],
    ['github:vercel/next.js#v15', undefined],
  ])('of %s is %s', (version, major) => {
    expect(appWith({ 'package.json': nextPackage({ dependencies: { next: version } }) })?.nextMajor).toBe(major);
  });
});
