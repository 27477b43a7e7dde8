import { createElement } from 'react';
import Link from 'next/link';

export const AccountMenu = ({ warm }: { warm: { prefetch: boolean } }) => (
  <nav>
    <Link
      className="item"
      href="/sign-out"
      prefetch={false}
      title="Leave"
    >
      Sign out
    </Link>
    <Link
      href={{
        pathname: '/sign-out',
        query: { from: 'menu' },
      }}
      prefetch={false}
    />
    <Link
      href="/sign-out" // ends the session
      prefetch={false}
      title="Leave"
    />
    <Link
      title="Leave"
      href="/sign-out"
      prefetch={false}>
      Sign out
    </Link>
    <Link href="/sign-out" prefetch={false}
          title="Leave">
      Sign out
    </Link>
    <Link
      href="/sign-out" prefetch={false} title="Leave"
    />
    <Link
      href="/sign-out"
      {...warm}
      {...{ prefetch: true }}
      prefetch={false}
      title="Leave"
    />
    {createElement(
      Link,
      {
        href: '/sign-out',
        prefetch: false,
        children: 'Leave',
      },
    )}
    {createElement(Link, {
      children: 'Leave',
      href: '/sign-out', // ends the session
      prefetch: false
    })}
    {createElement(Link, {
      href: '/sign-out',
      prefetch: false,
      children: 'Leave',
    })}
  </nav>
);
