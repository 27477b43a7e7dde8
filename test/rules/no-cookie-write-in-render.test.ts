import rule from '../../rules/no-cookie-write-in-render.ts';
import { ruleTester } from '../helpers/rule-tester.ts';

const AUTHKIT = "'@workos-inc/authkit-nextjs'";
const packageWith = (version: string) =>
  JSON.stringify({ name: 'web', dependencies: { next: '16.0.0', '@workos-inc/authkit-nextjs': version } });
const PROXY = `import { authkitProxy } from ${AUTHKIT};\nexport default authkitProxy();\n`;
const page = (imported: string, body: string) =>
  `import { ${imported} } from ${AUTHKIT};\nexport default async function Page() {\n  ${body}\n}\n`;
const LINK = 'return <a href={await getSignInUrl()}>Sign in</a>;';

/** A page that leaves the call to a helper. */
const HELPED =
  "import { signInUrl } from '../../lib/auth';\nexport default async function Page() {\n  return <a href={await signInUrl()}>in</a>;\n}\n";

ruleTester.run(rule, {
  files: {
    'package.json': packageWith('4.3.2'),
    'proxy.ts': PROXY,
    'app/page.tsx': 'export default function Page() { return null; }\n',
    'lib/options.ts': `import { withAuth } from ${AUTHKIT};\nexport const auth = (ensureSignedIn) => withAuth({ ensureSignedIn });\n`,
    'lib/cached.ts': `import { cache } from 'react';\nimport { getSignInUrl } from ${AUTHKIT};\nexport const url = cache(getSignInUrl);\n`,
    'lib/header.tsx':
      "import { signInUrl } from './auth';\nexport const Header = async () => <a href={await signInUrl()}>in</a>;\n",
    'lib/auth.ts': `import { getSignInUrl } from ${AUTHKIT};\nexport const signInUrl = async () => getSignInUrl();\n`,
    'app/actions.ts': `'use server';\nimport { signOut } from ${AUTHKIT};\nexport async function leave() { await signOut(); }\n`,
  },
  valid: [
    {
      name: 'leaves the call of a helper to the first page that makes it',
      filename: 'app/b/page.tsx',
      code: HELPED,
      files: { 'app/a/page.tsx': HELPED },
    },
    {
      name: 'lets a page ask who is there',
      filename: 'app/page.tsx',
      code: page('withAuth', 'const { user } = await withAuth();\n  return <p>{user?.email}</p>;'),
    },
    {
      name: 'lets a page be on a version that set no cookie for a sign-in',
      filename: 'app/page.tsx',
      code: page('getSignInUrl', LINK),
      files: { 'package.json': packageWith('^2.17.0') },
    },
    {
      name: 'lets a route handler start a sign-in',
      filename: 'app/sign-in/route.ts',
      code: `import { getSignInUrl } from ${AUTHKIT};\nexport const GET = async () => Response.redirect(await getSignInUrl());\n`,
    },
    {
      name: 'lets a server action in a page sign out',
      filename: 'app/page.tsx',
      code: page(
        'signOut',
        "async function leave() { 'use server'; await signOut(); }\n  return <form action={leave}><button /></form>;",
      ),
    },
    {
      name: 'lets an inline action sign out',
      filename: 'components/menu.tsx',
      code: `import { signOut } from ${AUTHKIT};\nexport const Menu = () => <form action={async () => { 'use server'; await signOut(); }}><button /></form>;\n`,
    },
    {
      name: 'lets a page hand an action of another file on',
      filename: 'app/page.tsx',
      code: "import { leave } from './actions';\nexport default function Page() {\n  return <form action={leave}><button /></form>;\n}\n",
    },
    {
      name: 'lets ensureSignedIn be where the proxy redirects visitors first',
      filename: 'app/page.tsx',
      code: page(
        'withAuth',
        'const { user } = await withAuth({ ensureSignedIn: true });\n  return <p>{user.email}</p>;',
      ),
      files: {
        'proxy.ts': `import { authkitProxy } from ${AUTHKIT};\nexport default authkitProxy({ middlewareAuth: { enabled: true, unauthenticatedPaths: [] } });\n`,
      },
    },
    {
      name: "lets ensureSignedIn be behind a proxy of the project's own",
      filename: 'app/page.tsx',
      code: page('withAuth', 'await withAuth({ ensureSignedIn: true });\n  return <p />;'),
      files: { 'proxy.ts': 'export default function proxy(request) { return guard(request); }\n' },
    },
    {
      name: 'lets ensureSignedIn be behind a redirect of visitors',
      filename: 'app/page.tsx',
      code: `import { redirect } from 'next/navigation';\n${page(
        'withAuth',
        "const { user } = await withAuth();\n  if (!user) redirect('/sign-in');\n  await withAuth({ ensureSignedIn: true });\n  return <p />;",
      )}`,
    },
    {
      name: 'lets ensureSignedIn be in a page whose layout redirects visitors, through a helper',
      filename: 'app/private/page.tsx',
      code: page('withAuth', 'await withAuth({ ensureSignedIn: true });\n  return <p />;'),
      files: {
        'lib/guard.ts': `import { withAuth } from ${AUTHKIT};\nimport { redirect } from 'next/navigation';\nexport async function guard() { const { user } = await withAuth(); if (!user) redirect('/sign-in'); }\n`,
        'app/private/layout.tsx':
          "import { guard } from '../../lib/guard';\nexport default async function Layout({ children }) { await guard(); return children; }\n",
      },
    },
    {
      name: "lets ensureSignedIn be behind the project's own proxy that redirects",
      filename: 'app/page.tsx',
      code: page('withAuth', 'await withAuth({ ensureSignedIn: true });\n  return <p />;'),
      files: {
        'proxy.ts': `import { authkit, handleAuthkitHeaders } from ${AUTHKIT};\nexport default async function proxy(request) {\n  const { headers, authorizationUrl: redirect } = await authkit(request);\n  return handleAuthkitHeaders(request, headers, { redirect });\n}\n`,
      },
    },
    {
      name: 'lets a helper be that is told not to ensure anything',
      filename: 'app/page.tsx',
      code: "import { auth } from '../lib/options';\nexport default async function Page() {\n  await auth(false);\n  return <p />;\n}\n",
    },
    {
      name: 'lets a route handler be that makes elements for an e-mail',
      filename: 'app/api/invite/route.tsx',
      code: `import { getSignInUrl } from ${AUTHKIT};\nexport async function POST() {\n  return send(<a href={await getSignInUrl()} />);\n}\n`,
    },
    {
      name: 'lets an app be whose catalog has a version that set no cookie',
      filename: 'app/page.tsx',
      code: page('getSignInUrl', LINK),
      files: {
        'package.json': packageWith('catalog:auth'),
        'pnpm-workspace.yaml': `catalog:\n  ${AUTHKIT}: ^4.3.0\ncatalogs:\n  auth:\n    ${AUTHKIT}: ^2.3.0\n`,
      },
    },
    {
      name: "lets a function of the project's own with the same name be",
      filename: 'app/page.tsx',
      code: `import { withAuth } from ${AUTHKIT};\nconst getSignInUrl = async () => '/sign-in';\nexport default async function Page() {\n  ${LINK}\n}\n`,
    },
    {
      name: 'lets a client component call useAuth().signOut()',
      filename: 'components/menu.tsx',
      code: `'use client';\nimport { useAuth } from '@workos-inc/authkit-nextjs/components';\nexport function Menu() {\n  const { signOut } = useAuth();\n  return <button onClick={() => signOut()} />;\n}\n`,
    },
  ],
  invalid: [
    {
      name: 'reports the call of a helper in the first page that makes it',
      filename: 'app/a/page.tsx',
      code: HELPED,
      files: { 'app/b/page.tsx': HELPED },
      errors: [{ messageId: 'signInUrlInRender', line: 3 }],
    },
    {
      name: 'reports it in another one, where the first calls it in an action alone',
      filename: 'app/b/page.tsx',
      code: HELPED,
      files: {
        'app/a/page.tsx':
          "import { signInUrl } from '../../lib/auth';\nexport default function Page() {\n  return <form action={async () => { 'use server'; await signInUrl(); }} />;\n}\n",
      },
      errors: [{ messageId: 'signInUrlInRender', line: 3 }],
    },
    {
      name: 'reports a sign-in URL that a page makes while it renders',
      filename: 'app/page.tsx',
      code: page('getSignInUrl', LINK),
      errors: [
        { messageId: 'signInUrlInRender', data: { call: 'getSignInUrl()', answer: 'HTTP 500' }, line: 3, column: 25 },
      ],
    },
    {
      name: 'reports it under an alias, in generateMetadata',
      filename: 'app/layout.tsx',
      code: `import { getSignUpUrl as up } from ${AUTHKIT};\nexport async function generateMetadata() {\n  return { other: { url: await up() } };\n}\n`,
      errors: [
        {
          messageId: 'signInUrlInRender',
          data: { call: 'getSignUpUrl()', answer: 'an error in the streamed page' },
          line: 3,
        },
      ],
    },
    {
      name: 'reports it in a component, wherever that is rendered',
      filename: 'components/sign-in.tsx',
      code: `import { getSignInUrl } from ${AUTHKIT};\nexport const SignIn = async () => <a href={await getSignInUrl()}>in</a>;\n`,
      errors: [{ messageId: 'signInUrlInRender', line: 2 }],
    },
    {
      name: 'reports the call of a helper that makes it',
      filename: 'app/page.tsx',
      code: "import { signInUrl } from '../lib/auth';\nexport default async function Page() {\n  const url = await signInUrl();\n  return <a href={url}>in</a>;\n}\n",
      errors: [{ message: /^getSignInUrl\(\) \(.*lib\/auth\.ts\) sets a cookie/u, line: 3 }],
    },
    {
      name: 'reports a page that signs out while it renders, on every version',
      filename: 'app/sign-out/page.tsx',
      code: page('signOut', 'await signOut();\n  return null;'),
      files: { 'package.json': packageWith('2.4.0') },
      errors: [{ messageId: 'sessionChangedInRender', data: { call: 'signOut()', answer: 'HTTP 500' }, line: 3 }],
    },
    {
      name: 'reports ensureSignedIn in a layout that visitors reach',
      filename: 'app/(private)/layout.tsx',
      code: page('withAuth', 'await withAuth({ ensureSignedIn: true });\n  return <main />;'),
      errors: [{ messageId: 'ensureSignedInInRender', line: 3 }],
    },
    {
      name: 'reports ensureSignedIn that a helper is told',
      filename: 'app/page.tsx',
      code: "import { auth } from '../lib/options';\nexport default async function Page() {\n  await auth(true);\n  return <p />;\n}\n",
      errors: [{ messageId: 'ensureSignedInInRender', line: 3 }],
    },
    ...[
      ['a named export of proxy.ts', 'export const proxy = authkitProxy();'],
      ['a function that hands on to it', 'const kit = authkitProxy();\nexport default (request) => kit(request);'],
      [
        'a function that redirects no one',
        'export default async function proxy(request) {\n  const { headers } = await authkit(request);\n  return handleAuthkitHeaders(request, headers);\n}',
      ],
    ].map(([name, code]) => ({
      name: `reports ensureSignedIn where the proxy is ${String(name)}`,
      filename: 'app/page.tsx',
      code: page('withAuth', 'await withAuth({ ensureSignedIn: true });\n  return <p />;'),
      files: {
        'proxy.ts': `import { authkit, authkitProxy, handleAuthkitHeaders } from ${AUTHKIT};\n${String(code)}\n`,
      },
      errors: [{ messageId: 'ensureSignedInInRender' as const, line: 3 }],
    })),
    {
      name: 'reports a page behind a wrapper, and what a loading state does',
      filename: 'app/loading.tsx',
      code: `import { signOut } from ${AUTHKIT};\nasync function Loading() {\n  await signOut();\n}\nexport default withLayout(Loading);\n`,
      errors: [{ messageId: 'sessionChangedInRender', line: 3 }],
    },
    {
      name: 'reports a server action that a page calls itself',
      filename: 'app/page.tsx',
      code: "import { leave } from './actions';\nexport default async function Page() {\n  await leave();\n  return null;\n}\n",
      errors: [{ messageId: 'sessionChangedInRender', line: 3 }],
    },
    {
      name: 'reports a sign-in URL that only users get',
      filename: 'app/page.tsx',
      code: page('getSignInUrl, withAuth', `if (!(await withAuth()).user) return null;\n  ${LINK}`),
      errors: [{ messageId: 'signInUrlInRender', line: 4 }],
    },
    {
      name: 'reports what cache() wraps',
      filename: 'app/page.tsx',
      code: "import { url } from '../lib/cached';\nexport default async function Page() {\n  return <a href={await url()} />;\n}\n",
      errors: [{ messageId: 'signInUrlInRender', line: 3 }],
    },
    {
      name: 'reports the element of a component whose own file names no AuthKit',
      filename: 'app/page.tsx',
      code: "import { Header } from '../lib/header';\nexport default function Page() {\n  return <Header />;\n}\n",
      errors: [{ messageId: 'signInUrlInRender', line: 3 }],
    },
    {
      name: 'reports it in an app that asks for the latest version',
      filename: 'app/page.tsx',
      code: page('getSignInUrl', LINK),
      files: { 'package.json': packageWith('latest') },
      errors: [{ messageId: 'signInUrlInRender', line: 3 }],
    },
    {
      name: 'reports it where the page checks for something else',
      filename: 'app/page.tsx',
      code: page('withAuth', 'if (isReady()) await withAuth({ ensureSignedIn: true });\n  return <p />;'),
      errors: [{ messageId: 'ensureSignedInInRender', line: 3 }],
    },
  ],
});
