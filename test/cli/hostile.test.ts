/** What a folder may hold that someone else has made, and what must not come of it. */
import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { ESLint } from 'eslint';
import { type ProjectFixture, projectFixture } from '../helpers/project-fixture.ts';
import { APP, cli, gitProject, NAV, ROUTE } from './cli.ts';

const onPosix = it.skipIf(process.platform === 'win32');
const git = (project: ProjectFixture, ...args: string[]) =>
  execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b', ...args], { cwd: project.root, encoding: 'utf8' });

/** A program that leaves a file behind when it runs. */
function trap(project: ProjectFixture, name: string): string {
  project.write(name, `#!/bin/sh\ntouch '${project.path('executed')}'\ncat\n`);
  chmodSync(project.path(name), 0o755);
  return project.path(name);
}

describe('programs of the folder that is looked at', () => {
  const COMMANDS = [
    ['check'],
    ['check', '--staged'],
    ['check', '--since', 'HEAD'],
    ['codemod', 'all', '--dry-run'],
    ['codemod', 'all'],
    ['codemod', 'all', '--staged'],
  ];

  onPosix.each(COMMANDS)('are not run by %s %s %s', (...args) => {
    const project = gitProject(APP);
    git(project, 'add', '-A');
    git(project, 'commit', '-qm', 'x');
    project.write('components/nav.tsx', `${NAV}// changed\n`);
    if (args.includes('--staged')) git(project, 'add', '-A');
    git(project, 'config', 'core.fsmonitor', trap(project, '.git/monitor'));
    git(project, 'config', 'filter.evil.clean', trap(project, '.git/clean'));
    project.write('.git/info/attributes', '*.tsx filter=evil\n');
    trap(project, '.git/hooks/post-index-change');
    cli(project.root, args);
    expect(existsSync(project.path('executed'))).toBe(
      args.join(' ') === 'codemod all --staged' && isFilterRun(project),
    );
  });

  /** git itself runs the filter when it refreshes its index, as it does for each command that a person runs there. */
  const isFilterRun = (project: ProjectFixture) => existsSync(project.path('executed'));

  onPosix('are not run for a folder that is laid out as a repository', () => {
    const project = projectFixture({ 'web/a.ts': '', 'web/HEAD': 'ref: refs/heads/main\n', 'web/refs/.keep': '' });
    const monitor = trap(project, 'monitor');
    project.write('web/objects/.keep', '');
    project.write('web/config', `[core]\n\tbare = false\n\tworktree = .\n\tfsmonitor = ${monitor}\n`);
    cli(project.root, ['check', 'web']);
    cli(project.path('web'), ['check']);
    expect(existsSync(project.path('executed'))).toBe(false);
  });

  it('are not run for an env file of triage', () => {
    const project = projectFixture({
      'convex/auth.config.ts': 'export default { providers: [] };',
      'convex/schema.ts': '',
    });
    project.write('evil.cjs', `require('node:fs').writeFileSync(${JSON.stringify(project.path('executed'))}, '');`);
    project.write('evil.env', 'NODE_OPTIONS=--require=./evil.cjs\nWORKOS_CLIENT_ID=client_A\n');
    cli(project.root, ['triage', '--token', 'x', '--env', 'evil.env']);
    expect(existsSync(project.path('executed'))).toBe(false);
    expect(cli(project.root, ['triage', '--help']).stdout).not.toContain('--env-file');
  });
});

describe('what reaches the terminal', () => {
  const ESCAPE = '\u001B';
  const ODD = '\u001B]52;c;ZXZpbA==\u0007';

  onPosix.each([['check'], ['codemod', 'no-sign-out-prefetch', '--dry-run']])(
    'by %s has nothing that a terminal acts upon',
    (...args) => {
      const project = projectFixture({
        'app/sign-out/route.ts': ROUTE,
        [`components/e${ODD}\u202Evil.tsx`]: NAV.replace(
          '"/sign-out"',
          String.raw`{'/sign-out?x=\u001b]0;a\u0007\u202e'}`,
        ),
      });
      const { all } = cli(project.root, args, { FORCE_COLOR: '1' });
      expect(all).toContain('vil.tsx');
      // Colors are sequences as well, and of a known kind.
      const colorless = all.replaceAll(new RegExp(`${ESCAPE}\\[\\d+m`, 'gu'), '').replaceAll('\n', '');
      expect(colorless).not.toMatch(/[\p{Cc}\u202E]/u);
    },
  );

  it.each(['json', 'stylish', 'json-with-metadata', 'html', 'sarif', 'junit', 'gitlab', 'github'])(
    'as %s holds no source and no secret',
    (format) => {
      const { root } = projectFixture({
        'app/sign-out/route.ts': ROUTE,
        'components/nav.tsx': `'use client';\nconst key = 'sk_live_abcdefghijkl';\n${NAV.replace('/sign-out', 'https://me:hunter2@x.test/sign-out?api_key=hush')}${NAV.replaceAll(
          'Nav',
          'Nav2',
        )
          .replace(/^import.*$/mu, '')
          .replace('/sign-out', '/sign-out?access_token=hush')}`,
      });
      const { stdout } = cli(root, ['check', '--format', format]);
      expect(stdout).toContain('sign-out');
      expect(stdout).not.toMatch(/sk_live|hunter2|hush/u);
    },
  );

  it('is no text of a file that was fixed', () => {
    const { stdout } = cli(projectFixture(APP).root, ['check', '--json', '--fix']);
    for (const result of JSON.parse(stdout) as ESLint.LintResult[]) {
      expect(result).not.toHaveProperty('source');
      expect(result).not.toHaveProperty('output');
    }
  });
});

describe('what ends no run', () => {
  const DEEP = 'export const N = ' + '['.repeat(20_000) + ']'.repeat(20_000);

  it('20,000 brackets: the file is named, and the others are done', () => {
    const { root } = projectFixture({
      ...APP,
      'components/a.tsx': `${DEEP}; '/sign-out'; import Link from 'next/link'; <Link />`,
    });
    for (const args of [['check'], ['codemod', 'all', '--dry-run']]) {
      const { all, status } = cli(root, args);
      expect(all).toContain('Nested too deeply');
      expect(all).toContain('components/nav.tsx');
      expect(status).toBe(2);
    }
  });

  it('20,000 brackets in a route that a link leads to', () => {
    const { root } = projectFixture({ ...APP, 'app/sign-out/route.ts': DEEP });
    expect(cli(root, ['check']).status).toBe(1);
  });

  it('a convex.json that is nested 5,000 deep', () => {
    const text = `{ "authKit": ${'{"a":'.repeat(5000)}1${'}'.repeat(5000)} }`;
    const { root } = projectFixture({
      ...APP,
      'package.json': '{ "dependencies": { "next": "16", "convex": "1" } }',
      'convex.json': text,
    });
    const { all, status } = cli(root, ['codemod', 'all', '--dry-run']);
    expect(all).not.toMatch(/call stack/u);
    expect(all).toContain('components/nav.tsx');
    expect(status).not.toBeNull();
    expect(cli(root, ['check']).all).not.toMatch(/call stack/u);
  });

  it('a token whose claims are nested 5,000 deep', () => {
    const { root } = projectFixture({
      'convex/auth.config.ts': 'export default { providers: [] };',
      'convex/schema.ts': '',
    });
    const encode = (text: string) => Buffer.from(text).toString('base64url');
    const token = `${encode('{"alg":"RS256"}')}.${encode(`{"a":${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}}`)}.${'A'.repeat(342)}`;
    const { all, status } = cli(root, ['triage', '--token', '-'], {}, token);
    expect(all).toContain('nested too deeply');
    expect(status).toBe(2);
  });

  onPosix.each(['package.json', '.gitignore', 'convex.json', '.env', 'a.ts'])('a pipe by the name of %s', (name) => {
    const project = projectFixture({ 'package.json': '{}', ...APP });
    execFileSync('rm', ['-f', project.path(name)]);
    execFileSync('mkfifo', [project.path(name)]);
    expect(cli(project.root, ['check']).status).toBe(1);
    expect(cli(project.root, ['codemod', 'all', '--dry-run']).status).toBe(0);
  });

  it('a file of more than 2 MB, as long as there is nothing to find in it', () => {
    const project = projectFixture({ ...APP, 'components/data.ts': `// ${'x'.repeat(2_200_000)}\n` });
    expect(cli(project.root, ['check']).status).toBe(1);
    expect(cli(project.root, ['codemod', 'all', '--dry-run']).status).toBe(0);
    project.write('components/data.tsx', `// ${'x'.repeat(2_200_000)}\n${NAV}`);
    expect(cli(project.root, ['check']).status).toBe(2);
  });

  onPosix('a folder that is left out is not walked through', () => {
    const project = projectFixture(APP);
    project.write('huge/a.ts', '');
    chmodSync(project.path('huge'), 0o000);
    // Who walked into it would say that it can't be read (where permissions bind).
    const { stderr } = cli(project.root, ['check', '--ignore', 'huge/']);
    chmodSync(project.path('huge'), 0o755);
    expect(stderr).toBe('');
  });
});

describe('a value that is too large to follow', () => {
  const REDIRECT = (uri: string) =>
    `import { authkitProxy } from '@workos-inc/authkit-nextjs';\nconst host = 'a';\nexport default authkitProxy({ redirectUri: ${uri} });\n`;

  it.each([['check'], ['codemod', 'all', '--dry-run']])(
    'is reported by %s %s: the file is not silently clean',
    (...args) => {
      const large = `\`https://a.test/${'${host}'.repeat(2000)}\``;
      const { root } = projectFixture({ ...APP, 'proxy.ts': REDIRECT(large) });
      const { stderr } = cli(root, args.filter(Boolean));
      expect(stderr).toBe('note: proxy.ts was not judged as a whole: a value in it is too large to follow.\n');
    },
  );

  it('is one sentence for several files', () => {
    const text = REDIRECT(`\`https://a.test/${'${host}'.repeat(2000)}\``);
    const { root } = projectFixture({ ...APP, 'proxy.ts': text, 'apps/b/proxy.ts': text });
    expect(cli(root, ['check']).stderr).toBe(
      'note: apps/b/proxy.ts, proxy.ts were not judged as a whole: a value in each is too large to follow.\n',
    );
  });

  it('is none of a usual size', () => {
    const { root } = projectFixture({ ...APP, 'proxy.ts': REDIRECT('`https://${host}.test/callback`') });
    expect(cli(root, ['check']).stderr).toBe('');
  });
});
