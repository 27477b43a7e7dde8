'use server';

import { signOut } from '@workos-inc/authkit-nextjs';

/** Where people land. */
const home = () => process.env.APP_URL ?? '/';

export const signOutAction = async () => {
  await signOut({ returnTo: home() });
};
