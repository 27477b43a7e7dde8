'use server';

import { redirect } from 'next/navigation';
import { getSignInUrl } from '@workos-inc/authkit-nextjs';

export async function enter(email: string) {
  redirect(
    await getSignInUrl({
      loginHint: email,
      redirectUri: process.env.NEXT_PUBLIC_WORKOS_REDIRECT_URI,
    }),
  );
}
