/** Writes docs/verified.md from what the browser tests have observed and what the other tests run with. With `--check` it writes nothing, and fails where the page is out of date. */
import { readFileSync } from 'node:fs';
import { at, table, writePage } from './page.mjs';

const seen = JSON.parse(readFileSync(at('test/e2e/browser/observations.json'), 'utf8'));

const yes = (value) => (value ? 'yes' : 'no');
const rule = (name) => `[${name}](rules/${name}.md)`;
/** What came of something, before and after the codemods. */
const change = (before, after) => (after === undefined || after === before ? 'the same' : after);

const [links, older] = [seen['links, next-16'], seen['links, next-15']];
const linkRows = Object.entries(links).map(([name, { after, before }]) => {
  const { does } = older[name].before;
  return [
    `\`${name}\``,
    does === before.does ? before.does : `${before.does}; 15: ${does}`,
    yes(before.reported),
    after.does,
  ];
});

const sessionRows = Object.entries(seen.sessions).map(([name, { after, before }]) => [
  name,
  before.gets,
  before.rule === undefined ? '–' : `${before.reported ? '' : 'not by '}${rule(before.rule)}`,
  change(before.gets, after.gets),
]);

const rules = (reported) => (reported === '' ? '–' : reported.split(',').map(rule).join(', '));

const way = ({ reachesWorkOS, signedOut }) => (!signedOut ? 'nothing' : reachesWorkOS ? 'both' : 'in the app alone');
const leavingRows = Object.entries(seen['leaving, next-16']).map(([text, { after, before }]) => {
  const { before: other } = seen['leaving, next-15'][text];
  return [text, way(before) === way(other) ? way(before) : `${way(before)}; 15: ${way(other)}`, way(after)];
});

const PLACES = ['deployment', 'alias', 'production', 'development'];
const redirectRows = Object.entries(seen.redirects).map(([name, { after, before }]) => [
  `\`${name}\``,
  ...PLACES.map((place) =>
    before[place] === after[place] ? `${before[place]}` : `${before[place]} → ${after[place]}`,
  ),
  rules(before.reported),
]);

const behavior = ({ leaks, stays, visitor }) =>
  [
    visitor === 'signs in' ? (stays ? 'works' : 'signs out when the token expires') : 'no one can sign in',
    ...(leaks ? ['shows internal headers'] : []),
  ].join(', ');
const proxyRows = Object.entries(seen.proxies).map(([name, { after, before }]) => [
  `\`${name.replace(/^proxy-/u, '')}\``,
  behavior(before),
  rules(before.reported),
  change(behavior(before), behavior(after)),
]);

const SCENARIOS = {
  none: 'WorkOS is well',
  expires: 'the token is about to expire',
  400: 'WorkOS returns 400',
  429: 'WorkOS returns 429',
  500: 'WorkOS returns 500',
  guarded: 'behind a guard',
  switches: 'the user switches the organization',
};
const bridgeOutcome = ({ ends, flashes, looped, reachesConvex }) =>
  looped
    ? '**loops**'
    : [
        ends,
        ...(flashes ? ['after a flash of "signed out"'] : []),
        ...(reachesConvex === undefined ? [] : [`Convex ${reachesConvex ? 'gets' : 'does not get'} the new one`]),
      ].join(', ');
const bridgeRows = Object.entries(seen.bridges).map(([name, { after, before }]) => {
  const [bridge, scenario] = name.split(', ');
  return [
    `\`${bridge}\``,
    SCENARIOS[scenario],
    before ? bridgeOutcome(before) : '–',
    before ? (before.reported ? rule(before.rule) : '–') : '',
    after ? bridgeOutcome(after) : '–',
  ];
});

const json = (path) => JSON.parse(readFileSync(at(path), 'utf8'));
const locked = json('package-lock.json').packages;
const installed = json('test/e2e/matrix/package.json').dependencies;
const ESLINTS = {
  9.22: installed.eslint,
  9: locked['node_modules/eslint9'].version,
  '10.0': installed['eslint-10-0'].replace('npm:eslint@', ''),
  10: locked['node_modules/eslint'].version,
};
const PARSERS = {
  both: 'typescript-eslint, and espree for JavaScript',
  typescript: 'typescript-eslint',
  babel: '@babel/eslint-parser',
  ours: 'the one of `configs.standalone`',
  espree: 'espree',
};
const cells = [
  ...['9', '10'].map((eslint) => ({ eslint, parser: 'both', by: 'npm test' })),
  ...json('test/e2e/matrix/cells.json').map((cell) => ({ ...cell, by: 'npm run test:matrix' })),
];
const cellRows = cells.map(({ by, eslint, parser }) => [ESLINTS[eslint], PARSERS[parser], `\`${by}\``]);
const version = (name) => installed[name].replace(/^npm:.*@/u, '');

const text = `# Verified in a browser

Each row is a page of an app, as a production build of Next.js 16.4 and 15.5 (authkit-nextjs 4.3.2, convex 1.48), opened in headless Chromium with WorkOS's emulator: what the browser did, next to the verdict of the rule, before and after the codemods. \`npm run test:browser\` repeats the observations, and fails if browser and rule disagree without a reason.

## Links to a route that signs out or starts a sign-in

No one clicks. \`form\` is \`<Form>\` of \`next/form\`, \`pages-router\` a link to an API route in the Pages Router. "15" is Next.js 15.5, where it differs from 16.4.

${table(['link', 'without a click', 'reported', 'after the codemods'], linkRows)}

- In the Pages Router a prefetch asks for data only where the proxy's matcher covers the path (\`pages-router-outside-the-matcher\`). The rule reports such a link all the same: the next change of the matcher signs users out.
- A prefetch of the Pages Router runs API routes, but neither \`getServerSideProps\` nor route handlers of the App Router.
- \`route-with-half-a-guard\` tests \`Next-Router-Prefetch\` alone.

## Signing out by a click

Where the session ends: in the app and at WorkOS, or in the app alone, so that the next sign-in asks for nothing. After \`codemod no-get-sign-out\`.

${table(['written as', 'ends', 'after the codemod'], leavingRows)}

## Sessions

${table(['code', 'a visitor gets', 'reported by', 'after the codemods'], sessionRows)}

After \`codemod all\` and \`codemod upgrade-authkit\`. If it is the same, no codemod rewrites it: the finding says what to change by hand.

## Proxies

A visitor signs in, and the token expires twice.

${table(['proxy', 'result', 'reported by', 'after the codemods'], proxyRows)}

## Redirect URIs

An app on Vercel, opened at the host of a preview deployment, at the alias of its branch, in production and under \`next dev\`. WorkOS accepts what \`convex.json\` registers, by exact match. An arrow leads to the result after \`codemod all\`.

${table(['redirect URI', ...PLACES, 'reported by'], redirectRows)}

The codemods list these with their reason, and do not rewrite them:

- \`other-path-registered\`, \`no-callback-there\`: the app and \`convex.json\` name two paths, or a path without a route. Which one is meant is not in the code.
- \`other-port-registered\`: a developer's env file and \`convex.json\` name two ports. No codemod writes env files.

\`production-host-as-fallback\` keeps the production host as its fallback under \`next dev\`: a developer sets the variable, or does not sign in there.

## Token bridges

Each page is watched until it has come to rest: it waits for nothing, and does nothing more while its clock is moved on by six seconds. With a failing WorkOS the page opens on a token that is about to expire. More than 30 server actions or 30 tokens count as a loop, and so do more than 4 sign-ins behind a guard. What a codemod has written is watched longer under 429 and 500: through the next attempt of AuthKit, 300 s after the failure. [What token bridges do](guides/token-bridges.md) has many more forms.

${table(['bridge', 'circumstances', 'result', 'reported by', 'after the codemods'], bridgeRows)}

## Releases and tools

The test cases of all rules pass with each of these; cases with types run with the parsers that accept types:

${table(['ESLint', 'parser', 'command'], cellRows)}

Each release and each parser is covered, not every pair of them. In addition:

- Configs under ESLint ${ESLINTS['9.22']} and ${ESLINTS['10.0']}: arrays and \`defineConfig\`, ES modules, CommonJS and TypeScript (\`npm run test:matrix\`).
- The types under TypeScript ${version('typescript-5')}, ${locked['node_modules/typescript'].version} and ${version('typescript-7')}. With 7 installed, \`configs.standalone\` lints TypeScript files: it needs no compiler (\`npm run test:matrix\`, \`npm test\`).
- The package as installed by npm, pnpm and Yarn Plug'n'Play, with Node.js 22 and 24; with Node.js 20 in our CI. Oxlint with configs in JSON and in JavaScript (\`npm run test:package\`).
- The language server that editors use for ESLint, with ESLint ${ESLINTS['9']} and ${ESLINTS['10']} (\`npm run test:editor\`).
- The presets of other plugins, next to ours, under both majors (\`npm run test:presets\`).
`;

await writePage('docs/verified.md', text);
