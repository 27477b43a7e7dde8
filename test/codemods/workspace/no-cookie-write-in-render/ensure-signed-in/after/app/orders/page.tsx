import { withAuth } from '@workos-inc/authkit-nextjs';
import { redirect } from 'next/navigation';

export default async function Orders() {
  // Only for customers.
  const { user, organizationId } = await withAuth();
  if (!user) redirect('/sign-in?returnTo=/orders');
  return (
    <p>
      {user.email} {organizationId}
    </p>
  );
}
