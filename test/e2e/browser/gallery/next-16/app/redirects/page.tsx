import { withAuth } from '@workos-inc/authkit-nextjs';
import { redirect } from 'next/navigation';

export default async function RedirectsPage() {
  const { user } = await withAuth();
  if (!user) redirect('/sign-in');
  return <p>{user.email}</p>;
}
