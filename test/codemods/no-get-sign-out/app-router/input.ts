import { signOut } from '@workos-inc/authkit-nextjs';

export const dynamic = 'force-dynamic';

/** Ends the session here and at WorkOS. */
export async function GET() {
  // The home page is registered as a sign-out redirect.
  await signOut({ returnTo: 'https://example.com/' });
}
