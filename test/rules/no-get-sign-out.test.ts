import rule from '../../rules/no-get-sign-out.ts';
import { ruleTester } from '../helpers/rule-tester.ts';

const IMPORT = "import { signOut } from '@workos-inc/authkit-nextjs';\n";
const ROUTE = 'app/sign-out/route.ts';
const GUARD =
  "  if (\n    request.headers.has('RSC') ||\n    request.headers.has('Next-Router-Prefetch')\n  ) {\n    return new Response(null, { status: 204 });\n  }\n";

const FIX = 'Sign out in a server action.';
const API_FIX = 'Sign out on POST only.';

ruleTester.run(rule, {
  files: {
    'package.json': '{ "name": "web", "dependencies": { "next": "16.0.0", "@workos-inc/authkit-nextjs": "4.3.0" } }',
    'app/page.tsx': 'export default function Page() { return null; }\n',
    'lib/out.ts': `${IMPORT}export const GET = () => signOut();\n`,
  },
  valid: [
    {
      name: 'lets POST sign out',
      filename: ROUTE,
      code: `${IMPORT}export async function POST() {\n  await signOut();\n}\n`,
    },
    {
      name: 'lets a GET be that answers the router first',
      filename: ROUTE,
      code: `${IMPORT}export async function GET(request) {\n${GUARD}  await signOut();\n}\n`,
    },
    {
      name: 'lets a server action sign out',
      filename: 'app/sign-out/actions.ts',
      code: `'use server';\n${IMPORT}export async function GET() {\n  await signOut();\n}\n`,
    },
    {
      name: 'lets a page be, where Next.js refuses to change cookies',
      filename: 'app/sign-out/page.tsx',
      code: `${IMPORT}export default async function Page() {\n  await signOut();\n  return null;\n}\n`,
    },
    {
      name: 'lets a GET delete another cookie',
      filename: 'app/theme/route.ts',
      code: "import { cookies } from 'next/headers';\nexport async function GET() {\n  (await cookies()).delete('theme');\n}\n",
    },
    {
      name: 'lets a GET end a session that is stale',
      filename: 'app/api/me/route.ts',
      code: "import { cookies } from 'next/headers';\nexport async function GET() {\n  const state = await load();\n  if (state.expired) (await cookies()).delete('session');\n  return Response.json(state);\n}\n",
    },
    {
      name: "lets NextAuth's own route be",
      filename: 'app/api/auth/[...nextauth]/route.ts',
      code: "import { handlers } from 'lib';\nexport const { GET, POST } = handlers;\n",
    },
  ],
  invalid: [
    {
      name: 'reports signOut() at GET, and offers the guard',
      filename: ROUTE,
      code: `${IMPORT}\nexport async function GET() {\n  await signOut();\n}\n`,
      errors: [
        {
          messageId: 'signsOutOnGet',
          data: { path: '/sign-out', what: 'signOut()', fix: FIX },
          line: 3,
          column: 23,
          endColumn: 26,
          suggestions: [
            {
              messageId: 'answerRouter',
              output: `${IMPORT}\nexport async function GET(request: Request) {\n${GUARD}  await signOut();\n}\n`,
            },
          ],
        },
      ],
    },
    {
      name: 'reports the deletion of the session cookie under any path',
      filename: 'app/bye/route.ts',
      code: "import { NextResponse } from 'next/server';\nexport const GET = (request: Request) => {\n  const response = NextResponse.redirect(new URL('/', request.url));\n  response.cookies.delete('wos-session');\n  return response;\n};\n",
      errors: [
        {
          messageId: 'signsOutOnGet',
          data: { path: '/bye', what: "deletes the cookie 'wos-session'", fix: FIX },
          line: 2,
          column: 14,
          suggestions: 1,
        },
      ],
    },
    {
      name: 'reports what a package does by the name of the route, at the export',
      filename: 'app/logout/route.ts',
      code: "import { handleLogout } from 'some-auth';\n\nexport { handleLogout as GET };\n",
      errors: [
        {
          messageId: 'signsOutOnGetByName',
          data: { path: '/logout', because: 'its name', fix: FIX },
          line: 3,
          column: 10,
        },
      ],
    },
    {
      name: 'reports a handler of another file where it is handed on',
      filename: 'app/bye/route.ts',
      code: "export const dynamic = 'force-dynamic';\nexport * from '../../lib/out';\n",
      errors: [{ messageId: 'signsOutOnGet', line: 2, column: 1 }],
    },
    {
      name: 'reports once what GET and HEAD share',
      filename: ROUTE,
      code: `${IMPORT}export const GET = () => signOut();\nexport { GET as HEAD };\n`,
      errors: [{ messageId: 'signsOutOnGet', line: 2, suggestions: 1 }],
    },
    {
      name: 'reports a guard that not every prefetch comes by',
      filename: ROUTE,
      code: `${IMPORT}export async function GET(request) {\n  if (request.headers.has('Next-Router-Prefetch')) return new Response(null, { status: 204 });\n  await signOut();\n}\n`,
      errors: [{ messageId: 'signsOutOnGet', line: 2, suggestions: 1 }],
    },
    {
      name: 'reports an API route at its default export',
      filename: 'pages/api/logout.js',
      code: 'export default function handler(req, res) {\n  req.session.destroy();\n}\n',
      errors: [
        {
          messageId: 'signsOutOnGet',
          data: { path: '/api/logout', what: 'session.destroy()', fix: API_FIX },
          line: 1,
          column: 25,
          suggestions: [
            {
              messageId: 'answerRouter',
              output:
                "export default function handler(req, res) {\n  if (req.headers.rsc || req.headers['x-nextjs-data']) {\n    res.status(204).end();\n    return;\n  }\n  req.session.destroy();\n}\n",
            },
          ],
        },
      ],
    },
    {
      name: 'reports an anonymous API route at the word export alone',
      filename: 'pages/api/logout.js',
      code: 'export default (req, res) => {\n  req.session.destroy();\n};\n',
      errors: [{ messageId: 'signsOutOnGet', line: 1, column: 1, endLine: 1, endColumn: 7, suggestions: 1 }],
    },
  ],
});
