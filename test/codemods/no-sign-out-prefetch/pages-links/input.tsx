import Link, { type LinkProps } from 'next/link';
import type { ReactNode } from 'react';

export function AccountMenu({ children, replace }: { children: ReactNode } & Pick<LinkProps, 'replace'>) {
  return (
    <nav data-replace={replace}>
      {children}
      <Link
        href="/api/sign-out"
        // it must not prefetch
        prefetch={false} className="item">
        Sign out
      </Link>
      <Link
        replace
        href="/api/sign-out"
        prefetch={false}
        className="item"
      >
        Sign out
      </Link>
    </nav>
  );
}
