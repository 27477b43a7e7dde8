import { withAuth } from '@workos-inc/authkit-nextjs';

export default async function UncoveredPage() {
  const { user } = await withAuth();
  return <p>{user?.email ?? 'no one'}</p>;
}
