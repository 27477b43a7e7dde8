import { getSignInUrl, withAuth } from '@workos-inc/authkit-nextjs';
import Link from 'next/link';

export default async function Welcome() {
  const { user } = await withAuth();
  const signInUrl = await getSignInUrl();
  if (user) return <p>{user.email}</p>;
  return (
    <main>
      <a href={signInUrl}>Sign in</a>
      <Link href={signInUrl}>Sign in again</Link>
    </main>
  );
}
