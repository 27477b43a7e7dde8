import { withAuth } from '@workos-inc/authkit-nextjs';

export default async function Overview() {
  const { user } = await withAuth();
  return <h1>{user?.email}</h1>;
}
