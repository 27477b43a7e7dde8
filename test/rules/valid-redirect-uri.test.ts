import rule from '../../rules/valid-redirect-uri.ts';
import { ruleTester } from '../helpers/rule-tester.ts';

const proxy = (value: string) => `import { authkitMiddleware } from '@workos-inc/authkit-nextjs';
export default authkitMiddleware({ redirectUri: ${value} });
`;
const guarded = (arm: string) => proxy(`process.env.VERCEL_ENV === 'preview' ? ${arm} : undefined`);

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
  ],
  invalid: [
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
