import rule from '../../rules/no-dropped-session-headers.ts';
import { ruleTester } from '../helpers/rule-tester.ts';

const IMPORTS =
  "import { authkit, handleAuthkitHeaders } from '@workos-inc/authkit-nextjs';\nimport { NextResponse } from 'next/server';\n";
/** A proxy; its body begins on line 4. */
const proxy = (body: string) => `${IMPORTS}export default async function proxy(request) {\n  ${body}\n}\n`;
const ALL = 'const { session, headers, authorizationUrl } = await authkit(request);\n  ';
const packageWith = (version: string) =>
  JSON.stringify({ dependencies: { next: '16.0.0', '@workos-inc/authkit-nextjs': version } });

ruleTester.run(rule, {
  files: {
    'package.json': packageWith('4.3.2'),
    'app/page.tsx': 'export default function Page() { return null; }\n',
    'lib/respond.ts':
      "import { NextResponse } from 'next/server';\nexport const respond = (request, headers) => NextResponse.next({ request: { headers: new Headers([...request.headers, ...headers]) } });\nexport const go = (request, to) => NextResponse.redirect(new URL(to, request.url));\n",
  },
  valid: [
    {
      name: 'lets a response be that a helper of the project gives back with the headers in it',
      filename: 'proxy.ts',
      code: proxy(
        `${ALL}const withSession = (response) => { for (const cookie of headers.getSetCookie()) response.headers.append('set-cookie', cookie); return response; };\n  return withSession(NextResponse.redirect(new URL('/home', request.url)));`,
      ),
    },
    {
      name: 'lets a helper be, declared within, that puts the headers into what it makes',
      filename: 'proxy.ts',
      code: proxy(
        `${ALL}function go(to) { const response = NextResponse.redirect(to); response.headers.set('set-cookie', headers.get('set-cookie')); return response; }\n  return go('/home');`,
      ),
    },
    {
      name: 'lets a response be that is given both parts of the headers',
      filename: 'proxy.ts',
      code: `import { partitionAuthkitHeaders, applyResponseHeaders } from '@workos-inc/authkit-nextjs';\n${proxy(`${ALL}const { requestHeaders, responseHeaders } = partitionAuthkitHeaders(request, headers);\n  const response = NextResponse.next({ request: { headers: requestHeaders } });\n  applyResponseHeaders(response, responseHeaders);\n  return response;`)}`,
    },
    {
      name: 'lets a proxy be that sends the headers on',
      filename: 'proxy.ts',
      code: proxy(`${ALL}return handleAuthkitHeaders(request, headers);`),
    },
    {
      name: 'lets a proxy redirect with them',
      filename: 'proxy.ts',
      code: proxy(
        `${ALL}if (!session.user) return handleAuthkitHeaders(request, headers, { redirect: authorizationUrl });\n  return handleAuthkitHeaders(request, headers);`,
      ),
    },
    {
      name: 'lets a response be into which the headers are put',
      filename: 'proxy.ts',
      code: proxy(
        `${ALL}const response = NextResponse.next({ request });\n  headers.forEach((value, key) => response.headers.append(key === 'set-cookie' ? key : 'x-ignored', value));\n  return response;`,
      ),
    },
    {
      name: "lets AuthKit's headers replace those of the request where the latter were put among them",
      filename: 'proxy.ts',
      code: proxy(
        `${ALL}for (const [key, value] of request.headers) headers.set(key, value);\n  return NextResponse.next({ request: { headers } });`,
      ),
    },
    {
      name: 'lets them be that get the cookies of the request by name',
      filename: 'proxy.ts',
      code: proxy(
        `${ALL}headers.set('cookie', request.headers.get('cookie'));\n  return NextResponse.next({ request: { headers } });`,
      ),
    },
    {
      name: 'lets a copy be into which a function may put others',
      filename: 'proxy.ts',
      code: proxy(
        `${ALL}const all = new Headers(headers);\n  addFrom(request, all);\n  return NextResponse.next({ request: { headers: all } });`,
      ),
    },
    {
      name: 'lets them be that get those of the request through an object',
      filename: 'proxy.ts',
      code: proxy(
        `${ALL}const context = { headers };\n  request.headers.forEach((value, key) => context.headers.set(key, value));\n  return NextResponse.next({ request: { headers } });`,
      ),
    },
    {
      name: 'lets them be that a function is given by a name',
      filename: 'proxy.ts',
      code: proxy(
        `${ALL}addFrom({ from: request, to: headers });\n  return NextResponse.next({ request: { headers } });`,
      ),
    },
    {
      name: 'lets them be that get those of the request through the options',
      filename: 'proxy.ts',
      code: proxy(
        `${ALL}const options = { request: { headers } };\n  addFrom(request, options.request.headers);\n  return NextResponse.next(options);`,
      ),
    },
    {
      name: 'lets a release be whose headers are a copy of those of the request',
      filename: 'middleware.ts',
      code: proxy(`${ALL}return NextResponse.next({ request: { headers } });`),
      files: { 'package.json': packageWith('^0.17.2') },
    },
    {
      name: 'lets headers be that are copied for the request',
      filename: 'proxy.ts',
      code: proxy(
        `${ALL}const own = new Headers(request.headers);\n  headers.forEach((value, key) => own.set(key, value));\n  const response = NextResponse.next({ request: { headers: own } });\n  response.headers.set('set-cookie', headers.get('set-cookie'));\n  return response;`,
      ),
    },
    {
      name: 'lets a proxy return nothing where authkit() was not called',
      filename: 'proxy.ts',
      code: proxy(
        `if (request.nextUrl.pathname === '/app') {\n    ${ALL}return handleAuthkitHeaders(request, headers);\n  }`,
      ),
    },
    {
      name: 'lets a helper return nothing, which the proxy may answer for',
      filename: 'proxy.ts',
      code: `${IMPORTS}export default async function proxy(request) { return (await guard(request)) ?? NextResponse.next(); }\nasync function guard(request) {\n  ${ALL}if (!session.user) return handleAuthkitHeaders(request, headers, { redirect: '/in' });\n  return;\n}\n`,
    },
    {
      name: 'lets a function return nothing where another one is called around it',
      filename: 'proxy.ts',
      code: `${IMPORTS}import { chain } from '@acme/proxies';\nexport default chain(async (request) => {\n  ${ALL}if (session.user) return;\n  return handleAuthkitHeaders(request, headers, { redirect: '/in' });\n});\n`,
    },
    {
      name: 'lets a proxy be all of whose ways return the headers',
      filename: 'proxy.ts',
      code: proxy(
        `${ALL}if (session.user) {\n    return handleAuthkitHeaders(request, headers);\n  } else {\n    return handleAuthkitHeaders(request, headers, { redirect: '/in' });\n  }`,
      ),
    },
    {
      name: 'lets a helper of the project be that is given the headers',
      filename: 'proxy.ts',
      code: `import { respond } from './lib/respond';\n${proxy(`${ALL}return respond(request, headers);`)}`,
    },
    {
      name: 'lets a result be that is handed on whole',
      filename: 'proxy.ts',
      code: proxy('const auth = await authkit(request);\n  return finish(request, auth);'),
    },
    {
      name: 'lets a response be before authkit() is called',
      filename: 'proxy.ts',
      code: proxy(
        `if (request.nextUrl.pathname === '/health') return NextResponse.next();\n  ${ALL}return handleAuthkitHeaders(request, headers);`,
      ),
    },
    {
      name: 'lets a refusal of visitors be, which loses no session',
      filename: 'proxy.ts',
      code: proxy(
        `${ALL}if (!session.user) return NextResponse.json({ error: 'sign in' }, { status: 401 });\n  return handleAuthkitHeaders(request, headers);`,
      ),
    },
    {
      name: 'lets next({ headers }) be with what partitionAuthkitHeaders() lets through',
      filename: 'proxy.ts',
      code: `import { partitionAuthkitHeaders } from '@workos-inc/authkit-nextjs';\n${proxy(
        'const { headers } = await authkit(request);\n  const { requestHeaders, responseHeaders } = partitionAuthkitHeaders(request, headers);\n  return NextResponse.next({ request: { headers: requestHeaders }, headers: responseHeaders });',
      )}`,
    },
    {
      name: "lets the response of next-intl's middleware be that is given them",
      filename: 'proxy.ts',
      code: `import { applyResponseHeaders, partitionAuthkitHeaders } from '@workos-inc/authkit-nextjs';\nimport createMiddleware from 'next-intl/middleware';\nconst intl = createMiddleware({});\n${proxy(
        'const { headers } = await authkit(request);\n  const response = intl(request);\n  return applyResponseHeaders(response, partitionAuthkitHeaders(request, headers).responseHeaders);',
      )}`,
    },
    {
      name: 'lets a redirect of visitors be that starts no sign-in',
      filename: 'proxy.ts',
      code: proxy(
        `${ALL}if (!session.user) return NextResponse.redirect(new URL('/welcome', request.url));\n  return handleAuthkitHeaders(request, headers);`,
      ),
    },
    {
      name: 'lets a result be that goes to variables of before, headers and all',
      filename: 'proxy.ts',
      code: proxy(
        'let headers;\n  ({ headers } = await authkit(request));\n  return handleAuthkitHeaders(request, headers);',
      ),
    },
    {
      name: 'lets a function of another package with the same name be',
      filename: 'proxy.ts',
      code: "import { authkit } from './own';\nexport default async function proxy(request) {\n  const { session } = await authkit(request);\n}\n",
    },
    {
      name: 'lets next({ headers }) be on a version whose README shows it',
      filename: 'middleware.ts',
      code: proxy(`${ALL}return NextResponse.next({ headers });`),
      files: { 'package.json': packageWith('^2.10.0') },
    },
  ],
  invalid: [
    {
      name: "reports AuthKit's headers in place of those of the request",
      filename: 'proxy.ts',
      code: proxy(`${ALL}return NextResponse.next({ request: { headers } });`),
      errors: [
        {
          messageId: 'replacedHeaders',
          data: { response: 'NextResponse.next()' },
          line: 5,
          suggestions: [
            {
              messageId: 'sendHeaders',
              output: `${IMPORTS.replace("import { NextResponse } from 'next/server';\n", '')}export default async function proxy(request) {\n  ${ALL}return handleAuthkitHeaders(request, headers);\n}\n`,
            },
          ],
        },
      ],
    },
    {
      name: 'reports them in options that have a name',
      filename: 'proxy.ts',
      code: proxy(`${ALL}const options = { request: { headers } };\n  return NextResponse.next(options);`),
      errors: [{ messageId: 'replacedHeaders' }],
    },
    {
      name: 'reports them where only the cookies are put into the response, at the response',
      filename: 'proxy.ts',
      code: proxy(
        `${ALL}const response = NextResponse.next({ request: { headers } });\n  for (const cookie of headers.getSetCookie()) response.headers.append('set-cookie', cookie);\n  return response;`,
      ),
      errors: [
        {
          messageId: 'replacedHeaders',
          line: 5,
          suggestions: [
            {
              messageId: 'addToRequest',
              output: proxy(
                `${ALL}const response = NextResponse.next({\n    request: {\n      headers: partitionAuthkitHeaders(request, headers).requestHeaders,\n    },\n  });\n  for (const cookie of headers.getSetCookie()) response.headers.append('set-cookie', cookie);\n  return response;`,
              ).replace(
                '{ authkit, handleAuthkitHeaders }',
                '{\n  authkit,\n  partitionAuthkitHeaders,\n  handleAuthkitHeaders,\n}',
              ),
            },
          ],
        },
      ],
    },
    {
      name: 'reports a copy of them that gets one header more, once for two ways out',
      filename: 'proxy.ts',
      code: proxy(
        `${ALL}const own = new Headers(headers);\n  own.set('x-path', request.nextUrl.pathname);\n  const response = NextResponse.next({ request: { headers: own } });\n  if (session.user) return response;\n  return response;`,
      ),
      errors: [{ messageId: 'replacedHeaders', line: 7 }],
    },
    {
      name: 'reports them on 2.x too, whose README shows it',
      filename: 'middleware.ts',
      code: proxy(`${ALL}return NextResponse.next({ request: { headers } });`),
      files: { 'package.json': packageWith('^2.11.1') },
      errors: [{ messageId: 'replacedHeaders', line: 5, suggestions: [] }],
    },
    {
      name: 'reports a redirect that a helper of the project gives back with a cookie of its own',
      filename: 'proxy.ts',
      code: `${proxy(`${ALL}if (session.user) return withLocale(NextResponse.redirect(new URL('/en', request.url)), 'en');\n  return handleAuthkitHeaders(request, headers);`)}function withLocale(response, locale) {\n  response.cookies.set('locale', locale);\n  return response;\n}\n`,
      errors: [{ messageId: 'responseWithoutHeaders', data: { response: 'NextResponse.redirect()' }, line: 5 }],
    },
    {
      name: 'reports a response that is given only the part of the headers that is for the page',
      filename: 'proxy.ts',
      code: `import { partitionAuthkitHeaders } from '@workos-inc/authkit-nextjs';\n${proxy(`${ALL}const { requestHeaders } = partitionAuthkitHeaders(request, headers);\n  requestHeaders.set('x-path', request.nextUrl.pathname);\n  return NextResponse.next({ request: { headers: requestHeaders } });`)}`,
      errors: [{ messageId: 'responseWithoutHeaders', data: { response: 'NextResponse.next()' }, line: 8 }],
    },
    {
      name: 'reports a bare return, which lets the request through without them',
      filename: 'proxy.ts',
      code: proxy(
        `${ALL}if (session.user) return;\n  return handleAuthkitHeaders(request, headers, { redirect: '/in' });`,
      ),
      errors: [{ messageId: 'responseWithoutHeaders', line: 5, data: { response: 'Returning nothing' } }],
    },
    {
      name: 'reports a proxy that ends without a response',
      filename: 'proxy.ts',
      code: proxy(`${ALL}if (!session.user) return handleAuthkitHeaders(request, headers, { redirect: '/in' });`),
      errors: [{ messageId: 'responseWithoutHeaders', line: 4, data: { response: 'Returning nothing' } }],
    },
    {
      name: 'reports each of the headers put into the response, by forEach',
      filename: 'proxy.ts',
      code: proxy(
        `${ALL}const response = NextResponse.next({ request });\n  headers.forEach((value, key) => response.headers.append(key, value));\n  return response;`,
      ),
      errors: [{ messageId: 'copiedHeaders', line: 6 }],
    },
    {
      name: 'reports them put into it by a loop',
      filename: 'proxy.ts',
      code: proxy(
        `${ALL}const response = NextResponse.next({ request });\n  for (const [key, value] of headers.entries()) {\n    response.headers.set(key, value);\n  }\n  return response;`,
      ),
      errors: [{ messageId: 'copiedHeaders', line: 6 }],
    },
    {
      name: 'reports a route handler that drops them',
      filename: 'app/api/me/route.ts',
      code: `${IMPORTS}export async function GET(request) {\n  const { session } = await authkit(request);\n  return Response.json(session.user);\n}\n`,
      errors: [{ messageId: 'droppedInHandler', line: 4, column: 29 }],
    },
    {
      name: 'reports a helper of route handlers, with a lazy import',
      filename: 'lib/user.ts',
      code: "export async function userOf(request) {\n  const { authkit } = await import('@workos-inc/authkit-nextjs');\n  return (await authkit(request)).session.user;\n}\n",
      errors: [{ messageId: 'droppedInHandler', line: 3 }],
    },
    {
      name: 'reports a proxy that drops them',
      filename: 'proxy.ts',
      code: proxy(
        'const { session } = await authkit(request);\n  return session.user ? NextResponse.next() : undefined;',
      ),
      errors: [{ messageId: 'droppedInProxy', line: 4 }],
    },
    {
      name: 'reports a result whose headers no one reads',
      filename: 'proxy.ts',
      code: proxy(
        'const auth = await authkit(request);\n  if (!auth.session.user) return go();\n  return NextResponse.next();',
      ),
      errors: [{ messageId: 'droppedInProxy', line: 4 }],
    },
    {
      name: 'reports a response without them',
      filename: 'proxy.ts',
      code: proxy(
        `${ALL}if (request.nextUrl.pathname === '/') return NextResponse.rewrite(new URL('/home', request.url));\n  return handleAuthkitHeaders(request, headers);`,
      ),
      errors: [{ messageId: 'responseWithoutHeaders', data: { response: 'NextResponse.rewrite()' }, line: 5 }],
    },
    {
      name: 'reports a redirect of someone who is signed in, made by a helper',
      filename: 'proxy.ts',
      code: `import { go } from './lib/respond';\n${proxy(
        `${ALL}if (session.user) return go(request, '/home');\n  return handleAuthkitHeaders(request, headers);`,
      )}`,
      errors: [{ messageId: 'responseWithoutHeaders', line: 6 }],
    },
    {
      name: 'reports a redirect to the sign-in without its cookie',
      filename: 'proxy.ts',
      code: proxy(
        `${ALL}if (!session.user) return NextResponse.redirect(authorizationUrl);\n  return handleAuthkitHeaders(request, headers);`,
      ),
      errors: [{ messageId: 'redirectWithoutHeaders', line: 5, suggestions: 1 }],
    },
    ...[
      ['no one takes', 'await authkit(request);'],
      ['is assigned without them', 'let session;\n  ({ session } = await authkit(request));'],
      ['is gathered without them', 'const [{ session }] = await Promise.all([authkit(request), load()]);'],
      ['then() takes without them', 'const user = await authkit(request).then(({ session }) => session.user);'],
    ].map(([name, code]) => ({
      name: `reports a result that ${String(name)}`,
      filename: 'proxy.ts',
      code: proxy(`${String(code)}\n  return NextResponse.next();`),
      errors: [{ messageId: 'droppedInProxy' as const }],
    })),
    {
      name: 'reports a response without them where the whole is taken apart later',
      filename: 'proxy.ts',
      code: proxy(
        'const auth = await authkit(request);\n  const { session, headers } = auth;\n  if (session.user) return NextResponse.next();\n  return handleAuthkitHeaders(request, headers);',
      ),
      errors: [{ messageId: 'responseWithoutHeaders', line: 6, suggestions: 1 }],
    },
    {
      name: 'reports a redirect to the sign-in, whatever the URL is called',
      filename: 'proxy.ts',
      code: proxy(
        'const { session, headers, authorizationUrl: to } = await authkit(request);\n  if (!session.user) return NextResponse.redirect(to);\n  return handleAuthkitHeaders(request, headers);',
      ),
      errors: [{ messageId: 'redirectWithoutHeaders', line: 5, suggestions: 1 }],
    },
    {
      name: "reports the response of next-intl's middleware without them",
      filename: 'proxy.ts',
      code: `import createMiddleware from 'next-intl/middleware';\nconst intl = createMiddleware({});\n${proxy(
        `${ALL}if (!session.user) return handleAuthkitHeaders(request, headers, { redirect: authorizationUrl });\n  return intl(request);`,
      )}`,
      errors: [{ messageId: 'responseWithoutHeaders', data: { response: 'intl()' }, line: 8 }],
    },
    {
      name: 'reports the other arm of a response that may be there',
      filename: 'proxy.ts',
      code: proxy(
        `${ALL}if (session.user) return guard(request) ?? NextResponse.next();\n  return handleAuthkitHeaders(request, headers);`,
      ),
      errors: [{ messageId: 'responseWithoutHeaders', line: 5, suggestions: 1 }],
    },
    {
      name: 'reports a copy of the internal headers in options of their own',
      filename: 'proxy.ts',
      code: proxy(`${ALL}const options = { headers: new Headers(headers) };\n  return NextResponse.next(options);`),
      errors: [{ messageId: 'leakedHeaders', line: 6 }],
    },
    {
      name: 'calls a helper of route handlers so, though it is named middleware.ts',
      filename: 'lib/middleware.ts',
      code: `${IMPORTS}export const userOf = async (request) => (await authkit(request)).session.user;\n`,
      errors: [{ messageId: 'droppedInHandler', line: 3 }],
    },
    {
      name: 'reports internal headers that reach the browser',
      filename: 'proxy.ts',
      code: proxy(`${ALL}return NextResponse.next({ headers });`),
      errors: [{ messageId: 'leakedHeaders', line: 5, suggestions: 1 }],
    },
  ],
});
