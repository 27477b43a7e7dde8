/** Writes docs/verified.md from what the browser tests have observed and what the other tests run with. With `--check` it writes nothing, and fails where the page is out of date. */
import { readFileSync } from 'node:fs';
import { at, table, writePage } from './page.mjs';

const { bridges, links, sessions } = JSON.parse(readFileSync(at('test/e2e/browser/observations.json'), 'utf8'));

const yes = (value) => (value ? 'yes' : 'no');
const effect = ({ prefetched, signedOut, startedSignIn }) =>
  signedOut ? 'signs out' : startedSignIn ? 'starts a sign-in' : prefetched ? 'requests the route' : 'nothing';
const linkRows = Object.entries(links).map(([name, { after, before }]) => [
  `\`${name}\``,
  effect(before),
  yes(before.reported),
  effect(after),
]);

const outcome = ({ signedIn, status, stays }) =>
  status !== undefined
    ? `HTTP ${String(status)}`
    : stays !== undefined
      ? stays
        ? 'stays signed in'
        : 'signed out for good'
      : signedIn
        ? 'signed in'
        : 'the sign-in does not finish';
const sessionRows = Object.entries(sessions).map(([name, { after, before }]) => [
  name,
  outcome(before),
  `${before.reported ? '' : 'not by '}[${before.rule}](rules/${before.rule}.md)`,
  outcome(after) === outcome(before) ? 'the same' : outcome(after),
]);

const bridgeOutcome = ({ ends, looped }) => (looped ? '**loops**' : ends);
const bridgeRows = Object.entries(bridges).map(([name, { after, before }]) => [
  name.replace(
    /, WorkOS (?<failure>\w+)/u,
    (_, failure) => `, WorkOS ${failure === 'none' ? 'is well' : `returns ${failure}`}`,
  ),
  bridgeOutcome(before),
  yes(before.reported),
  bridgeOutcome(after),
]);

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

Each row is a page of a Next.js 16.4 app (production build, authkit-nextjs 4.3.2, convex 1.48), opened in headless Chromium with WorkOS's emulator: what the browser did, next to the verdict of the rule, before and after \`codemod all\`. \`npm run test:browser\` repeats the observations, and fails if browser and rule disagree.

## Links to a route that signs out or starts a sign-in

No one clicks. \`prefetch-string-false\` is \`prefetch="false"\`, \`form\` is \`<Form>\` of \`next/form\`, \`pages-router\` a link to an API route in the Pages Router.

${table(['link', 'without a click', 'reported', 'after the codemods'], linkRows)}

## Sessions

${table(['code', 'a visitor gets', 'reported by', 'after the codemods'], sessionRows)}

If it is the same, no codemod rewrites it: the finding says what to change by hand.

## Token bridges

Six seconds with the page open. With a failing WorkOS the page opens on a token that is about to expire. More than 30 server actions count as a loop. [What token bridges do](guides/token-bridges.md) has many more forms.

${table(['bridge', 'result', 'reported as a loop', 'after the codemods'], bridgeRows)}

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
