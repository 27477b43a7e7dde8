import { withAuth } from '@workos-inc/authkit-nextjs';

export default async function Orders() {
  // Only for customers.
  const { user, organizationId } = await withAuth({ ensureSignedIn: true });
  return (
    <p>
      {user.email} {organizationId}
    </p>
  );
}
