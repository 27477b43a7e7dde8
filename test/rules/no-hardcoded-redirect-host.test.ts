import rule from '../../rules/no-hardcoded-redirect-host.ts';
import { ruleTester } from '../helpers/rule-tester.ts';

const proxy = (value: string) => `import { authkitProxy } from '@workos-inc/authkit-nextjs';
export default authkitProxy({ redirectUri: ${value} });
`;
const start = (value: string) => `import { getSignInUrl } from '@workos-inc/authkit-nextjs';
export const GET = (request: Request) => getSignInUrl({ redirectUri: ${value} });
`;
const ORIGIN = "new URL('/callback', request.url).href";

/** A helper that makes URLs of the app, and a call that is given one. */
const HELPER = {
  'vercel.json': '{}',
  'tsconfig.json': '{"compilerOptions":{"paths":{"@/*":["./*"]}}}',
  'app/page.tsx': 'export default function Page() { return null; }\n',
  'package.json': '{"name":"web","dependencies":{"next":"16.0.0","@workos-inc/authkit-nextjs":"4.3.2"}}',
  'lib/app-url.ts':
    "const origin = () => process.env.APP_URL ?? 'https://shop.vercel.app';\nexport const appUrl = (path) => new URL(path, origin()).toString();\n",
};
const LEAVE =
  "import { signOut } from '@workos-inc/authkit-nextjs';\nimport { appUrl } from '@/lib/app-url';\nexport const leave = () => signOut({ returnTo: appUrl('/login') });\n";

/** An app, and a convex.json that registers these hosts for its previews. */
const registered = (...variables: readonly string[]) => ({
  'package.json': '{"name":"web","dependencies":{"next":"16.0.0","@workos-inc/authkit-nextjs":"4.3.2"}}',
  'app/page.tsx': 'export default function Page() { return null; }\n',
  'convex.json': JSON.stringify({
    authKit: {
      preview: { configure: { redirectUris: variables.map((name) => `https://\${buildEnv.${name}}/callback`) } },
    },
  }),
});

ruleTester.run(rule, {
  valid: [
    {
      name: 'leaves what a helper gives to the first of the calls that use it',
      filename: 'app/b/actions.ts',
      files: { ...HELPER, 'app/a/actions.ts': LEAVE },
      code: LEAVE,
    },
    {
      name: 'the preview has its own host',
      filename: 'proxy.ts',
      code: proxy(
        "process.env.VERCEL_ENV === 'preview' ? `https://${process.env.VERCEL_URL}/callback` : 'https://app.example/callback'",
      ),
    },
    {
      name: 'a script that prints a URL for the machine that it runs on',
      filename: 'scripts/print-sign-in.ts',
      files: HELPER,
      code: start("'http://localhost:3000/callback'"),
    },
    {
      name: 'a script of which the app takes a type alone',
      filename: 'scripts/print-sign-in.ts',
      files: {
        ...HELPER,
        'app/page.tsx': "import type { Printed } from '../scripts/print-sign-in';\nexport type Shown = Printed;\n",
      },
      code: start("'http://localhost:3000/callback'"),
    },
    {
      name: 'the origin, where both hosts of a preview are registered',
      filename: 'app/sign-in/route.ts',
      files: registered('VERCEL_URL', 'VERCEL_BRANCH_URL'),
      code: start(ORIGIN),
    },
    {
      name: 'a fallback where AuthKit is off without the variable',
      filename: 'proxy.ts',
      files: { 'vercel.json': '{}' },
      code: `import { authkitProxy } from '@workos-inc/authkit-nextjs';
import { NextResponse } from 'next/server';
const redirectUri = process.env.AUTH_CALLBACK?.trim() || 'https://app.example/callback';
const isConfigured = Boolean(process.env.WORKOS_API_KEY?.trim() && process.env.AUTH_CALLBACK?.trim());
export default isConfigured ? authkitProxy({ redirectUri }) : () => NextResponse.next();
`,
    },
    { name: 'the origin, where nothing shows Vercel', filename: 'app/sign-in/route.ts', code: start(ORIGIN) },
    {
      name: 'the origin, where the app has one fixed host',
      filename: 'app/sign-in/route.ts',
      code: start(ORIGIN),
      files: { 'vercel.json': '{}' },
      settings: { authkit: { hosting: 'fixed' } },
    },
    {
      name: 'a helper of another file that knows previews',
      filename: 'proxy.ts',
      code: `import { uri } from './lib/uri';\n${proxy('uri()')}`,
      files: {
        'lib/uri.ts':
          "export function uri() {\n  if (process.env.VERCEL_ENV === 'preview') return `https://${process.env.VERCEL_BRANCH_URL}/callback`;\n  return 'https://app.example/callback';\n}\n",
      },
    },
    {
      name: 'a circle of helpers',
      filename: 'proxy.ts',
      code: `import { a } from './a';\n${proxy('a()')}`,
      files: {
        'a.ts': "import { b } from './b';\nexport const a = (): string => b();\n",
        'b.ts': "import { a } from './a';\nexport const b = (): string => a();\n",
      },
    },
  ],
  invalid: [
    {
      name: 'a file of the folder for scripts that the app imports',
      filename: 'scripts/sign-in.ts',
      files: {
        ...HELPER,
        'scripts/sign-in.ts': start("'http://localhost:3000/callback'"),
        'app/sign-in/route.ts': "export { GET } from '@/scripts/sign-in';\n",
      },
      code: start("'http://localhost:3000/callback'"),
      errors: [{ messageId: 'localhost', suggestions: 1 }],
    },
    {
      name: 'one that the app imports by the name of its folder',
      filename: 'scripts/auth/index.ts',
      files: {
        ...HELPER,
        'scripts/auth/index.ts': start("'http://localhost:3000/callback'"),
        'app/sign-in/route.ts': "export { GET } from '@/scripts/auth';\n",
      },
      code: start("'http://localhost:3000/callback'"),
      errors: [{ messageId: 'localhost', suggestions: 1 }],
    },
    {
      name: 'the server of the folder for scripts that starts the app',
      filename: 'scripts/server.ts',
      files: {
        ...HELPER,
        'package.json': HELPER['package.json'].replace('{', '{"scripts":{"start":"tsx scripts/server.ts"},'),
      },
      code: start("'http://localhost:3000/callback'"),
      errors: [{ messageId: 'localhost', suggestions: 1 }],
    },
    {
      name: 'what a helper gives to several calls is to be changed there',
      filename: 'app/a/actions.ts',
      files: { ...HELPER, 'app/b/actions.ts': LEAVE },
      code: LEAVE,
      errors: [{ messageId: 'fallbackHost', line: 3 }],
    },
    {
      name: 'what it gives to one call is changed at the call',
      filename: 'app/a/actions.ts',
      files: HELPER,
      code: LEAVE,
      errors: [{ messageId: 'fallbackHost', line: 3, suggestions: 1 }],
    },
    {
      name: 'a host that may have its scheme already is shown with it',
      filename: 'proxy.ts',
      files: { 'vercel.json': '{}' },
      code: "import { authkitProxy } from '@workos-inc/authkit-nextjs';\nconst withScheme = (host) => (host.startsWith('http') ? host : `https://${host}`);\nconst base = withScheme(process.env.VERCEL_PROJECT_PRODUCTION_URL);\nexport default authkitProxy({ redirectUri: `${base}/callback` });\n",
      errors: [
        {
          messageId: 'productionVariable',
          data: {
            what: 'redirectUri',
            value: 'https://${process.env.VERCEL_PROJECT_PRODUCTION_URL}/callback',
            outcome: "'redirect-uri-invalid', or users land there",
            fix: 'Send `https://${process.env.VERCEL_URL}/callback` on previews.',
          },
          suggestions: 1,
        },
      ],
    },
    {
      name: 'NODE_ENV is no sign of production',
      filename: 'proxy.ts',
      files: { 'vercel.json': '{}' },
      code: proxy(
        "process.env.NODE_ENV === 'production' ? 'https://app.example/callback' : 'http://localhost:3000/callback'",
      ),
      errors: [
        {
          message:
            "redirectUri is 'https://app.example/callback' on previews too (NODE_ENV is 'production' there): 'redirect-uri-invalid', or users land there. Send `https://${process.env.VERCEL_URL}/callback` on previews.",
          line: 2,
          column: 84,
          suggestions: [
            {
              messageId: 'usePreviewHost',
              output: `import { authkitProxy } from '@workos-inc/authkit-nextjs';
export default authkitProxy({ redirectUri: process.env.VERCEL_ENV === 'preview' ? \`https://\${process.env.VERCEL_URL}/callback\` : process.env.NODE_ENV === 'production' ? 'https://app.example/callback' : 'http://localhost:3000/callback' });
`,
            },
          ],
        },
      ],
    },
    {
      name: 'a localhost that previews alone send: production keeps the host that it has',
      filename: 'proxy.ts',
      files: { 'vercel.json': '{}' },
      code: proxy(
        "process.env.VERCEL_ENV === 'production' ? 'https://app.example/callback' : 'http://localhost:3000/callback'",
      ),
      errors: [
        {
          messageId: 'localhost',
          suggestions: [
            {
              messageId: 'usePreviewHost',
              output: `import { authkitProxy } from '@workos-inc/authkit-nextjs';
export default authkitProxy({ redirectUri: process.env.VERCEL_ENV === 'preview' ? \`https://\${process.env.VERCEL_URL}/callback\` : process.env.VERCEL_ENV === 'production' ? 'https://app.example/callback' : 'http://localhost:3000/callback' });
`,
            },
          ],
        },
      ],
    },
    {
      name: 'VERCEL_ENV that is tested for more than production',
      filename: 'proxy.ts',
      code: proxy("process.env.VERCEL_ENV ? 'https://app.example/callback' : 'http://localhost:3000/callback'"),
      errors: [
        {
          message:
            /^redirectUri is 'https:\/\/app\.example\/callback' on previews too \(the test before it is true there\): /u,
          suggestions: 1,
        },
      ],
    },
    {
      name: 'NODE_ENV where nothing shows Vercel: the editor alone offers its variables',
      filename: 'proxy.ts',
      code: proxy(
        "process.env.NODE_ENV === 'production' ? 'https://app.example/callback' : 'http://localhost:3000/callback'",
      ),
      errors: [{ messageId: 'productionHost', suggestions: 1 }],
    },
    ...[
      { name: 'a vercel.json', files: { 'vercel.json': '{}' } },
      {
        name: 'a package of Vercel',
        files: { 'package.json': '{ "dependencies": { "next": "16.0.0", "@vercel/analytics": "1" } }' },
      },
      { name: 'previews in convex.json', files: { 'convex.json': '{ "authKit": { "preview": {} } }' } },
      { name: 'one host of a preview in convex.json', files: registered('VERCEL_URL') },
      { name: 'a variable that is read', files: { 'lib/url.ts': 'export const url = process.env.VERCEL_URL;' } },
      { name: 'a setting', settings: { authkit: { hosting: 'vercel' } } },
    ].map((shown) => ({
      ...shown,
      name: `the origin, where this shows previews on Vercel: ${shown.name}`,
      filename: 'app/sign-in/route.ts',
      code: start(ORIGIN),
      errors: [{ messageId: 'requestOrigin', line: 2, suggestions: 1 }],
    })),
    {
      name: 'a fallback of a proxy that another variable turns off',
      filename: 'proxy.ts',
      files: { 'vercel.json': '{}' },
      code: `import { authkitProxy } from '@workos-inc/authkit-nextjs';
import { NextResponse } from 'next/server';
const redirectUri = process.env.AUTH_CALLBACK || 'https://app.example/callback';
export default process.env.AUTH_OFF ? () => NextResponse.next() : authkitProxy({ redirectUri });
`,
      errors: [{ messageId: 'fallbackHost', line: 3, suggestions: 1 }],
    },
    {
      name: 'a proxy in JavaScript',
      filename: 'middleware.js',
      code: proxy("'https://app.vercel.app/callback'"),
      errors: [{ messageId: 'literalHost', line: 2, column: 44, endColumn: 77, suggestions: 1 }],
    },
    {
      name: 'a host that a helper of another file makes',
      filename: 'proxy.ts',
      code: `import { BASE } from './lib/base';\n${proxy('`${BASE}/callback`')}`,
      files: { 'lib/base.ts': "export const BASE = process.env.SITE ?? 'https://app.example';\n" },
      errors: [{ messageId: 'fallbackHost', line: 3, suggestions: 1 }],
    },
  ],
});
