import rule from '../../rules/valid-proxy.ts';
import { ruleTester } from '../helpers/rule-tester.ts';

const withAuth = (name = 'default async function Page', call = 'const { user } = await withAuth();') =>
  `import { withAuth } from '@workos-inc/authkit-nextjs';\nexport ${name}() {\n  ${call}\n  return Response.json(null);\n}\n`;
const HANDLER = withAuth('async function GET');
const withToken = (token: string) =>
  `import { withAuth } from '@workos-inc/authkit-nextjs';\nfunction tokenOf(request) {\n  return ${token};\n}\nexport async function GET(request) {\n  const token = tokenOf(request);\n  if (token) return Response.json({ token });\n  await withAuth();\n  return Response.json(null);\n}\n`;

const IMPORTS =
  "import { authkit, authkitProxy, handleAuthkitHeaders } from '@workos-inc/authkit-nextjs';\nimport { NextResponse } from 'next/server';\n";
/** A proxy of the app's own; its body begins on line 4. */
const proxy = (body: string, before = '') =>
  `${IMPORTS}${before}export default async function proxy(request) {\n  ${body}\n}\n`;
const AUTHKIT =
  'const { session, headers } = await authkit(request);\n  return handleAuthkitHeaders(request, headers);';

const files = {
  'package.json': JSON.stringify({ dependencies: { next: '16.4.0', '@workos-inc/authkit-nextjs': '4.3.2' } }),
  'app/layout.tsx': 'export default function Layout({ children }) {\n  return children;\n}\n',
  'app/api/me/route.ts': HANDLER,
  'app/health/route.ts': 'export const GET = () => new Response(null);\n',
  'lib/paths.ts':
    "export const isPublic = (path) => path === '/' || path.startsWith('/api/');\nexport const isOn = globalThis.isOn;\n",
};

ruleTester.run(rule, {
  files,
  valid: [
    {
      name: 'a route that does not read the session is passed on without AuthKit',
      filename: 'proxy.ts',
      code: proxy(`if (request.nextUrl.pathname === '/health') return NextResponse.next();\n  ${AUTHKIT}`),
    },
    {
      name: 'paths are passed on that begin otherwise',
      filename: 'proxy.ts',
      code: proxy(
        `if (request.nextUrl.pathname.startsWith('/api/webhooks')) return NextResponse.next();\n  ${AUTHKIT}`,
      ),
    },
    {
      name: 'a route is passed on whose failure is caught, or which asks for the session under a condition',
      filename: 'proxy.ts',
      code: proxy(`if (request.nextUrl.pathname.startsWith('/api')) return NextResponse.next();\n  ${AUTHKIT}`),
      files: {
        'app/api/me/route.ts': withAuth(
          'async function GET',
          'try { await withAuth(); } catch { return new Response(null); }',
        ),
        'app/api/you/route.ts': withAuth('async function GET', 'if (flag) await withAuth();'),
      },
    },
    ...[
      ["the proxy's mode", "process.env.E2E === '1'"],
      ['a header of the request', "request.headers.has('x-internal')"],
      ['a cookie', "!request.cookies.has('wos-session')"],
      ['a value of another module', 'isOn'],
      ['the host', "request.nextUrl.hostname === 'localhost'"],
      ['the scheme', "request.nextUrl.protocol === 'http:'"],
      ['a named host', "request.nextUrl.hostname !== 'dashboard.acme.com'"],
      ['a part of the host', "!new URL(request.url).host.startsWith('portal.')"],
      ['the end of the host', "!request.nextUrl.host.endsWith('.vercel.app')"],
      ['the port', "request.nextUrl.port !== '4000'"],
      ['the origin', "request.nextUrl.origin !== 'https://dashboard.acme.com'"],
      ['the beginning of the URL', "!request.url.startsWith('https://dashboard.acme.com/')"],
      ['the query', "request.nextUrl.search === ''"],
    ].map(([what, test]) => ({
      name: `${String(what)} decides whether a route is passed on`,
      filename: 'proxy.ts',
      code: proxy(
        `if (${String(test)}) return NextResponse.next();\n  ${AUTHKIT}`,
        "import { isOn } from './lib/paths';\n",
      ),
    })),
    ...[
      ['destructured', '', "const { authkit } = await import('@workos-inc/authkit-nextjs')", 'authkit(request)'],
      ['of a module of the project', '', "const lib = await import('./lib/auth')", 'lib.run(request)'],
      ['by require', '', "const lib = require('./lib/auth')", 'lib.run(request)'],
      ['by a function of the file', "const load = () => import('./lib/auth');\n", '', '(await load()).run(request)'],
    ].map(([how, before, load, call]) => ({
      name: `AuthKit is loaded while the proxy runs, ${String(how)}`,
      filename: 'proxy.ts',
      code: `import { NextResponse } from 'next/server';\n${String(before)}export default async function proxy(request) {\n  ${String(load)};\n  const headers = await ${String(call)};\n  return NextResponse.next({ request: { headers } });\n}\n`,
      files: { 'lib/auth.ts': "export { authkit as run } from '@workos-inc/authkit-nextjs';\n" },
    })),
    {
      name: 'AuthKit runs in a function of the proxy that is declared below',
      filename: 'proxy.ts',
      code: proxy(
        'const headers = await run();\n  return NextResponse.next({ request: { headers } });\n  async function run() {\n    return (await authkit(request)).headers;\n  }',
      ),
    },
    ...[
      ['a function of the file', 'isTest()', "function isTest() {\n  return process.env.E2E === '1';\n}\n", ''],
      ['destructured headers', "headers.get('x-e2e')", '', 'const { headers } = request;'],
      ['a host', "request.nextUrl.hostname === 'localhost'", '', ''],
      ['a destructured environment', "env.E2E === '1'", 'const { env } = process;\n', ''],
    ].map(([what, test, before, first]) => ({
      name: `${String(what)} decides whether a route is passed on or refused`,
      filename: 'proxy.ts',
      code: proxy(
        `${String(first)}\n  if (${String(test)}) return NextResponse.next();\n  if (request.nextUrl.pathname.startsWith('/api')) return new Response(null, { status: 403 });\n  return authkitProxy()(request);`,
        before,
      ),
    })),
    {
      name: 'a handler accepts a token, which a function of its file reads, before it asks for the session',
      filename: 'proxy.ts',
      code: proxy(`if (request.nextUrl.pathname.startsWith('/api')) return NextResponse.next();\n  ${AUTHKIT}`),
      files: { 'app/api/me/route.ts': withToken("request.headers.get('authorization')") },
    },
    {
      name: 'the mode decides whether a route is passed on or refused',
      filename: 'proxy.ts',
      code: proxy(
        `if (request.nextUrl.pathname.startsWith('/api')) {\n    if (process.env.E2E) return NextResponse.next();\n    return new Response(null, { status: 404 });\n  }\n  ${AUTHKIT}`,
      ),
    },
    {
      name: 'the matcher leaves the route out, which is reported at the matcher',
      filename: 'proxy.ts',
      code: `${proxy(`if (request.nextUrl.pathname.startsWith('/api')) return NextResponse.next();\n  ${AUTHKIT}`)}export const config = { matcher: ['/health'] };\n`,
      files: { 'app/api/me/route.ts': 'export const GET = () => new Response(null);\n' },
    },
    {
      name: "a response gets AuthKit's headers from a function around it",
      filename: 'proxy.ts',
      code: proxy(
        "const { headers } = await authkit(request);\n  const finish = (response) => { response.headers.set('set-cookie', headers.get('set-cookie')); return response; };\n  if (request.nextUrl.pathname.startsWith('/api')) return finish(NextResponse.next());\n  return handleAuthkitHeaders(request, headers);",
      ),
    },
    {
      name: "a response may have got AuthKit's headers from a helper of the project, called before",
      filename: 'proxy.ts',
      code: proxy(
        `const response = NextResponse.next();\n  await addSession(request, response);\n  if (request.nextUrl.pathname.startsWith('/api')) return response;\n  ${AUTHKIT}`,
        "import { addSession } from './lib/session';\n",
      ),
      files: { 'lib/session.ts': "export { addSession } from '@acme/workos';\n" },
    },
    {
      name: "the app's own headers are written as AuthKit's",
      filename: 'proxy.ts',
      code: proxy(
        `if (request.nextUrl.pathname.startsWith('/api')) return NextResponse.next({ request: { headers: new Headers({ 'x-workos-middleware': 'true' }) } });\n  ${AUTHKIT}`,
      ),
    },
    {
      name: 'a rewrite may lead to the route under another path',
      filename: 'proxy.ts',
      code: proxy(
        `if (request.nextUrl.pathname.startsWith('/api')) return NextResponse.next();\n  if (request.nextUrl.pathname === '/mine') return NextResponse.rewrite(new URL('/api/me', request.url), { request });\n  ${AUTHKIT}`,
      ),
    },
    {
      name: 'some paths of a dynamic route get a session',
      filename: 'proxy.ts',
      code: proxy(`if (request.nextUrl.pathname === '/orders/a') return NextResponse.next();\n  ${AUTHKIT}`),
      files: { 'app/orders/[id]/page.tsx': withAuth() },
    },
  ],
  invalid: [
    {
      name: 'reports API routes that are passed on without AuthKit, at the response',
      filename: 'proxy.ts',
      code: proxy(`if (request.nextUrl.pathname.startsWith('/api')) return NextResponse.next();\n  ${AUTHKIT}`),
      errors: [
        {
          messageId: 'bypassedRoute',
          line: 4,
          column: 52,
        },
      ],
    },
    {
      name: 'reports them with the number of routes, below a test of another module',
      filename: 'proxy.ts',
      code: proxy(
        `const { pathname } = request.nextUrl;\n  if (isPublic(pathname)) {\n    return NextResponse.next();\n  }\n  ${AUTHKIT}`,
        "import { isPublic } from './lib/paths';\n",
      ),
      files: { 'app/page.tsx': withAuth(), 'app/api/[...path]/route.ts': HANDLER },
      errors: [
        {
          messageId: 'bypassedRoute',
          line: 7,
        },
      ],
    },
    {
      name: "reports a page whose layout reads the session, in front of AuthKit's own proxy",
      filename: 'proxy.ts',
      code: `${IMPORTS}const authkitOnly = authkitProxy();\nexport function proxy(request, event) {\n  const url = new URL(request.url);\n  if (['/sign-in', '/health'].includes(url.pathname)) return NextResponse.next();\n  return authkitOnly(request, event);\n}\n`,
      files: {
        'app/layout.tsx': withAuth('default async function Layout'),
        'app/sign-in/page.tsx': 'export default () => null;\n',
      },
      errors: [{ messageId: 'bypassedRoute', line: 6 }],
    },
    {
      name: 'reports a path that is read of the whole URL, on whatever host',
      filename: 'proxy.ts',
      code: proxy(
        `const { hostname, pathname } = new URL(request.url);\n  console.log(hostname);\n  if (pathname.startsWith('/api')) return NextResponse.next();\n  ${AUTHKIT}`,
      ),
      errors: [
        {
          messageId: 'bypassedRoute',
          line: 6,
        },
      ],
    },
    {
      name: 'reports a response before AuthKit is loaded',
      filename: 'proxy.ts',
      code: "import { NextResponse } from 'next/server';\nexport default async function proxy(request) {\n  if (request.nextUrl.pathname.startsWith('/api')) return NextResponse.next();\n  const { authkitProxy } = await import('@workos-inc/authkit-nextjs');\n  return authkitProxy()(request);\n}\n",
      errors: [{ messageId: 'bypassedRoute', line: 3 }],
    },
    {
      name: 'reports a response where something else is loaded before',
      filename: 'proxy.ts',
      code: proxy(
        `const { nanoid } = await import('nanoid');\n  const response = NextResponse.next({ headers: { 'x-id': nanoid() } });\n  if (request.nextUrl.pathname.startsWith('/api')) return response;\n  ${AUTHKIT}`,
      ),
      errors: [{ messageId: 'bypassedRoute', line: 6 }],
    },
    {
      name: 'reports a response above the call of a function that is declared below',
      filename: 'proxy.ts',
      code: proxy(
        "if (request.nextUrl.pathname.startsWith('/api')) return NextResponse.next();\n  return run();\n  async function run() {\n    return handleAuthkitHeaders(request, (await authkit(request)).headers);\n  }",
      ),
      errors: [{ messageId: 'bypassedRoute', line: 4 }],
    },
    {
      name: 'reports a response or a refusal that a function of the file decides by the method',
      filename: 'proxy.ts',
      code: proxy(
        `if (isRead(request)) return NextResponse.next();\n  if (request.nextUrl.pathname.startsWith('/api')) return new Response(null, { status: 403 });\n  ${AUTHKIT}`,
        "function isRead(request) {\n  return request.method === 'GET';\n}\n",
      ),
      errors: [{ messageId: 'bypassedRoute', line: 7 }],
    },
    {
      name: 'reports a handler that asks for the session where a function of its file reads no other token from the URL',
      filename: 'proxy.ts',
      code: proxy(`if (request.nextUrl.pathname.startsWith('/api')) return NextResponse.next();\n  ${AUTHKIT}`),
      files: { 'app/api/me/route.ts': withToken("request.nextUrl.searchParams.get('token')") },
      errors: [{ messageId: 'bypassedRoute', line: 4 }],
    },
    {
      name: 'reports a bare return',
      filename: 'proxy.ts',
      code: proxy(`if (/^\\/api\\//.test(request.nextUrl.pathname)) return;\n  ${AUTHKIT}`),
      errors: [{ messageId: 'bypassedRoute', line: 4 }],
    },
    {
      name: 'reports a proxy that ends without a response for the route',
      filename: 'proxy.ts',
      code: proxy(`if (request.nextUrl.pathname === '/app') {\n    ${AUTHKIT}\n  }`),
      errors: [{ messageId: 'bypassedRoute', line: 3 }],
    },
    {
      name: 'reports a response with headers of its own, where others are refused',
      filename: 'proxy.ts',
      code: proxy(
        `const { pathname } = request.nextUrl;\n  if (pathname.startsWith('/api/')) {\n    if (!request.cookies.has('wos-session')) return NextResponse.json(null, { status: 401 });\n    const response = NextResponse.next();\n    response.headers.set('x-frame-options', 'DENY');\n    return response;\n  }\n  ${AUTHKIT}`,
      ),
      errors: [{ messageId: 'bypassedRoute', line: 9 }],
    },
    {
      name: 'reports all paths of a dynamic route',
      filename: 'proxy.ts',
      code: proxy(`if (request.nextUrl.pathname.startsWith('/orders/')) return NextResponse.next();\n  ${AUTHKIT}`),
      files: { 'app/orders/[id]/page.tsx': withAuth() },
      errors: [
        {
          messageId: 'bypassedRoute',
          line: 4,
        },
      ],
    },
  ],
});
