'use server';

import { WorkOS } from '@workos-inc/node';
import { redirect } from 'next/navigation';

const { userManagement } = new WorkOS(process.env.WORKOS_API_KEY);

export async function enter(email: string) {
  redirect(
    userManagement.getAuthorizationUrl({
      provider: 'authkit',
      clientId: process.env.WORKOS_CLIENT_ID,
      loginHint: email,
      redirectUri: process.env.NEXT_PUBLIC_WORKOS_REDIRECT_URI,
    }),
  );
}
