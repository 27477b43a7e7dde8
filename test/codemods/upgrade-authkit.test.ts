import { describe, expect, it } from 'vitest';
import { runPlanned } from '../helpers/planned-codemod.ts';

const manifest = (dependencies: Readonly<Record<string, string>> = {}, rest: object = {}): string =>
  `${JSON.stringify(
    {
      name: 'web',
      dependencies: {
        '@workos-inc/authkit-nextjs': '^2.13.0',
        next: '16.0.10',
        react: '19.2.0',
        ...dependencies,
      },
      ...rest,
    },
    null,
    2,
  )}\n`;

const CALLBACK = "import { handleAuth } from '@workos-inc/authkit-nextjs';\n\nexport const GET = handleAuth();\n";
const PROXY = [
  "import { authkitMiddleware } from '@workos-inc/authkit-nextjs';",
  '',
  'export default authkitMiddleware();',
  '',
  "export const config = { matcher: ['/((?!_next/static|_next/image|favicon.ico).*)'] };",
  '',
].join('\n');

const APP = { 'package.json': manifest(), 'tsconfig.json': '{}', 'app/callback/route.ts': CALLBACK } as const;

const run = (files: Readonly<Record<string, string>>, paths: readonly string[] = []) =>
  runPlanned('upgrade-authkit', files, paths);

const page = (...lines: readonly string[]): string => `${lines.join('\n')}\n`;

describe('package.json', () => {
  it('gets the new range in the style of the old one, and the peer behind it', async () => {
    const { left, problems, texts } = await run(APP);
    expect(problems).toEqual([]);
    expect(texts['package.json']).toBe(
      manifest({ '@workos-inc/authkit-nextjs': '^4.3.2' }).replace(
        '"^4.3.2",\n',
        '"^4.3.2",\n    "@workos-inc/node": "^10.14.0",\n',
      ),
    );
    expect(left).toEqual(['package.json:4 @workos-inc/authkit-nextjs ^4.3.2 is not installed yet: run npm install']);
  });

  it.each([
    ['2.9.0', '4.3.2', '10.14.0'],
    ['~2.17.0', '~4.3.2', '~10.14.0'],
    ['=2.3.3', '=4.3.2', '=10.14.0'],
    ['^3.0.0', '^4.3.2', '^10.14.0'],
    ['2.x', '^4.3.2', '^10.14.0'],
  ])('makes %s %s', async (before, after, peer) => {
    const { texts } = await run({ ...APP, 'package.json': manifest({ '@workos-inc/authkit-nextjs': before }) });
    expect(texts['package.json']).toContain(`"@workos-inc/authkit-nextjs": "${after}"`);
    expect(texts['package.json']).toContain(`"@workos-inc/node": "${peer}"`);
  });

  it.each([
    ['^7.72.0', '^10.14.0'],
    ['8.13.0', '10.14.0'],
    ['^9.1.1', '^9.1.1'],
    ['^10.7.0', '^10.7.0'],
  ])('raises a Node SDK of %s to %s', async (before, after) => {
    const { texts } = await run({ ...APP, 'package.json': manifest({ '@workos-inc/node': before }) });
    expect(texts['package.json']).toContain(`"@workos-inc/node": "${after}"`);
  });

  it('keeps a byte order mark, CRLF and tabs', async () => {
    const before = `\uFEFF${manifest().replaceAll('  ', '\t').replaceAll('\n', '\r\n')}`;
    const { texts } = await run({ ...APP, 'package.json': before });
    expect(texts['package.json']).toBe(
      before.replace('"^2.13.0",\r\n', '"^4.3.2",\r\n\t\t"@workos-inc/node": "^10.14.0",\r\n'),
    );
  });

  it('stays as it is with a version that needs no upgrade', async () => {
    const { left, texts } = await run({ ...APP, 'package.json': manifest({ '@workos-inc/authkit-nextjs': '4.3.1' }) });
    expect(texts).toEqual({});
    expect(left).toEqual(['package.json:4 @workos-inc/authkit-nextjs 4.3.1 is not installed yet: run npm install']);
  });

  it('is asked for nothing where no AuthKit is, and where it is broken', async () => {
    expect(await run({ 'app/page.tsx': 'export default () => null;\n' })).toMatchObject({ texts: {}, left: [] });
    expect(await run({ ...APP, 'package.json': '{ "dependencies": {' })).toMatchObject({ texts: {}, problems: [] });
  });

  it.each([
    ['a peer', manifest({}, { peerDependencies: { '@workos-inc/authkit-nextjs': '>=2' } }), 'is a peer here'],
    ['a catalog', manifest({ '@workos-inc/authkit-nextjs': 'catalog:' }), 'raise it in the catalog'],
    ['overrides', manifest({}, { overrides: { '@workos-inc/node': '^7.0.0' } }), 'overrides decides about'],
    [
      'a patch',
      manifest({}, { pnpm: { patchedDependencies: { '@workos-inc/authkit-nextjs@2.13.0': 'a.patch' } } }),
      'pnpm.patchedDependencies decides about',
    ],
    ['latest', manifest({ '@workos-inc/authkit-nextjs': 'latest' }), 'write the version that is meant'],
    ['a Node SDK that is too new', manifest({ '@workos-inc/node': '^11.0.0' }), "'^11.0.0' has to be changed by hand"],
    ['AuthKit 1', manifest({ '@workos-inc/authkit-nextjs': '^1.4.0' }), 'upgrade to 2.17.0 first'],
    ['Next.js 15.0', manifest({ next: '15.0.3' }), 'upgrade Next.js first'],
  ])('blocks the upgrade: %s', async (_name, text, reason) => {
    const { left, texts } = await run({ ...APP, 'package.json': text, 'proxy.ts': PROXY });
    expect(texts).toEqual({});
    expect(left.join('\n')).toContain(reason);
  });
});

describe('the install command', () => {
  it.each([
    ['pnpm-lock.yaml', 'pnpm install'],
    ['yarn.lock', 'yarn install'],
    ['bun.lock', 'bun install'],
    ['package-lock.json', 'npm install'],
  ])('is that of %s, whatever is in it', async (lockfile, command) => {
    const { left, texts } = await run({ ...APP, [lockfile]: '\u0001{{{ broken' });
    expect(left.join('\n')).toContain(`run ${command}`);
    expect(texts).not.toHaveProperty(lockfile);
  });

  it('is the one that package.json names', async () => {
    const text = manifest({}, { packageManager: 'pnpm@10.1.0' });
    const { left } = await run({ ...APP, 'package.json': text, 'package-lock.json': '{}' });
    expect(left.join('\n')).toContain('run pnpm install');
  });
});

describe('the version of Node.js', () => {
  it('is told where a file pins an older one', async () => {
    const { left } = await run({ ...APP, '.nvmrc': 'v20.11.0\n', Dockerfile: 'FROM node:20-alpine AS base\n' });
    expect(left.slice(0, 2)).toEqual([
      '.nvmrc:1 This is Node.js 20.11.0: @workos-inc/authkit-nextjs 4 asks for Node.js 22.11.0',
      'Dockerfile:1 This is Node.js 20: @workos-inc/authkit-nextjs 4 asks for Node.js 22.11.0',
    ]);
  });

  it('is silent where it is new enough, or a range that allows it', async () => {
    const text = manifest({}, { engines: { node: '>=20' } });
    const { left } = await run({ ...APP, 'package.json': text, '.nvmrc': '24\n' });
    expect(left).toHaveLength(1);
  });
});

describe('the proxy', () => {
  it('gets the names of today with Next.js 16', async () => {
    const { texts } = await run({ ...APP, 'middleware.ts': PROXY });
    expect(texts['middleware.ts']).toBeUndefined();
    expect(Object.keys(texts)).toContain('middleware.ts');
    expect(texts['proxy.ts']).toBe(PROXY.replaceAll('authkitMiddleware', 'authkitProxy'));
  });

  it('stays as it is with Next.js 15', async () => {
    const { texts } = await run({ ...APP, 'package.json': manifest({ next: '15.5.9' }), 'middleware.ts': PROXY });
    expect(Object.keys(texts)).toEqual(['package.json']);
  });

  it('is exported by its new name', async () => {
    const before = page(
      "import { authkitMiddleware as auth } from '@workos-inc/authkit-nextjs';",
      "import type { NextFetchEvent, NextRequest } from 'next/server';",
      '',
      'export function middleware(request: NextRequest, event: NextFetchEvent) {',
      '  return auth()(request, event);',
      '}',
    );
    const { texts } = await run({
      'package.json': manifest(),
      'src/app/page.tsx': 'export default () => null;\n',
      'src/middleware.ts': before,
    });
    expect(texts['src/proxy.ts']).toBe(
      before
        .replace('authkitMiddleware as auth', 'authkitProxy as auth')
        .replace('function middleware', 'function proxy'),
    );
  });

  it.each([
    ['an edge runtime', { 'middleware.ts': PROXY.replace('config = {', "config = { runtime: 'experimental-edge',") }],
    [
      'a test that imports it',
      { 'middleware.ts': PROXY, 'middleware.test.ts': "import middleware from './middleware';\n" },
    ],
    ['both files', { 'middleware.ts': PROXY, 'proxy.ts': PROXY }],
    [
      'OpenNext for Cloudflare',
      { 'middleware.ts': PROXY, 'package.json': manifest({ '@opennextjs/cloudflare': '^1.0.0' }) },
    ],
  ])('keeps its file name: %s', async (_name, files) => {
    const { texts } = await run({ ...APP, ...files });
    expect(texts['middleware.ts']).toContain('authkitProxy');
  });

  it('keeps the old names where a test plays AuthKit by them', async () => {
    const mock = "vi.mock('@workos-inc/authkit-nextjs', () => ({ authkitMiddleware: () => () => null }));\n";
    const { texts } = await run({ ...APP, 'proxy.ts': PROXY, 'test/setup.test.ts': mock });
    expect(texts['proxy.ts']).toBeUndefined();
  });

  it('keeps a local name that is taken', async () => {
    const before = page(
      "import { authkitMiddleware } from '@workos-inc/authkit-nextjs';",
      '',
      'const authkitProxy = authkitMiddleware();',
      '',
      'export default authkitProxy;',
    );
    const { texts } = await run({ ...APP, 'proxy.ts': before });
    expect(texts['proxy.ts']).toBe(before.replace('{ authkitMiddleware }', '{ authkitProxy as authkitMiddleware }'));
  });
});

describe('a sign-in URL that a page makes', () => {
  const before = page(
    "import Link from 'next/link';",
    "import { getSignInUrl, withAuth } from '@workos-inc/authkit-nextjs';",
    '',
    'export default async function Page() {',
    '  const { user } = await withAuth();',
    '  const signInUrl = await getSignInUrl();',
    '',
    '  if (user) return <p>{user.email}</p>;',
    '  return <Link href={signInUrl}>Sign in</Link>;',
    '}',
  );

  it('becomes the path of a new route handler, which is not prefetched', async () => {
    const { texts } = await run({ ...APP, 'app/page.tsx': before });
    expect(texts['app/page.tsx']).toBe(
      page(
        "import Link from 'next/link';",
        "import { withAuth } from '@workos-inc/authkit-nextjs';",
        '',
        'export default async function Page() {',
        '  const { user } = await withAuth();',
        "  const signInUrl = '/sign-in';",
        '',
        '  if (user) return <p>{user.email}</p>;',
        '  return (',
        '    <Link href={signInUrl} prefetch={false}>',
        '      Sign in',
        '    </Link>',
        '  );',
        '}',
      ),
    );
    expect(texts['app/sign-in/route.ts']).toBe(
      page(
        "import { getSignInUrl } from '@workos-inc/authkit-nextjs';",
        "import { redirect } from 'next/navigation';",
        '',
        'export async function GET(request: Request) {',
        '  const { searchParams } = new URL(request.url);',
        "  const returnTo = searchParams.get('returnTo') ?? undefined;",
        '  redirect(await getSignInUrl({ returnTo }));',
        '}',
      ),
    );
  });

  it('takes another path where an optional catch-all is below the usual one', async () => {
    const taken = { 'app/sign-in/[[...rest]]/page.tsx': 'export default () => null;\n' };
    const { texts } = await run({ ...APP, ...taken, 'app/page.tsx': before });
    expect(texts['app/page.tsx']).toContain("'/auth/sign-in'");
  });

  it('is followed into a component that takes it as a prop', async () => {
    const hero = page(
      "'use client';",
      "import Link from 'next/link';",
      '',
      'export function Hero({ url, title }: { url: string; title: string }) {',
      '  const go = () => {',
      '    window.location.href = url;',
      '  };',
      '  return (',
      '    <p onClick={go}>',
      '      <Link href={url}>{title}</Link>',
      '    </p>',
      '  );',
      '}',
    );
    const home = page(
      "import { getSignInUrl } from '@workos-inc/authkit-nextjs';",
      "import { Hero } from '../components/hero';",
      '',
      'export default async function Page() {',
      '  return <Hero url={await getSignInUrl()} title="Sign in" />;',
      '}',
    );
    const files = { ...APP, 'app/page.tsx': home, 'components/hero.tsx': hero };
    const { texts } = await run({ ...files, 'app/about/page.tsx': home.replace('../', '../../') });
    expect(texts['app/page.tsx']).toContain('<Hero url="/sign-in" title="Sign in" />');
    expect(texts['components/hero.tsx']).toBe(
      hero.replace(
        '<Link href={url}>{title}</Link>',
        '<Link href={url} prefetch={false}>\n        {title}\n      </Link>',
      ),
    );
    const pushed = hero.replace('window.location.href = url', 'router.push(url)');
    expect((await run({ ...files, 'components/hero.tsx': pushed })).texts).toEqual({});
  });

  it('is removed where nothing uses it', async () => {
    const unused = before.replace('<Link href={signInUrl}>Sign in</Link>', '<p />');
    const { texts } = await run({ ...APP, 'app/page.tsx': unused });
    expect(texts['app/page.tsx']).not.toContain('signInUrl');
    expect(Object.keys(texts).sort()).toEqual(['app/page.tsx', 'package.json']);
  });

  const ROUTE = page(
    "import { getSignInUrl } from '@workos-inc/authkit-nextjs';",
    "import { redirect } from 'next/navigation';",
    '',
    'export const GET = async () => redirect(await getSignInUrl());',
  );

  it('becomes the path of the route handler that the app has', async () => {
    const { texts } = await run({ ...APP, 'app/page.tsx': before, 'app/login/route.ts': ROUTE });
    expect(texts['app/page.tsx']).toContain("const signInUrl = '/login';");
    expect(Object.keys(texts).sort()).toEqual(['app/page.tsx', 'package.json']);
  });

  it('becomes the path of the route handler with the usual name, of several', async () => {
    const { texts } = await run({
      ...APP,
      'app/page.tsx': before,
      'app/go/route.ts': ROUTE,
      'app/account/sign-in/route.ts': ROUTE,
    });
    expect(texts['app/page.tsx']).toContain("const signInUrl = '/account/sign-in';");
  });

  it('is opened in a proxy that guards everything', async () => {
    const guard = PROXY.replace('()', "({ middlewareAuth: { enabled: true, unauthenticatedPaths: ['/'] } })");
    const { texts } = await run({ ...APP, 'app/page.tsx': before, 'proxy.ts': guard });
    expect(texts['proxy.ts']).toContain("unauthenticatedPaths: ['/', '/sign-in']");
    const lines = guard.replace("['/']", "[\n      '/about',\n      '/', // home\n    ]");
    const again = await run({ ...APP, 'app/page.tsx': before, 'proxy.ts': lines });
    expect(again.texts['proxy.ts']).toContain("      '/', // home\n      '/sign-in',\n    ]");
  });

  it.each([
    [
      'a proxy of the app',
      {
        'app/page.tsx': before,
        'proxy.ts': page(
          "import { authkit } from '@workos-inc/authkit-nextjs';",
          "import { NextResponse, type NextRequest } from 'next/server';",
          '',
          'export async function proxy(request: NextRequest) {',
          '  const { session } = await authkit(request);',
          "  return session.user ? NextResponse.next() : NextResponse.redirect(new URL('/', request.url));",
          '}',
        ),
      },
      'proxy.ts may keep visitors from a new /sign-in',
    ],
    [
      'a component of the app',
      { 'app/page.tsx': before.replace('<Link href={signInUrl}>Sign in</Link>', '<Hero url={signInUrl} />') },
      'where its URL goes is not known',
    ],
    [
      'a link that puts a locale in front',
      {
        'app/page.tsx': before.replace("Link from 'next/link'", "{ Link } from '../i18n'"),
        'i18n.ts':
          "import { createNavigation } from 'next-intl/navigation';\n\nexport const { Link } = createNavigation({});\n",
      },
      'where its URL goes is not known',
    ],
    [
      'options',
      { 'app/page.tsx': before.replace('getSignInUrl()', "getSignInUrl({ organizationId: 'org_1' })") },
      'has options',
    ],
  ])('blocks the upgrade: %s', async (_name, files, reason) => {
    const { left, texts } = await run({ ...APP, ...files });
    expect(texts).toEqual({});
    expect(left.join('\n')).toContain(reason);
    expect(left.join('\n')).toContain('@workos-inc/authkit-nextjs stays at ^2.13.0: 1 other place has');
  });

  it('blocks nothing where the version that is there breaks as well', async () => {
    const { left, texts } = await run({
      ...APP,
      'package.json': manifest({ '@workos-inc/authkit-nextjs': '^3.0.1' }),
      'app/page.tsx': before.replace('<Link href={signInUrl}>Sign in</Link>', '<Hero url={signInUrl} />'),
    });
    expect(texts['package.json']).toContain('^4.3.2');
    expect(left.join('\n')).toContain('app/page.tsx:6 Since 3.0.0 getSignInUrl() sets a cookie');
  });

  it('is left alone in a server action', async () => {
    const action = page(
      "'use server';",
      "import { getSignInUrl } from '@workos-inc/authkit-nextjs';",
      "import { redirect } from 'next/navigation';",
      '',
      'export async function signIn() {',
      '  redirect(await getSignInUrl());',
      '}',
    );
    const { texts } = await run({ ...APP, 'app/actions.ts': action });
    expect(Object.keys(texts)).toEqual(['package.json']);
  });
});

describe('ensureSignedIn in a page', () => {
  const before = page(
    'import { withAuth } from "@workos-inc/authkit-nextjs";',
    '',
    'export default async function Page() {',
    '  const { user, role } = await withAuth({ ensureSignedIn: true });',
    '  return (',
    '    <p>',
    '      {user.email} {role}',
    '    </p>',
    '  );',
    '}',
  );

  it('becomes a redirect to the route handler, which returns users to the page', async () => {
    const { texts } = await run({ ...APP, 'app/(site)/account/page.tsx': before, 'proxy.ts': PROXY });
    expect(texts['app/(site)/account/page.tsx']).toBe(
      before
        .replace('nextjs";\n', 'nextjs";\nimport { redirect } from "next/navigation";\n')
        .replace('({ ensureSignedIn: true });\n', '();\n  if (!user) redirect("/sign-in?returnTo=/account");\n'),
    );
    expect(texts['app/sign-in/route.ts']).toContain('import { redirect } from "next/navigation";');
  });

  it('makes a route handler that the app has return users', async () => {
    const { texts } = await run({
      ...APP,
      'app/account/page.tsx': before,
      'proxy.ts': PROXY,
      'app/login/route.ts': page(
        "import { getSignInUrl } from '@workos-inc/authkit-nextjs';",
        "import { redirect } from 'next/navigation';",
        '',
        'export async function GET() {',
        '  return redirect(await getSignInUrl());',
        '}',
      ),
    });
    expect(texts['app/login/route.ts']).toContain('export async function GET(request: Request) {');
    expect(texts['app/login/route.ts']).toContain("returnTo: new URL(request.url).searchParams.get('returnTo')");
  });

  const ownSignIn = (call: string) =>
    run({
      ...APP,
      'app/account/page.tsx': before,
      'proxy.ts': PROXY,
      'app/login/route.ts': page(
        "import { getSignInUrl } from '@workos-inc/authkit-nextjs';",
        "import { redirect } from 'next/navigation';",
        '',
        'export async function GET(incoming: Request) {',
        "  const loginHint = new URL(incoming.url).searchParams.get('hint') ?? undefined;",
        `  return redirect(await ${call});`,
        '}',
      ),
    });

  it('makes one return users that reads the request, and has options', async () => {
    const { texts } = await ownSignIn('getSignInUrl({ loginHint })');
    expect(texts['app/login/route.ts']).toContain('export async function GET(incoming: Request) {');
    expect(texts['app/login/route.ts']?.replaceAll(/\s+/gu, ' ')).toContain(
      "loginHint, returnTo: new URL(incoming.url).searchParams.get('returnTo') ?? undefined",
    );
  });

  it('leaves one alone that sends users to a page of its own choice', async () => {
    const { left } = await ownSignIn("getSignInUrl({ loginHint, returnTo: '/home' })");
    expect(JSON.stringify(left)).toContain('does not send users back to the page that they asked for');
  });

  it('blocks the upgrade where the page that users return to is not known', async () => {
    const { left, texts } = await run({ ...APP, 'app/f/[id]/page.tsx': before, 'proxy.ts': PROXY });
    expect(texts).toEqual({});
    expect(left.join('\n')).toContain('which page users return to');
  });

  it('stays in a route that the proxy guards', async () => {
    const guard = PROXY.replace('()', "({ middlewareAuth: { enabled: true, unauthenticatedPaths: ['/'] } })");
    const { texts } = await run({ ...APP, 'app/account/page.tsx': before, 'proxy.ts': guard });
    expect(texts).not.toHaveProperty('app/account/page.tsx');
  });
});

describe('getAuthorizationUrl()', () => {
  const route = (options: string): string =>
    page(
      "import { WorkOS } from '@workos-inc/node';",
      "import { NextResponse } from 'next/server';",
      '',
      'const workos = new WorkOS(process.env.WORKOS_API_KEY);',
      '',
      'export async function GET() {',
      `  const url = workos.userManagement.getAuthorizationUrl({ ${options} });`,
      '  return NextResponse.redirect(url);',
      '}',
    );

  it('becomes getSignInUrl() where it asks for the same', async () => {
    const text = route(
      "provider: 'authkit', clientId: process.env.WORKOS_CLIENT_ID!, redirectUri: 'https://a.example/callback'",
    );
    const { texts } = await run({ ...APP, 'app/go/route.ts': text });
    expect(texts['app/go/route.ts']).toBe(
      page(
        "import { NextResponse } from 'next/server';",
        "import { getSignInUrl } from '@workos-inc/authkit-nextjs';",
        '',
        'export async function GET() {',
        "  const url = await getSignInUrl({ redirectUri: 'https://a.example/callback' });",
        '  return NextResponse.redirect(url);',
        '}',
      ),
    );
  });

  it.each([
    [
      "provider: 'GoogleOAuth', clientId: process.env.WORKOS_CLIENT_ID!, redirectUri: 'https://a.example/callback'",
      'a sign-in at a provider',
    ],
    ["provider: 'authkit', clientId: 'client_1', redirectUri: 'https://a.example/callback'", 'client id'],
    ["provider: 'authkit', state: 'x', redirectUri: 'https://a.example/callback'", 'no option like state'],
  ])('blocks the upgrade with %s', async (options, reason) => {
    const { left, texts } = await run({ ...APP, 'app/go/route.ts': route(options) });
    expect(texts).toEqual({});
    expect(left.join('\n')).toContain(reason);
  });
});

describe('the Node SDK', () => {
  const server = (...lines: readonly string[]): string =>
    page("import { getWorkOS } from '@workos-inc/authkit-nextjs';", '', ...lines);

  it('is called by its new names', async () => {
    const { texts } = await run({
      ...APP,
      'lib/server.ts': server(
        'const workos = getWorkOS();',
        '',
        "export const link = () => workos.portal.generateLink({ organization: 'org_1', intent: 'sso' });",
        'export async function widget(options: { organizationId: string }) {',
        '  const token = await workos.widgets.getToken(options);',
        '  return token;',
        '}',
      ),
    });
    expect(texts['lib/server.ts']).toContain('workos.adminPortal.generateLink(');
    expect(texts['lib/server.ts']).toContain('const { token } = await workos.widgets.createToken(options);');
  });

  it('leaves what only looks like a client', async () => {
    const { texts } = await run({
      ...APP,
      'lib/other.ts':
        "import { workos } from 'some-wrapper';\n\nexport const link = () => workos.portal.generateLink({});\n",
    });
    expect(Object.keys(texts)).toEqual(['package.json']);
  });

  it.each([
    ['getWorkOS().fga.check({});', 'fga.check() is gone'],
    ["await getWorkOS().userManagement.sendMagicAuthCode({ email: 'a' });", 'sendMagicAuthCode() is gone'],
  ])('blocks the upgrade: %s', async (line, reason) => {
    const { left, texts } = await run({
      ...APP,
      'lib/server.ts': server('export async function f() {', `  ${line}`, '}'),
    });
    expect(texts).toEqual({});
    expect(left.join('\n')).toContain(reason);
  });
});

it('blocks the upgrade of an app whose own callback has no code verifier', async () => {
  const { left, texts } = await run({
    ...APP,
    'app/callback/route.ts': page(
      "import { getWorkOS, getSignInUrl } from '@workos-inc/authkit-nextjs';",
      '',
      'export async function GET() {',
      "  await getWorkOS().userManagement.authenticateWithCode({ code: 'a', clientId: 'b' });",
      '  return Response.redirect(await getSignInUrl());',
      '}',
    ),
  });
  expect(texts).toEqual({});
  expect(left.join('\n')).toContain('let handleAuth() finish the sign-in');
});

it('blocks the upgrade of an app whose pages folder imports AuthKit', async () => {
  const { left, texts } = await run({
    ...APP,
    'pages/old.tsx': "import { withAuth } from '@workos-inc/authkit-nextjs';\n\nexport const a = withAuth;\n",
  });
  expect(texts).toEqual({});
  expect(left.join('\n')).toContain('cannot be imported in the Pages Router');
});

describe('a workspace', () => {
  const root = JSON.stringify({ name: 'root', private: true, workspaces: ['apps/*', 'packages/*'] });
  const HERO = page(
    "import { getSignInUrl } from '@workos-inc/authkit-nextjs';",
    "import { Hero } from './hero';",
    '',
    'export default async function Page() {',
    '  return <Hero url={await getSignInUrl()} />;',
    '}',
  );

  it('upgrades each app by itself', async () => {
    const { left, texts } = await run({
      'package.json': root,
      'apps/a/package.json': manifest({}, { name: 'a' }),
      'apps/a/app/page.tsx': 'export default () => null;\n',
      'apps/b/package.json': manifest({ '@workos-inc/authkit-nextjs': '^2.10.0' }, { name: 'b' }),
      'apps/b/app/page.tsx': HERO,
    });
    expect(Object.keys(texts)).toEqual(['apps/a/package.json']);
    expect(left.join('\n')).toContain('apps/b/package.json:4 @workos-inc/authkit-nextjs stays at ^2.10.0');
  });

  it('upgrades an app and the package that it imports together, or none', async () => {
    const { texts } = await run({
      'package.json': root,
      'apps/a/package.json': manifest({ '@acme/auth': 'workspace:*' }, { name: 'a' }),
      'apps/a/app/page.tsx': HERO,
      'packages/auth/package.json': manifest({}, { name: '@acme/auth' }),
      'packages/auth/index.ts': 'export {};\n',
    });
    expect(texts).toEqual({});
  });

  it('never lowers a range', async () => {
    const { texts } = await run({
      'package.json': root,
      'apps/a/package.json': manifest({ '@acme/auth': 'workspace:*' }, { name: 'a' }),
      'apps/a/app/page.tsx': 'export default () => null;\n',
      'packages/auth/package.json': manifest({ '@workos-inc/authkit-nextjs': '^4.9.0' }, { name: '@acme/auth' }),
      'packages/auth/index.ts': 'export {};\n',
    });
    expect(texts['apps/a/package.json']).toContain('^4.3.2');
    expect(texts['packages/auth/package.json']).toContain('^4.9.0');
  });

  it('does not upgrade a part of a package', async () => {
    const { left, texts } = await run({ ...APP, 'proxy.ts': PROXY }, ['app']);
    expect(texts).toEqual({});
    expect(left.join('\n')).toContain('run it with the folder of this package');
  });
});
