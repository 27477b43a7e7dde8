import { signOut } from '@workos-inc/authkit-nextjs';

export const dynamic = 'force-dynamic';

// Ends the session here and at WorkOS.
export async function GET() {
  await signOut({ returnTo: '/' });
}
