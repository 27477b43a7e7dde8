import { createContext, runInContext } from 'node:vm';
import { transformSync } from 'esbuild';
import { format, type Options } from 'prettier';
import { describe, expect, it } from 'vitest';
import { readCase } from '../../cli/triage/evidence/read-case.ts';
import { processTerminal } from '../../cli/output/terminal.ts';
import { runPlanned } from '../helpers/planned-codemod.ts';
import { projectFixture } from '../helpers/project-fixture.ts';

const manifest = (dependencies: Readonly<Record<string, string>> = {}): string =>
  JSON.stringify({
    name: 'web',
    dependencies: { '@workos-inc/authkit-nextjs': '^4.3.2', next: '^16.0.10', react: '^19.2.0', ...dependencies },
  });

const PROVIDERS = [
  "'use client';",
  "import { AuthKitProvider, useAccessToken, useAuth } from '@workos-inc/authkit-nextjs/components';",
  "import { ConvexProviderWithAuth, ConvexReactClient } from 'convex/react';",
  '',
  "const client = new ConvexReactClient('https://a.convex.cloud');",
  '',
  'export function Providers({ children }: { children: React.ReactNode }) {',
  '  return (',
  '    <AuthKitProvider>',
  '      <ConvexProviderWithAuth client={client} useAuth={useBridge}>',
  '        {children}',
  '      </ConvexProviderWithAuth>',
  '    </AuthKitProvider>',
  '  );',
  '}',
  '',
].join('\n');

const LAYOUT = [
  "import { Providers } from '../components/providers';",
  '',
  'export default function Layout({ children }: { children: React.ReactNode }) {',
  '  return (',
  '    <html>',
  '      <body>',
  '        <Providers>{children}</Providers>',
  '      </body>',
  '    </html>',
  '  );',
  '}',
  '',
].join('\n');

const APP = {
  'package.json': manifest({ convex: '^1.48.0' }),
  'tsconfig.json': '{}',
  'app/layout.tsx': LAYOUT,
  'app/page.tsx': 'export default () => null;\n',
  'components/providers.tsx': PROVIDERS,
} as const;

const run = (files: Readonly<Record<string, string>>, paths: readonly string[] = []) =>
  runPlanned('add-auth-debug', files, paths);

const PAGE = 'app/admin/auth-debug/page.tsx';
const COMPONENT = 'app/admin/auth-debug/auth-debug.tsx';

describe('the page', () => {
  it('is off in production unless it is asked for, and says what package.json asks for', async () => {
    const { left, problems, texts } = await run(APP);
    expect([left, problems]).toEqual([[], []]);
    expect(texts[PAGE]).toBe(
      [
        "import { notFound } from 'next/navigation';",
        "import packageJson from '../../../package.json';",
        "import { AuthDebug } from './auth-debug';",
        '',
        "export const metadata = { title: 'Auth debug', robots: { index: false } };",
        '',
        '// What package.json asks for.',
        'const { dependencies } = packageJson;',
        'const versions = {',
        "  authkit: dependencies['@workos-inc/authkit-nextjs'],",
        '  convex: dependencies.convex,',
        '  next: dependencies.next,',
        '};',
        '',
        '/** Not there in production, unless AUTH_DEBUG=1 is set for the build. */',
        'export default function AuthDebugPage() {',
        "  const isDevelopment = process.env.NODE_ENV !== 'production';",
        "  if (!isDevelopment && process.env.AUTH_DEBUG !== '1') notFound();",
        '',
        '  return <AuthDebug versions={versions} />;',
        '}',
        '',
      ].join('\n'),
    );
  });

  it('is not written twice', async () => {
    const { texts } = await run(APP);
    const again = await run({ ...APP, [PAGE]: texts[PAGE] ?? '', [COMPONENT]: texts[COMPONENT] ?? '' });
    expect(again).toEqual({ texts: {}, left: [], problems: [] });
  });

  it('goes below the folder that guards /admin', async () => {
    const { texts } = await run({
      ...APP,
      'app/(site)/admin/layout.tsx': 'export default ({ children }) => children;\n',
      'app/(site)/admin/users/page.tsx': 'export default () => null;\n',
    });
    expect(Object.keys(texts).sort()).toEqual([
      'app/(site)/admin/auth-debug/auth-debug.tsx',
      'app/(site)/admin/auth-debug/page.tsx',
    ]);
    expect(texts['app/(site)/admin/auth-debug/page.tsx']).toContain("from '../../../../package.json';");
  });

  it('goes below the root layout of a locale', async () => {
    const { 'app/layout.tsx': layout, 'app/page.tsx': page, ...rest } = APP;
    const { texts } = await run({
      ...rest,
      'app/[locale]/layout.tsx': layout.replace('../components', '../../components'),
      'app/[locale]/page.tsx': page,
    });
    expect(Object.keys(texts)).toContain('app/[locale]/admin/auth-debug/page.tsx');
  });

  it('brings AuthKitProvider where nothing around it does, and leaves Convex out where no provider is', async () => {
    const { texts } = await run({
      ...APP,
      'app/layout.tsx': LAYOUT.replaceAll('Providers', 'Other'),
      'components/providers.tsx': '',
    });
    expect(texts[PAGE]).toContain('    <AuthKitProvider>\n      <AuthDebug versions={versions} />\n');
    expect(texts[COMPONENT]).toContain('convex: null,');
    expect(texts[COMPONENT]).not.toContain('convex/react');
  });

  it('is JavaScript where the app is', async () => {
    const { texts } = await run({
      'package.json': manifest(),
      'src/app/layout.js':
        'export default function Layout({ children }) {\n  return <html><body>{children}</body></html>\n}\n',
    });
    expect(Object.keys(texts).sort()).toEqual([
      'src/app/admin/auth-debug/auth-debug.js',
      'src/app/admin/auth-debug/page.js',
    ]);
    expect(texts['src/app/admin/auth-debug/auth-debug.js']).toContain('export function AuthDebug({ versions }) {');
    expect(texts['src/app/admin/auth-debug/page.js']).not.toContain(';');
  });

  it('is added to a matcher that leaves it out', async () => {
    const proxy = (matcher: string): string =>
      `import { authkitProxy } from '@workos-inc/authkit-nextjs';\n\nexport default authkitProxy();\n\nexport const config = { matcher: ${matcher} };\n`;
    const { texts } = await run({ ...APP, 'proxy.ts': proxy("['/', '/a/:path*']") });
    expect(texts['proxy.ts']).toBe(proxy("['/', '/a/:path*', '/admin/auth-debug']"));
    expect(await run({ ...APP, 'proxy.ts': proxy("['/((?!_next).*)']") })).not.toHaveProperty('texts.proxy.ts');
    const { left, texts: none } = await run({ ...APP, 'proxy.ts': proxy("'/account/:path*'") });
    expect(none).toEqual({});
    expect(left.join('\n')).toContain('leaves out /admin/auth-debug');
  });
});

describe('no page is written', () => {
  it.each([
    [
      'in the Pages Router',
      { 'package.json': manifest(), 'pages/index.tsx': 'export default () => null;\n' },
      'needs the App Router',
    ],
    [
      'next to hooks that are too old',
      { ...APP, 'package.json': manifest({ '@workos-inc/authkit-nextjs': '2.3.3' }) },
      'this is 2.3.3',
    ],
    [
      'where it could belong to several root layouts',
      {
        'package.json': manifest(),
        'app/(a)/layout.tsx': LAYOUT,
        'app/(b)/layout.tsx': LAYOUT,
        'app/(b)/page.tsx': 'export default () => null;\n',
      },
      'several root layouts',
    ],
  ])('%s', async (_name, files, reason) => {
    const { left, texts } = await run(files);
    expect(texts).toEqual({});
    expect(left.join('\n')).toContain(reason);
  });

  it('in an app without AuthKit', async () => {
    expect(await run({ 'app/layout.tsx': LAYOUT })).toEqual({ texts: {}, left: [], problems: [] });
  });

  it('for several apps at once, but for one of them', async () => {
    const files = {
      'package.json': JSON.stringify({ private: true, workspaces: ['apps/*'] }),
      ...Object.fromEntries(
        ['a', 'b'].flatMap((name) => Object.entries(APP).map(([path, text]) => [`apps/${name}/${path}`, text])),
      ),
    };
    const both = await run(files);
    expect(both.texts).toEqual({});
    expect(both.left.join('\n')).toContain('run it with the folder of one app, such as apps/a');
    const one = await run(files, ['apps/b']);
    expect(Object.keys(one.texts)).toContain(`apps/b/${PAGE}`);
  });
});

describe('prettier leaves both files as they are', () => {
  const styles: readonly Options[] = [
    {},
    { singleQuote: true, semi: false },
    { printWidth: 100, tabWidth: 4 },
    { printWidth: 120, useTabs: true, singleQuote: true },
  ];
  it.each(styles)('with %o', async (options) => {
    const config = JSON.stringify(options);
    for (const convex of [{ convex: '^1.48.0' }, {}]) {
      const layout = await format(LAYOUT, { ...options, parser: 'typescript' });
      const files = { ...APP, 'package.json': manifest(convex), 'app/layout.tsx': layout, '.prettierrc': config };
      const { texts } = await run(files);
      for (const path of [PAGE, COMPONENT]) {
        const text = texts[path] ?? '';
        expect(text).not.toBe('');
        expect(await format(text, { ...options, parser: 'typescript' })).toBe(text);
      }
    }
  });
});

interface Hooks {
  readonly auth: object;
  readonly token: object;
  readonly claims: object;
  readonly convex: object;
}

/** What the page would copy: the component is called with hooks that return what is given. */
async function copied({ auth, claims, convex, token }: Hooks): Promise<string> {
  const { texts } = await run(APP);
  const { code } = transformSync(texts[COMPONENT] ?? '', { loader: 'tsx', format: 'cjs', jsxFactory: 'element' });
  let json = '';
  const modules: Readonly<Record<string, object>> = {
    '@workos-inc/authkit-nextjs/components': {
      useAuth: () => auth,
      useAccessToken: () => token,
      useTokenClaims: () => claims,
    },
    'convex/react': { useConvexAuth: () => convex },
    react: { useState: (value: unknown) => [value, () => undefined] },
  };
  const module: { exports: { AuthDebug?: (props: object) => unknown } } = { exports: {} };
  const element = (type: unknown, _props: unknown, child: unknown): void => {
    if (type === 'pre' && typeof child === 'string') json = child;
  };
  runInContext(code, createContext({ module, require: (name: string) => modules[name], element }));
  module.exports.AuthDebug?.({ versions: {} });
  return json;
}

const SIGNED_IN = { auth: { loading: false, user: { id: 'user_1', email: 'alice@acme.test' } }, claims: {} };
const TOKEN = { accessToken: 'eyJhbGciOiJub25lIn0.e30.', loading: false, error: null };

describe('its JSON is taken by triage', () => {
  it.each([
    [
      'no session',
      {
        auth: { loading: false, user: null },
        token: TOKEN,
        claims: {},
        convex: { isLoading: false, isAuthenticated: false },
      },
      ['noSession'],
    ],
    [
      'a token that fails to refresh',
      {
        ...SIGNED_IN,
        token: { ...TOKEN, error: new Error('Failed') },
        convex: { isLoading: false, isAuthenticated: false },
      },
      ['tokenRefused'],
    ],
    [
      'a token that Convex rejects',
      { ...SIGNED_IN, token: TOKEN, convex: { isLoading: false, isAuthenticated: false } },
      ['convexRejects'],
    ],
    ['nothing wrong', { ...SIGNED_IN, token: TOKEN, convex: { isLoading: false, isAuthenticated: true } }, []],
  ])('%s', async (_name, hooks, symptoms) => {
    const json = await copied(hooks);
    expect(json).not.toContain(TOKEN.accessToken);
    expect(json).not.toContain('alice');
    const { root } = projectFixture({ 'debug.json': json });
    const given = await readCase(['debug.json'], { ...processTerminal(), cwd: root });
    expect(given.symptoms.map(({ name }) => name)).toEqual(symptoms);
    expect(given.isUnderstood).toBe(true);
  });
});
