import rule from '../../rules/consistent-preview-host.ts';
import { ruleTester } from '../helpers/rule-tester.ts';

const proxy = (options: string) => `import { authkitProxy } from '@workos-inc/authkit-nextjs';
export default authkitProxy(${options});
`;
const sends = (name: string) =>
  proxy(`{
  redirectUri:
    process.env.VERCEL_ENV === 'preview'
      ? \`https://\${process.env.${name}}/callback\`
      : undefined,
}`);
const files = {
  'app/callback/route.ts':
    "import { handleAuth } from '@workos-inc/authkit-nextjs';\nexport const GET = handleAuth();\n",
  'convex.json':
    '// for WorkOS\n{ "authKit": { "preview": { "configure": { "redirectUris": ["https://${buildEnv.VERCEL_BRANCH_URL}/callback",] } } } }',
};

ruleTester.run(rule, {
  files,
  valid: [
    { name: 'what is registered is sent', filename: 'proxy.ts', code: sends('VERCEL_BRANCH_URL') },
    {
      name: 'a convex.json of the wrong types',
      filename: 'proxy.ts',
      code: proxy(''),
      files: { 'convex.json': '{ "authKit": { "preview": { "configure": { "redirectUris": 1 } } } }' },
    },
    {
      name: 'a convex.json that is no JSON',
      filename: 'proxy.ts',
      code: proxy(''),
      files: { 'convex.json': '<html>' },
    },
    {
      name: 'an app without AuthKit',
      filename: 'proxy.ts',
      code: "import { clerkMiddleware } from '@clerk/nextjs/server';\nexport default clerkMiddleware();\n",
    },
  ],
  invalid: [
    {
      name: 'nothing is sent',
      filename: 'proxy.ts',
      code: proxy(''),
      errors: [
        {
          // The path of convex.json is relative to ESLint's working directory, which here is another one.
          message:
            /^authkitProxy\(\) sends no redirectUri on previews: 'redirect-uri-invalid'\. Send `https:\/\/\$\{process\.env\.VERCEL_BRANCH_URL\}\/callback` there, as \S*convex\.json registers it\.$/u,
          line: 2,
          column: 16,
          suggestions: [{ messageId: 'sendRegistered', output: sends('VERCEL_BRANCH_URL') }],
        },
      ],
    },
    {
      name: 'another host is sent',
      filename: 'proxy.ts',
      code: sends('VERCEL_URL'),
      errors: [
        {
          messageId: 'otherHost',
          line: 5,
          suggestions: [{ messageId: 'sendRegistered', output: sends('VERCEL_BRANCH_URL') }],
        },
      ],
    },
  ],
});
