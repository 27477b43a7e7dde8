import rule from '../../rules/valid-redirect-uri.ts';
import { ruleTester } from '../helpers/rule-tester.ts';

const proxy = (value: string) => `import { authkitMiddleware } from '@workos-inc/authkit-nextjs';
export default authkitMiddleware({ redirectUri: ${value} });
`;
const guarded = (arm: string) => proxy(`process.env.VERCEL_ENV === 'preview' ? ${arm} : undefined`);

const VARIABLE = 'NEXT_PUBLIC_WORKOS_REDIRECT_URI';
const PAGE = 'export default () => null;\n';
const WITH_CALLBACK = {
  'package.json': JSON.stringify({ dependencies: { next: '16.4.0', '@workos-inc/authkit-nextjs': '4.3.2' } }),
  '.env.local': `${VARIABLE}=http://localhost:3000/callback\n`,
  'app/callback/route.ts':
    "import { handleAuth } from '@workos-inc/authkit-nextjs';\nexport const GET = handleAuth();\n",
  'app/welcome/page.tsx': PAGE,
};
const NEXT = JSON.stringify({ dependencies: { next: '16.4.0' } });
const registeredForProduction = (...redirectUris: string[]) => ({
  'package.json': NEXT,
  'app/page.tsx': PAGE,
  'convex.json': JSON.stringify({ authKit: { prod: { configure: { redirectUris } } } }),
});

ruleTester.run(rule, {
  valid: [
    {
      name: 'a URL with its scheme',
      filename: 'middleware.ts',
      code: guarded('`https://${process.env.VERCEL_URL}/callback`'),
    },
    {
      name: 'a variable that is tested itself',
      filename: 'middleware.ts',
      code: proxy("process.env.HOST ? `https://${process.env.HOST}` : 'http://localhost:3000'"),
    },
    {
      name: 'the host of a branch on previews alone',
      filename: 'middleware.ts',
      code: guarded('`https://${process.env.VERCEL_BRANCH_URL}/callback`'),
    },
    {
      name: 'the host of a branch, where nothing shows what is registered for production',
      filename: 'middleware.ts',
      code: proxy('`https://${process.env.VERCEL_BRANCH_URL}/callback`'),
      files: { 'package.json': NEXT, 'app/page.tsx': PAGE },
    },
    {
      name: 'the host of a branch, where convex.json registers it for production',
      filename: 'middleware.ts',
      code: proxy('`https://${process.env.VERCEL_BRANCH_URL}/callback`'),
      files: registeredForProduction('https://${buildEnv.VERCEL_BRANCH_URL}/callback'),
    },
    ...[
      'https://shop-git-main-acme.vercel.app/callback',
      'https://*.example.com/callback',
      'https://${buildEnv.APP_HOST}/callback',
    ].map((uri) => ({
      name: `the host of a branch, where convex.json registers for production what may be that: ${uri}`,
      filename: 'middleware.ts',
      code: proxy('`https://${process.env.VERCEL_BRANCH_URL}/callback`'),
      files: registeredForProduction('https://shop.example.com/callback', uri),
    })),
  ],
  invalid: [
    ...[
      {
        what: 'goes where the app has the variable of AuthKit',
        messageId: 'useVariable' as const,
        files: {},
        output:
          "import { authkitMiddleware } from '@workos-inc/authkit-nextjs';\nexport default authkitMiddleware();\n",
      },
      {
        what: 'becomes the host of the preview where that is registered',
        messageId: 'usePreviewHost' as const,
        files: {
          'convex.json': JSON.stringify({
            authKit: { preview: { configure: { redirectUris: ['https://${buildEnv.VERCEL_URL}/callback'] } } },
          }),
        },
        output: `import { authkitMiddleware } from '@workos-inc/authkit-nextjs';
export default authkitMiddleware({
  redirectUri:
    process.env.VERCEL_ENV === 'preview'
      ? \`https://\${process.env.VERCEL_URL}/callback\`
      : undefined,
});
`,
      },
    ].map(({ files, messageId, output, what }) => ({
      name: `the path of the callback alone; it ${what}`,
      filename: 'middleware.ts',
      code: proxy("'/callback'"),
      files: { ...WITH_CALLBACK, ...files },
      errors: [{ messageId: 'relativeUri' as const, line: 2, suggestions: [{ messageId, output }] }],
    })),
    {
      name: 'the path of a page, which may be meant for after the sign-in',
      filename: 'middleware.ts',
      code: proxy("'/welcome'"),
      files: WITH_CALLBACK,
      errors: [{ messageId: 'relativeUri', line: 2, suggestions: [] }],
    },
    {
      name: 'the host of the branch, where convex.json registers another one for production',
      filename: 'middleware.ts',
      files: registeredForProduction(
        'https://shop.example.com/callback',
        'https://${buildEnv.VERCEL_PROJECT_PRODUCTION_URL}/callback',
        'shop://callback',
      ),
      code: proxy('process.env.VERCEL_BRANCH_URL ? `https://${process.env.VERCEL_BRANCH_URL}/callback` : undefined'),
      errors: [
        {
          messageId: 'deploymentHostInProduction',
          line: 2,
          suggestions: [
            {
              messageId: 'useProductionHost',
              output: proxy(
                "process.env.VERCEL_ENV === 'production' ? `https://${process.env.VERCEL_PROJECT_PRODUCTION_URL}/callback` : process.env.VERCEL_BRANCH_URL ? `https://${process.env.VERCEL_BRANCH_URL}/callback` : undefined",
              ),
            },
          ],
        },
      ],
    },
    ...[
      {
        what: 'the variable of AuthKit, where the app has it',
        files: { '.env.local': `${VARIABLE}=http://localhost:4000/callback\n` },
        local: 'undefined',
      },
      { what: 'the app under next dev', files: {}, local: "'http://localhost:3000/callback'" },
      {
        what: 'the port of the script',
        files: {
          'package.json': JSON.stringify({ dependencies: { next: '16.4.0' }, scripts: { dev: 'next dev -p 4000' } }),
        },
        local: "'http://localhost:4000/callback'",
      },
    ].map(({ files, local, what }) => ({
      name: `the host of each deployment; a developer's machine then sends ${what}`,
      filename: 'middleware.ts',
      code: proxy('`https://${process.env.VERCEL_URL}/callback`'),
      files: {
        'package.json': NEXT,
        'app/page.tsx': PAGE,
        ...files,
      },
      errors: [
        {
          messageId: 'deploymentHostInProduction' as const,
          suggestions: [
            {
              messageId: 'useProductionHost' as const,
              output: `import { authkitMiddleware } from '@workos-inc/authkit-nextjs';
export default authkitMiddleware({
  redirectUri:
    process.env.VERCEL_ENV === 'production'
      ? \`https://\${process.env.VERCEL_PROJECT_PRODUCTION_URL}/callback\`
      : process.env.VERCEL_ENV === 'preview'
        ? \`https://\${process.env.VERCEL_URL}/callback\`
        : ${local},
});
`,
            },
          ],
        },
      ],
    })),
    {
      name: 'leaves it where no one knows the port of a developer',
      filename: 'middleware.ts',
      code: proxy('`https://${process.env.VERCEL_URL}/callback`'),
      files: {
        'package.json': JSON.stringify({ dependencies: { next: '16.4.0' }, scripts: { dev: 'next dev -p $PORT' } }),
        'app/page.tsx': PAGE,
      },
      errors: [{ messageId: 'deploymentHostInProduction', suggestions: [] }],
    },
    {
      name: 'no scheme',
      filename: 'middleware.ts',
      code: guarded('`${process.env.VERCEL_URL}/callback`'),
      errors: [
        {
          messageId: 'missingScheme',
          line: 2,
          suggestions: [{ messageId: 'addScheme', output: guarded('`https://${process.env.VERCEL_URL}/callback`') }],
        },
      ],
    },
    {
      name: 'a template that is tested',
      filename: 'middleware.ts',
      code: proxy("`https://${process.env.HOST}/callback` || 'http://localhost:3000/callback'"),
      errors: [
        {
          message:
            "'https://${process.env.HOST}/callback' is truthy even if HOST is unset, so the fallback is never used. Test process.env.HOST.",
          suggestions: [
            {
              messageId: 'testVariable',
              output: proxy(
                "process.env.HOST ? `https://${process.env.HOST}/callback` : 'http://localhost:3000/callback'",
              ),
            },
          ],
        },
      ],
    },
  ],
});
