import { describe, expect, it } from 'vitest';
import { textWithExports } from '../../../playbook/libraries/index.ts';

const leaves = textWithExports(({ isRefusal, leavesByException }) => (isRefusal ? undefined : leavesByException));
const AUTHKIT = `from '@workos-inc/authkit-nextjs';`;

describe('the text of a module that may leave by an exception', () => {
  it.each([
    ['has the name of such an export', `import { signOut } ${AUTHKIT}`],
    ['has it under an alias', `import { redirect as go } from 'next/navigation';`],
    ['has what returns one', `import { createNavigation } from 'next-intl/navigation';`],
    ['has the option on which it depends', `import { withAuth } ${AUTHKIT} withAuth({ ensureSignedIn: true })`],
    ['gives the export options that are written elsewhere', `import { withAuth } ${AUTHKIT} withAuth(OPTIONS)`],
    ['gives the export another name', `import { withAuth as session } ${AUTHKIT} session(OPTIONS)`],
    ['makes a constant of it', `import { withAuth } ${AUTHKIT} const session = withAuth;`],
    ['hands the export on', `export { withAuth } ${AUTHKIT}`],
    ['hands all exports on', `export * ${AUTHKIT}`],
    ['has all exports as a namespace', `import * as auth ${AUTHKIT} auth[name]()`],
    ['exports the module as it is loaded', `export const auth = await import('@workos-inc/authkit-nextjs');`],
    ['exports what it requires', `module.exports = require('next/navigation');`],
  ])('%s', (_, text) => {
    expect(leaves.test(text)).toBe(true);
  });
});

describe('the text of a module that can not', () => {
  it.each([
    ['has another export of the package', `import { useRouter } from 'next/navigation';`],
    ['has one that only refuses', `import { notFound } from 'next/navigation';`],
    ['has the name, of another package', `import { signOut } from 'next-auth/react';`],
    ['gives the export no options', `import { withAuth } ${AUTHKIT} const { user } = await withAuth();`],
    ['imports it among others', `import { withAuth, handleAuth } ${AUTHKIT}`],
    ['loads the package within a function', `export const f = async () => { await import('next/navigation'); };`],
  ])('%s', (_, text) => {
    expect(leaves.test(text)).toBe(false);
  });
});
