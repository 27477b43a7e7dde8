import noSignIn from '../../rules/no-sign-in-prefetch.ts';
import noSignOut from '../../rules/no-sign-out-prefetch.ts';
import { type InvalidCase, ruleTester } from '../helpers/rule-tester.ts';

const SIGN_OUT =
  "import { signOut } from '@workos-inc/authkit-nextjs';\nexport async function GET() { return signOut(); }\n";
const SIGN_IN =
  "import { getSignInUrl } from '@workos-inc/authkit-nextjs';\nimport { redirect } from 'next/navigation';\nexport async function GET() { redirect(await getSignInUrl()); }\n";
const PAGE = 'export default function Page() { return null; }';
const files = {
  'app/sign-out/route.ts': SIGN_OUT,
  'app/start/route.ts': SIGN_IN,
  'app/page.tsx': PAGE,
  'package.json': JSON.stringify({ dependencies: { next: '16.4.0', '@workos-inc/authkit-nextjs': '4.3.2' } }),
};

const head = (...lines: string[]): string =>
  `export const Head = () => (\n  <head>\n${['<title>Shop</title>', ...lines].map((line) => `    ${line}\n`).join('')}  </head>\n);\n`;

/** An element behind the title, which goes with its line. */
const removed = (name: string, element: string): InvalidCase => ({
  name,
  code: head(element),
  errors: [
    {
      messageId: 'prefetchedSignOut',
      line: 4,
      column: 5,
      suggestions: [{ messageId: 'removeElement', output: head() }],
    },
  ],
});

const reported = (name: string, code: string, line: number): InvalidCase => ({
  name,
  code,
  errors: [{ messageId: 'prefetchedSignOut', line }],
});

ruleTester.run(noSignOut, {
  files,
  valid: [
    {
      name: 'a stylesheet, and a prefetch of another page',
      code: head('<link rel="stylesheet" href="/sign-out" />', '<link rel="prefetch" href="/shop" />'),
    },
    {
      name: 'what only looks the address of a host up',
      code: head('<link rel="dns-prefetch" href="/sign-out" />', '<link rel="preconnect" href="/sign-out" />'),
    },
    {
      name: 'a rel that no one knows',
      code: `const rel = choose("prefetch");\n${head('<link rel={rel} href="/sign-out" />')}`,
    },
    { name: 'an element of another name', code: head('<Link rel="prefetch" href="/sign-out" />') },
    {
      name: 'speculation rules for links that people press, and of other pages',
      code: head(
        '<script type="speculationrules" dangerouslySetInnerHTML={{ __html: JSON.stringify({ prerender: [{ where: { href_matches: "/*" } }, { urls: ["/shop"] }] }) }} />',
      ),
    },
    {
      name: 'a script of another type',
      code: head('<script type="application/json">{\'{"prefetch":[{"urls":["/sign-out"]}]}\'}</script>'),
    },
    {
      name: 'speculation rules that are no JSON',
      code: head('<script type="speculationrules">{\'{ /sign-out\'}</script>'),
    },
  ],
  invalid: [
    removed('reports <link rel="prefetch">', '<link rel="prefetch" href="/sign-out" />'),
    removed('reports rel="prerender"', '<link rel="prerender" href="/sign-out" />'),
    removed(
      'reports it among other words, in any letter case',
      '<link href={"/sign-out?from=shop"} rel="Prefetch preload" as="document" />',
    ),
    reported(
      'reports an item of a list',
      `const PAGES = ["/shop", "/sign-out"];\nexport const Head = () => (\n  <>\n    {PAGES.map((page) => (\n      <link key={page} rel="prefetch" href={page} />\n    ))}\n  </>\n);\n`,
      5,
    ),
    {
      ...reported(
        'reports it in the Pages Router, where links to the same route run nothing',
        head('<link rel="prefetch" href="/sign-out" />'),
        4,
      ),
      filename: 'pages/index.tsx',
      errors: [{ messageId: 'prefetchedSignOut', line: 4, suggestions: 1 }],
    },
    reported(
      'reports the lists of speculation rules',
      head(
        '<script type="speculationrules" dangerouslySetInnerHTML={{ __html: JSON.stringify({ prefetch: [{ urls: ["/shop", "/sign-out"] }] }) }} />',
      ),
      4,
    ),
    reported(
      'reports them as a text',
      head(
        '<script type="speculationrules">{\'{"prerender":[{"urls":["/sign-out"],"eagerness":"moderate"}]}\'}</script>',
      ),
      4,
    ),
    reported(
      'reports them in the Script of next/script, out of a constant',
      `import Script from "next/script";\nconst rules = { prerender: [{ urls: ["/sign-out"] }] };\n${head('<Script type="speculationrules" id="rules">{JSON.stringify(rules)}</Script>')}`,
      6,
    ),
  ],
});

ruleTester.run(noSignIn, {
  files,
  valid: [{ name: 'an anchor', code: '<a href="/start">Sign in</a>;' }],
  invalid: [
    {
      name: 'reports a prefetch of a route that starts a sign-in',
      code: head('<link rel="prefetch" href="/start" />'),
      errors: [{ messageId: 'prefetchedSignIn', line: 4, suggestions: 1 }],
    },
  ],
});
