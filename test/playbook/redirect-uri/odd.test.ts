/** Odd but legal ways to write PLAYBOOK §4, in whole small projects: what is wrong, what is right, what is no sink. */
import { afterAll, describe, expect, it } from 'vitest';
import { parseSourceFile } from '../../../analysis/syntax/source-file.ts';
import { findInconsistentPreviewHosts } from '../../../playbook/redirect-uri/detect/consistent.ts';
import { findHardcodedRedirectHosts } from '../../../playbook/redirect-uri/detect/hardcoded.ts';
import { findInvalidRedirectUris } from '../../../playbook/redirect-uri/detect/valid.ts';
import { openProject } from '../../../project/project.ts';
import { projectFixture } from '../../helpers/project-fixture.ts';

const fixtures: { remove: () => void }[] = [];
afterAll(() => {
  for (const fixture of fixtures) fixture.remove();
});

type Files = Readonly<Record<string, string>>;

const PACKAGE = '{ "name": "web", "dependencies": { "next": "16.4.0", "@workos-inc/authkit-nextjs": "4.3.0" } }';
const APP: Files = {
  'package.json': PACKAGE,
  'app/callback/route.ts':
    "import { handleAuth } from '@workos-inc/authkit-nextjs';\nexport const GET = handleAuth();\n",
};
const ON_VERCEL: Files = { 'vercel.json': '{}' };

/** What the three rules of redirect URIs say of one file of a project. */
function look(files: Files, path = 'proxy.ts'): string[] {
  const fixture = projectFixture({ ...APP, ...files });
  fixtures.push(fixture);
  const result = parseSourceFile(fixture.path(path), files[path] ?? '');
  if (!result.ok) throw new Error(`${result.problem.message}: ${files[path] ?? ''}`);
  const project = openProject({ cwd: fixture.root });
  return [findHardcodedRedirectHosts, findInvalidRedirectUris, findInconsistentPreviewHosts].flatMap((find) =>
    find(result.file, project).map(({ messageId }) => messageId),
  );
}

const AUTHKIT =
  "import { authkitProxy, authkitMiddleware, authkit, getSignInUrl, signOut, handleAuth } from '@workos-inc/authkit-nextjs';\n";
const proxy = (value: string, before = '') =>
  `${AUTHKIT}${before}export default authkitProxy({ redirectUri: ${value} });\n`;
const withRequest = (body: string) =>
  `${AUTHKIT}import type { NextRequest } from 'next/server';\nexport async function proxy(request: NextRequest) {\n${body}\n}\n`;

describe('a wrong host', () => {
  it.each<[string, string, Files, string[]]>([
    [
      'an if chain',
      proxy(
        'uri()',
        "function uri() {\n  if (process.env.NODE_ENV === 'development') return 'http://localhost:3000/callback';\n  return 'https://app.vercel.app/callback';\n}\n",
      ),
      {},
      ['productionHost'],
    ],
    [
      'a switch over NODE_ENV',
      proxy(
        'uri()',
        "function uri() {\n  switch (process.env.NODE_ENV) {\n    case 'production':\n      return 'https://app.dev/callback';\n    default:\n      return 'http://localhost:3000/callback';\n  }\n}\n",
      ),
      ON_VERCEL,
      ['productionHost'],
    ],
    [
      'let and reassigned',
      proxy(
        'uri',
        "let uri = 'http://localhost:3000/callback';\nif (process.env.NODE_ENV === 'production') uri = 'https://app.dev/callback';\n",
      ),
      ON_VERCEL,
      ['productionHost'],
    ],
    [
      'a flag of its own',
      proxy(
        "isProd ? 'https://app.dev/callback' : 'http://localhost:3000/callback'",
        "const isProd = process.env.NODE_ENV === 'production';\n",
      ),
      ON_VERCEL,
      ['productionHost'],
    ],
    [
      'a negated test',
      proxy("process.env.NODE_ENV !== 'production' ? 'http://localhost:3000/callback' : 'https://app.dev/callback'"),
      ON_VERCEL,
      ['productionHost'],
    ],
    [
      'a table by NODE_ENV',
      proxy(
        'BASE[process.env.NODE_ENV]',
        "const BASE = { development: 'http://localhost:3000/callback', production: 'https://app.dev/callback', test: '' };\n",
      ),
      ON_VERCEL,
      ['productionHost'],
    ],
    ['concatenation', proxy("'https://' + 'app.vercel.app' + '/callback'"), {}, ['literalHost']],
    ['an array joined', proxy("['https://app.vercel.app', 'callback'].join('/')"), {}, ['literalHost']],
    ['new URL with href', proxy("new URL('/callback', 'https://app.vercel.app').href"), {}, ['literalHost']],
    ['new URL in a template', proxy("`${new URL('/callback', 'https://app.vercel.app')}`"), {}, ['literalHost']],
    ['String()', proxy("String('https://app.vercel.app/callback')"), {}, ['literalHost']],
    ['satisfies and as', proxy("('https://app.vercel.app/callback' as string) satisfies string"), {}, ['literalHost']],
    [
      'destructured process.env with a default',
      proxy('SITE_URL', "const { SITE_URL = 'https://app.dev/callback' } = process.env;\n"),
      ON_VERCEL,
      ['fallbackHost'],
    ],
    [
      'destructured NODE_ENV',
      proxy(
        "NODE_ENV === 'production' ? 'https://app.dev/callback' : 'http://localhost:3000/callback'",
        'const { NODE_ENV } = process.env;\n',
      ),
      ON_VERCEL,
      ['productionHost'],
    ],
    [
      'process.env by brackets',
      proxy("process.env['SITE_URL'] || 'https://app.dev/callback'"),
      ON_VERCEL,
      ['fallbackHost'],
    ],
    [
      'process imported',
      proxy("process.env.SITE_URL ?? 'https://app.dev/callback'", "import process from 'node:process';\n"),
      ON_VERCEL,
      ['fallbackHost'],
    ],
    [
      'env imported from node:process',
      proxy("env.SITE_URL ?? 'https://app.dev/callback'", "import { env } from 'node:process';\n"),
      ON_VERCEL,
      ['fallbackHost'],
    ],
    ['an upper-case host', proxy("'HTTPS://App.Vercel.App/callback'"), {}, ['literalHost']],
    ['a literal with a port', proxy("'http://localhost:3000/callback'"), {}, ['localhost']],
    ['an IPv6 loopback', proxy("'http://[::1]:3000/callback'"), {}, ['localhost']],
    ['Cloudflare', proxy("'https://app.pages.dev/callback'"), {}, ['literalHost']],
    ['Render', proxy("'https://app.onrender.com/callback'"), {}, ['literalHost']],
    ['an Amplify host', proxy("'https://main.d123.amplifyapp.com/callback'"), {}, ['literalHost']],
    [
      'options spread',
      `${AUTHKIT}const base = { redirectUri: 'https://app.vercel.app/callback' };\nexport default authkitProxy({ ...base, debug: true });\n`,
      {},
      ['literalHost'],
    ],
    [
      'options of a function',
      `${AUTHKIT}const options = () => ({ redirectUri: 'https://app.vercel.app/callback' });\nexport default authkitProxy(options());\n`,
      {},
      ['literalHost'],
    ],
    [
      'options frozen',
      `${AUTHKIT}const options = Object.freeze({ redirectUri: 'https://app.vercel.app/callback' });\nexport default authkitProxy(options);\n`,
      {},
      ['literalHost'],
    ],
    [
      'a conditional spread',
      `${AUTHKIT}export default authkitProxy({ ...(process.env.NODE_ENV === 'production' && { redirectUri: 'https://app.vercel.app/callback' }) });\n`,
      {},
      ['productionHost'],
    ],
    [
      'a lazy import with then',
      "export const url = () => import('@workos-inc/authkit-nextjs').then(({ getSignInUrl }) => getSignInUrl({ redirectUri: 'https://app.vercel.app/callback' }));\n",
      {},
      ['literalHost'],
    ],
    [
      'a lazy namespace',
      "export async function url() {\n  const kit = await import('@workos-inc/authkit-nextjs');\n  return kit.getSignInUrl({ redirectUri: 'https://app.vercel.app/callback' });\n}\n",
      {},
      ['literalHost'],
    ],
    [
      'require',
      "const { authkitMiddleware } = require('@workos-inc/authkit-nextjs');\nmodule.exports = authkitMiddleware({ redirectUri: 'https://app.vercel.app/callback' });\n",
      {},
      ['literalHost'],
    ],
    [
      'an or-assignment',
      "process.env.NEXT_PUBLIC_WORKOS_REDIRECT_URI ||= 'https://app.vercel.app/callback';\n",
      {},
      ['literalHost'],
    ],
    [
      'a wrapper with an options object',
      `${AUTHKIT}const start = ({ uri }: { uri: string }) => getSignInUrl({ redirectUri: uri });\nstart({ uri: 'https://app.vercel.app/callback' });\n`,
      {},
      ['literalHost'],
    ],
    [
      'a wrapper with a default',
      `${AUTHKIT}const start = (uri = 'https://app.vercel.app/callback') => getSignInUrl({ redirectUri: uri });\nstart();\n`,
      {},
      ['literalHost'],
    ],
    [
      'sign-out to a deployment',
      `${AUTHKIT}export const out = () => signOut({ returnTo: 'https://app.vercel.app/' });\n`,
      {},
      ['literalHost'],
    ],
    [
      'baseURL of handleAuth',
      `${AUTHKIT}export const GET = handleAuth({ baseURL: process.env.NODE_ENV === 'production' ? 'https://app.vercel.app' : 'http://localhost:3000' });\n`,
      {},
      ['productionHost'],
    ],
    [
      'NEXT_PUBLIC_VERCEL_ENV with production hard-coded for everything else',
      proxy("process.env.NEXT_PUBLIC_VERCEL_ENV === 'development' ? undefined : 'https://app.dev/callback'"),
      {},
      ['literalHost'],
    ],
    [
      'a test of VERCEL alone',
      proxy("process.env.VERCEL ? 'https://app.dev/callback' : 'http://localhost:3000/callback'"),
      {},
      ['productionHost'],
    ],
    [
      'a test of VERCEL_ENV for production or preview',
      proxy(
        "['production', 'preview'].includes(process.env.VERCEL_ENV ?? '') ? 'https://app.dev/callback' : undefined",
      ),
      {},
      ['productionHost'],
    ],
    [
      'a class with a static member',
      proxy('Config.uri', "class Config {\n  static readonly uri = 'https://app.vercel.app/callback';\n}\n"),
      {},
      ['literalHost'],
    ],
    [
      'an enum',
      proxy('Uri.Callback', "enum Uri {\n  Callback = 'https://app.vercel.app/callback',\n}\n"),
      {},
      ['literalHost'],
    ],
    ['an immediately called function', proxy("(() => 'https://app.vercel.app/callback')()"), {}, ['literalHost']],
    [
      'an async helper that is awaited',
      `${AUTHKIT}const uri = async () => 'https://app.vercel.app/callback';\nexport const url = async () => getSignInUrl({ redirectUri: await uri() });\n`,
      {},
      ['literalHost'],
    ],
    [
      'a find over candidates',
      proxy("[process.env.SITE_URL, 'https://app.vercel.app/callback'].find(Boolean)"),
      {},
      ['fallbackHost'],
    ],
    [
      'an optional call',
      `${AUTHKIT}export const url = () => getSignInUrl?.({ redirectUri: 'https://app.vercel.app/callback' });\n`,
      {},
      ['literalHost'],
    ],
    [
      'an option in quotes',
      `${AUTHKIT}export default authkitProxy({ 'redirectUri': 'https://app.vercel.app/callback' });\n`,
      {},
      ['literalHost'],
    ],
    [
      'a computed option',
      `${AUTHKIT}const KEY = 'redirectUri';\nexport default authkitProxy({ [KEY]: 'https://app.vercel.app/callback' });\n`,
      {},
      ['literalHost'],
    ],
    [
      'a getter',
      `${AUTHKIT}export default authkitProxy({ get redirectUri() { return 'https://app.vercel.app/callback'; } });\n`,
      {},
      ['literalHost'],
    ],
    [
      'Vercel’s production host on every deployment',
      proxy('`https://${process.env.VERCEL_PROJECT_PRODUCTION_URL}/callback`'),
      {},
      ['productionVariable'],
    ],
    [
      'Vercel’s production host behind NODE_ENV',
      proxy(
        "process.env.NODE_ENV === 'production' ? `https://${process.env.VERCEL_PROJECT_PRODUCTION_URL}/callback` : 'http://localhost:3000/callback'",
      ),
      {},
      ['productionVariable'],
    ],
    [
      'Vercel’s production host as the fallback',
      proxy('process.env.SITE_URL ?? `https://${process.env.VERCEL_PROJECT_PRODUCTION_URL}/callback`'),
      {},
      ['productionVariable'],
    ],
    [
      'a config class with getters',
      proxy(
        'new Config().callback',
        "class Config {\n  private base = process.env.NODE_ENV === 'production' ? 'https://app.dev' : 'http://localhost:3000';\n  get callback() {\n    return `${this.base}/callback`;\n  }\n}\n",
      ),
      ON_VERCEL,
      ['productionHost'],
    ],
    [
      'a Map by NODE_ENV',
      proxy(
        'hosts.get(process.env.NODE_ENV)',
        "const hosts = new Map([['production', 'https://app.dev/callback'], ['development', 'http://localhost:3000/callback']]);\n",
      ),
      ON_VERCEL,
      ['productionHost'],
    ],
    [
      'a catch that is never reached',
      proxy(
        'uri()',
        "function uri() {\n  try {\n    return new URL('/callback', process.env.NODE_ENV === 'production' ? 'https://app.dev' : 'http://localhost:3000').href;\n  } catch {\n    return undefined;\n  }\n}\n",
      ),
      ON_VERCEL,
      ['productionHost'],
    ],
    [
      'a catch where the variable is unset',
      proxy(
        'uri()',
        "function uri() {\n  try {\n    return new URL('/callback', process.env.SITE_URL).href;\n  } catch {\n    return 'https://app.dev/callback';\n  }\n}\n",
      ),
      ON_VERCEL,
      ['fallbackHost'],
    ],
    [
      'the env of next.config',
      "export default { env: { NEXT_PUBLIC_WORKOS_REDIRECT_URI: 'https://app.vercel.app/callback' } };\n",
      { 'next.config.ts': '' },
      ['literalHost'],
    ],
    [
      'the WorkOS client by another name',
      "import { getWorkOS } from '@workos-inc/authkit-nextjs';\nconst users = getWorkOS().userManagement;\nexport const url = () => users.getAuthorizationUrl({ provider: 'authkit', redirectUri: 'https://app.vercel.app/callback' });\n",
      {},
      ['literalHost'],
    ],
    [
      'single sign-on',
      "import { WorkOS } from '@workos-inc/node';\nexport const url = () => new WorkOS().sso.getAuthorizationUrl({ provider: 'GoogleOAuth', redirectUri: 'https://app.vercel.app/callback' });\n",
      {},
      ['literalHost'],
    ],
    [
      'the default of a wrapper’s parameter',
      `${AUTHKIT}export const start = (redirectUri = 'https://app.vercel.app/callback') => getSignInUrl({ redirectUri });\n`,
      {},
      ['fallbackHost'],
    ],
    [
      'signOut of the hook',
      "import { useAuth } from '@workos-inc/authkit-nextjs/components';\nexport function useOut() {\n  const { signOut } = useAuth();\n  return () => signOut({ returnTo: 'https://app.vercel.app/bye' });\n}\n",
      {},
      ['literalHost'],
    ],
    [
      'localhost unless a variable is set, guarded by nothing',
      proxy("`${process.env.SITE_URL || 'https://app.vercel.app'}/callback`"),
      {},
      ['fallbackHost'],
    ],
  ])('%s', (_, code, files, expected) => {
    const path = files['next.config.ts'] === undefined ? 'proxy.ts' : 'next.config.ts';
    expect(look({ ...files, [path]: code }, path)).toEqual(expected);
  });

  it.each<[string, string, string[]]>([
    [
      'a callback that a caller hands in',
      'const run = (uri: (r: NextRequest) => string) => authkit(request, { redirectUri: uri(request) });\nreturn run((r) => `${r.nextUrl.origin}/callback`);',
      ['requestOrigin'],
    ],
    [
      'localhost for the developer’s machine',
      "const { hostname, origin } = request.nextUrl;\nconst base = hostname === 'localhost' ? 'http://localhost:3000' : origin;\nreturn authkit(request, { redirectUri: `${base}/callback` });",
      ['requestOrigin'],
    ],
    [
      'a header that is looked at for localhost',
      "const host = request.headers.get('host') ?? '';\nconst base = host.startsWith('localhost') ? 'http://localhost:3000' : `https://${host}`;\nreturn authkit(request, { redirectUri: `${base}/callback` });",
      ['hostHeader'],
    ],
    [
      'production for all that is not localhost',
      "const base = request.nextUrl.host.includes('localhost') ? 'http://localhost:3000' : 'https://app.dev';\nreturn authkit(request, { redirectUri: `${base}/callback` });",
      ['literalHost'],
    ],
    [
      'the clone with its path set',
      "const url = request.nextUrl.clone();\nurl.pathname = '/callback';\nreturn authkit(request, { redirectUri: url.toString() });",
      ['requestOrigin'],
    ],
    [
      'request.url',
      "return authkit(request, { redirectUri: new URL('/callback', request.url).toString() });",
      ['requestOrigin'],
    ],
    [
      'a URL of the request’s URL',
      'const url = new URL(request.url);\nreturn authkit(request, { redirectUri: `${url.protocol}//${url.host}/callback` });',
      ['requestOrigin'],
    ],
    [
      'destructured nextUrl',
      'const { nextUrl } = request;\nreturn authkit(request, { redirectUri: `${nextUrl.origin}/callback` });',
      ['requestOrigin'],
    ],
    [
      'destructured origin',
      'const { origin } = request.nextUrl;\nreturn authkit(request, { redirectUri: origin + "/callback" });',
      ['requestOrigin'],
    ],
    [
      'nested destructuring',
      'const { nextUrl: { origin } } = request;\nreturn authkit(request, { redirectUri: origin + "/callback" });',
      ['requestOrigin'],
    ],
    [
      'destructured headers',
      "const { headers } = request;\nreturn authkit(request, { redirectUri: `https://${headers.get('host')}/callback` });",
      ['hostHeader'],
    ],
    [
      'a header by a constant',
      "const HOST = 'host';\nreturn authkit(request, { redirectUri: `https://${request.headers.get(HOST)}/callback` });",
      ['hostHeader'],
    ],
    [
      'a header through a helper',
      "const hostOf = (r: NextRequest) => r.headers.get('x-forwarded-host') ?? r.headers.get('host');\nreturn authkit(request, { redirectUri: `https://${hostOf(request)}/callback` });",
      ['hostHeader'],
    ],
    [
      'a header with a fallback to nextUrl',
      "const host = request.headers.get('x-forwarded-host') || request.nextUrl.host;\nreturn authkit(request, { redirectUri: `https://${host}/callback` });",
      ['hostHeader'],
    ],
    [
      'a header as the host of a URL',
      "const url = request.nextUrl.clone();\nurl.host = request.headers.get('host') ?? url.host;\nreturn authkit(request, { redirectUri: url.href });",
      ['hostHeader'],
    ],
    [
      'a destructured parameter’s url',
      'const from = ({ nextUrl }: NextRequest) => `${nextUrl.origin}/callback`;\nreturn authkit(request, { redirectUri: from(request) });',
      ['requestOrigin'],
    ],
    [
      'a destructured parameter that is a request by its type alone',
      'const from = ({ url }: Request) => new URL("/callback", url).href;\nconst of = ({ url }: { url: string }) => new URL("/callback", url).href;\nawait authkit(request, { redirectUri: of(settings) });\nreturn authkit(request, { redirectUri: from(request) });',
      ['requestOrigin'],
    ],
    [
      'protocol and host by hand',
      "return authkit(request, { redirectUri: request.nextUrl.protocol + '//' + request.nextUrl.host + '/callback' });",
      ['requestOrigin'],
    ],
    [
      'the host of a clone replaced by a deployment',
      "const url = request.nextUrl.clone();\nurl.host = 'app.vercel.app';\nurl.pathname = '/callback';\nreturn authkit(request, { redirectUri: url.href });",
      ['literalHost'],
    ],
    [
      'the header of a proxy in front',
      "const proto = request.headers.get('x-forwarded-proto') ?? 'https';\nconst host = request.headers.get('x-forwarded-host');\nconst base = host ? `${proto}://${host}` : request.nextUrl.origin;\nreturn authkit(request, { redirectUri: `${base}/callback` });",
      ['hostHeader'],
    ],
    [
      'behind NODE_ENV',
      "const base = process.env.NODE_ENV === 'production' ? request.nextUrl.origin : 'http://localhost:3000';\nreturn authkit(request, { redirectUri: `${base}/callback` });",
      ['requestOrigin'],
    ],
    [
      'a guard for production that leaves previews out',
      "const base = process.env.VERCEL_ENV === 'production' ? 'https://app.dev' : request.nextUrl.origin;\nreturn authkit(request, { redirectUri: `${base}/callback` });",
      ['requestOrigin'],
    ],
  ])('of the request: %s', (_, body, expected) => {
    expect(look({ ...ON_VERCEL, 'proxy.ts': withRequest(body) })).toEqual(expected);
  });

  it('of a helper in another file', () => {
    const files = {
      ...ON_VERCEL,
      'lib/url.ts':
        "import type { NextRequest } from 'next/server';\nexport function baseUrl(request: NextRequest) {\n  return request.nextUrl.origin;\n}\n",
      'tsconfig.json': '{ "compilerOptions": { "paths": { "@/*": ["./*"] } } }',
      'proxy.ts': withRequest('return authkit(request, { redirectUri: `${baseUrl(request)}/callback` });').replace(
        '\n',
        "\nimport { baseUrl } from '@/lib/url';\n",
      ),
    };
    expect(look(files)).toEqual(['requestOrigin']);
  });

  it('of a t3-env module', () => {
    const files = {
      ...ON_VERCEL,
      'env.ts':
        "import { createEnv } from '@t3-oss/env-nextjs';\nimport { z } from 'zod';\nexport const env = createEnv({ server: { SITE_URL: z.string().url().optional() }, runtimeEnv: { SITE_URL: process.env.SITE_URL } });\n",
      'proxy.ts': proxy("`${env.SITE_URL ?? 'https://app.dev'}/callback`", "import { env } from './env';\n"),
    };
    expect(look(files)).toEqual(['fallbackHost']);
  });

  it('of a t3-env module that tells the environment', () => {
    const files = {
      'env.ts':
        "import { createEnv } from '@t3-oss/env-nextjs';\nimport { z } from 'zod';\nexport const env = createEnv({ server: { SITE_URL: z.string().url() }, shared: { NODE_ENV: z.enum(['development', 'production']) }, experimental__runtimeEnv: { NODE_ENV: process.env.NODE_ENV } });\n",
      'proxy.ts': proxy(
        "env.NODE_ENV === 'production' ? 'https://app.dev/callback' : 'http://localhost:3000/callback'",
        "import { env } from './env';\n",
      ),
    };
    expect(look(files)).toEqual(['productionHost']);
    // Validated: it is set wherever the app runs, and the fallback is never used.
    expect(
      look({
        ...files,
        'proxy.ts': proxy("env.SITE_URL ?? 'https://app.dev/callback'", "import { env } from './env';\n"),
      }),
    ).toEqual([]);
  });

  const T3 = "import { createEnv } from '@t3-oss/env-nextjs';\nimport { z } from 'zod';\n";
  const ENV = "import { env } from './env';\n";
  it.each<[string, string, string, string[]]>([
    [
      'whose default is a host',
      `${T3}export const env = createEnv({ server: { SITE_URL: z.string().url().default('https://app.dev') }, experimental__runtimeEnv: {} });\n`,
      '`${env.SITE_URL}/callback`',
      ['fallbackHost'],
    ],
    [
      'whose default is the developer’s machine',
      `${T3}export const env = createEnv({ server: { SITE_URL: z.string().url().default('http://localhost:3000') }, experimental__runtimeEnv: {} });\n`,
      '`${env.SITE_URL}/callback`',
      [],
    ],
    [
      'made by envalid',
      "import { cleanEnv, str } from 'envalid';\nexport const env = cleanEnv(process.env, { VERCEL_ENV: str({ default: '' }), VERCEL_URL: str() });\n",
      "env.VERCEL_ENV === 'preview' ? `${env.VERCEL_URL}/callback` : undefined",
      ['missingScheme'],
    ],
    [
      'made by valibot',
      "import * as v from 'valibot';\nexport const env = v.parse(v.object({ VERCEL_ENV: v.optional(v.string()), VERCEL_URL: v.string() }), process.env);\n",
      "env.VERCEL_ENV === 'preview' ? `${env.VERCEL_URL}/callback` : undefined",
      ['missingScheme'],
    ],
    [
      'with Vercel’s preset',
      `${T3}import { vercel } from '@t3-oss/env-nextjs/presets-zod';\nexport const env = createEnv({ extends: [vercel()], server: {}, experimental__runtimeEnv: {} });\n`,
      "env.VERCEL_ENV === 'preview' ? `${env.VERCEL_URL}/callback` : undefined",
      ['missingScheme'],
    ],
    [
      'that puts https:// before VERCEL_URL',
      `${T3}export const env = createEnv({ server: { VERCEL_URL: z.string().optional().transform((host) => host && 'https://' + host) }, experimental__runtimeEnv: {} });\n`,
      "process.env.VERCEL_ENV === 'preview' ? `${env.VERCEL_URL}/callback` : undefined",
      [],
    ],
    [
      'of zod, with an optional variable',
      "import { z } from 'zod';\nexport const env = z.object({ SITE_URL: z.string().optional() }).parse(process.env);\n",
      "env.SITE_URL ?? 'https://app.dev/callback'",
      ['fallbackHost'],
    ],
    [
      'of zod, with a variable that has to be set',
      "import { z } from 'zod';\nexport const env = z.object({ SITE_URL: z.string() }).parse(process.env);\n",
      "env.SITE_URL ?? 'https://app.dev/callback'",
      [],
    ],
    [
      'of zod, by a name for the schema, parsed safely',
      "import * as z from 'zod';\nconst schema = z.object({ NODE_ENV: z.enum(['development', 'production']) }).passthrough();\nconst parsed = schema.safeParse(process.env);\nif (!parsed.success) throw new Error('env');\nexport const env = parsed.data;\n",
      "env.NODE_ENV === 'production' ? 'https://app.dev/callback' : 'http://localhost:3000/callback'",
      ['productionHost'],
    ],
    [
      'of zod, with VERCEL_ENV',
      "import { z } from 'zod';\nexport const env = z.object({ VERCEL_ENV: z.string().optional(), VERCEL_URL: z.string().optional() }).parse(process.env);\n",
      "env.VERCEL_ENV === 'preview' ? `https://${env.VERCEL_URL}/callback` : undefined",
      [],
    ],
    [
      'of another library with a parse of its own',
      "import { schema } from 'elsewhere';\nexport const env = schema.parse(process.env);\n",
      "env.SITE_URL ?? 'https://app.dev/callback'",
      [],
    ],
  ])('of an env module %s', (_, module, value, expected) => {
    expect(look({ ...ON_VERCEL, 'env.ts': module, 'proxy.ts': proxy(value, ENV) })).toEqual(expected);
  });

  it('of AuthKit’s function under another name', () => {
    const files = {
      'lib/auth.ts': "export { getSignInUrl as signInUrl } from '@workos-inc/authkit-nextjs';\n",
      'page.ts':
        "import { signInUrl } from './lib/auth';\nsignInUrl({ redirectUri: 'https://app.vercel.app/callback' });\n",
    };
    expect(look(files, 'page.ts')).toEqual(['literalHost']);
  });

  it('of a shared package, for the apps that use it', () => {
    const files = {
      'package.json': '{ "private": true, "workspaces": ["apps/*", "packages/*"] }',
      'apps/web/package.json': '{ "name": "web", "dependencies": { "next": "16.4.0", "@repo/auth": "*" } }',
      'apps/web/app/callback/route.ts': 'export const GET = handleAuth();',
      'packages/auth/package.json':
        '{ "name": "@repo/auth", "dependencies": { "@workos-inc/authkit-nextjs": "4.3.0" } }',
      'packages/auth/src/proxy.ts': withRequest(
        'return authkit(request, { redirectUri: `${request.nextUrl.origin}/callback` });',
      ),
    };
    expect(look(files, 'packages/auth/src/proxy.ts')).toEqual([]);
    expect(look({ ...files, 'apps/web/vercel.json': '{}' }, 'packages/auth/src/proxy.ts')).toEqual(['requestOrigin']);
  });

  it('of an env module of its own', () => {
    const files = {
      ...ON_VERCEL,
      'env.ts': "export const env = { SITE_URL: process.env.SITE_URL || 'https://app.dev' } as const;\n",
      'proxy.ts': proxy('`${env.SITE_URL}/callback`', "import { env } from './env';\n"),
    };
    expect(look(files)).toEqual(['fallbackHost']);
  });

  it('of a re-exported wrapper', () => {
    const files = {
      'lib/auth.ts': `${AUTHKIT}export const startSignIn = (redirectUri: string) => getSignInUrl({ redirectUri });\n`,
      'lib/index.ts': "export * from './auth';\n",
      'page.ts': "import { startSignIn } from './lib';\nstartSignIn('https://app.vercel.app/callback');\n",
    };
    expect(look(files, 'page.ts')).toEqual(['literalHost']);
  });

  it.each<[string, string, string[]]>([
    ['last', '{ eagerAuth: true, ...options }', ['literalHost']],
    ['before others', '{ ...options, eagerAuth: true }', ['literalHost']],
    ['before one of its own', '{ ...options, redirectUri: process.env.SITE_URL }', []],
  ])('of a wrapper that spreads its options %s', (_, options, expected) => {
    const files = {
      'lib/proxy.ts': `${AUTHKIT}export const createProxy = (options: { redirectUri?: string }) => authkitProxy(${options});\n`,
      'proxy.ts':
        "import { createProxy } from './lib/proxy';\nexport default createProxy({ redirectUri: 'https://app.vercel.app/callback' });\n",
    };
    expect(look(files)).toEqual(expected);
    expect(
      look({
        ...files,
        'proxy.ts':
          "import { createProxy } from './lib/proxy';\nexport default createProxy({ redirectUri: process.env.SITE_URL });\n",
      }),
    ).toEqual([]);
  });

  it('in a JavaScript file, middleware.js', () => {
    expect(look({ 'middleware.js': proxy("'https://app.vercel.app/callback'") }, 'middleware.js')).toEqual([
      'literalHost',
    ]);
  });
});

describe('what can not be right', () => {
  it.each<[string, string, string[]]>([
    [
      'VERCEL_URL without a scheme',
      proxy("process.env.VERCEL_ENV === 'preview' ? `${process.env.VERCEL_URL}/callback` : undefined"),
      ['missingScheme'],
    ],
    [
      'NEXT_PUBLIC_VERCEL_URL without a scheme',
      proxy("process.env.VERCEL_ENV === 'preview' ? process.env.NEXT_PUBLIC_VERCEL_URL + '/callback' : undefined"),
      ['missingScheme'],
    ],
    [
      'destructured, without a scheme',
      proxy(
        "VERCEL_ENV === 'preview' ? `${VERCEL_URL}/callback` : undefined",
        'const { VERCEL_ENV, VERCEL_URL } = process.env;\n',
      ),
      ['missingScheme'],
    ],
    [
      'a template with ||',
      proxy("`https://${process.env.VERCEL_URL}` || 'http://localhost:3000'"),
      ['testedTemplate', 'deploymentHostInProduction'],
    ],
    [
      'a template with ?? in a constant',
      proxy(
        '`${base}/callback`',
        "const base = `https://${process.env.VERCEL_BRANCH_URL}` ?? 'http://localhost:3000';\n",
      ),
      ['testedTemplate'],
    ],
    [
      'a constant tested by if',
      proxy(
        'base()',
        'function base() {\n  const host = `https://${process.env.VERCEL_BRANCH_URL}`;\n  if (host) return `${host}/callback`;\n  return undefined;\n}\n',
      ),
      ['testedTemplate'],
    ],
    [
      'a constant tested by &&',
      proxy('host && `${host}/callback`', 'const host = `https://${process.env.VERCEL_BRANCH_URL}`;\n'),
      ['testedTemplate'],
    ],
    ['VERCEL_URL everywhere', proxy('`https://${process.env.VERCEL_URL}/callback`'), ['deploymentHostInProduction']],
    [
      'VERCEL_URL where it is set',
      proxy("process.env.VERCEL_URL ? `https://${process.env.VERCEL_URL}/callback` : 'http://localhost:3000/callback'"),
      ['deploymentHostInProduction'],
    ],
    [
      'VERCEL_URL behind NODE_ENV',
      proxy(
        "process.env.NODE_ENV === 'production' ? `https://${process.env.VERCEL_URL}/callback` : 'http://localhost:3000/callback'",
      ),
      ['deploymentHostInProduction'],
    ],
    [
      'VERCEL_URL in a helper for both sides',
      proxy(
        '`${baseUrl()}/callback`',
        "function baseUrl() {\n  if (typeof window !== 'undefined') return window.location.origin;\n  if (process.env.VERCEL_URL) return `https://${process.env.VERCEL_URL}`;\n  return 'http://localhost:3000';\n}\n",
      ),
      ['deploymentHostInProduction'],
    ],
    [
      'http before VERCEL_BRANCH_URL',
      proxy("process.env.VERCEL_ENV === 'preview' ? `http://${process.env.VERCEL_BRANCH_URL}/callback` : undefined"),
      ['plainHttp'],
    ],
    [
      'VERCEL_URL behind VERCEL',
      proxy("process.env.VERCEL === '1' ? `https://${process.env.VERCEL_URL}/callback` : undefined"),
      ['deploymentHostInProduction'],
    ],
    [
      'VERCEL_URL in place of a variable',
      `${AUTHKIT}process.env.WORKOS_REDIRECT_URI = \`https://\${process.env.VERCEL_URL}/callback\`;\nexport default authkitProxy();\n`,
      ['deploymentHostInProduction'],
    ],
    [
      'VERCEL_URL behind not development',
      proxy("process.env.VERCEL_ENV !== 'development' ? `https://${process.env.VERCEL_URL}/callback` : undefined"),
      ['deploymentHostInProduction'],
    ],
  ])('%s', (_, code, expected) => {
    expect(look({ 'proxy.ts': code })).toEqual(expected);
  });
});

const ALLOWED =
  "const HOSTS = new Set(['app.dev', 'beta.app.dev']);\nconst isOurs = (host: string) => host.endsWith('.app.dev');\n";
const fromHost = (before: string, uri = '`https://${host}/callback`') =>
  ALLOWED +
  withRequest(
    `const host = request.headers.get('x-forwarded-host') ?? request.headers.get('host') ?? '';\n${before}\nreturn authkit(request, { redirectUri: ${uri} });`,
  );
const BAD_REQUEST = 'return new Response(null, { status: 400 });';

describe('a host that the client wrote', () => {
  it.each<[string, string]>([
    [
      'with the scheme of another header',
      fromHost("const proto = request.headers.get('x-forwarded-proto') ?? 'https';", '`${proto}://${host}/callback`'),
    ],
    ['with the scheme of the request’s URL', fromHost('', '`${request.nextUrl.protocol}//${host}/callback`')],
    [
      'with a scheme that is not known, as a base',
      fromHost(
        "const proto = request.headers.get('x-forwarded-proto') ?? 'https';",
        'new URL(`/callback`, `${proto}://${host}`).href',
      ),
    ],
    [
      'with a query of the request',
      fromHost("const next = request.nextUrl.searchParams.get('next');", '`https://${host}/callback?next=${next}`'),
    ],
    ['that is there', fromHost(`if (!host) ${BAD_REQUEST}`)],
    [
      'that is not the developer’s machine',
      fromHost(
        `if (host === 'localhost:3000') return authkit(request, { redirectUri: 'http://localhost:3000/callback' });`,
      ),
    ],
    ['that is looked up for a log', fromHost('if (!HOSTS.has(host)) console.warn(host);')],
    ['that is looked up, and its text alone', fromHost(`if (!String(host)) ${BAD_REQUEST}`)],
    ['next to another name that is looked up', fromHost(`if (!HOSTS.has(request.nextUrl.hostname)) ${BAD_REQUEST}`)],
  ])('is wrong %s', (_, code) => {
    expect(look({ 'proxy.ts': code })).toEqual(['hostHeader']);
  });

  it.each<[string, string]>([
    ['a list', fromHost(`if (!['app.dev', 'beta.app.dev'].includes(host)) ${BAD_REQUEST}`)],
    ['a set, after it was found to be there', fromHost(`if (!host || !HOSTS.has(host)) {\n  ${BAD_REQUEST}\n}`)],
    ['a function of the project', fromHost("if (!isOurs(host)) throw new Error('host');")],
    ['a pattern', fromHost(`if (!/^[a-z]+\\.app\\.dev$/u.test(host)) ${BAD_REQUEST}`)],
    ['an ending', fromHost(`if (!host.endsWith('.app.dev')) ${BAD_REQUEST}`)],
    ['one name', fromHost(`if (host !== 'app.dev') ${BAD_REQUEST}`)],
    ['an index', fromHost(`if (['app.dev'].indexOf(host) === -1) ${BAD_REQUEST}`)],
    [
      'a list, by another name',
      fromHost(
        `const bare = host.replace(/^www\\./u, '');\nif (!HOSTS.has(bare)) ${BAD_REQUEST}`,
        '`https://${bare}/callback`',
      ),
    ],
    [
      'a set around it',
      ALLOWED +
        withRequest(
          "const host = request.headers.get('host') ?? '';\nif (HOSTS.has(host)) return authkit(request, { redirectUri: `https://${host}/callback` });\nreturn authkit(request);",
        ),
    ],
    [
      'a list in a helper that throws',
      ALLOWED +
        withRequest('return authkit(request, { redirectUri: `https://${hostOf(request)}/callback` });') +
        "function hostOf(request: NextRequest): string {\n  const host = request.headers.get('host') ?? '';\n  if (!HOSTS.has(host)) throw new Error(host);\n  return host;\n}\n",
    ],
  ])('is right when it is held against %s', (_, code) => {
    expect(look({ 'proxy.ts': code })).toEqual([]);
  });
});

describe('what is right', () => {
  it.each<[string, string, Files]>([
    [
      'an if chain of environments',
      proxy(
        'uri()',
        "function uri() {\n  const { VERCEL_ENV, VERCEL_URL } = process.env;\n  if (VERCEL_ENV === 'preview') return `https://${VERCEL_URL}/callback`;\n  if (VERCEL_ENV === 'production') return 'https://app.dev/callback';\n  return 'http://localhost:3000/callback';\n}\n",
      ),
      ON_VERCEL,
    ],
    [
      'a switch over VERCEL_ENV',
      proxy(
        'uri()',
        "function uri() {\n  switch (process.env.VERCEL_ENV) {\n    case 'preview':\n      return `https://${process.env.VERCEL_URL}/callback`;\n    case 'production':\n      return 'https://app.dev/callback';\n    default:\n      return 'http://localhost:3000/callback';\n  }\n}\n",
      ),
      ON_VERCEL,
    ],
    [
      'a switch whose cases are blocks that break',
      proxy(
        'uri',
        "let uri: string;\nswitch (process.env.VERCEL_ENV) {\n  case 'preview': {\n    uri = `https://${process.env.VERCEL_URL}/callback`;\n    break;\n  }\n  case 'production': {\n    uri = 'https://app.dev/callback';\n    break;\n  }\n  default:\n    uri = 'http://localhost:3000/callback';\n}\n",
      ),
      ON_VERCEL,
    ],
    [
      'Vercel’s production host in production',
      proxy(
        "process.env.VERCEL_ENV === 'production' ? `https://${process.env.VERCEL_PROJECT_PRODUCTION_URL}/callback` : process.env.VERCEL_BRANCH_URL && `https://${process.env.VERCEL_BRANCH_URL}/callback`",
      ),
      ON_VERCEL,
    ],
    [
      'Vercel’s production host that is registered for previews',
      proxy('`https://${process.env.VERCEL_PROJECT_PRODUCTION_URL}/callback`'),
      {
        'convex.json':
          '{ "authKit": { "preview": { "configure": { "redirectUris": ["https://${buildEnv.VERCEL_PROJECT_PRODUCTION_URL}/callback"] } } } }',
      },
    ],
    [
      'one branch’s host that is registered for previews',
      proxy("process.env.VERCEL_ENV === 'preview' ? 'https://app-git-next.vercel.app/callback' : undefined"),
      {
        'convex.json':
          '{ "authKit": { "preview": { "configure": { "redirectUris": ["https://app-git-next.vercel.app/callback"] } } } }',
      },
    ],
    [
      'http where the scheme is chosen for the developer’s machine',
      proxy(
        "process.env.VERCEL_ENV === 'production' ? 'https://app.dev/callback' : `${process.env.VERCEL ? 'https' : 'http'}://${process.env.VERCEL_URL ?? 'localhost:3000'}/callback`",
      ),
      ON_VERCEL,
    ],
    [
      'signOut of the hook with a path',
      "import { useAuth } from '@workos-inc/authkit-nextjs/components';\nexport function useOut() {\n  const { signOut } = useAuth();\n  return () => signOut({ returnTo: '/bye' });\n}\n",
      ON_VERCEL,
    ],
    [
      'signOut of another hook',
      "import { useAuth } from './mine';\nimport '@workos-inc/authkit-nextjs/components';\nexport function useOut() {\n  const { signOut } = useAuth();\n  return () => signOut({ returnTo: 'https://app.vercel.app/bye' });\n}\n",
      ON_VERCEL,
    ],
    [
      'a wrapper’s parameter with a path by default',
      `${AUTHKIT}export const out = (returnTo = '/') => signOut({ returnTo });\n`,
      ON_VERCEL,
    ],
    [
      'a wrapper’s options with nothing by default',
      `${AUTHKIT}export const create = (options: { redirectUri?: string } = {}) => authkitProxy(options);\n`,
      ON_VERCEL,
    ],
    [
      'another object of the same name in next.config',
      "export default { publicRuntimeConfig: { NEXT_PUBLIC_WORKOS_REDIRECT_URI: 'https://app.vercel.app/callback' } };\n",
      ON_VERCEL,
    ],
    [
      'NEXT_PUBLIC_VERCEL_TARGET_ENV',
      proxy(
        "process.env.NEXT_PUBLIC_VERCEL_TARGET_ENV === 'preview' ? `https://${process.env.NEXT_PUBLIC_VERCEL_URL}/callback` : 'https://app.dev/callback'",
      ),
      ON_VERCEL,
    ],
    [
      'a custom target environment',
      proxy(
        "process.env.VERCEL_TARGET_ENV === 'staging' ? 'https://staging.app.dev/callback' : process.env.VERCEL_ENV === 'preview' ? `https://${process.env.VERCEL_URL}/callback` : undefined",
      ),
      ON_VERCEL,
    ],
    [
      'a guard in a constant of another name',
      proxy(
        "isPreview ? `https://${process.env.VERCEL_BRANCH_URL}/callback` : 'https://app.dev/callback'",
        "const isPreview = process.env.VERCEL_ENV === 'preview';\n",
      ),
      ON_VERCEL,
    ],
    [
      'not production',
      proxy(
        "process.env.VERCEL_ENV !== 'production' && process.env.VERCEL_URL ? `https://${process.env.VERCEL_URL}/callback` : 'https://app.dev/callback'",
      ),
      ON_VERCEL,
    ],
    [
      'a table by VERCEL_ENV',
      proxy(
        "URIS[process.env.VERCEL_ENV ?? 'development']",
        "const URIS: Record<string, string> = { preview: `https://${process.env.VERCEL_URL}/callback`, production: 'https://app.dev/callback', development: 'http://localhost:3000/callback' };\n",
      ),
      ON_VERCEL,
    ],
    [
      '?? over both of Vercel’s',
      proxy(
        "process.env.VERCEL_ENV === 'preview' ? `https://${process.env.VERCEL_BRANCH_URL ?? process.env.VERCEL_URL}/callback` : undefined",
      ),
      ON_VERCEL,
    ],
    ['Netlify’s URL', proxy('`${process.env.DEPLOY_PRIME_URL}/callback`'), {}],
    [
      'Netlify’s contexts',
      proxy(
        "process.env.CONTEXT === 'deploy-preview' ? `${process.env.DEPLOY_PRIME_URL}/callback` : 'https://app.dev/callback'",
      ),
      {},
    ],
    ['Render’s hostname', proxy('`https://${process.env.RENDER_EXTERNAL_HOSTNAME}/callback`'), {}],
    [
      'Cloudflare’s URL',
      proxy("process.env.CF_PAGES_URL ? `${process.env.CF_PAGES_URL}/callback` : 'https://app.dev/callback'"),
      {},
    ],
    ['a host without previews of its own', proxy("'https://app.fly.dev/callback'"), {}],
    ['the user’s own domain without previews', proxy("'https://app.dev/callback'"), {}],
    [
      'localhost in the development arm of an if',
      `${AUTHKIT}let redirectUri: string | undefined;\nif (process.env.NODE_ENV === 'development') redirectUri = 'http://localhost:3000/callback';\nexport default authkitProxy({ redirectUri });\n`,
      ON_VERCEL,
    ],
    ['the option left out', `${AUTHKIT}export default authkitProxy();\n`, ON_VERCEL],
    ['the option undefined', proxy('undefined'), ON_VERCEL],
    [
      'a validated variable',
      proxy('z.string().url().parse(process.env.SITE_URL)', "import { z } from 'zod';\n"),
      ON_VERCEL,
    ],
    [
      'a call that throws when it is unset',
      proxy(
        "process.env.SITE_URL ?? fail('SITE_URL')",
        'function fail(name: string): never {\n  throw new Error(name);\n}\n',
      ),
      ON_VERCEL,
    ],
    [
      'VERCEL_URL that stands in for a variable',
      `${AUTHKIT}if (!process.env.WORKOS_REDIRECT_URI) process.env.WORKOS_REDIRECT_URI = \`https://\${process.env.VERCEL_URL}/callback\`;\nexport default authkitProxy();\n`,
      ON_VERCEL,
    ],
    [
      'a test of the variable itself',
      proxy(
        "process.env.VERCEL_ENV === 'preview' && process.env.VERCEL_URL ? `https://${process.env.VERCEL_URL}/callback` : undefined",
      ),
      ON_VERCEL,
    ],
    ['metadata', "export const metadata = { metadataBase: new URL('https://app.vercel.app') };\n", ON_VERCEL],
    [
      'a sitemap',
      "export default function sitemap() {\n  return [{ url: 'https://app.vercel.app/' }];\n}\n",
      ON_VERCEL,
    ],
    [
      'another library’s redirectUri',
      "import { createClient } from 'google-auth';\ncreateClient({ redirectUri: 'https://app.vercel.app/callback' });\n",
      ON_VERCEL,
    ],
    [
      'a comment',
      `${AUTHKIT}// authkitProxy({ redirectUri: 'https://app.vercel.app/callback' })\nexport default authkitProxy();\n`,
      {},
    ],
    [
      'a type import',
      "import type { getSignInUrl } from '@workos-inc/authkit-nextjs';\ndeclare const f: typeof getSignInUrl;\nf({ redirectUri: 'https://app.vercel.app/callback' });\n",
      {},
    ],
    [
      'a relative returnTo with a query',
      `${AUTHKIT}export const out = () => signOut({ returnTo: '/bye?from=app' });\n`,
      ON_VERCEL,
    ],
    ['circular constants', proxy('a', 'const a: string = b;\nconst b: string = a;\n'), ON_VERCEL],
    [
      'a circular helper',
      proxy('f()', 'function f(): string {\n  return g();\n}\nfunction g(): string {\n  return f();\n}\n'),
      ON_VERCEL,
    ],
  ])('%s', (_, code, files) => {
    expect(look({ ...files, 'proxy.ts': code })).toEqual([]);
  });

  it.each([
    [
      'origin behind a guard',
      "if (process.env.VERCEL_ENV === 'preview') return authkit(request, { redirectUri: `https://${process.env.VERCEL_URL}/callback` });\nreturn authkit(request, { redirectUri: `${request.nextUrl.origin}/callback` });",
    ],
    [
      'a header for another purpose',
      "const tenant = request.headers.get('host');\nconsole.log(tenant);\nreturn authkit(request, { redirectUri: process.env.SITE_URL });",
    ],
    [
      'a header as the path',
      "return authkit(request, { redirectUri: `${process.env.SITE_URL}/callback?x=${request.headers.get('host')}` });",
    ],
    [
      'the host of a clone replaced by the preview’s',
      "const url = request.nextUrl.clone();\nif (process.env.VERCEL_ENV === 'preview') url.host = process.env.VERCEL_URL ?? url.host;\nelse url.host = 'app.dev';\nurl.pathname = '/callback';\nreturn authkit(request, { redirectUri: url.href });",
    ],
    [
      'a header that is checked against a list',
      "const host = request.headers.get('host') ?? '';\nconst base = ['app.dev', 'beta.app.dev'].includes(host) ? `https://${host}` : process.env.SITE_URL;\nreturn authkit(request, { redirectUri: `${base}/callback` });",
    ],
    [
      'a custom header',
      "return authkit(request, { redirectUri: `https://${request.headers.get('x-tenant')}/callback` });",
    ],
  ])('of the request: %s', (_, body) => {
    expect(look({ ...ON_VERCEL, 'proxy.ts': withRequest(body) })).toEqual([]);
  });
});
