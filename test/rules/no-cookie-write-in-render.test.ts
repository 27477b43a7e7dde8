import rule from '../../rules/no-cookie-write-in-render.ts';
import { ruleTester } from '../helpers/rule-tester.ts';

const AUTHKIT = "'@workos-inc/authkit-nextjs'";
const packageWith = (version: string) =>
  JSON.stringify({ name: 'web', dependencies: { next: '16.0.0', '@workos-inc/authkit-nextjs': version } });
const PROXY = `import { authkitProxy } from ${AUTHKIT};\nexport default authkitProxy();\n`;
const page = (imported: string, body: string) =>
  `import { ${imported} } from ${AUTHKIT};\nexport default async function Page() {\n  ${body}\n}\n`;
const LINK = 'return <a href={await getSignInUrl()}>Sign in</a>;';

ruleTester.run(rule, {
  files: {
    'package.json': packageWith('4.3.2'),
    'proxy.ts': PROXY,
    'app/page.tsx': 'export default function Page() { return null; }\n',
    'lib/auth.ts': `import { getSignInUrl } from ${AUTHKIT};\nexport const signInUrl = async () => getSignInUrl();\n`,
    'app/actions.ts': `'use server';\nimport { signOut } from ${AUTHKIT};\nexport async function leave() { await signOut(); }\n`,
  },
  valid: [
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
      name: 'reports a sign-in URL that a page makes while it renders',
      filename: 'app/page.tsx',
      code: page('getSignInUrl', LINK),
      errors: [{ messageId: 'signInUrlInRender', data: { call: 'getSignInUrl()' }, line: 3, column: 25 }],
    },
    {
      name: 'reports it under an alias, in generateMetadata',
      filename: 'app/layout.tsx',
      code: `import { getSignUpUrl as up } from ${AUTHKIT};\nexport async function generateMetadata() {\n  return { other: { url: await up() } };\n}\n`,
      errors: [{ messageId: 'signInUrlInRender', data: { call: 'getSignUpUrl()' }, line: 3 }],
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
      errors: [{ messageId: 'sessionChangedInRender', data: { call: 'signOut()' }, line: 3 }],
    },
    {
      name: 'reports ensureSignedIn in a layout that visitors reach',
      filename: 'app/(private)/layout.tsx',
      code: page('withAuth', 'await withAuth({ ensureSignedIn: true });\n  return <main />;'),
      errors: [{ messageId: 'ensureSignedInInRender', line: 3 }],
    },
    {
      name: 'reports it where the page checks for something else',
      filename: 'app/page.tsx',
      code: page('withAuth', 'if (isReady()) await withAuth({ ensureSignedIn: true });\n  return <p />;'),
      errors: [{ messageId: 'ensureSignedInInRender', line: 3 }],
    },
  ],
});
