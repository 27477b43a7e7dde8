/** Helpers that several handlers share: what is remembered of one for the first handler must not be wrong for the next. */
import { describe, expect, it } from 'vitest';
import { APP, type Files, messagesOf } from '../links/support.ts';

const linkTo = (...paths: readonly string[]): string =>
  `import Link from 'next/link';\nexport const nav = [${paths.map((path) => `<Link href='${path}' />`).join(', ')}];\n`;

/** The paths of the links that are reported, in their order. */
const reported = (paths: readonly string[], files: Files): (string | undefined)[] =>
  messagesOf(linkTo(...paths), { ...APP, ...files }).map((message) => message.split(' ')[1]);

const WORKOS = "import { WorkOS } from '@workos-inc/node';\nconst workos = new WorkOS();\n";

describe('a helper that gives the logout URL', () => {
  const files: Files = {
    'lib/session.ts': `${WORKOS}export const leave = () => workos.userManagement.getLogoutUrl({ sessionId: 'x' });`,
    'app/api/url/route.ts':
      "import { leave } from '../../../lib/session';\nexport const GET = () => Response.json({ url: leave() });",
    'app/bye/route.ts':
      "import { redirect } from 'next/navigation';\nimport { leave } from '../../lib/session';\nexport const GET = () => redirect(leave());",
    'app/url/route.ts':
      "import { leave } from '../../lib/session';\nexport const GET = () => Response.json({ url: leave() });",
  };

  it('ends the session in the handler that sends the browser there, and in none that only returns it, whichever is asked first', () => {
    expect(reported(['/url', '/bye'], files)).toEqual(['/bye']);
    expect(reported(['/bye', '/url'], files)).toEqual(['/bye']);
  });
});

describe('a helper that another module of helpers calls', () => {
  /** `step1` calls `step2`, and so on; the last one ends the session. */
  const chain = (steps: number): Files =>
    Object.fromEntries(
      Array.from({ length: steps }, (_, at) => [
        `lib/step${String(at + 1)}.ts`,
        at + 1 === steps
          ? "import { signOut } from '@workos-inc/authkit-nextjs';\nexport async function step() {\n  await signOut();\n}"
          : `import { step as next } from './step${String(at + 2)}';\nexport async function step() {\n  await next();\n}`,
      ]),
    );
  // The comment has the text search let it pass.
  const route = (step: number) =>
    `// signOut\nimport { step } from '../../lib/step${String(step)}';\nexport async function GET() {\n  await step();\n}`;

  it('is followed through five calls', () => {
    expect(reported(['/far'], { ...chain(5), 'app/far/route.ts': route(1) })).toEqual(['/far']);
  });

  it('is not followed through six, and what was not seen from afar is seen from near', () => {
    const files: Files = { ...chain(6), 'app/far/route.ts': route(1), 'app/near/route.ts': route(3) };
    expect(reported(['/far', '/near'], files)).toEqual(['/near']);
  });
});

describe('a helper that deletes from a store', () => {
  const route = (call: string) =>
    `import { forget } from '../../lib/forget';\nexport async function GET() {\n  await ${call};\n  return new Response(null);\n}`;

  it('ends the session where the store is that of cookies, and the name of the cookie is a constant of another module', () => {
    expect(
      reported(['/bye'], {
        'lib/names.ts': "export const NAME = 'app-session';",
        'lib/forget.ts':
          "import { cookies } from 'next/headers';\nimport { NAME } from './names';\nexport const forget = async () => (await cookies()).delete(NAME);",
        'app/bye/route.ts': `// the session ends here, by its cookie: max-age=0\n${route('forget()')}`,
      }),
    ).toEqual(['/bye']);
  });

  it('ends none where it is a cache', () => {
    expect(
      reported(['/bye'], {
        'lib/forget.ts': "const cache = new Map();\nexport const forget = async () => cache.delete('app-session');",
        'app/bye/route.ts': `// the session ends here, by its cookie: max-age=0\n${route('forget()')}`,
      }),
    ).toEqual([]);
  });
});
