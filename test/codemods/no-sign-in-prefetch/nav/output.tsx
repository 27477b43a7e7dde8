'use client';
import Link from 'next/link';
import { Button } from './button';

const LINKS = { signIn: '/sign-in', login: '/login' } as const;

export const Header = () => (
  <header>
    <Link href={LINKS.signIn} prefetch={false}>
      Sign in
    </Link>
    <Button asChild>
      <Link
        href={{ pathname: '/sign-up', query: { from: 'header' } }}
        prefetch={false}
        className="primary"
      >
        Get started
      </Link>
    </Button>
    <Link href={LINKS.login}>Log in with a password</Link>
    <Link href="/pricing">Pricing</Link>
  </header>
);
