import { withAuth } from '@workos-inc/authkit-nextjs';
import { UserMenu } from '@/components/user-menu';
import { Shortcuts } from './shortcuts';

export default async function DashboardPage() {
  const { user } = await withAuth({ ensureSignedIn: true });
  return (
    <main>
      <UserMenu email={user.email} />
      <Shortcuts />
    </main>
  );
}
