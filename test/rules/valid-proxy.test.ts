import rule from '../../rules/valid-proxy.ts';
import { ruleTester } from '../helpers/rule-tester.ts';

const IMPORT = "import { authkitProxy } from '@workos-inc/authkit-nextjs';\n";
const proxy = (config = '', options = '') => `${IMPORT}export default authkitProxy(${options});\n${config}`;
const matcher = (text: string) => `export const config = { matcher: ${text} };\n`;
const withAuth = (call = 'await withAuth();') =>
  `import { withAuth } from '@workos-inc/authkit-nextjs';\nexport default async function Page() {\n  ${call}\n  return null;\n}\n`;
const ROOT_LAYOUT = 'export default function Layout({ children }) {\n  return children;\n}\n';
const packageJson = (next: string) =>
  JSON.stringify({ dependencies: { next, '@workos-inc/authkit-nextjs': '^4.3.1' } });
const CALLBACK = "import { handleAuth } from '@workos-inc/authkit-nextjs';\nexport const GET = handleAuth();\n";
const MATCHES_ALL = "'/((?!_next|[^?]*\\\\.(?:html?|css|js(?!on)|jpe?g|png|ico|webmanifest)).*)'";

const files = { 'app/layout.tsx': ROOT_LAYOUT, 'package.json': packageJson('^16.4.0') };
const page = (path: string, text = withAuth()) => ({ [`app${path}/page.tsx`]: text });

ruleTester.run(rule, {
  files,
  valid: [
    {
      name: 'lets a list of what is public be in a function that answers some requests itself',
      filename: 'proxy.ts',
      code: "import { authkitProxy } from '@workos-inc/authkit-nextjs';\nconst auth = authkitProxy({ middlewareAuth: { enabled: false, unauthenticatedPaths: ['/'] } });\nexport default function proxy(request, event) {\n  if (isPrivate(request)) return Response.redirect('/login');\n  return auth(request, event);\n}\n",
    },
    {
      name: 'a page without a proxy that has lost its call in the editor, and is not saved',
      filename: 'app/overview/page.tsx',
      code: 'export default function Page() { return null; }\n',
      files: page('/overview'),
    },
    { name: 'no matcher covers every route', filename: 'proxy.ts', code: proxy(), files: page('/overview') },
    {
      name: 'a negative lookahead covers pages of any name',
      filename: 'proxy.ts',
      code: proxy(matcher(`[${MATCHES_ALL}, '/(api|trpc)(.*)']`)),
      files: {
        ...page('/docs/[...slug]'),
        'app/api/me/route.ts': withAuth().replace('default async function Page', 'async function GET'),
      },
    },
    {
      name: 'a source with :path* covers the route itself and what is below it',
      filename: 'proxy.ts',
      code: proxy(matcher("['/team/:path*']")),
      files: { ...page('/team'), ...page('/(in)/team/[id]/settings') },
    },
    {
      name: 'a source that counts for some requests alone is believed to be met',
      filename: 'proxy.ts',
      code: proxy(
        matcher(
          "[{ source: '/team', has: [{ type: 'cookie', key: 'beta' }] }, { source: '/plans', missing: [{ type: 'header', key: 'next-router-prefetch' }] }]",
        ),
      ),
      files: { ...page('/team'), ...page('/plans') },
    },
    {
      name: 'the paths that pages intercept are covered',
      filename: 'proxy.ts',
      code: proxy(matcher("['/photo/:id', '/shop/cart', '/feed/photo/:id']")),
      files: {
        ...page('/feed/@modal/(...)photo/[id]'),
        ...page('/feed/list/(..)photo/[id]'),
        ...page('/shop/a/b/(..)(..)cart'),
      },
    },
    {
      name: 'one of the values of a dynamic segment is covered',
      filename: 'proxy.ts',
      code: proxy(matcher("['/(en|pt)/:path*']")),
      files: page('/[region]/news'),
    },
    {
      name: 'next-intl serves a path without the locale that is in front of it',
      filename: 'proxy.ts',
      code: proxy(matcher("'/account'")),
      files: page('/[locale]/account'),
    },
    {
      name: 'has and missing say for which requests a source counts',
      filename: 'proxy.ts',
      code: proxy(matcher("[{ source: '/overview', missing: [{ type: 'header', key: 'next-router-prefetch' }] }]")),
      files: page('/overview'),
    },
    {
      name: 'a computed matcher is not judged',
      filename: 'proxy.ts',
      code: proxy(`const OVERVIEW = '/other';\n${matcher('[OVERVIEW]')}`),
      files: page('/overview'),
    },
    {
      name: 'a failure that is caught was expected',
      filename: 'proxy.ts',
      code: proxy(matcher("['/']")),
      files: {
        ...page('/a', withAuth('try { await withAuth(); } catch { /* public */ }')),
        ...page('/b', withAuth('await withAuth().catch(() => null);')),
        ...page('/c', withAuth('const [auth] = await Promise.allSettled([withAuth()]);')),
      },
    },
    {
      name: 'a call under a condition may never be made there',
      filename: 'proxy.ts',
      code: proxy(matcher("['/']")),
      files: {
        ...page('/a', withAuth("if (process.env.AUTH === 'on') await withAuth();")),
        ...page('/b', withAuth("if (process.env.AUTH === 'off') return null;\n  await withAuth();")),
      },
    },
    {
      name: 'a server action that a page in the matcher can call as well',
      filename: 'proxy.ts',
      code: proxy(matcher("['/']")),
      files: {
        'app/settings/page.tsx': "import { save } from '../actions';\nexport default () => <form action={save} />;\n",
        'app/page.tsx': "import { save } from './actions';\nexport default () => <form action={save} />;\n",
        'app/actions.ts':
          "'use server';\nimport { withAuth } from '@workos-inc/authkit-nextjs';\nexport async function save() {\n  await withAuth();\n}\n",
      },
    },
    {
      name: 'what the browser runs needs no proxy',
      filename: 'proxy.ts',
      code: proxy(matcher("['/']")),
      files: page('/a', `'use client';\n${withAuth()}`),
    },
    {
      name: 'a repeated group is never run, and covers what it may cover',
      filename: 'proxy.ts',
      code: proxy(matcher("['/((?:a|a)*)b']")),
      files: page('/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa'),
    },
    {
      name: 'what a rewrite leads to has passed the proxy under another path',
      filename: 'proxy.ts',
      code: `import { authkit } from '@workos-inc/authkit-nextjs';
import { NextResponse } from 'next/server';
export default async function proxy(request) {
  const { headers } = await authkit(request);
  return NextResponse.rewrite(new URL('/inside', request.url), { headers });
}
${matcher("['/outside']")}`,
      files: page('/inside'),
    },
    {
      name: 'middleware.ts still runs on Next.js 16',
      filename: 'middleware.ts',
      code: `${IMPORT}export const middleware = authkitProxy();\n`,
      files: page('/overview'),
    },
    {
      name: 'a helper of that name next to a proxy that runs',
      filename: 'lib/proxy.ts',
      code: `${IMPORT}export const proxy = authkitProxy();\n`,
      files: { 'proxy.ts': "export { proxy } from './lib/proxy';\n", ...page('/overview') },
    },
    {
      name: 'a proxy of another library, in an app that never calls withAuth()',
      filename: 'proxy.ts',
      code: "import createMiddleware from 'next-intl/middleware';\nexport default createMiddleware({});\n",
      files: page('/overview', 'export default () => null;\n'),
    },
    {
      name: 'a package that no one knows may well call AuthKit',
      filename: 'proxy.ts',
      code: "import { auth } from '@acme/auth';\nexport default auth();\n",
      files: page('/overview'),
    },
    {
      name: 'open paths whose page asks for the user',
      filename: 'proxy.ts',
      code: proxy('', "{ middlewareAuth: { enabled: true, unauthenticatedPaths: ['/', '/admin/:path*'] } }"),
      files: page('/admin', withAuth('const { user } = await withAuth();\n  if (!user) return null;\n  user.email;')),
    },
    {
      name: 'a page that is public by design, and shows a name where there is one',
      filename: 'proxy.ts',
      code: proxy('', '{ middlewareAuth: { enabled: false, unauthenticatedPaths: [] } }'),
      files: page('/admin', withAuth('const { user } = await withAuth();\n  user?.email;')),
    },
    {
      name: 'no protection in the proxy, and pages that make sure themselves',
      filename: 'proxy.ts',
      code: proxy(),
      files: page('/admin', withAuth('const { user } = await withAuth({ ensureSignedIn: true });\n  user.email;')),
    },
    {
      name: 'the area of administrators is open, and its layout asks who is there',
      filename: 'proxy.ts',
      code: proxy('', "{ middlewareAuth: { enabled: true, unauthenticatedPaths: ['/', '/admin/:path*'] } }"),
      files: {
        ...page('/admin/orders', 'export default function Orders() {\n  return <h1>Orders</h1>;\n}\n'),
        'app/admin/layout.tsx':
          "import { Gate } from '../../components/admin-guard';\nexport default function Layout({ children }) {\n  return <Gate>{children}</Gate>;\n}\n",
      },
    },
    {
      name: 'the area of administrators is open, and a component of its page asks who is there',
      filename: 'proxy.ts',
      code: proxy('', "{ middlewareAuth: { enabled: true, unauthenticatedPaths: ['/', '/admin/:path*'] } }"),
      files: {
        ...page(
          '/admin/orders',
          "import { Orders } from '../../../components/orders';\nexport default () => <Orders />;\n",
        ),
        'components/orders.tsx':
          "import { useConvexAuth } from 'convex/react';\nexport function Orders() {\n  return useConvexAuth().isAuthenticated ? <h1>Orders</h1> : null;\n}\n",
      },
    },
    {
      name: 'another area is open',
      filename: 'proxy.ts',
      code: proxy(
        '',
        "{ middlewareAuth: { enabled: true, unauthenticatedPaths: ['/', '/blog/:path*', '/admin-guide/:path*'] } }",
      ),
      files: {
        ...page('/blog/first', 'export default function First() {\n  return <h1>First</h1>;\n}\n'),
        ...page('/admin/orders', 'export default function Orders() {\n  return <h1>Orders</h1>;\n}\n'),
      },
    },
    {
      name: 'a list that says itself that everything is public',
      filename: 'proxy.ts',
      code: proxy('', "{ middlewareAuth: { enabled: false, unauthenticatedPaths: ['/(.*)'] } }"),
    },
    {
      name: 'a list of what is public may be in a proxy that leaves protection to the pages',
      filename: 'proxy.ts',
      code: proxy('', "{ middlewareAuth: { enabled: false, unauthenticatedPaths: ['/'] } }"),
      files: page('/account', withAuth("const { user } = await withAuth();\n  if (!user) redirect('/');")),
    },
    {
      name: 'a proxy of its own lets the callback and the sign-in pass',
      filename: 'proxy.ts',
      code: `import { authkit, handleAuthkitHeaders } from '@workos-inc/authkit-nextjs';
const OPEN = ['/callback', '/sign-in'];
export default async function proxy(request) {
  const { session, headers } = await authkit(request);
  if (!session.user && !OPEN.includes(request.nextUrl.pathname)) {
    return handleAuthkitHeaders(request, headers, { redirect: new URL('/sign-in', request.url) });
  }
  return handleAuthkitHeaders(request, headers);
}
`,
      files: { 'app/callback/route.ts': CALLBACK, 'app/sign-in/page.tsx': 'export default () => null;\n' },
    },
    {
      name: 'who may pass comes to the end of the function',
      filename: 'proxy.ts',
      code: `import { authkit } from '@workos-inc/authkit-nextjs';
import { NextResponse } from 'next/server';
import { isOpen } from '@acme/paths';
export default async function proxy(request) {
  const { session } = await authkit(request);
  if (!session.user && !isOpen(request)) return NextResponse.redirect(new URL('/sign-in', request.url));
}
`,
      files: { 'app/callback/route.ts': CALLBACK, 'app/sign-in/page.tsx': 'export default () => null;\n' },
    },
    {
      name: 'who may pass is decided elsewhere',
      filename: 'proxy.ts',
      code: `import { authkit, handleAuthkitHeaders } from '@workos-inc/authkit-nextjs';
import { isOpen } from '@acme/paths';
export default async function proxy(request) {
  const { session, headers, authorizationUrl } = await authkit(request);
  if (isOpen(request.nextUrl.pathname)) return handleAuthkitHeaders(request, headers);
  if (!session.user) return handleAuthkitHeaders(request, headers, { redirect: authorizationUrl });
  return handleAuthkitHeaders(request, headers);
}
`,
      files: { 'app/callback/route.ts': CALLBACK },
    },
    {
      name: 'a package.json that is none, and five proxies',
      filename: 'proxy.ts',
      code: proxy(matcher("['/']")),
      files: {
        'package.json': '{ "dependencies": { "next": 16, ',
        'a/proxy.ts': proxy(),
        'b/proxy.ts': proxy(),
        'c/middleware.ts': proxy(),
        ...page('/overview'),
      },
    },
  ],
  invalid: [
    {
      name: 'a page is left out, and its source is added to the list',
      filename: 'proxy.ts',
      code: proxy(matcher("['/', '/admin']")),
      files: page('/(private)/overview'),
      errors: [
        {
          messageId: 'uncoveredRoute',
          line: 3,
          suggestions: [{ messageId: 'addToMatcher', output: proxy(matcher("['/', '/admin', '/overview']")) }],
        },
      ],
    },
    {
      name: 'a path that merely repeats a segment, or takes a word for a locale, covers nothing',
      filename: 'proxy.ts',
      code: proxy(matcher("['/ops/:a*', '/:locale/of']")),
      files: page('/[locale]/of/[id]'),
      errors: [
        {
          messageId: 'uncoveredRoute',
          suggestions: [
            {
              messageId: 'addToMatcher',
              output: proxy(
                "export const config = {\n  matcher: ['/ops/:a*', '/:locale/of', '/:locale/of/:id'],\n};\n",
              ),
            },
          ],
        },
      ],
    },
    {
      name: 'a source is quoted as the one before it',
      filename: 'proxy.ts',
      code: proxy(matcher(`['/', "/admin"]`)),
      files: page('/overview'),
      errors: [
        {
          messageId: 'uncoveredRoute',
          suggestions: [{ messageId: 'addToMatcher', output: proxy(matcher(`['/', "/admin", "/overview"]`)) }],
        },
      ],
    },
    {
      name: 'a page that intercepts a path is asked for with that path',
      filename: 'proxy.ts',
      code: proxy(matcher("['/admin']")),
      files: page('/feed/@modal/(.)photo/[id]'),
      errors: [
        {
          messageId: 'uncoveredRoute',
          suggestions: [{ messageId: 'addToMatcher', output: proxy(matcher("['/admin', '/feed/photo/:id']")) }],
        },
      ],
    },
    {
      name: 'a layout needs the proxy on every route below it',
      filename: 'proxy.ts',
      code: proxy(matcher("'/'")),
      files: {
        ...page('/team/[id]/settings', 'export default () => null;\n'),
        'app/team/[id]/layout.tsx': withAuth(),
      },
      errors: [
        {
          messageId: 'uncoveredRoute',
          suggestions: [{ messageId: 'addToMatcher', output: proxy(matcher("['/', '/team/:id/:path*']")) }],
        },
      ],
    },
    {
      name: 'a component that the server renders, and a helper that it calls',
      filename: 'proxy.ts',
      code: proxy(matcher("['/admin/:path*']")),
      files: {
        'app/pricing/page.tsx': "import { Header } from '../../ui/header';\nexport default () => <Header />;\n",
        'ui/header.tsx':
          "import { getUser } from '../lib/user';\nexport async function Header() {\n  const user = await getUser();\n  return user?.email;\n}\n",
        'lib/user.ts':
          "import { cache } from 'react';\nimport { withAuth as auth } from '@workos-inc/authkit-nextjs';\nexport const getUser = cache(async () => {\n  const { user } = await auth();\n  return user;\n});\n",
      },
      errors: [
        {
          messageId: 'uncoveredRoute',
          suggestions: [{ messageId: 'addToMatcher', output: proxy(matcher("['/admin/:path*', '/pricing']")) }],
        },
      ],
    },
    {
      name: 'a server action that only a page outside of the matcher can call',
      filename: 'proxy.ts',
      code: proxy(matcher("['/']")),
      files: {
        'app/settings/page.tsx': "import { Form } from './form';\nexport default () => <Form />;\n",
        'app/settings/form.tsx':
          "'use client';\nimport { save } from './actions';\nexport const Form = () => <form action={save} />;\n",
        'app/settings/actions.ts':
          "'use server';\nimport { withAuth } from '@workos-inc/authkit-nextjs';\nexport async function save() {\n  await withAuth();\n}\n",
      },
      errors: [
        {
          messageId: 'uncoveredRoute',
          suggestions: [{ messageId: 'addToMatcher', output: proxy(matcher("['/', '/settings']")) }],
        },
      ],
    },
    {
      name: 'a route handler that the matcher excludes, on a list of several lines',
      filename: 'proxy.ts',
      code: proxy("export const config = {\n  matcher: [\n    '/((?!api|_next).*)', // pages\n  ],\n};\n"),
      files: {
        'app/api/me/route.ts':
          "import { withAuth } from '@workos-inc/authkit-nextjs';\nexport async function POST(request: Request) {\n  const body = await request.json();\n  if (!body.id) return new Response(null, { status: 400 });\n  return Response.json(await withAuth());\n}\n",
      },
      errors: [
        {
          messageId: 'uncoveredRoute',
          line: 4,
          suggestions: [
            {
              messageId: 'addToMatcher',
              output: proxy(
                "export const config = {\n  matcher: [\n    '/((?!api|_next).*)', // pages\n    '/api/me',\n  ],\n};\n",
              ),
            },
          ],
        },
      ],
    },
    {
      name: 'more routes are left out than one edit can add',
      filename: 'proxy.ts',
      code: proxy(matcher("['/']")),
      files: { ...page('/a'), ...page('/b'), ...page('/c'), ...page('/d') },
      errors: [{ messageId: 'uncoveredRoute' }],
    },
    {
      name: 'a matcher that no build takes',
      filename: 'proxy.ts',
      code: proxy(matcher("['/admin/*', 'account', '/ok']")),
      errors: [
        { messageId: 'invalidMatcher', line: 3 },
        { messageId: 'invalidMatcher', line: 3 },
      ],
    },
    {
      name: 'a proxy inside app',
      filename: 'app/middleware.ts',
      code: proxy(),
      errors: [{ messageId: 'ignoredPlace', line: 2 }],
    },
    {
      name: 'a proxy with an extension that Next.js takes no pages of',
      filename: 'proxy.mts',
      code: proxy(),
      errors: [{ messageId: 'ignoredName' }],
    },
    {
      name: 'a proxy under another name',
      filename: 'proxies.ts',
      code: proxy(matcher("['/']")),
      errors: [{ messageId: 'ignoredName' }],
    },
    {
      name: 'a folder where Next.js looks for a file',
      filename: 'middleware/index.ts',
      code: `import { authkit, handleAuthkitHeaders } from '@workos-inc/authkit-nextjs';
export async function middleware(request) {
  const { headers } = await authkit(request);
  return handleAuthkitHeaders(request, headers);
}
`,
      errors: [{ messageId: 'ignoredName', line: 2 }],
    },
    {
      name: 'proxy.ts before Next.js 16',
      filename: 'proxy.ts',
      code: proxy(),
      files: { 'package.json': packageJson('^15.4.0'), ...page('/overview') },
      errors: [{ messageId: 'needsNext16' }],
    },
    {
      name: 'both files at once',
      filename: 'middleware.ts',
      code: proxy(),
      files: { 'proxy.ts': proxy() },
      errors: [{ messageId: 'bothFiles' }],
    },
    {
      name: 'middleware is exported from proxy.ts',
      filename: 'proxy.ts',
      code: `${IMPORT}export const middleware = authkitProxy();\n`,
      errors: [
        {
          messageId: 'notExported',
          suggestions: [{ messageId: 'renameExport', output: `${IMPORT}export const proxy = authkitProxy();\n` }],
        },
      ],
    },
    {
      name: 'a function of the other name, too',
      filename: 'middleware.ts',
      code: `${IMPORT}const run = authkitProxy();\nexport function proxy(request) {\n  return run(request);\n}\n`,
      errors: [
        {
          messageId: 'notExported',
          line: 3,
          suggestions: [
            {
              messageId: 'renameExport',
              output: `${IMPORT}const run = authkitProxy();\nexport function middleware(request) {\n  return run(request);\n}\n`,
            },
          ],
        },
      ],
    },
    {
      name: 'an export that Next.js never calls',
      filename: 'proxy.ts',
      code: `${IMPORT}export const auth = authkitProxy();\n`,
      errors: [{ messageId: 'notExported' }],
    },
    {
      name: 'the factory is exported without being called',
      filename: 'proxy.ts',
      code: `${IMPORT}export default authkitProxy;\n`,
      errors: [
        {
          messageId: 'uncalledFactory',
          suggestions: [{ messageId: 'callFactory', output: `${IMPORT}export default authkitProxy();\n` }],
        },
      ],
    },
    {
      name: 'and so it is where it is given a type, which says nothing of what it is',
      filename: 'proxy.ts',
      code: `${IMPORT}export default (authkitProxy satisfies unknown);\n`,
      errors: [
        {
          messageId: 'uncalledFactory',
          suggestions: [
            { messageId: 'callFactory', output: `${IMPORT}export default (authkitProxy() satisfies unknown);\n` },
          ],
        },
      ],
    },
    {
      name: 'a default that is handed on, which Next.js 16 does not see',
      filename: 'proxy.ts',
      code: "export { default, config } from './lib/auth';\n",
      files: { 'lib/auth.ts': proxy() },
      errors: [{ messageId: 'reexportedDefault' }],
    },
    {
      name: 'a proxy without AuthKit in an app that calls withAuth()',
      filename: 'proxy.ts',
      code: "import createMiddleware from 'next-intl/middleware';\nexport default createMiddleware({});\n",
      files: page('/overview'),
      errors: [{ messageId: 'noAuthKit', line: 2 }],
    },
    {
      name: 'no proxy at all, told once',
      filename: 'app/overview/page.tsx',
      code: withAuth(),
      files: { ...page('/overview'), ...page('/zoo') },
      errors: [{ messageId: 'noProxy', line: 3 }],
    },
    {
      name: 'an open path that AuthKit cannot read',
      filename: 'proxy.ts',
      code: proxy('', "{ middlewareAuth: { enabled: true, unauthenticatedPaths: ['/blog/*'] } }"),
      errors: [
        {
          messageId: 'invalidPath',
          suggestions: [
            {
              messageId: 'writePath',
              output: proxy('', "{ middlewareAuth: { enabled: true, unauthenticatedPaths: ['/blog/:path*'] } }"),
            },
          ],
        },
      ],
    },
    {
      name: 'an open path whose page takes the user for granted',
      filename: 'proxy.ts',
      code: proxy('', "{ middlewareAuth: { enabled: true, unauthenticatedPaths: ['/', '/admin/:path*'] } }"),
      files: page('/admin', withAuth('const { user } = await withAuth();\n  user!.email;')),
      errors: [{ messageId: 'openPath', line: 2 }],
    },
    {
      name: 'the area of administrators is open, and its pages ask no one who they are',
      filename: 'proxy.ts',
      code: proxy('', "{ middlewareAuth: { enabled: true, unauthenticatedPaths: ['/', '/admin/:path*'] } }"),
      files: {
        ...page('/admin/orders', 'export default function Orders() {\n  return <h1>Orders</h1>;\n}\n'),
        'app/layout.tsx':
          "import { AuthKitProvider } from '@workos-inc/authkit-nextjs/components';\nexport default function Layout({ children }) {\n  return <AuthKitProvider>{children}</AuthKitProvider>;\n}\n",
      },
      errors: [{ messageId: 'openAdmin', line: 2 }],
    },
    {
      name: 'an open path whose layout can only sign in before it renders',
      filename: 'proxy.ts',
      code: proxy('', "{ middlewareAuth: { enabled: true, unauthenticatedPaths: ['/', '/admin/:path*'] } }"),
      files: {
        ...page('/admin/users', 'export default () => null;\n'),
        'app/admin/layout.tsx': withAuth('await withAuth({ ensureSignedIn: true });'),
      },
      errors: [{ messageId: 'openPath', line: 2 }],
    },
    {
      name: 'no protection, and a page that takes the user for granted',
      filename: 'proxy.ts',
      code: proxy('', '{ middlewareAuth: { enabled: false, unauthenticatedPaths: [] } }'),
      files: page('/admin', withAuth('const { user } = await withAuth();\n  user!.email;')),
      errors: [{ messageId: 'unprotected', line: 2 }],
    },
    {
      name: 'a list of what is public, where the proxy protects nothing',
      filename: 'proxy.ts',
      code: proxy('', "{ middlewareAuth: { enabled: false, unauthenticatedPaths: ['/'] } }"),
      errors: [{ messageId: 'unusedPaths', line: 2 }],
    },
    {
      name: 'such a list in a function that hands the request on to a proxy which it loads',
      filename: 'proxy.ts',
      code: "export default async function proxy(request, event) {\n  const { authkitProxy } = await import('@workos-inc/authkit-nextjs');\n  return authkitProxy({ middlewareAuth: { enabled: false, unauthenticatedPaths: ['/'] } })(request, event);\n}\n",
      errors: [{ messageId: 'unusedPaths', line: 3 }],
    },
    {
      name: 'a proxy that has forgotten what it imports',
      filename: 'proxy.ts',
      code: `import { NextResponse } from 'next/server';
import { authkitProxy } from '@workos-inc/authkit-nextjs';
// authkitProxy() was here
export default function proxy() {
  return NextResponse.next();
}
`,
      files: page('/overview'),
      errors: [{ messageId: 'noAuthKit', line: 4 }],
    },
    {
      name: 'a proxy of its own sends the callback away',
      filename: 'proxy.ts',
      code: `import { authkit, handleAuthkitHeaders } from '@workos-inc/authkit-nextjs';
export default async function proxy(request) {
  const { session, headers, authorizationUrl } = await authkit(request);
  if (!session.user) return handleAuthkitHeaders(request, headers, { redirect: authorizationUrl });
  return handleAuthkitHeaders(request, headers);
}
`,
      files: { 'app/callback/route.ts': CALLBACK },
      errors: [{ messageId: 'guardedCallback', line: 4 }],
    },
    {
      name: 'the sign-in page is guarded, too',
      filename: 'proxy.ts',
      code: `import { authkit, handleAuthkitHeaders } from '@workos-inc/authkit-nextjs';
import { NextResponse } from 'next/server';
export default async function proxy(request) {
  const { session, headers } = await authkit(request);
  const { pathname } = request.nextUrl;
  if (!session.user && pathname !== '/callback') return NextResponse.redirect(new URL('/sign-in', request.url));
  return handleAuthkitHeaders(request, headers);
}
`,
      files: { 'app/callback/route.ts': CALLBACK, 'app/sign-in/page.tsx': 'export default () => null;\n' },
      errors: [{ messageId: 'redirectsToItself', line: 6 }],
    },
  ],
});

ruleTester.run(rule, {
  files: { 'package.json': packageJson('^16.4.0') },
  valid: [
    {
      name: 'a proxy in src, next to src/app',
      filename: 'src/proxy.ts',
      code: proxy(),
      files: { 'src/app/page.tsx': withAuth() },
    },
  ],
  invalid: [
    {
      name: 'a proxy at the root, while the app is in src',
      filename: 'proxy.ts',
      code: proxy(),
      files: { 'src/app/page.tsx': withAuth() },
      errors: [{ messageId: 'ignoredPlace', line: 2 }],
    },
  ],
});
