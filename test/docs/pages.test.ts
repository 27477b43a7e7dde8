/** What the pages next to those of the rules claim: their code is right, and their links lead somewhere. */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Linter } from 'eslint';
import { describe, expect, it } from 'vitest';
import plugin from '../../index.ts';
import { ROOT } from '../helpers/commands.ts';
import { languageOptionsFor } from '../helpers/eslints.ts';
import { projectFixture } from '../helpers/project-fixture.ts';

const read = (page: string): string => readFileSync(join(ROOT, page), 'utf8');

/** Where each block of the playbook is in an app, in their order. */
const PLACES = [
  'components/sign-out.tsx',
  'app/log-out/route.ts',
  'components/bridge.tsx',
  'convex/auth.config.ts',
  'proxy.ts',
  'convex.json',
];

describe('the playbook', () => {
  const blocks = [...read('docs/playbook.md').matchAll(/^```(?:tsx?|json)\n(?<code>[\s\S]*?)^```$/gmu)].map(
    ({ groups }) => groups?.['code'] ?? '',
  );
  const app = (codes: readonly string[]) =>
    projectFixture({
      ...Object.fromEntries(PLACES.map((place, index) => [place, codes[index] ?? ''])),
      'package.json': JSON.stringify({
        dependencies: { next: '16.4.0', convex: '1.48.0', '@workos-inc/authkit-nextjs': '4.3.2' },
      }),
      'vercel.json': '{}',
      'app/callback/route.ts':
        "import { handleAuth } from '@workos-inc/authkit-nextjs';\nexport const GET = handleAuth();\n",
      'app/sign-out/route.ts':
        "import { signOut } from '@workos-inc/authkit-nextjs';\nexport const GET = () => signOut();\n",
    });
  const rulesThatReport = (codes: readonly string[], place: string): (string | null)[] => {
    const { path, root } = app(codes);
    const languageOptions = languageOptionsFor(place, 'typescript');
    const { files, strict } = plugin.configs;
    const config: Linter.Config[] = [...strict, ...files, { files: ['**/*.{ts,tsx}'], languageOptions }];
    return new Linter({ cwd: root })
      .verify(codes[PLACES.indexOf(place)] ?? '', config, { filename: path(place) })
      .map(({ ruleId }) => ruleId);
  };

  it('shows one block for each place', () => {
    expect(blocks).toHaveLength(PLACES.length);
  });

  it.each(PLACES)('shows what every rule takes for right (%s)', (place) => {
    expect(rulesThatReport(blocks, place)).toEqual([]);
  });

  it.each([
    { place: 'components/sign-out.tsx', from: ' prefetch={false}', to: '', rule: 'authkit/no-sign-out-prefetch' },
    { place: 'app/log-out/route.ts', from: "request.headers.has('RSC') || ", to: '', rule: 'authkit/no-get-sign-out' },
    { place: 'components/bridge.tsx', from: ', [getAccessToken]', to: '', rule: 'authkit/no-token-refresh-loop' },
    {
      place: 'components/bridge.tsx',
      from: '(await getAccessToken()) ?? null',
      to: 'getAccessToken()',
      rule: 'authkit/handle-token-error',
    },
    {
      place: 'convex/auth.config.ts',
      from: 'user_management',
      to: 'user-management',
      rule: 'authkit/valid-auth-config',
    },
    {
      place: 'proxy.ts',
      from: "VERCEL_ENV === 'preview'",
      to: "NODE_ENV === 'production'",
      rule: 'authkit/valid-redirect-uri',
    },
    { place: 'convex.json', from: '{buildEnv.', to: '{env.', rule: 'authkit/valid-redirect-uri' },
  ])('would be reported with "$to" in place of "$from" ($place)', ({ from, place, rule, to }) => {
    const broken = blocks.map((code, index) => (PLACES[index] === place ? code.replace(from, to) : code));
    expect(broken).not.toEqual(blocks);
    expect(rulesThatReport(broken, place)).toContain(rule);
  });
});

const folders = ['docs', 'docs/codemods', 'docs/guides', 'docs/rules'].filter((folder) =>
  existsSync(join(ROOT, folder)),
);
const pages = [
  'README.md',
  'CONTRIBUTING.md',
  ...folders.flatMap((folder) =>
    readdirSync(join(ROOT, folder))
      .filter((name) => name.endsWith('.md'))
      .map((name) => `${folder}/${name}`),
  ),
];

it.each(pages)('every link of %s leads to a page, and to a heading of it', (page) => {
  const targets = [
    ...read(page)
      .replaceAll(/^```[\s\S]*?^```$/gmu, '')
      .matchAll(/\]\((?<target>[^)\s]+)\)/gu),
  ].map(({ groups }) => groups?.['target'] ?? '');
  const broken = targets.filter((target) => {
    if (/^[a-z]+:/u.test(target)) return false;
    const [path = '', anchor] = target.split('#');
    const file = path === '' ? page : join(dirname(page), path);
    return !existsSync(join(ROOT, file)) || (anchor !== undefined && !anchorsOf(read(file)).includes(anchor));
  });
  expect(broken).toEqual([]);
});

it('the README names every rule next to what breaks without it', () => {
  const readme = read('README.md');
  expect(
    Object.keys(plugin.rules).filter((name) => !readme.includes(`| [${name}]`) && !readme.includes(`, [${name}]`)),
  ).toEqual([]);
});

describe('the troubleshooting page', () => {
  const [, ofTheCommand = ''] = read('docs/guides/troubleshooting.md').split('\n## The command\n');
  const quoted = [...ofTheCommand.matchAll(/^### (?<heading>.+)$/gmu)].flatMap(({ groups }) =>
    [...(groups?.['heading'] ?? '').matchAll(/`(?<text>[^`]+)`/gu)].map((match) => match.groups?.['text'] ?? ''),
  );
  const sources = sourcesIn('cli');

  it.each(quoted.filter((text) => !/^npm |^authkit\.json/u.test(text)))('quotes the command: %s', (text) => {
    // `…` is what differs; a message may be made of several sentences.
    const parts = text.split(/…|[:.] /u).map((part) => part.replaceAll("'", '').trim());
    expect(parts.filter((part) => part.length > 3 && !sources.includes(part))).toEqual([]);
  });
});

/** The text of all sources of a folder, as their messages read. */
function sourcesIn(folder: string): string {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => read(join(folder, name)))
    .join('\n')
    .replaceAll("'", '');
}

/** As GitHub makes them of headings. */
function anchorsOf(markdown: string): string[] {
  return [...markdown.matchAll(/^#+ (?<title>.+)$/gmu)].map(({ groups }) =>
    (groups?.['title'] ?? '')
      .toLowerCase()
      .replaceAll(/[^\w\s-]/gu, '')
      .replaceAll(' ', '-'),
  );
}
