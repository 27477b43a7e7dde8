'use server';

import { signOut } from '@workos-inc/authkit-nextjs';

export async function leaveHome() {
  await signOut({ returnTo: '/home' });
}

export async function leave() {
  await signOut({ returnTo: "/" });
}
