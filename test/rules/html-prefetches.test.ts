import noSignIn from '../../rules/no-sign-in-prefetch.ts';
import noSignOut from '../../rules/no-sign-out-prefetch.ts';
import { type InvalidCase, type ValidCase, ruleTester } from '../helpers/rule-tester.ts';

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
      messageId: 'htmlPrefetchedSignOut',
      line: 4,
      column: 5,
      suggestions: [{ messageId: 'removeElement', output: head() }],
    },
  ],
});

const reported = (name: string, code: string, line: number): InvalidCase => ({
  name,
  code,
  errors: [{ messageId: 'htmlPrefetchedSignOut', line, suggestions: [] }],
});

const rules = (json: string): string => head(`<script type="speculationrules">{\`${json}\`}</script>`);

const PREFETCH = head('<link rel="prefetch" href="/sign-out" />');

/** A route that turns some requests away. */
const turnsAway = (test: string): Record<string, string> => ({
  'app/sign-out/route.ts': `import { signOut } from '@workos-inc/authkit-nextjs';\nexport async function GET(request: Request) {\n  if (${test}) return new Response(null, { status: 204 });\n  return signOut();\n}\n`,
});

const guarded = (name: string, test: string, code = PREFETCH): ValidCase => ({ name, code, files: turnsAway(test) });

const between = (before: string, after: string, element = ''): string =>
  `export const Hint = () => (\n  <p>\n    ${before}${element}${after}\n  </p>\n);\n`;

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
    guarded('a route that turns Sec-Purpose away', "request.headers.get('sec-purpose')?.includes('prefetch')"),
    guarded('one that turns it away by its whole value', "request.headers.get('Sec-Purpose') === 'prefetch'"),
    guarded(
      'one that turns it away by its presence, and a prerender',
      "request.headers.has('Sec-Purpose')",
      head('<link rel="prerender" href="/sign-out" />'),
    ),
    guarded(
      'one that turns Purpose away, and speculation rules',
      "request.headers.get('purpose') === 'prefetch'",
      rules('{"prefetch":[{"urls":["/sign-out"]}]}'),
    ),
    guarded('a route that answers documents alone', "request.headers.get('sec-fetch-dest') !== 'document'"),
    {
      name: 'rules that wait for a hover or a press',
      code: rules(
        '{"prefetch":[{"urls":["/sign-out"],"eagerness":"conservative"}],"prerender":[{"urls":["/sign-out"],"eagerness":"moderate"}]}',
      ),
    },
    {
      name: 'the same as an object, and an eagerness that is not known',
      code: head(
        '<script type="speculationrules" dangerouslySetInnerHTML={{ __html: JSON.stringify({ prefetch: [{ urls: ["/sign-out"], eagerness: "moderate" }, { urls: ["/sign-out"], eagerness }] }) }} />',
      ),
    },
    {
      name: 'a list of URLs that is no rule',
      code: rules('{"prefetch":[{"urls":["/docs"]}],"_excluded":{"urls":["/sign-out"]},"urls":["/sign-out"]}'),
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
      errors: [{ messageId: 'htmlPrefetchedSignOut', line: 4, suggestions: 1 }],
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
        '<script type="speculationrules">{\'{"prerender":[{"urls":["/sign-out"],"eagerness":"immediate"}]}\'}</script>',
      ),
      4,
    ),
    reported(
      'reports them in the Script of next/script, out of a constant',
      `import Script from "next/script";\nconst rules = { prerender: [{ urls: ["/sign-out"] }] };\n${head('<Script type="speculationrules" id="rules">{JSON.stringify(rules)}</Script>')}`,
      6,
    ),
    {
      name: 'says what the browser does, whatever the build',
      code: PREFETCH,
      errors: [
        {
          message:
            /^This <link rel="prefetch"> makes the browser fetch '\/sign-out', which signs users out \(.*app\/sign-out\/route\.ts: signOut\(\)\)\. Remove it\.$/u,
          suggestions: 1,
        },
      ],
    },
    {
      name: 'says what to remove from speculation rules',
      code: rules('{"prefetch":[{"urls":["/docs","/sign-out"]}]}'),
      errors: [
        {
          message:
            /^This <script type="speculationrules"> makes the browser fetch .* Remove '\/sign-out' from its urls\.$/u,
        },
      ],
    },
    {
      name: 'says that it was the name where no file serves the path',
      code: head('<link rel="prefetch" href="/logout" />'),
      errors: [
        {
          message:
            'This <link rel="prefetch"> makes the browser fetch \'/logout\', which looks like a sign-out URL (no route file found). Remove it.',
          suggestions: 1,
        },
      ],
    },
    {
      name: 'reports a route that turns only the router away',
      code: PREFETCH,
      files: turnsAway("request.headers.get('rsc') === '1'"),
      errors: [{ messageId: 'htmlPrefetchedSignOut', suggestions: 1 }],
    },
    {
      name: 'leaves a link with another path to the author',
      code: head("<link rel=\"prefetch\" href={docs ? '/docs' : '/sign-out'} />"),
      errors: [{ message: /Leave this path out\.$/u, suggestions: [] }],
    },
    reported(
      'leaves a link in a fragment for each of several paths',
      `export const Hints = () =>\n  ['/docs', '/sign-out'].map((href) => (\n    <Fragment key={href}>\n      <link rel="prefetch" href={href} />\n    </Fragment>\n  ));\n`,
      4,
    ),
    reported(
      'leaves a link whose path is handed to a function, which other files may call with another one',
      'export const hint = (to) => (\n  <>\n    <link rel="prefetch" href={to} />\n  </>\n);\nexport const Out = () => <>{hint("/sign-out")}</>;\n',
      3,
    ),
    reported(
      'leaves a link whose path is one of a loop, even if there is only one',
      'export const Hints = () =>\n  ["/sign-out"].map((href) => (\n    <p key={href}>\n      <link rel="prefetch" href={href} />\n    </p>\n  ));\n',
      4,
    ),
    {
      name: 'removes a link with a path out of a constant',
      code: `export const PATHS = { out: "/sign-out" };\n${head('<link rel="prefetch" href={PATHS.out} />')}`,
      errors: [
        {
          messageId: 'htmlPrefetchedSignOut',
          suggestions: [
            { messageId: 'removeElement', output: `export const PATHS = { out: "/sign-out" };\n${head()}` },
          ],
        },
      ],
    },
    {
      name: 'removes a link in a loop over something else',
      code: 'export const Hints = () =>\n  ["a", "b"].map((key) => (\n    <p key={key}>\n      <b>{key}</b>\n      <link rel="prefetch" href="/sign-out" />\n    </p>\n  ));\n',
      errors: [
        {
          messageId: 'htmlPrefetchedSignOut',
          suggestions: [
            {
              messageId: 'removeElement',
              output:
                'export const Hints = () =>\n  ["a", "b"].map((key) => (\n    <p key={key}>\n      <b>{key}</b>\n    </p>\n  ));\n',
            },
          ],
        },
      ],
    },
    reported(
      'leaves a link whose spread may bring another path',
      head('<link rel="prefetch" href="/sign-out" {...rest} />'),
      4,
    ),
    reported(
      'leaves a link that is the value of a condition',
      head('{warm && <link rel="prefetch" href="/sign-out" />}'),
      4,
    ),
    reported(
      'leaves a link between two lines of text, which would be joined by a space',
      between('Hello\n    ', '\n    World', '<link rel="prefetch" href="/sign-out" />'),
      4,
    ),
    {
      name: 'removes a link behind a text that ends with a space',
      code: between('Hello ', '\n    World', '<link rel="prefetch" href="/sign-out" />'),
      errors: [
        {
          messageId: 'htmlPrefetchedSignOut',
          suggestions: [{ messageId: 'removeElement', output: 'export const Hint = () => <p>Hello World</p>;\n' }],
        },
      ],
    },
    ...[
      { name: 'removes a link between two words', before: 'Hello ', after: ' World' },
      { name: 'removes a link between a text and an element', before: 'Hello', after: '\n    <b>World</b>' },
    ].map(({ after, before, name }): InvalidCase => ({
      name,
      code: between(before, after, '<link rel="prefetch" href="/sign-out" />'),
      errors: [
        {
          messageId: 'htmlPrefetchedSignOut',
          suggestions: [{ messageId: 'removeElement', output: between(before, after) }],
        },
      ],
    })),
  ],
});

ruleTester.run(noSignIn, {
  files,
  valid: [
    { name: 'an anchor', code: '<a href="/start">Sign in</a>;' },
    {
      name: 'a route that turns prefetches of browsers away',
      code: head('<link rel="prefetch" href="/start" />'),
      files: {
        'app/start/route.ts': SIGN_IN.replace(
          'GET() {',
          "GET(request: Request) { if (request.headers.has('sec-purpose')) return new Response();",
        ),
      },
    },
  ],
  invalid: [
    {
      name: 'reports a prefetch of a route that starts a sign-in',
      code: head('<link rel="prefetch" href="/start" />'),
      errors: [
        {
          message:
            /^This <link rel="prefetch"> makes the browser fetch '\/start', which starts a sign-in that no one asked for \(.*app\/start\/route\.ts\): cookies pile up until HTTP 431\. Remove it\.$/u,
          suggestions: 1,
        },
      ],
    },
    {
      name: 'says nothing of cookies where none is set',
      code: head('<link rel="prefetch" href="/start" />'),
      files: {
        'package.json': JSON.stringify({ dependencies: { next: '16.4.0', '@workos-inc/authkit-nextjs': '2.10.0' } }),
      },
      errors: [{ message: /no one asked for \(.*app\/start\/route\.ts\)\. Remove it\.$/u, suggestions: 1 }],
    },
  ],
});
