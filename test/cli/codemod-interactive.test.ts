/** `codemod` with a person at a terminal. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type ProjectFixture, projectFixture } from '../helpers/project-fixture.ts';
import { hasTerminal, KEYS, onTerminal, type TerminalOptions } from '../helpers/terminal.ts';
import { APP, CALL, cli, gitProject, MAIN, NAV, NAV_FIXED } from './cli.ts';

const codemod = (project: ProjectFixture, typed: TerminalOptions['typed'], ...args: string[]) =>
  onTerminal(project.root, [process.execPath, MAIN, 'codemod', ...args], { typed: typed ?? [] });
const nav = (project: ProjectFixture, name = 'components/nav.tsx') => readFileSync(project.path(name), 'utf8');

const CHOOSE = 'What do you want to change?';
const WRITE = 'Write this to';
/** An answer draws its question again, so the place of the edit belongs to it. */
const editAt = (place: string) => new RegExp(`${place}  no-sign-out-prefetch[^]*Make this edit\\?`, 'u');

describe.skipIf(!hasTerminal)('without a name', () => {
  it('shows what has findings, with counts and how careful to be, and nothing else', async () => {
    const { status, text } = await codemod(projectFixture({ ...APP, 'components/warm.tsx': CALL }), [
      [CHOOSE, KEYS.interrupt],
    ]);
    expect(text).toContain('1 finding needs a manual change.');
    expect(text).toContain('no-sign-out-prefetch  1 place in 1 file · safe');
    expect(text).toContain('no-get-sign-out  3 places in 3 files · review');
    expect(text).not.toContain('valid-proxy');
    expect(text).toContain('Nothing was written.');
    expect(status).toBe(1);
  });

  it('writes nothing on the first Enter: it shows the diff and asks', async () => {
    const project = projectFixture(APP);
    const { status, text } = await codemod(project, [
      [CHOOSE, KEYS.enter],
      [WRITE, 'n' + KEYS.enter],
    ]);
    expect(text).toContain('+  <Link href="/sign-out" prefetch={false}>');
    expect(text).toContain('Nothing was written.');
    expect(nav(project)).toBe(NAV);
    expect(status).toBe(1);
  });

  it('shows the question with its answers, and not its answers alone', async () => {
    const { text } = await codemod(projectFixture(APP), [
      [CHOOSE, KEYS.enter],
      [WRITE, 'n' + KEYS.enter],
    ]);
    expect(text).toMatch(/^Write this to 1 file\? \[Y\/e\/n\] n$/mu);
  });

  it('writes on the second one, and says how to go on', async () => {
    const project = projectFixture(APP);
    const { status, text } = await codemod(project, [
      [CHOOSE, KEYS.enter],
      [WRITE, KEYS.enter],
    ]);
    expect(nav(project)).toBe(NAV_FIXED);
    expect(text).toContain('1 place in 1 file changed.\nNext: npx eslint-plugin-authkit check\n');
    // What belongs to the preset strict is offered, and not chosen from the start.
    expect(readFileSync(project.path('app/sign-out/route.ts'), 'utf8')).not.toContain('RSC');
    expect(status).toBe(0);
  });

  it('asks nothing where nothing is found', async () => {
    const { status, text } = await codemod(projectFixture({ 'a.ts': '' }), []);
    expect(text).toContain('1 file checked, nothing to change.');
    expect(status).toBe(0);
  });

  it('says which files it would not change, and asks nothing where there are no others', async () => {
    const { status, text } = await codemod(gitProject(APP), [[CHOOSE, KEYS.enter]]);
    expect(text).not.toContain(WRITE);
    expect(text).toContain('Nothing was written.');
    expect(status).toBe(1);
    expect(text.replaceAll(/\s+/gu, ' ')).toContain(
      'Not changed without --force, because git has neither committed nor staged them as they are: components/nav.tsx',
    );
  });

  it.each([
    ['is dumb', { TERM: 'dumb' }],
    ['knows ASCII alone', { LC_ALL: 'C' }],
  ])('asks for numbers, and draws nothing, on a terminal that %s', async (_, env) => {
    const project = projectFixture(APP);
    const { status, text } = await onTerminal(project.root, [process.execPath, MAIN, 'codemod'], {
      env,
      typed: [
        ['Numbers, "all", "none"', 'nine' + KEYS.enter],
        ['Numbers, "all", "none"', KEYS.enter],
        [WRITE, 'y' + KEYS.enter],
      ],
    });
    expect(text).toContain('* 2  no-sign-out-prefetch  1 place in 1 file - safe');
    expect(text).not.toMatch(/[^\n\r\t -~]/u);
    expect(nav(project)).toBe(NAV_FIXED);
    expect(status).toBe(0);
  });

  it('takes no letter that means nothing for a yes', async () => {
    const project = projectFixture(APP);
    const { text } = await codemod(project, [
      [CHOOSE, KEYS.enter],
      [WRITE, 'x' + KEYS.enter],
      [WRITE, 'no' + KEYS.enter],
    ]);
    expect(text).toContain('Nothing was written.');
    expect(nav(project)).toBe(NAV);
  });

  it.each(['q', KEYS.interrupt])('ends at %j without a change', async (key) => {
    const project = projectFixture(APP);
    const { status, text } = await codemod(project, [[CHOOSE, key]]);
    expect(text).toContain('Nothing was written.');
    expect(nav(project)).toBe(NAV);
    expect(status).toBe(1);
  });

  it('fits a terminal of 40 columns', async () => {
    const { text } = await onTerminal(projectFixture(APP).root, [process.execPath, MAIN, 'codemod'], {
      columns: 40,
      typed: [
        [CHOOSE.slice(0, 20), KEYS.enter],
        ['Write this', KEYS.interrupt],
      ],
    });
    const question = text.slice(text.lastIndexOf('yes, change'));
    expect(question.split('\n').every((line) => line.length <= 40)).toBe(true);
    expect(text).toContain('Nothing was written.');
  });
});

describe.skipIf(!hasTerminal)('--interactive', () => {
  const TWICE = NAV.replace('{name}', '\n<Link href="/sign-out" />\n');

  it('makes the edits that were said yes to, and no others', async () => {
    const project = projectFixture({ ...APP, 'components/other.tsx': NAV });
    const { status, text } = await codemod(
      project,
      [
        [editAt('nav.tsx:3'), 'n' + KEYS.enter],
        [editAt('other.tsx:3'), 'y' + KEYS.enter],
        ['Write what you said yes to?', KEYS.enter],
      ],
      'all',
      '--interactive',
    );
    expect(text).toContain('components/nav.tsx:3  no-sign-out-prefetch (safe)');
    expect([nav(project), nav(project, 'components/other.tsx')]).toEqual([NAV, NAV_FIXED]);
    expect(text).toContain('1 place in 1 file changed. 1 edit declined.');
    expect(status).toBe(1);
  });

  it('tells equal edits of a file apart', async () => {
    const project = projectFixture({
      ...APP,
      'components/nav.tsx': TWICE.replace('<Link href="/sign-out" />', '$&\n$&'),
    });
    await codemod(
      project,
      [
        [editAt('nav.tsx:3'), 'n' + KEYS.enter],
        [editAt('nav.tsx:4'), 'y' + KEYS.enter],
        [editAt('nav.tsx:5'), 'n' + KEYS.enter],
        ['Write what you said yes to?', KEYS.enter],
      ],
      'all',
      '-i',
    );
    expect(nav(project).match(/prefetch=\{false\}/gu)).toHaveLength(1);
  });

  it('writes nothing after Ctrl-C', async () => {
    const project = projectFixture({ ...APP, 'components/other.tsx': NAV });
    const { text } = await codemod(
      project,
      [
        [editAt('nav.tsx:3'), 'y' + KEYS.enter],
        [editAt('other.tsx:3'), KEYS.interrupt],
      ],
      'all',
      '-i',
    );
    expect(text).toContain('Nothing was written.');
    expect(nav(project)).toBe(NAV);
  });
});

describe.skipIf(!hasTerminal)('--interactive and convex.json', () => {
  const files = {
    'package.json': '{ "dependencies": { "next": "16.4.0", "@workos-inc/authkit-nextjs": "4.3.0" } }',
    'vercel.json': '{}',
    'app/callback/route.ts':
      "import { handleAuth } from '@workos-inc/authkit-nextjs';\nexport const GET = handleAuth();\n",
    'proxy.ts': "import { authkitProxy } from '@workos-inc/authkit-nextjs';\nexport default authkitProxy();\n",
    'convex.json':
      '{ "authKit": { "preview": { "configure": { "redirectURIs": ["https://${buildEnv.VERCEL_URL}/callback"] } } } }\n',
  };
  const written = (project: ProjectFixture) => nav(project, 'proxy.ts') !== files['proxy.ts'];

  it.each([
    ['asks for the edits of scripts that agree with its new text', 'y', true],
    ['leaves such an edit out where someone says no', 'n', false],
  ] as const)('%s', async (_, letter, expected) => {
    const project = projectFixture(files);
    const typed: TerminalOptions['typed'] = [
      [/convex\.json:1 {2}[^]*Make this edit\?/u, 'y' + KEYS.enter],
      [/proxy\.ts:2 {2}consistent-preview-host[^]*Make this edit\?/u, letter + KEYS.enter],
      ['Write what you said yes to?', KEYS.enter],
    ];
    const { text } = await codemod(project, typed, 'all', '-i');
    expect(nav(project, 'convex.json')).toContain('"redirectUris"');
    expect(written(project), text).toBe(expected);
    expect(text.includes('1 edit declined')).toBe(!expected);
  });

  it('asks for none where convex.json stays as it is', async () => {
    const project = projectFixture(files);
    const { text } = await codemod(
      project,
      [[/convex\.json:1 {2}[^]*Make this edit\?/u, 'n' + KEYS.enter]],
      'all',
      '-i',
    );
    expect(text).not.toContain('proxy.ts');
    expect(text).toContain('Nothing was written.');
  });
});

describe.skipIf(!hasTerminal)('the letters of --interactive', () => {
  const files = { ...APP, 'components/other.tsx': NAV, 'components/third.tsx': NAV };
  const written = (project: ProjectFixture) =>
    ['nav', 'other', 'third'].map((name) => nav(project, `components/${name}.tsx`) !== NAV);

  it.each([
    ['a: this one and all further ones', [['nav.tsx:3', 'a']], [true, true, true]],
    [
      'd: what was said yes to before',
      [
        ['nav.tsx:3', 'y'],
        ['other.tsx:3', 'd'],
      ],
      [true, false, false],
    ],
    [
      'q: nothing at all',
      [
        ['nav.tsx:3', 'y'],
        ['other.tsx:3', 'q'],
      ],
      [false, false, false],
    ],
    [
      'Enter alone: it asks again',
      [
        ['nav.tsx:3', ''],
        ['Make this edit', 'y'],
        ['other.tsx:3', 'd'],
      ],
      [true, false, false],
    ],
  ] as const)('%s', async (_, letters, expected) => {
    const project = projectFixture(files);
    const typed = letters.map(([place, letter]): [RegExp | string, string] => [
      place.includes(':') ? editAt(place) : place,
      letter + KEYS.enter,
    ]);
    await codemod(project, [...typed, ['Write what you said yes to?', KEYS.enter]], 'all', '-i');
    expect(written(project)).toEqual(expected);
  });
});

describe('contradictions', () => {
  it.each([
    [['all', '--interactive', '--json'], '--interactive and --json exclude each other'],
    [['all', '--interactive', '--check'], '--interactive and --check exclude each other'],
    [['all', '--force', '--diff'], '--force is for writing'],
    [['all', '--force', '--staged'], '--force and --staged exclude each other'],
    [['all', '--interactive'], '--interactive needs a terminal'],
    [['--list', 'all'], '--list takes no names'],
  ])('%j', (args, message) => {
    const { status, stderr } = cli(projectFixture(APP).root, ['codemod', ...args]);
    expect(stderr).toContain(message);
    expect(status).toBe(2);
  });
});

describe('how to go on', () => {
  it('is the command that fixes what --check has found', () => {
    expect(cli(projectFixture(APP).root, ['codemod', 'all', 'components', '--check']).stdout).toMatch(
      /\nFix: npx eslint-plugin-authkit codemod all components\n$/u,
    );
  });

  it('is the page of a rule that leaves something', () => {
    expect(cli(projectFixture({ ...APP, 'components/warm.tsx': CALL }).root, ['codemod', 'all']).stdout).toContain(
      '\nSee: npx eslint-plugin-authkit explain no-sign-out-prefetch\n',
    );
  });

  it.each([
    ['codemod', 'all', '--staged'],
    ['check', '--staged'],
  ])('is told to who commits: %s %s %s', (...args) => {
    const project = gitProject({ ...APP, 'components/warm.tsx': CALL });
    execFileSync('git', ['add', '-A'], { cwd: project.root });
    expect(
      cli(
        project.root,
        args.filter((arg) => arg),
      ).stdout,
    ).toContain('To commit nevertheless: git commit --no-verify');
  });

  it.each([
    ['{ "printWidth": 50 }', true],
    ['{ "printWidth": 80 }', false],
  ])('is to format, where lines have become longer than %s allows: %s', (prettierrc, isTold) => {
    // A line that no formatter has laid out stays as it was made.
    const long = `import Link from 'next/link';\nexport const A = <Link href="/sign-out"/>;\n`;
    const { stdout } = cli(projectFixture({ ...APP, '.prettierrc': prettierrc, 'components/nav.tsx': long }).root, [
      'codemod',
      'all',
    ]);
    expect(stdout.includes('Run your formatter over components/nav.tsx')).toBe(isTold);
  });
});

it('an edit that fixes an error together with a warning is told as what ends the error', () => {
  const bridge = `'use client';
import { useAccessToken, useAuth } from '@workos-inc/authkit-nextjs/components';
import { useCallback } from 'react';

export function useBridge() {
  const { user, loading } = useAuth();
  const { accessToken, getAccessToken } = useAccessToken();
  const fetchAccessToken = useCallback(async () => accessToken ?? (await getAccessToken()) ?? null, [accessToken, getAccessToken]);
  return { isLoading: loading, isAuthenticated: !!user, fetchAccessToken };
}
`;
  const { stdout } = cli(
    projectFixture({
      ...APP,
      'components/bridge.tsx': bridge,
      'package.json': '{ "dependencies": { "next": "16", "convex": "1.48.0", "@workos-inc/authkit-nextjs": "4.3.2" } }',
    }).root,
    ['codemod', 'all', '--dry-run', 'components/bridge.tsx'],
  );
  expect(stdout).toMatch(/would change {2}1 place \(line \d+\) {2}no-stale-access-token/u);
  expect(stdout).not.toContain('handle-token-error');
});

it('an edit that ends a loop together with another error is told as what ends the loop', () => {
  const bridge = `'use client';
import { useAccessToken, useAuth } from '@workos-inc/authkit-nextjs/components';
import { useCallback } from 'react';

export function useBridge() {
  const { user, loading } = useAuth();
  const { accessToken, loading: tokenLoading, refresh } = useAccessToken();
  const fetchAccessToken = useCallback(async ({ forceRefreshToken }: { forceRefreshToken: boolean }) => {
    if (forceRefreshToken) return (await refresh()) ?? null;
    return accessToken ?? null;
  }, [accessToken, refresh]);
  return { isLoading: loading || tokenLoading, isAuthenticated: !!user, fetchAccessToken };
}
`;
  const project = projectFixture({
    ...APP,
    'components/bridge.tsx': bridge,
    'package.json': '{ "dependencies": { "next": "16", "convex": "1.48.0", "@workos-inc/authkit-nextjs": "4.3.2" } }',
  });
  expect(cli(project.root, ['check', 'components/bridge.tsx']).stdout).toContain('no-token-refresh-loop');
  const { stdout } = cli(project.root, ['codemod', 'all', '--dry-run', 'components/bridge.tsx']);
  expect(stdout).toMatch(/would change {2}\d+ places? \(.*\) {2}no-token-refresh-loop/u);
  expect(stdout).not.toContain('no-stale-access-token');
});
