import rule from '../../rules/no-raw-authorization-url.ts';
import { ruleTester } from '../helpers/rule-tester.ts';

const packageWith = (version: string) =>
  JSON.stringify({ dependencies: { next: '16.0.0', '@workos-inc/authkit-nextjs': version } });
const signIn = (uri: string, client = "new WorkOS('key')") =>
  `import { WorkOS } from '@workos-inc/node';\nconst workos = ${client};\nexport const GET = () => Response.redirect(workos.userManagement.getAuthorizationUrl({ provider: 'authkit', redirectUri: ${uri} }));\n`;
const OWN_CALLBACK = 'export async function GET() { await workos.userManagement.authenticateWithCode({}); }\n';

ruleTester.run(rule, {
  files: {
    'package.json': packageWith('4.3.2'),
    'app/page.tsx': 'export default function Page() { return null; }\n',
    'app/callback/route.ts':
      "import { handleAuth } from '@workos-inc/authkit-nextjs';\nexport const GET = handleAuth();\n",
  },
  valid: [
    {
      name: 'lets a sign-in be with a verifier of its own, which it may keep where handleAuth() looks',
      filename: 'app/sign-in/route.ts',
      code: signIn('process.env.URI, codeChallenge: pkce.codeChallenge, state: sealed'),
    },
    {
      name: 'lets it be before 3.0.0',
      filename: 'app/sign-in/route.ts',
      code: signIn('process.env.URI'),
      files: { 'package.json': packageWith('2.17.0') },
    },
    {
      name: 'lets it be where the version is not known',
      filename: 'app/sign-in/route.ts',
      code: signIn('process.env.URI'),
      files: { 'package.json': packageWith('latest') },
    },
    {
      name: 'lets a sign-in be that arrives at a callback of its own',
      filename: 'app/sign-in/route.ts',
      code: signIn('`${process.env.APP_URL}/sso`'),
      files: { 'app/sso/route.ts': OWN_CALLBACK },
    },
    {
      name: 'lets a sign-in be of which no one knows at which of two callbacks it arrives',
      filename: 'app/sign-in/route.ts',
      code: signIn('process.env.URI'),
      files: { 'app/sso/route.ts': OWN_CALLBACK },
    },
    {
      name: 'lets a sign-in be that may arrive at a callback whose helper exchanges the code',
      filename: 'app/sign-in/route.ts',
      code: signIn('process.env.URI'),
      files: {
        'lib/finish.ts': 'export const finish = (code) => workos.userManagement.authenticateWithCode({ code });\n',
        'app/sso/route.ts':
          "import { finish } from '../../lib/finish';\nexport const GET = (request) => finish(request);\n",
      },
    },
    {
      name: 'lets the sign-in of single sign-on be',
      filename: 'app/sign-in/route.ts',
      code: "import { WorkOS } from '@workos-inc/node';\nexport const GET = () => new WorkOS('key').sso.getAuthorizationUrl({});\n",
    },
  ],
  invalid: [
    {
      name: 'reports a sign-in that can only arrive at handleAuth()',
      filename: 'app/sign-in/route.ts',
      code: signIn('process.env.URI'),
      errors: [
        {
          message: /so handleAuth\(\) \(.*app\/callback\/route\.ts\) cannot finish this sign-in/u,
          line: 3,
          column: 44,
        },
      ],
    },
    {
      name: 'reports a sign-in with a state of its own and no verifier',
      filename: 'app/sign-in/route.ts',
      code: signIn('process.env.URI, state: sealed'),
      errors: [{ messageId: 'rawAuthorizationUrl', line: 3 }],
    },
    {
      name: 'reports it by the path, next to a callback of its own',
      filename: 'app/sign-in/route.ts',
      code: signIn("'https://example.com/callback'", 'getWorkOS()'),
      files: { 'app/sso/route.ts': OWN_CALLBACK },
      errors: [{ messageId: 'rawAuthorizationUrl', line: 3 }],
    },
  ],
});
