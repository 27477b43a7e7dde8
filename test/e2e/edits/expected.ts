/** Differences that are right: what a tool says after an edit and did not say before, and why nothing is to be done about it. */
export type Check = 'TypeScript' | 'eslint-config-next' | 'our rules';

export interface ExpectedDifference {
  readonly of: string;
  readonly by: Check;
  /** What is reported, as the failing test shows it. */
  readonly report: string;
  readonly reason: string;
}

const PAGES_ROUTER = `In the Pages Router a link prefetches on hover whatever its prop says, so that <a> is what is right. The rule takes
an API route for a page, and its advice signs people out.`;

const anchor = (of: string, file: string): ExpectedDifference => ({
  of,
  by: 'eslint-config-next',
  report: `${file}: @next/next/no-html-link-for-pages Do not use an \`<a>\` element to navigate to \`/api/sign-out/\`. Use \`<Link />\` from \`next/link\` instead. See: https://nextjs.org/docs/messages/no-html-link-for-pages`,
  reason: PAGES_ROUTER,
});

const INTERFACE =
  'The prop belongs to what the component offers; whether its callers go on to pass it is for a person to say.';

export const EXPECTED: readonly ExpectedDifference[] = [
  anchor('no-sign-out-prefetch/pages-links', 'components/menu.tsx'),
  anchor('no-sign-out-prefetch/pages-links', 'components/menu.tsx'),
  anchor('no-sign-out-prefetch/pages-router', 'components/menu.tsx'),
  {
    of: 'no-sign-out-prefetch/router-prefetch',
    by: 'TypeScript',
    report: "components/input.tsx: TS6133 'user' is declared but its value is never read.",
    reason: INTERFACE,
  },
  {
    of: 'no-sign-out-prefetch/router-prefetch',
    by: 'eslint-config-next',
    report: "components/input.tsx: @typescript-eslint/no-unused-vars 'user' is defined but never used.",
    reason: INTERFACE,
  },
];
