import { type LinkProps } from 'next/link';
import type { ReactNode } from 'react';

export function AccountMenu({ children, replace }: { children: ReactNode } & Pick<LinkProps, 'replace'>) {
  return (
    <nav data-replace={replace}>
      {children}
      <a
        href="/api/sign-out"
        // it must not prefetch
        className="item">
        Sign out
      </a>
      <a
        href="/api/sign-out"
        className="item"
      >
        Sign out
      </a>
    </nav>
  );
}
