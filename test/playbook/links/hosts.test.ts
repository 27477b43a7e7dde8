/** A link whose props are on something else: a host with slots, an element that is cloned, a function that renders. */
import { describe, expect, it } from 'vitest';
import { APP, messagesOf } from './support.ts';

const SIGN_OUT = "import { signOut } from '@workos-inc/authkit-nextjs';\nexport const GET = () => signOut();\n";
const look = (body: string) =>
  messagesOf(`import Link from 'next/link';\nimport { cloneElement } from 'react';\n${body}`, {
    ...APP,
    'app/sign-out/route.ts': SIGN_OUT,
  });

describe('a link in the slots of a host', () => {
  it.each([
    ['is given the props of the host', '<Button slots={{ root: Link }} href="/sign-out">Out</Button>'],
    [
      'is given props of its own',
      "<Button slots={{ root: Link }} slotProps={{ root: { href: '/sign-out' } }}>Out</Button>",
    ],
    ['is called a component by an older version', '<Button components={{ Root: Link }} href="/sign-out">Out</Button>'],
    [
      'is another slot with props of its own',
      "<Card slots={{ footer: Link }} slotProps={{ footer: { href: '/sign-out' } }} />",
    ],
  ])('is reported where it %s', (_, element) => {
    expect(look(`export const out = ${element};`)).toHaveLength(1);
  });

  it.each([
    [
      'the host turns the prefetch off',
      '<Button slots={{ root: Link }} href="/sign-out" prefetch={false}>Out</Button>',
    ],
    [
      'its own props turn the prefetch off',
      '<Button slots={{ root: Link }} href="/sign-out" slotProps={{ root: { prefetch: false } }}>Out</Button>',
    ],
    ['it is not the one that is given the href', '<Button slots={{ startIcon: Link }} href="/sign-out">Out</Button>'],
    ['an anchor is in the slot', '<Button slots={{ root: "a" }} href="/sign-out">{Link.name}</Button>'],
  ])('is left alone where %s', (_, element) => {
    expect(look(`export const out = ${element};`)).toEqual([]);
  });
});

describe('a link that is cloned', () => {
  it.each([
    ['with another href', 'cloneElement(<Link href="/" />, { href: \'/sign-out\' })'],
    ['with other props', 'cloneElement(<Link href="/sign-out" />, { className: \'item\' })'],
    ['by its name', "cloneElement(home, { href: '/sign-out' })"],
    [
      'with its prefetch turned on again',
      'cloneElement(<Link href="/sign-out" prefetch={false} />, { prefetch: true })',
    ],
  ])('is reported %s', (_, call) => {
    expect(look(`const home = <Link href="/">Home</Link>;\nexport const out = ${call};`)).toHaveLength(1);
  });

  it.each([
    ['its prefetch is turned off', 'cloneElement(<Link href="/sign-out" />, { prefetch: false })'],
    ['it is an anchor', 'cloneElement(<a href="/" />, { href: \'/sign-out\' })'],
    ['no one knows what it is', "cloneElement(children, { href: '/sign-out' })"],
  ])('is left alone where %s', (_, call) => {
    expect(look(`export const Out = ({ children }) => [Link.name, ${call}];`)).toEqual([]);
  });
});

describe('a link that a function renders for a host', () => {
  it('is given the props of the host where the function hands all of them on', () => {
    expect(
      look('export const out = <Button href="/sign-out" render={(props) => <Link {...props} />} />;'),
    ).toHaveLength(1);
  });

  it('is given none where the function hands on a part of them', () => {
    expect(
      look(
        'export const out = <Button href="/sign-out" render={({ className }) => <Link className={className} href="/" />} />;',
      ),
    ).toEqual([]);
  });

  it('is one of the children that the host may have', () => {
    expect(
      look(
        'export const Out = ({ user }) => <Button asChild href="/sign-out">{user ? <Link>Out</Link> : <span />}</Button>;',
      ),
    ).toHaveLength(1);
  });
});
