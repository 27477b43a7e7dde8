/** What `check` prints for people: on terminals of any width, and in pipes. */
import { describe, expect, it } from 'vitest';
import { symbolsFor } from '../../cli/output/symbols.ts';
import { fitted, wrap } from '../../cli/output/wrap.ts';
import { projectFixture } from '../helpers/project-fixture.ts';
import { hasTerminal, onTerminal } from '../helpers/terminal.ts';
import { APP, cli, MAIN, NAV, ROUTE } from './cli.ts';

const shown = async (cwd: string, args: readonly string[], columns: number) =>
  (await onTerminal(cwd, [process.execPath, MAIN, ...args], { columns })).text;

describe.skipIf(!hasTerminal)('on a terminal', () => {
  it.each([40, 60, 100])('no line is wider than its %i columns, but for a word that is', async (columns) => {
    const { root } = projectFixture(APP);
    const lines = (await shown(root, ['check'], columns)).split('\n');
    const tooWide = lines.filter((line) => line.length > columns && line.trim().includes(' '));
    // A command stays one line, so that it can be copied.
    expect(tooWide.filter((line) => !line.startsWith('Fix: npx '))).toEqual([]);
    expect(lines.join(' ')).toContain('This link prefetches');
  });

  it('says how long it took, and says the same only once in a file', async () => {
    const { root } = projectFixture({
      ...APP,
      'components/nav.tsx': NAV.replace('{name}', '<Link href="/sign-out" />'),
    });
    const text = await shown(root, ['check'], 100);
    expect(text).toMatch(/^2 files checked in \d+\.\d s\.$/mu);
    expect(text.match(/This link prefetches/gu)).toHaveLength(1);
    expect(text).toContain('As in line 3');
  });

  it('fits the help to 40 columns', async () => {
    const lines = (await shown(projectFixture().root, ['check', '--help'], 40)).split('\n');
    expect(lines.filter((line) => line.length > 40 && !line.includes('npx '))).toEqual([]);
  });
});

describe('in a pipe', () => {
  it('each finding is one line, and no time is told', () => {
    const { stdout } = cli(projectFixture(APP).root, ['check']);
    expect(stdout).toMatch(
      /^ {2}3:\d+ {2}error {2}This link .* Add prefetch=\{false\} {2}authkit\/no-sign-out-prefetch$/mu,
    );
    expect(stdout).not.toMatch(/\d s\./u);
  });

  it('the page of each rule that has found something is named once', () => {
    const { stdout } = cli(projectFixture({ ...APP, 'components/other.tsx': NAV }).root, ['check']);
    expect(stdout.match(/^https:\S+no-sign-out-prefetch\S*$/gmu)).toHaveLength(1);
  });
});

describe('findings of the preset strict', () => {
  const HINT = '1 more with --strict.';

  it('are counted, next to others and alone', () => {
    expect(cli(projectFixture(APP).root, ['check']).stdout).toContain(`\n${HINT}\n`);
    const { status, stdout } = cli(projectFixture({ 'app/sign-out/route.ts': ROUTE }).root, ['check']);
    expect(stdout).toBe(`✔ 1 file checked, no findings.\n${HINT}\n`);
    expect(status).toBe(0);
  });

  it.each([
    ['--strict reports them', ['--strict'], {}],
    ['authkit.json turns their rule off', [], { 'authkit.json': '{ "rules": { "no-get-sign-out": "off" } }' }],
    ['authkit.json turns their rule on', [], { 'authkit.json': '{ "rules": { "no-get-sign-out": "warn" } }' }],
    [
      'a comment disables them',
      [],
      { 'app/sign-out/route.ts': `/* eslint-disable authkit/no-get-sign-out */\n${ROUTE}` },
    ],
  ])('are not counted where %s', (_, args, files) => {
    expect(cli(projectFixture({ ...APP, ...files }).root, ['check', ...args]).stdout).not.toContain('preset strict');
  });

  it('are in no format for programs', () => {
    const { stdout } = cli(projectFixture(APP).root, ['check', '--json']);
    expect(stdout).not.toContain('no-get-sign-out');
  });

  it('are reported where a comment of the file turns their rule on', () => {
    const files = { 'app/sign-out/route.ts': `/* eslint authkit/no-get-sign-out: error */\n${ROUTE}` };
    expect(cli(projectFixture(files).root, ['check']).stdout).toContain('authkit/no-get-sign-out');
  });
});

describe('--explain', () => {
  it('says what the rule is for, what the edit changes, and where the page is', () => {
    const { stdout } = cli(projectFixture(APP).root, ['check', '--explain']);
    expect(stdout).toContain('      Rule: disallow links that prefetch a route which signs users out\n');
    expect(stdout).toMatch(/ {6}Edit: line \d, by codemod no-sign-out-prefetch\n/u);
    expect(stdout).toContain('        +  <Link href="/sign-out" prefetch={false}>\n');
    expect(stdout).toMatch(/ {6}Page: https:\S+no-sign-out-prefetch\.md\n/u);
  });

  it('says why there is no edit', () => {
    const route =
      "import { withAuth } from '@workos-inc/authkit-nextjs';\nexport default async function Page() {\n  const { user } = await withAuth({ ensureSignedIn: true });\n  return user.email;\n}\n";
    expect(cli(projectFixture({ 'app/page.tsx': route }).root, ['check', '--explain']).stdout).toMatch(
      / {6}No edit: \S/u,
    );
  });

  it('is refused with formats that have no room for it', () => {
    expect(cli(projectFixture(APP).root, ['check', '--explain', '--format', 'sarif']).stderr).toContain(
      '--explain and --format sarif exclude each other: stylish and json have room for it.',
    );
  });
});

describe('--format agent', () => {
  it('has one finding a line, with the command that fixes it', () => {
    const { stdout } = cli(projectFixture(APP).root, ['check', '--format', 'agent']);
    expect(stdout).toMatch(
      /^components\/nav\.tsx:3:\d+ error no-sign-out-prefetch: This link .* Fix \(safe\): npx eslint-plugin-authkit codemod no-sign-out-prefetch components\/nav\.tsx\n1 problem in 2 files checked\n$/u,
    );
  });

  it('says that nothing was found', () => {
    expect(cli(projectFixture({ 'a.ts': '' }).root, ['check', '--format', 'agent']).stdout).toBe(
      '0 problems in 1 file checked\n',
    );
  });
});

describe('--convex-env', () => {
  const files = {
    'package.json': '{ "dependencies": { "convex": "1.48.0", "@workos-inc/authkit-nextjs": "4.3.2", "next": "16" } }',
    'convex/schema.ts': '',
    'convex/auth.config.ts': `const clientId = process.env.WORKOS_CLIENT_ID!;
export default {
  providers: [
    { type: 'customJwt', issuer: \`https://api.workos.com/user_management/\${clientId}\`, algorithm: 'RS256', jwks: \`https://api.workos.com/sso/jwks/\${clientId}\` },
  ],
};
`,
  };

  it('is all that the deployment has: what is missing is unset', () => {
    const project = projectFixture(files);
    expect(cli(project.root, ['check', '--json']).stdout).not.toContain('authkit/valid-auth-config');
    const { stdout } = cli(project.root, ['check', '--json', '--convex-env', '-'], {}, 'OTHER=1\n');
    expect(stdout).toContain('authkit/valid-auth-config');
    expect(stdout).toContain('WORKOS_CLIENT_ID');
  });

  it('is not taken from a command that failed', () => {
    const { status, stderr } = cli(projectFixture(files).root, ['check', '--convex-env', '-'], {}, '✖ Not logged in\n');
    expect(stderr).toContain('--convex-env has no variables in it');
    expect(status).toBe(2);
  });
});

describe('text in columns', () => {
  it('is broken between words, and never within one', () => {
    expect(wrap('a link that is long', 16)).toEqual(['a link that is', 'long']);
    expect(wrap(`see ${'x'.repeat(30)} there`, 16)).toEqual(['see', 'x'.repeat(30), 'there']);
  });

  it('goes on below the explanation of an option', () => {
    expect(fitted('      --fix                apply the fixes that are safe to apply', 60)).toBe(
      `      --fix                apply the fixes that are safe to\n${' '.repeat(27)}apply`,
    );
  });

  it('stays whole in a pipe', () => {
    expect(fitted('x '.repeat(100), undefined)).toBe('x '.repeat(100));
  });
});

it.each([
  [{}, '✔'],
  [{ LANG: 'en_US.UTF-8' }, '✔'],
  [{ LC_ALL: 'C', LANG: 'en_US.UTF-8' }, 'ok'],
  [{ LANG: 'de_DE.ISO-8859-1' }, 'ok'],
  [{ TERM: 'dumb' }, 'ok'],
])('draws with what the terminal can show: %j', (env, done) => {
  expect(symbolsFor(env).done).toBe(done);
});

it('--fix names the files that it has fixed', () => {
  const project = projectFixture({ ...APP, 'components/other.tsx': NAV });
  const { status, stdout } = cli(project.root, ['check', '--fix']);
  expect(stdout).toContain('\nFixed 2 files: components/nav.tsx, components/other.tsx.\n');
  expect(status).toBe(0);
  expect(cli(project.root, ['check', '--fix']).stdout).not.toContain('Fixed');
});

it.each([
  ['valid-env', 'valid-env is a rule without one: what it reports needs a manual change'],
  ['authkit/valid-proxy', "It is called 'valid-proxy' here."],
])('codemod %s says what it is', (name, told) => {
  const { status, stderr } = cli(projectFixture(APP).root, ['codemod', name]);
  expect(stderr).toContain(told);
  expect(status).toBe(2);
});
