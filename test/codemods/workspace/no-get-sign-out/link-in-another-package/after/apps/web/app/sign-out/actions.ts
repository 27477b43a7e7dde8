'use server';

import { signOut } from '@workos-inc/authkit-nextjs';

// Ends the session here and at WorkOS.
export async function signOutAction() {
  await signOut({ returnTo: '/' });
}
