import Link from 'next/link';

export const AccountMenu = () => <a href="/api/sign-out">Sign out</a>;
