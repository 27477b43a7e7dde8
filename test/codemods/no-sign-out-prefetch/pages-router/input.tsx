// The account menu.
import Link from 'next/link';

export const AccountMenu = () => <Link href="/api/sign-out">Sign out</Link>;
