import rule from '../../rules/no-sign-in-prefetch.ts';
import { ruleTester } from '../helpers/rule-tester.ts';

const SIGN_IN =
  "import { getSignInUrl } from '@workos-inc/authkit-nextjs';\nimport { redirect } from 'next/navigation';\nexport const GET = async () => redirect(await getSignInUrl());\n";
const WORKOS_API =
  "import { WorkOS } from '@workos-inc/node';\nexport default function handler(req, res) { res.redirect(new WorkOS('k').userManagement.getAuthorizationUrl({ clientId: 'c' })); }\n";
const packageJson = (authkit: string) =>
  JSON.stringify({ name: 'fixture', dependencies: { next: '16.0.0', '@workos-inc/authkit-nextjs': authkit } });
const link = (attributes: string): string =>
  `import Link from 'next/link';\nexport const nav = <Link ${attributes}>Sign in</Link>;`;

ruleTester.run(rule, {
  files: {
    'package.json': packageJson('^4.3.0'),
    'app/sign-in/route.ts': SIGN_IN,
    'app/login/page.tsx': 'export default function Page() { return null; }',
  },
  valid: [
    { name: 'a link that does not prefetch', code: link('href="/sign-in" prefetch={false}') },
    { name: 'a link to a page by that name', code: link('href="/login"') },
    { name: 'an anchor', code: 'export const nav = <a href="/sign-in">Sign in</a>;' },
    { name: 'a path that no file serves', code: link('href="/signin"') },
    {
      name: 'a Link of another library',
      code: 'import { Link } from "@chakra-ui/react";\nexport const nav = <Link href="/sign-in" />;',
    },
    {
      name: 'a route that signs users out first: the other rule reports the link',
      files: {
        'app/leave/route.ts':
          "import { cookies } from 'next/headers';\nimport { redirect } from 'next/navigation';\nexport async function GET() { (await cookies()).delete('wos-session'); redirect('/sign-in'); }\n",
      },
      code: link('href="/leave"'),
    },
    {
      name: 'a router that navigates',
      code: "import { useRouter } from 'next/navigation';\nexport const useGo = () => { const router = useRouter(); return () => router.push('/sign-in'); };",
    },
  ],
  invalid: [
    {
      name: 'a route that only clears another cookie, and redirects to the sign-in',
      files: {
        'app/start-over/route.ts':
          "import { cookies } from 'next/headers';\nimport { redirect } from 'next/navigation';\nexport async function GET() { (await cookies()).delete('draft'); redirect('/sign-in'); }\n",
      },
      code: link('href="/start-over"'),
      output: link('href="/start-over" prefetch={false}'),
      errors: [
        {
          messageId: 'prefetchedSignIn',
          suggestions: [{ messageId: 'useAnchor', output: 'export const nav = <a href="/start-over">Sign in</a>;' }],
        },
      ],
    },
    {
      name: 'a link',
      code: link('href="/sign-in"'),
      output: link('href="/sign-in" prefetch={false}'),
      errors: [
        {
          message:
            /^This link prefetches the sign-in route '\/sign-in' \(.*app\/sign-in\/route\.ts\): cookies pile up until HTTP 431\. Add prefetch=\{false\}\.$/u,
          suggestions: [{ messageId: 'useAnchor', output: 'export const nav = <a href="/sign-in">Sign in</a>;' }],
        },
      ],
    },
    {
      name: 'a link in an app on an older AuthKit',
      code: link('href="/sign-in" className="x"'),
      files: { 'package.json': packageJson('2.17.0') },
      output: link('href="/sign-in" prefetch={false} className="x"'),
      errors: [
        {
          messageId: 'prefetchedSignIn',
          suggestions: [
            { messageId: 'useAnchor', output: 'export const nav = <a href="/sign-in" className="x">Sign in</a>;' },
          ],
        },
      ],
    },
    {
      name: 'a call of the router',
      code: "import { useRouter } from 'next/navigation';\nexport function Warm() { const router = useRouter(); router.prefetch('/sign-in'); return null; }",
      errors: [
        {
          messageId: 'routerPrefetchedSignIn',
          suggestions: [{ messageId: 'removePrefetchCall', output: 'export function Warm() { return null; }' }],
        },
      ],
    },
    {
      name: 'a link of the Pages Router, which prefetches on hover',
      code: link('href="/api/login" prefetch={false}'),
      filename: 'pages/index.tsx',
      files: { 'pages/api/login.js': WORKOS_API },
      errors: [
        {
          messageId: 'hoverPrefetchedSignIn',
          suggestions: [{ messageId: 'useAnchor', output: 'export const nav = <a href="/api/login">Sign in</a>;' }],
        },
      ],
    },
  ],
});
