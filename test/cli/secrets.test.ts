/** Secrets that are written in the code: no command prints them, in no context line of a diff. */
import { describe, expect, it } from 'vitest';
import { secretsIn, withoutSecrets } from '../../cli/output/hide-secrets.ts';
import { projectFixture } from '../helpers/project-fixture.ts';
import { hasTerminal, KEYS, onTerminal } from '../helpers/terminal.ts';
import { APP, cli, MAIN, NAV_FIXED } from './cli.ts';

const KEY = 'sk_test_a2V5XzAxSlhYWFhYWFhYWFhYWFhYWFhYWFhYWFg';
const PASSWORD = 'a-cookie-password-of-more-than-32-letters';
const OTHER = 'hushhushhushhushhushhushhushhush';
const PAGE = `import Link from 'next/link';
const workos = new WorkOS('${KEY}');
const session = { cookiePassword:
  '${PASSWORD}', password: process.env.WORKOS_COOKIE_PASSWORD ?? '${OTHER}' };
export const Nav = () => <Link href="/sign-out" data-session={[workos, session]} />;
`;
const FILES = { ...APP, 'components/nav.tsx': PAGE };
const SECRETS = [KEY, PASSWORD, OTHER];
const HIDDEN = 'Secrets that are written in the code are shown as ***';

describe('no secret is printed', () => {
  it.each([
    ['codemod --diff', ['codemod', 'all', '--diff']],
    ['codemod --diff --json', ['codemod', 'all', '--diff', '--json']],
    ['check --explain', ['check', '--explain']],
    ['check --strict --explain', ['check', '--strict', '--explain']],
    ['check --format html', ['check', '--format', 'html']],
    ['check --json', ['check', '--json']],
  ])('by %s', (_, args) => {
    const { all } = cli(projectFixture(FILES).root, args);
    expect(all).toContain('no-sign-out-prefetch');
    for (const secret of SECRETS) expect(all).not.toContain(secret);
  });

  it('and a diff in which one was replaced says that it does not apply', () => {
    const { stderr, stdout } = cli(projectFixture(FILES).root, ['codemod', 'all', '--diff']);
    expect(stdout).toContain(" const workos = new WorkOS('***');\n");
    expect(stderr).toContain(HIDDEN);
    const json = JSON.parse(cli(projectFixture(FILES).root, ['codemod', 'all', '--diff', '--json']).stdout) as {
      files: { diffHidesSecrets?: true }[];
    };
    expect(json.files.map(({ diffHidesSecrets }) => diffHidesSecrets)).toEqual([true]);
    expect(cli(projectFixture(APP).root, ['codemod', 'all', '--diff']).stderr).not.toContain(HIDDEN);
  });

  it('but they stay in the file', () => {
    const project = projectFixture(FILES);
    const edited = cli(project.root, ['codemod', 'all', '--stdin-filename', 'components/nav.tsx'], {}, PAGE).stdout;
    expect(edited).not.toBe(PAGE);
    for (const secret of SECRETS) expect(edited).toContain(secret);
  });
});

describe.skipIf(!hasTerminal)('on a terminal', () => {
  it.each([
    [
      'codemod',
      [
        ['What do you want to change?', KEYS.enter],
        ['Write this to', KEYS.interrupt],
      ],
    ],
    ['codemod all -i', [['Make this edit?', KEYS.interrupt]]],
  ] as const)('%s shows none', async (command, typed) => {
    const { text } = await onTerminal(projectFixture(FILES).root, [process.execPath, MAIN, ...command.split(' ')], {
      typed,
    });
    expect(text).toContain("?? '***' };");
    for (const secret of SECRETS) expect(text).not.toContain(secret);
  });

  it('lines that are indented with tabs are shown', async () => {
    const tabs = NAV_FIXED.replaceAll('  ', '\t').replace(' prefetch={false}', '');
    const project = projectFixture({ ...APP, 'components/nav.tsx': tabs });
    const { text } = await onTerminal(project.root, [process.execPath, MAIN, 'codemod', 'all', '-i'], {
      typed: [['Make this edit?', KEYS.interrupt]],
    });
    expect(text).toContain('prefetch={false}');
    expect(text).not.toContain('\uFFFD');
  });
});

describe('what counts as a secret', () => {
  const hides = (text: string) => withoutSecrets(text, secretsIn(text)) !== text;

  it.each([
    `const password = '${OTHER}';`,
    `{ "cookiePassword": "${OTHER}" }`,
    `WORKOS_COOKIE_PASSWORD=${OTHER}\n`,
    `export STRIPE_SECRET="${OTHER}"`,
    `const apiKey: string = \`${OTHER}\``,
    `options.privateKey ||= '${OTHER}'`,
    'postgres://me:hunter2@localhost/db',
    `-----BEGIN PRIVATE KEY-----\n${OTHER}\n-----END PRIVATE KEY-----`,
  ])('%s', (text) => {
    expect(hides(text)).toBe(true);
  });

  it.each([
    '<input type="password" placeholder=\'password\' />',
    "const token = 'access_token';",
    "const tokenUrl = 'https://api.example.com/oauth/token/endpoint';",
    "const resetPassword = '/account/reset-password-page';",
    'const password = process.env.WORKOS_COOKIE_PASSWORD;',
    'const secret = `${process.env.A}${process.env.B}`;',
    "const title = 'a-long-text-that-is-no-secret-at-all';",
  ])('not %s', (text) => {
    expect(hides(text)).toBe(false);
  });
});
