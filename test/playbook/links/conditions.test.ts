/** Which items, branches and components a link is asked with: what a loop skips or a condition rules out is no link. */
import { describe, expect, it } from 'vitest';
import { APP, type Files, messagesOf } from './support.ts';

const SIGN_OUT = "import { signOut } from '@workos-inc/authkit-nextjs';\nexport const GET = () => signOut();\n";
const look = (body: string, files: Files = {}) =>
  messagesOf(`import Link from 'next/link';\n${body}`, { ...APP, 'app/sign-out/route.ts': SIGN_OUT, ...files });

const MENU = "const items = [{ href: '/home' }, { href: '/sign-out', kind: 'hard' }];\n";
const loop = (body: string) =>
  `${MENU}export function Menu() { const out = []; for (const item of items) { ${body} } return out; }`;
const mapped = (body: string) => `${MENU}export const Menu = () => items.map((item, index) => { ${body} });`;

describe('a link in a loop', () => {
  it.each([
    [
      'continues only for another item',
      loop("if (item.href === '/home') continue; out.push(<Link href={item.href} />);"),
    ],
    [
      'is in the arm for its item',
      loop(
        "if (item.kind === 'hard') { out.push(<Link href={item.href} />); } else { out.push(<a href={item.href} />); }",
      ),
    ],
    [
      'is behind a condition that no one knows',
      loop('if (isHidden(item)) continue; out.push(<Link href={item.href} />);'),
    ],
    [
      'is made by reduce',
      `${MENU}export const Menu = () => items.reduce((all, item) => [...all, <Link href={item.href} />], []);`,
    ],
    [
      'is made by Array.from',
      `${MENU}export const Menu = () => Array.from(items, (item) => <Link href={item.href} />);`,
    ],
    [
      'is made by a callback of useCallback',
      `import { useCallback } from 'react';\n${MENU}export function Menu() { const draw = useCallback((item) => <Link href={item.href} />, []); return items.map(draw); }`,
    ],
    [
      'picks its href before it breaks',
      "export function Out({ list }) { let href = '/home'; for (const one of list) { if (one.isLast) { href = '/sign-out'; break; } } return <Link href={href} />; }",
    ],
    [
      'has its href pieced together',
      "export function Out() { let href = '/'; href += 'sign-out'; return <Link href={href} />; }",
    ],
  ])('is seen where it %s', (_, body) => {
    expect(look(body)).toHaveLength(1);
  });

  it.each([
    [
      'continues before its item comes',
      loop("if (item.kind === 'hard') continue; out.push(<Link href={item.href} />);"),
    ],
    [
      'is in the arm for the other items',
      loop(
        "if (item.kind === 'hard') { out.push(<a href={item.href} />); } else { out.push(<Link href={item.href} />); }",
      ),
    ],
    [
      'is for every item but the last',
      mapped('return index === items.length - 1 ? <a href={item.href} /> : <Link href={item.href} />;'),
    ],
    [
      'returns early in an inner block',
      mapped(
        "if (item.href) { if (item.kind === 'hard') return <a href={item.href} />; return <Link href={item.href} />; } return null;",
      ),
    ],
    [
      'takes a button of reduce',
      `${MENU}export const Menu = () => items.reduce((all, item) => item.kind ? [...all, <a href={item.href} />] : [...all, <Link href={item.href} />], []);`,
    ],
  ])('is left alone where it %s', (_, body) => {
    expect(look(body)).toEqual([]);
  });

  it('is seen in a function that is declared behind the return', () => {
    expect(
      look('export function Menu() { return <Out />; function Out() { return <Link href="/sign-out" />; } }'),
    ).toHaveLength(1);
  });

  it('is left alone behind a return', () => {
    expect(look('export function Menu() { return null; const out = <Link href="/sign-out" />; }')).toEqual([]);
  });
});

describe('a component that is chosen', () => {
  it.each([
    [
      'is a link for its item',
      mapped("const Tag = item.kind === 'hard' ? Link : 'a'; return <Tag href={item.href} />;"),
    ],
    [
      'is a link unless it is told otherwise',
      'export function Out({ isExternal }) { let Tag = Link; if (isExternal) Tag = \'a\'; return <Tag href="/sign-out" />; }',
    ],
    [
      'is a link by default',
      'const Item = ({ as: Tag = Link, ...rest }) => <Tag {...rest} />;\nexport const out = <Item href="/sign-out" />;',
    ],
  ])('is reported where it %s', (_, body) => {
    expect(look(body)).toHaveLength(1);
  });

  it.each([
    [
      'is an anchor for its item',
      mapped("const Tag = item.kind === 'hard' ? 'a' : Link; return <Tag href={item.href} />;"),
    ],
    [
      'is handed over as an anchor for its item',
      mapped("return <Button component={item.kind === 'hard' ? 'a' : Link} href={item.href} />;"),
    ],
    [
      'is made an anchor for its item',
      mapped("let Tag = Link; if (item.kind === 'hard') { Tag = 'a'; } return <Tag href={item.href} />;"),
    ],
    [
      'is given as an anchor',
      'const Item = ({ as: Tag = Link, ...rest }) => <Tag {...rest} />;\nexport const out = <Item as="a" href="/sign-out" />;',
    ],
    [
      'is an anchor for paths of its kind',
      "const Item = ({ to }) => { const Tag = to.startsWith('/sign-') ? 'a' : Link; return <Tag href={to} />; };\nexport const out = <Item to=\"/sign-out\" />;",
    ],
  ])('is left alone where it %s', (_, body) => {
    expect(look(body)).toEqual([]);
  });

  it('is reported once when it is handed over to a component that renders it', () => {
    expect(
      look(
        'function Box({ as: Tag = "div", ...rest }) { return <Tag {...rest} />; }\nexport const out = <Box as={Link} href="/sign-out" />;',
      ),
    ).toHaveLength(1);
  });
});

describe('props that a styled component brings along', () => {
  const styled = (attrs: string) =>
    `import styled from 'styled-components';\nconst Item = styled(Link).attrs(${attrs})\`color: red\`;\nexport const out = <Item href="/sign-out">Out</Item>;`;

  it('leave the prefetch on', () => {
    expect(look(styled("{ className: 'item' }"))).toHaveLength(1);
  });

  it.each([
    ['as an object', '{ prefetch: false }'],
    ['by a function', '() => ({ prefetch: false })'],
  ])('turn the prefetch off %s', (_, attrs) => {
    expect(look(styled(attrs))).toEqual([]);
  });
});

describe('a constant that shares its name with a type', () => {
  it.each([
    [
      'a list of paths',
      "const ROUTES = { home: '/', out: '/sign-out' } as const;\ntype ROUTES = (typeof ROUTES)[keyof typeof ROUTES];\nexport const out = <Link href={ROUTES.out} />;",
      1,
    ],
    [
      'another of its paths',
      "const ROUTES = { home: '/', out: '/sign-out' } as const;\ntype ROUTES = (typeof ROUTES)[keyof typeof ROUTES];\nexport const out = <Link href={ROUTES.home} />;",
      0,
    ],
    [
      'a component',
      'interface Item { to: string }\nconst Item = ({ to }: Item) => <Link href={to} />;\nexport const out = <Item to="/sign-out" />;',
      1,
    ],
  ])('is read: %s', (_, body, count) => {
    expect(look(body)).toHaveLength(count);
  });
});
