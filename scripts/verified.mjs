/** Writes docs/verified.md from what the browser tests have observed. With `--check` it writes nothing, and fails where the page is out of date. */
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
`;

await writePage('docs/verified.md', text);
