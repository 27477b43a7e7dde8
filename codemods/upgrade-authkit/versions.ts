/**
 * What the upgrade goes to, and what that asks of an app. Read in the package.json files, changelogs and declarations of
 * `@workos-inc/authkit-nextjs` 2.0 to 4.3.2 and `@workos-inc/node` 7 to 10.14 (workos/authkit-nextjs CHANGELOG.md, workos/workos-node docs/).
 */
import { createRequire } from 'node:module';
import type * as Semver from 'semver';

export { AUTHKIT } from '../../playbook/libraries/authkit-nextjs.ts';
export const NODE_SDK = '@workos-inc/node';

/** Where the upgrade starts: before 2.0.0 other names were exported. */
export const OLDEST = '2.0.0';
/** Before it, an answer 429 or 5xx of WorkOS signs users out (workos/authkit-nextjs#461): whoever has it needs no upgrade. */
export const GOOD = '4.3.1';
export const TARGET = '4.3.2';
/** The versions of the Node SDK that go with the target. It is a peer since 4.1.4, and was installed by AuthKit itself before. */
export const PEER_RANGE = '^9.0.0 || ^10.0.0';
export const PEER_TARGET = '10.14.0';
export const NEXT_RANGE = '^13.5.9 || ^14.2.26 || ^15.2.3 || ^16';
/** Of Node.js, since 4.0.0. With an older one npm and pnpm warn, and Yarn 1 refuses to install. */
export const NODE_LEAST = '22.11.0';
/** Next.js takes `proxy.ts` since then, and warns of `middleware.ts`. */
export const NEXT_PROXY_SINCE = '16.0.0';

const require = createRequire(import.meta.url);
let semver: typeof Semver | undefined;
/** Loaded when a version is first asked for. */
export const semverOf = (): typeof Semver => (semver ??= require('semver') as typeof Semver);

/** The least version that a range allows; undefined for `latest`, `workspace:*`, and whatever else is no range. */
export function leastOf(range: string): string | undefined {
  const { minVersion, validRange } = semverOf();
  const text = range.trim();
  return text === '' || /^[*x>]/iu.test(text) || validRange(text) === null ? undefined : minVersion(text)?.version;
}

/** How a range is written, so that the next one is written alike: `^2.13.0`, `~2.17`, `=2.3.3`, `2.9.0`. */
const SIMPLE = /^(?<operator>\^|~|=|)\s*v?(?<version>\d+(?:\.(?:\d+|x|\*)){0,2}(?:-[\w.-]+)?)$/u;

/** A range for a version in the style of another range; undefined for one that is more than one version. */
export function rangeLike(range: string, version: string): string | undefined {
  const { operator = '', version: written = '' } = SIMPLE.exec(range.trim())?.groups ?? {};
  if (written === '') return undefined;
  // `2`, `2.x`: a range without an operator.
  const isWhole = /^\d+\.\d+\.\d+/u.test(written);
  return `${operator === '' && !isWhole ? '^' : operator}${version}`;
}
