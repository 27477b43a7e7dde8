import { withAuth } from '@workos-inc/authkit-nextjs';

export default async function HomePage() {
  const { user } = await withAuth();
  return <p id="who">{user?.email ?? 'no one'}</p>;
}
