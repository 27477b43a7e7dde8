import rule from '../../rules/valid-callback-route.ts';
import { ruleTester } from '../helpers/rule-tester.ts';

const IMPORT = "import { handleAuth } from '@workos-inc/authkit-nextjs';\n";
const handler = (method = 'GET') => `${IMPORT}export const ${method} = handleAuth();\n`;
const proxy = (options: string) =>
  `import { authkitProxy } from '@workos-inc/authkit-nextjs';\nexport default authkitProxy(${options});\n`;
const sends = (path: string) =>
  proxy(
    `{ redirectUri: process.env.VERCEL_ENV === 'preview' ? \`https://\${process.env.VERCEL_URL}${path}\` : undefined }`,
  );
const GUARDS = "{ middlewareAuth: { enabled: true, unauthenticatedPaths: ['/'] } }";
const PAGE = 'export default () => null;\n';
const files = { 'app/layout.tsx': 'export default ({ children }) => children;\n' };
const signIn = (option: string) =>
  `import { getSignInUrl } from '@workos-inc/authkit-nextjs';\nexport const GET = async (request: Request) => Response.redirect(await getSignInUrl(${option}));\n`;

ruleTester.run(rule, {
  files,
  valid: [
    {
      name: 'the base path of the app is in it',
      filename: 'proxy.ts',
      code: sends('/shop/callback'),
      files: { 'app/callback/route.ts': handler(), 'next.config.ts': "export default { basePath: '/shop' };\n" },
    },
    {
      name: 'a redirect leads into the base path',
      filename: 'proxy.ts',
      code: sends('/callback'),
      files: {
        'app/callback/route.ts': handler(),
        'next.config.ts':
          "export default { basePath: '/shop', redirects: async () => [{ source: '/callback', destination: '/shop/callback', basePath: false, permanent: false }] };\n",
      },
    },
    {
      name: 'what is in front of the app may put the base path before it',
      filename: 'proxy.ts',
      code: proxy('{ redirectUri: `${process.env.SITE_URL}/callback` }'),
      files: { 'app/callback/route.ts': handler(), 'next.config.ts': "export default { basePath: '/shop' };\n" },
    },
    { name: 'the handler is called', filename: 'app/callback/route.ts', code: handler() },
    {
      name: 'a wrapper calls it',
      filename: 'app/callback/route.ts',
      code: `${IMPORT}export async function GET(request) {\n  return handleAuth()(request);\n}\n`,
    },
    {
      name: 'a helper that is named like it',
      filename: 'app/callback/route.ts',
      code: "import { handleAuth } from '../../lib/auth';\nexport const GET = handleAuth;\n",
      files: {
        'lib/auth.ts': `${IMPORT.replace('handleAuth', 'handleAuth as make')}export const handleAuth = make();\n`,
      },
    },
    {
      name: 'the proxy sends a path that a route in a group finishes',
      filename: 'proxy.ts',
      code: sends('/done'),
      files: { 'app/(auth)/done/route.ts': handler() },
    },
    {
      name: 'code of its own asks WorkOS',
      filename: 'proxy.ts',
      code: sends('/done'),
      files: {
        'app/done/route.ts':
          "import { finish } from '../../lib/finish';\nexport const GET = (request) => finish(request);\n",
        'lib/finish.ts':
          "import { WorkOS } from '@workos-inc/node';\nexport const finish = () => new WorkOS('').userManagement.authenticateWithCode({});\n",
      },
    },
    {
      name: 'a package that no one knows may finish it',
      filename: 'proxy.ts',
      code: sends('/done'),
      files: { 'app/done/route.ts': "import { finish } from '@acme/sessions';\nexport const GET = finish;\n" },
    },
    {
      name: 'a rewrite may serve it',
      filename: 'proxy.ts',
      code: sends('/done'),
      files: { 'next.config.js': 'module.exports = { rewrites: async () => [] };\n' },
    },
    {
      name: 'another app of the repository may serve it',
      filename: 'apps/web/proxy.ts',
      code: sends('/done'),
      files: {
        'package.json': '{ "workspaces": ["apps/*"] }',
        'apps/web/package.json': '{ "name": "web", "dependencies": { "next": "16.0.0" } }',
        'apps/web/app/page.tsx': PAGE,
        'apps/admin/package.json': '{ "name": "admin", "dependencies": { "next": "16.0.0" } }',
        'apps/admin/app/page.tsx': PAGE,
      },
    },
    {
      name: 'an HTTP action of Convex finishes it',
      filename: 'app/sign-in/route.ts',
      code: signIn('{ redirectUri: `${process.env.NEXT_PUBLIC_CONVEX_SITE_URL}/done` }'),
      files: { 'app/callback/route.ts': handler() },
    },
    {
      name: 'a host that is written down may be another app',
      filename: 'app/sign-in/route.ts',
      code: signIn("{ redirectUri: 'https://auth.example.com/done' }"),
      files: { 'app/callback/route.ts': handler() },
    },
    {
      name: 'the env file is told where it gives the path',
      filename: 'proxy.ts',
      code: proxy(GUARDS),
      files: { '.env.local': 'NEXT_PUBLIC_WORKOS_REDIRECT_URI=http://localhost:3000/nowhere\n' },
    },
    {
      name: 'a catch-all route finishes sign-ins',
      filename: 'proxy.ts',
      code: proxy(GUARDS),
      files: { 'app/api/auth/[...all]/route.ts': handler() },
    },
    {
      name: 'another path is registered for previews, which consistent-preview-host reports',
      filename: 'proxy.ts',
      code: sends('/nowhere'),
      files: {
        'app/callback/route.ts': handler(),
        'convex.json':
          '{ "authKit": { "preview": { "configure": { "redirectUris": ["https://${buildEnv.VERCEL_URL}/callback"] } } } }',
      },
    },
    {
      name: 'an app that starts no sign-in',
      filename: 'proxy.ts',
      code: proxy(''),
      files: { 'app/page.tsx': PAGE },
    },
  ],
  invalid: [
    {
      name: 'the base path of the app is not in it',
      filename: 'proxy.ts',
      code: sends('/callback'),
      files: { 'app/callback/route.ts': handler(), 'next.config.ts': "export default { basePath: '/shop' };\n" },
      errors: [{ messageId: 'wrongPath' }],
    },
    {
      name: 'the factory is exported without being called',
      filename: 'app/callback/route.ts',
      code: `${IMPORT}export const GET = handleAuth;\n`,
      errors: [
        {
          messageId: 'uncalledHandler',
          line: 2,
          suggestions: [{ messageId: 'callHandler', output: `${IMPORT}export const GET = handleAuth();\n` }],
        },
      ],
    },
    {
      name: 'and so it is where it is given a type, which says nothing of what it is',
      filename: 'app/callback/route.ts',
      code: `${IMPORT}export const GET = handleAuth satisfies unknown;\n`,
      errors: [
        {
          messageId: 'uncalledHandler',
          line: 2,
          suggestions: [
            { messageId: 'callHandler', output: `${IMPORT}export const GET = handleAuth() satisfies unknown;\n` },
          ],
        },
      ],
    },
    {
      name: 'and so it is when it is handed on',
      filename: 'app/callback/route.ts',
      code: "export { handleAuth as GET } from '@workos-inc/authkit-nextjs';\n",
      errors: [{ messageId: 'uncalledHandler', line: 1 }],
    },
    {
      name: 'the handler is returned, and not called',
      filename: 'app/callback/route.ts',
      code: `${IMPORT}export async function GET() {\n  return handleAuth();\n}\n`,
      errors: [{ messageId: 'returnedHandler', line: 3 }],
    },
    {
      name: 'the handler is exported for POST',
      filename: 'app/callback/route.ts',
      code: handler('POST'),
      errors: [{ messageId: 'wrongMethod', line: 2, suggestions: [{ messageId: 'exportGet', output: handler() }] }],
    },
    {
      name: 'the proxy sends a path that nothing serves, and another path is the callback',
      filename: 'proxy.ts',
      code: sends('/auth/callback'),
      files: { 'app/callback/route.ts': handler() },
      errors: [
        {
          message:
            /^'redirectUri' of authkitProxy\(\) leads to '\/auth\/callback', but no route serves it, so no one can sign in\. Use '\/callback' \(\S*app\/callback\/route\.ts\)\.$/u,
          line: 2,
        },
      ],
    },
    {
      name: 'getSignInUrl() sends a path whose handler has nothing to do with it',
      filename: 'app/sign-in/route.ts',
      code: signIn('{ redirectUri: new URL("/health", request.url).href }'),
      files: { 'app/health/route.ts': "export const GET = () => new Response('ok');\n" },
      errors: [{ messageId: 'wrongPath', line: 2 }],
    },
    {
      name: 'a redirect URI that leads to the start of a sign-in',
      filename: 'proxy.ts',
      code: sends('/sign-in'),
      files: { 'app/sign-in/route.ts': signIn(''), 'app/callback/route.ts': handler() },
      errors: [{ messageId: 'wrongPath' }],
    },
    {
      name: 'no route finishes what the proxy starts, and what is called callback is a page',
      filename: 'proxy.ts',
      code: proxy(GUARDS),
      files: { 'proxy.ts': proxy(GUARDS), 'app/auth/callback/page.tsx': PAGE },
      errors: [
        {
          message:
            /^This app starts sign-ins, but no route finishes them \(\S*app\/auth\/callback\/page\.tsx is a page\)\. .* from \S*app\/auth\/callback\/route\.ts$/u,
          line: 2,
        },
      ],
    },
    {
      name: 'an app without a proxy is told once, where a sign-in starts',
      filename: 'app/sign-in/route.ts',
      code: signIn(''),
      files: { 'app/sign-in/route.ts': signIn(''), 'app/sign-up/route.ts': signIn('') },
      errors: [{ messageId: 'noCallback', line: 2 }],
    },
  ],
});
