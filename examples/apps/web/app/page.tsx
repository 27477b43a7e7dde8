import { withAuth } from '@workos-inc/authkit-nextjs';
import Link from 'next/link';
import { UserMenu } from '@/components/user-menu';
import { ROUTES } from '@/lib/routes';

export default async function HomePage() {
  const { user } = await withAuth();
  return <main>{user ? <UserMenu email={user.email} /> : <Link href={ROUTES.signIn}>Sign in</Link>}</main>;
}
