import { createElement } from 'react';
import Link from 'next/link';

export const AccountMenu = ({ warm }: { warm: { prefetch: boolean } }) => (
  <nav>
    <Link
      className="item"
      href="/sign-out"
      title="Leave"
    >
      Sign out
    </Link>
    <Link
      href={{
        pathname: '/sign-out',
        query: { from: 'menu' },
      }}
    />
    <Link
      href="/sign-out" // ends the session
      title="Leave"
    />
    <Link
      title="Leave"
      href="/sign-out">
      Sign out
    </Link>
    <Link href="/sign-out"
          title="Leave">
      Sign out
    </Link>
    <Link
      href="/sign-out" title="Leave"
    />
    <Link
      href="/sign-out"
      {...warm}
      {...{ prefetch: true }}
      title="Leave"
    />
    {createElement(
      Link,
      {
        href: '/sign-out',
        children: 'Leave',
      },
    )}
    {createElement(Link, {
      children: 'Leave',
      href: '/sign-out' // ends the session
    })}
    {createElement(Link, { href: '/sign-out', children: 'Leave' })}
  </nav>
);
