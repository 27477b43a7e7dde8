/** Which files are looked at, told by the JSON of `check`. */
import { chmodSync, mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { createServer } from 'node:net';
import { relative } from 'node:path';
import { ESLint } from 'eslint';
import { describe, expect, it } from 'vitest';
import plugin from '../../index.ts';
import { folderFilter, isSource } from '../../cli/files/skip.ts';
import { type ProjectFixture, projectFixture } from '../helpers/project-fixture.ts';
import { cli, cliWithoutRights, gitProject } from './cli.ts';

const EMPTY = 'export {};\n';

function looked({ root }: ProjectFixture, args: readonly string[] = []): string[] {
  const { all, stdout } = cli(root, ['check', '--json', ...args]);
  if (stdout === '') throw new Error(all);
  return (JSON.parse(stdout) as ESLint.LintResult[]).map(({ filePath }) =>
    relative(root, filePath).replaceAll('\\', '/'),
  );
}

describe.each([
  ['in a git work tree', gitProject],
  ['without git', projectFixture],
])('%s', (_where, makeProject) => {
  it('takes JavaScript and TypeScript of every extension, and no declarations', () => {
    const names = ['a.js', 'b.mjs', 'c.cjs', 'd.jsx', 'e.ts', 'f.mts', 'g.cts', 'h.tsx'];
    const project = makeProject(
      Object.fromEntries([...names, 'i.d.ts', 'j.json', 'k.css'].map((name) => [name, EMPTY])),
    );
    expect(looked(project)).toEqual(names);
  });

  it('ignores what .gitignore files name, in every folder, and takes back what they take back', () => {
    const project = makeProject({
      '.gitignore': 'generated/\n*.gen.ts\n',
      'generated/a.ts': EMPTY,
      'src/a.gen.ts': EMPTY,
      'src/.gitignore': '!keep.gen.ts\nprivate.ts\n',
      'src/keep.gen.ts': EMPTY,
      'src/private.ts': EMPTY,
      'private.ts': EMPTY,
    });
    expect(looked(project)).toEqual(['private.ts', 'src/keep.gen.ts']);
  });

  it('passes by dependencies, build output next to a package.json, and minified files', () => {
    const project = makeProject({
      'node_modules/a/index.js': EMPTY,
      '.next/server/a.js': EMPTY,
      '.next 2/server/a.js': EMPTY,
      '.next-e2e/server/a.js': EMPTY,
      'dist/a.js': EMPTY,
      'packages/ui/build/a.js': EMPTY,
      'packages/ui/package.json': '{}',
      'public/a.min.js': EMPTY,
      'src/a.ts': EMPTY,
    });
    expect(looked(project)).toEqual(['src/a.ts']);
    expect(looked(makeProject({ '.nextjs/a.ts': EMPTY }))).toEqual(['.nextjs/a.ts']);
  });

  it('takes a route that is called like build output', () => {
    expect(looked(makeProject({ 'app/build/page.tsx': EMPTY, 'app/out/page.tsx': EMPTY }))).toEqual([
      'app/build/page.tsx',
      'app/out/page.tsx',
    ]);
  });

  it('leaves out tests and stories, and takes them when they are named', () => {
    const project = makeProject({ 'a.ts': EMPTY, 'a.test.ts': EMPTY, 'a.stories.tsx': EMPTY, 'e2e/b.ts': EMPTY });
    expect(looked(project)).toEqual(['a.ts']);
    expect(looked(project, ['a.test.ts', 'e2e'])).toEqual(['a.test.ts', 'e2e/b.ts']);
  });

  it('does a file once, whatever names it', () => {
    expect(looked(makeProject({ 'src/a.ts': EMPTY }), ['src', 'src/a.ts', '.', './src/../src'])).toEqual(['src/a.ts']);
  });

  it('does the target of a link once', () => {
    const project = makeProject({ 'a.ts': EMPTY });
    symlinkSync('a.ts', project.path('b.ts'));
    expect(looked(project)).toEqual(['a.ts']);
  });

  it('ends when a link leads back to a folder around it, and says so', () => {
    const project = makeProject({ 'src/a.ts': EMPTY });
    symlinkSync('..', project.path('src/loop'));
    const { status, stderr, stdout } = cli(project.root, ['check']);
    expect(stderr).toBe('note: src/loop leads back to a folder around it, and was not followed.\n');
    expect(stdout).toContain('1 file checked');
    expect(status).toBe(0);
  });

  it('names links that go round in a circle', () => {
    const project = makeProject({ 'a.ts': EMPTY });
    symlinkSync('c.ts', project.path('b.ts'));
    symlinkSync('b.ts', project.path('c.ts'));
    const { status, stderr } = cli(project.root, ['check']);
    expect(stderr).toBe(
      'error: b.ts could not be read: its symbolic links go round in a circle.\nerror: c.ts could not be read: its symbolic links go round in a circle.\n',
    );
    expect(status).toBe(2);
  });

  it('says nothing of what is broken in a folder that is left out', () => {
    const project = makeProject({ 'a.ts': EMPTY, 'old/b.ts': EMPTY });
    symlinkSync('gone.ts', project.path('old/c.ts'));
    symlinkSync('..', project.path('old/up'));
    expect(cli(project.root, ['check', '--ignore', 'old'])).toMatchObject({ status: 0, stderr: '' });
  });

  it('names a link to a file that does not exist', () => {
    const project = makeProject({ 'a.ts': EMPTY });
    symlinkSync('gone.ts', project.path('b.ts'));
    expect(cli(project.root, ['check']).stderr).toBe('error: b.ts is a link to a file that does not exist.\n');
  });

  it.skipIf(process.platform === 'win32')(
    'names a folder that can not be read, does the others, and exits with 2',
    () => {
      const project = makeProject({ 'a.ts': EMPTY, 'secret/b.ts': EMPTY });
      chmodSync(project.root, 0o755);
      chmodSync(project.path('secret'), 0o000);
      // git refuses to serve a repository of another user; the walk takes over, and has to see the same.
      const outcome = cliWithoutRights(project.root, ['check']);
      chmodSync(project.path('secret'), 0o755);
      expect(outcome?.stderr).toMatch(/^error: secret could not be read: permission denied\.\n$/u);
      expect(outcome?.stdout).toBe('');
      expect(outcome?.status).toBe(2);
    },
  );

  it.skipIf(process.platform === 'win32')(
    'names a file that can not be read, does the others, and exits with 2',
    () => {
      const project = makeProject({ 'a.ts': EMPTY, 'b.ts': EMPTY });
      chmodSync(project.root, 0o755);
      chmodSync(project.path('b.ts'), 0o000);
      const outcome = cliWithoutRights(project.root, ['check', '--json']);
      expect(outcome?.stdout).toContain('This file could not be read: permission denied');
      expect(outcome?.status).toBe(2);
    },
  );

  it('says so when a folder has no files to look at', () => {
    const { status, stderr, stdout } = cli(makeProject({ 'a.md': '' }).root, ['check']);
    expect(stderr).toMatch(/^error: There are no JavaScript or TypeScript files to look at here \(.+\)\.\n$/u);
    expect(stdout).toBe('');
    expect(status).toBe(2);
  });
});

describe('git', () => {
  it('does not have to know of a file that was deleted', () => {
    const project = gitProject({ 'a.ts': EMPTY, 'b.ts': EMPTY });
    cli(project.root, ['check']);
    rmSync(project.path('b.ts'));
    expect(looked(project)).toEqual(['a.ts']);
  });

  it('lists repositories inside the work tree as well', () => {
    const project = gitProject({ 'a.ts': EMPTY });
    const inner = gitProject({ 'b.ts': EMPTY });
    symlinkSync(inner.root, project.path('link'));
    mkdirSync(project.path('inner'));
    project.write('inner/.git/HEAD', 'ref: refs/heads/main\n');
    project.write('inner/.git/objects/.keep', '');
    project.write('inner/.git/refs/.keep', '');
    project.write('inner/c.ts', EMPTY);
    expect(looked(project)).toEqual(['a.ts', 'inner/c.ts']);
  });

  it('says that it is git that ignores a folder', () => {
    const { stderr } = cli(gitProject({ '.gitignore': 'generated', 'generated/a.ts': EMPTY }).root, [
      'check',
      'generated',
    ]);
    expect(stderr).toContain('in generated (git ignores it)');
  });

  it('is not needed: a folder is walked where it is not installed', () => {
    const { root } = gitProject({ '.gitignore': 'b.ts', 'a.ts': EMPTY, 'b.ts': EMPTY });
    expect(cli(root, ['check'], { PATH: '/nowhere' }).stdout).toContain('✔ 1 file checked.');
  });
});

describe('paths that are given', () => {
  it.each([
    ['nowhere', "There is no file or folder 'nowhere'."],
    ['src/*.ts', 'Patterns are not expanded'],
    ['', 'An argument is empty.'],
  ])('are refused when they name nothing to look at: %s', (path, message) => {
    const { status, stderr } = cli(projectFixture({ 'notes.md': '', 'a.ts': EMPTY }).root, ['check', path]);
    expect(stderr).toContain(message);
    expect(status).toBe(2);
  });

  it.each([
    [['notes.md', 'a.ts'], '✔ 1 file checked, no findings.\n'],
    [['notes.md'], '✔ There is nothing to check.\n'],
  ])('are skipped with a line when they are none of ours: %j', (paths, text) => {
    const { status, stderr, stdout } = cli(projectFixture({ 'notes.md': '', 'a.ts': EMPTY }).root, ['check', ...paths]);
    expect(stderr).toBe('note: notes.md was skipped: this command does not look at such files.\n');
    expect(stdout).toBe(text);
    expect(status).toBe(0);
  });

  it.skipIf(process.platform === 'win32')('are refused when they name a socket', async () => {
    const { path, root } = projectFixture();
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(path('a.ts'), resolve));
    const { status, stderr } = cli(root, ['check', 'a.ts']);
    server.close();
    expect(stderr).toBe("error: 'a.ts' is neither a file nor a folder.\n");
    expect(status).toBe(2);
  });
});

it('leaves out in folders exactly what the presets leave out as tests and stories', async () => {
  const cwd = projectFixture().root;
  const ignores = plugin.configs.recommended.flatMap((config) => config.ignores ?? []);
  const eslint = new ESLint({ cwd, overrideConfigFile: true, overrideConfig: { ignores: [...new Set(ignores)] } });
  const skips = folderFilter();
  const names = [
    'a',
    'a.test',
    'a.spec',
    'a.stories',
    'a.story',
    'a.cy',
    'a.e2e',
    'test',
    'a.tests',
    'latest',
    'a.test.b',
  ].map((name) => `${name}.js`);
  const folders = [
    'src',
    '__tests__',
    '__mocks__',
    '__fixtures__',
    'test',
    'tests',
    'e2e',
    'cypress',
    'playwright',
    '.storybook',
    'testing',
    'stories',
  ];
  for (const name of names) expect([name, !isSource(name)]).toEqual([name, await eslint.isPathIgnored(name)]);
  for (const folder of folders)
    expect([folder, skips(cwd, folder)]).toEqual([folder, await eslint.isPathIgnored(`${folder}/a.js`)]);
});
