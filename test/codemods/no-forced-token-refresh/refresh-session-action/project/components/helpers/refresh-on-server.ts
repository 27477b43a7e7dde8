'use server';

import { refreshSession } from '@workos-inc/authkit-nextjs';

export async function refreshOnServer(): Promise<string | null> {
  const { accessToken } = await refreshSession();
  return accessToken ?? null;
}
