import { describe, expect, it } from 'vitest';
import { createEvaluator } from '../../../analysis/values/evaluate.ts';
import { holds } from '../../../playbook/libraries/conditions.ts';
import { LIBRARIES, usesOf } from '../../../playbook/libraries/index.ts';
import { loaderOf, parse } from '../../analysis/support.ts';

const AUTHKIT = '@workos-inc/authkit-nextjs';

/** The uses in some code by name, in source order. */
const names = (code: string, modules: Readonly<Record<string, string>> = {}): string[] =>
  usesOf(parse(code), loaderOf(modules)).map(({ name }) => name);

describe('the uses of known exports', () => {
  it.each([
    ['under its own name', `import { signOut } from '${AUTHKIT}'; signOut()`, ['signOut']],
    ['under an alias', `import { signOut as leave } from '${AUTHKIT}'; leave()`, ['signOut']],
    ['through a namespace', `import * as kit from '${AUTHKIT}'; kit.signOut()`, ['signOut']],
    ['through a constant', `import { signOut } from '${AUTHKIT}'; const leave = signOut; leave()`, ['signOut']],
    ['through require', `const { signOut } = require('${AUTHKIT}'); signOut()`, ['signOut']],
    ['through a lazy import', `async () => { const kit = await import('${AUTHKIT}'); kit.signOut() }`, ['signOut']],
    ['awaited, with a cast', `import { signOut } from '${AUTHKIT}'; await (signOut as any)()`, ['signOut']],
    [
      'as a member of what a hook returns',
      `import { useAuth } from '${AUTHKIT}/components'; const { signOut: bye } = useAuth(); bye()`,
      ['useAuth', 'useAuth().signOut'],
    ],
    [
      'as a member of what a constructor makes',
      "import { WorkOS } from '@workos-inc/node'; new WorkOS('k').userManagement.getAuthorizationUrl({})",
      ['WorkOS().userManagement.getAuthorizationUrl', 'WorkOS'],
    ],
    [
      'of a client that comes from elsewhere, by the pair of names',
      'export const go = (workos) => workos.userManagement.getAuthorizationUrl({})',
      ['userManagement.getAuthorizationUrl'],
    ],
    [
      'as a static member',
      "import { NextResponse as R } from 'next/server'; R.redirect(url)",
      ['NextResponse.redirect'],
    ],
    ['as an element', "import L from 'next/link'; <L href='/' />", ['default']],
  ])('are found %s', (_how, code, expected) => {
    expect(names(code)).toEqual(expected);
  });

  it('are found through a module of the project that exports them again', () => {
    const modules = { './auth': `export { signOut as leave } from '${AUTHKIT}'` };
    expect(names("import { leave } from './auth'; leave()", modules)).toEqual(['signOut']);
  });

  it.each([
    ['a parameter of the same name', `import { signOut } from '${AUTHKIT}'; const f = (signOut) => signOut()`],
    ['a function of the file', 'function signOut() {} signOut()'],
    ['another package', "import { signOut } from 'next-auth/react'; signOut()"],
    ['a type', `import type { signOut } from '${AUTHKIT}'; signOut()`],
    ['a global', 'signOut(); redirect("/")'],
    ['a member that no table has', `import { useAuth } from '${AUTHKIT}/components'; useAuth().user.toString()`],
    ['a computed member', "import { NextResponse } from 'next/server'; NextResponse[name]()"],
    ['a member of Object.prototype', "import { NextResponse } from 'next/server'; NextResponse.toString()"],
  ])('are not %s', (_what, code) => {
    expect(names(code).filter((name) => name !== 'useAuth')).toEqual([]);
  });
});

describe('a row with a condition', () => {
  const when = { argument: 0, option: 'ensureSignedIn' };
  const asked = (args: string) => {
    const file = parse(`import { withAuth } from '${AUTHKIT}'; const on = { ensureSignedIn: true }; withAuth(${args})`);
    const use = usesOf(file, loaderOf({})).find(({ name }) => name === 'withAuth');
    if (use?.node.type !== 'CallExpression') throw new Error('no call');
    return holds(when, { file, node: use.node }, createEvaluator({ loader: loaderOf({}) }));
  };

  it.each([
    ['{ ensureSignedIn: true }', true],
    ['on', true],
    ['{ ...on }', true],
    ['{ ensureSignedIn: false }', false],
    ['{}', false],
    ['', false],
    ['{ ensureSignedIn: flag }', undefined],
    ['...args', undefined],
    ['{ ...on, ensureSignedIn: false }', false],
  ])('holds for withAuth(%s): %s', (args, expected) => {
    expect(asked(args)).toBe(expected);
  });
});

describe('the tables', () => {
  it('name each module once', () => {
    const modules = LIBRARIES.flatMap((library) => library.modules);
    expect(new Set(modules).size).toBe(modules.length);
  });
});
