import { withAuth } from '@workos-inc/authkit-nextjs';
import { redirect } from 'next/navigation';

export default async function Bye() {
  const { user } = await withAuth();
  if (user) redirect('/sign-out');
  return <p>Bye</p>;
}
