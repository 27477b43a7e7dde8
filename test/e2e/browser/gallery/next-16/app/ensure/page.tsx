import { withAuth } from '@workos-inc/authkit-nextjs';

export default async function EnsurePage() {
  const { user } = await withAuth({ ensureSignedIn: true });
  return <p>{user.email}</p>;
}
