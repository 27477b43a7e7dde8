import { signOut, withAuth } from '@workos-inc/authkit-nextjs';

export async function GET() {
  const { user } = await withAuth();
  console.log({ event: 'signed out by the menu of the account', user: user?.id, isDone: true });
  await signOut();
}
