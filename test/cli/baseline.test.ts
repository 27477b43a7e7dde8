/** `check --baseline`: what is known is not reported, and what is new is. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { projectFixture } from '../helpers/project-fixture.ts';
import { APP, cli, NAV, NAV_FIXED } from './cli.ts';

const BASELINE = ['check', '--baseline', 'known.json'] as const;

function withBaseline(files: Readonly<Record<string, string>> = APP) {
  const project = projectFixture(files);
  const { all, status } = cli(project.root, [...BASELINE, '--write-baseline']);
  expect(status, all).toBe(0);
  return project;
}

describe('a baseline', () => {
  it('says how many findings it holds, and how to go on', () => {
    expect(cli(projectFixture(APP).root, [...BASELINE, '--write-baseline']).stdout).toBe(
      '1 finding written to known.json. From now on: check --baseline known.json\n',
    );
  });

  it('removes what it has, wherever the line has gone', () => {
    const project = withBaseline();
    project.write('components/nav.tsx', `// one line more\n${NAV}`);
    const { status, stdout } = cli(project.root, BASELINE);
    expect(stdout).toContain('✔ 2 files checked, no new findings.\n1 finding of the baseline not shown.\n');
    expect(status).toBe(0);
  });

  it('leaves what has come since: a second one, and one in another file', () => {
    const project = withBaseline();
    project.write('components/nav.tsx', `${NAV}export const Other = () => <Link href="/sign-out">{1}</Link>;\n`);
    project.write('components/new.tsx', NAV);
    const { status, stdout } = cli(project.root, BASELINE);
    expect(stdout).toContain('✖ 2 problems');
    expect(status).toBe(1);
  });

  it('stands for as many equal findings as it has', () => {
    const twice = NAV.replace('{name}', '\n<Link href="/sign-out" />\n');
    const project = withBaseline({ ...APP, 'components/nav.tsx': twice });
    project.write('components/nav.tsx', twice.replace('<Link href="/sign-out" />', '$&\n$&'));
    expect(cli(project.root, BASELINE).stdout).toContain('✖ 1 problem ');
  });

  it('says what it has that is no longer there', () => {
    const project = withBaseline();
    project.write('components/nav.tsx', NAV_FIXED);
    expect(cli(project.root, BASELINE).stdout).toContain(
      '1 finding of the baseline no longer found: --write-baseline brings it up to date.',
    );
  });

  it('keeps what it has of files that are not checked this time, until they are gone', () => {
    const project = withBaseline({ ...APP, 'other/nav.tsx': NAV });
    const names = () =>
      Object.keys((JSON.parse(readFileSync(project.path('known.json'), 'utf8')) as { findings: object }).findings);
    cli(project.root, [...BASELINE, '--write-baseline', 'components']);
    expect(names()).toEqual(['components/nav.tsx', 'other/nav.tsx']);
    execFileSync('rm', [project.path('other/nav.tsx')]);
    cli(project.root, [...BASELINE, '--write-baseline', 'components']);
    expect(names()).toEqual(['components/nav.tsx']);
  });

  it('is written over an older one, even one that cannot be read, and over nothing else', () => {
    const project = projectFixture({ ...APP, 'known.json': '<<<<<<< ours\n{ "findings": {} }\n' });
    expect(cli(project.root, [...BASELINE, '--write-baseline']).status).toBe(0);
    const nav = 'components/nav.tsx';
    const { status, stderr } = cli(project.root, ['check', '--baseline', nav, '--write-baseline']);
    expect(stderr).toContain("'components/nav.tsx' exists, and is no baseline. Name another file.");
    expect(readFileSync(project.path(nav), 'utf8')).toBe(NAV);
    expect(status).toBe(2);
  });

  it('counts for every format and for the exit code', () => {
    const project = withBaseline();
    const { status, stdout } = cli(project.root, [...BASELINE, '--json']);
    expect(stdout).not.toContain('authkit/no-sign-out-prefetch');
    expect(status).toBe(0);
  });

  it('holds no value of an env file, not even its hash', () => {
    const env = (value: string) => ({ 'package.json': '{}', '.env.local': `WORKOS_COOKIE_PASSWORD=${value}\n` });
    const [one, other] = ['hunter2', 'swordfish1'].map((value) =>
      readFileSync(withBaseline(env(value)).path('known.json'), 'utf8'),
    );
    expect(one).toContain('valid-env');
    expect(one).toBe(other);
  });
});

describe('a file that is no baseline', () => {
  it.each([
    ['[]', "The baseline 'known.json' has no version, and this check reads version 1."],
    ['{ "version": 2, "findings": {} }', "The baseline 'known.json' has version 2, and this check reads version 1."],
    ['{', "The baseline 'known.json' can't be read: it is not JSON."],
  ])('is refused: %s', (text, message) => {
    const { status, stderr, stdout } = cli(projectFixture({ ...APP, 'known.json': text }).root, BASELINE);
    expect(stderr).toContain(message);
    expect(stderr).toContain('--write-baseline');
    expect(stdout).toBe('');
    expect(status).toBe(2);
  });

  it('is one that has not been written', () => {
    expect(cli(projectFixture(APP).root, BASELINE).stderr).toBe(
      "error: There is no baseline 'known.json'. Write it: check --baseline known.json --write-baseline\n",
    );
  });
});

it.each([
  [
    ['--write-baseline'],
    '--write-baseline needs the file to write: check --baseline authkit-baseline.json --write-baseline',
  ],
  [['--baseline', 'a', '--write-baseline', '--staged'], '--staged and --write-baseline exclude each other'],
  [['--baseline', 'a', '--write-baseline', '--quiet'], '--quiet and --write-baseline exclude each other'],
  [['--changed', '--since', 'x'], '--changed and --since exclude each other'],
  [['--changed', '--staged'], '--staged and --changed exclude each other'],
])('refuses %j', (args, message) => {
  const { status, stderr } = cli(projectFixture(APP).root, ['check', ...args]);
  expect(stderr).toContain(message);
  expect(status).toBe(2);
});
