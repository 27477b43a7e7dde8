/** Where the path of a link comes from, next to much else in the file that is not looked at. */
import { describe, expect, it } from 'vitest';
import { APP, type Files, messagesOf } from './support.ts';

const FILES: Files = {
  ...APP,
  'tsconfig.json': '{"compilerOptions":{"paths":{"@/*":["./*"]}}}',
  'app/sign-out/route.ts':
    "import { signOut } from '@workos-inc/authkit-nextjs';\nexport const GET = () => signOut();\n",
  'config/paths.ts': "export const PATHS = { out: '/sign-out', team: '/team' };\n",
  'config/more.js': "module.exports = { out: '/sign-out' };\n",
  'config/index.ts': "export * from './paths';\nexport { PATHS as default } from './paths';\n",
  'hooks/use-session.ts':
    "export function useSession() { const [open] = useState(false); return { open, leaveUrl: '/sign-out' }; }\n",
  'components/wrapper.tsx':
    "import Link from 'next/link';\nexport const NavLink = ({ to, ...rest }) => <Link href={to} {...rest} />;\nexport default NavLink;\n",
};

/** Components that have nothing to do with a path. */
const OTHERS = '<Card title={text} items={list}><Button onClick={() => go("/sign-out")} /></Card>';
const page = (imports: string, before: string, element: string): string =>
  `'use client';\nimport Link from 'next/link';\n${imports}\nexport function Nav({ text, list, go, ...rest }) {\n  ${before}\n  return <>${OTHERS}${element}</>;\n}\n`;

describe('a link is reported', () => {
  it.each([
    ['with a constant of a barrel', "import { PATHS } from '@/config';", '', '<Link href={PATHS.out} />'],
    ['with the default of a barrel', "import P from '@/config';", '', '<Link href={P.out} />'],
    ['with a namespace', "import * as config from '../config';", '', '<Link href={config.PATHS.out} />'],
    ['with what is required', '', "const { out } = require('../config/more');", '<Link href={out} />'],
    [
      'with what a hook gives',
      "import { useSession } from '@/hooks/use-session';",
      'const { leaveUrl } = useSession();',
      '<Link href={leaveUrl} />',
    ],
    [
      'with the spread of a table',
      "import { PATHS } from '@/config';",
      'const props = { href: PATHS.out };',
      '<Link {...props} />',
    ],
    [
      'with a component that is loaded late',
      "import dynamic from 'next/dynamic';",
      "const Late = dynamic(() => import('./wrapper'));",
      '<Late to="/sign-out" />',
    ],
    [
      'with a path in two parts',
      "import { NavLink } from './wrapper';",
      "const base = '/sign'; const end = 'out';",
      '<NavLink to={`${base}-${end}`} />',
    ],
    [
      'with a list that is filled',
      '',
      "const all = []; all.push({ href: '/sign-out' });",
      '{all.map((one) => <Link key={one.href} href={one.href} />)}',
    ],
    [
      'with the state of a hook',
      "import { useState } from 'react';",
      "const [href] = useState('/sign-out');",
      '<Link href={href} />',
    ],
    [
      'with a memoised choice',
      "import { useMemo } from 'react';",
      "const href = useMemo(() => (list ? '/team' : '/sign-out'), [list]);",
      '<Link href={href} />',
    ],
    [
      'with a helper of the file',
      '',
      'const { href } = linkFor("/sign-out"); function linkFor(href) { return { href }; }',
      '<Link href={href} />',
    ],
  ])('%s', (_, imports, before, element) => {
    expect(messagesOf(page(imports, before, element), FILES)).toEqual([
      expect.stringMatching(/^prefetchedSignOut \/sign-out/u),
    ]);
  });

  it('with a character reference, whose place in the text is another one', () => {
    expect(messagesOf(page('', '', '<Link href="&#47;sign-out" />'), FILES)).toHaveLength(1);
  });

  it('in a class, with what it keeps', () => {
    const code =
      "import { Component } from 'react';\nimport Link from 'next/link';\nexport class Nav extends Component {\n  static out = '/sign-out';\n  render() { return <Link href={Nav.out} />; }\n}\n";
    expect(messagesOf(code, FILES)).toHaveLength(1);
  });
});

it('is not reported with another path, however often the file names the sign-out', () => {
  const before = "if (text) go('/sign-out'); const home = '/team';";
  expect(messagesOf(page("import { PATHS } from '@/config';", before, '<Link href={home} />'), FILES)).toEqual([]);
});
