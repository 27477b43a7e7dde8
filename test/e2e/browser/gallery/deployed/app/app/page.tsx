import { withAuth } from '@workos-inc/authkit-nextjs';

export default async function AppPage() {
  const { user } = await withAuth();
  return <p>{user?.email ?? 'no one'}</p>;
}
