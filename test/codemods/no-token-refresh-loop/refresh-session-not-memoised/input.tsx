'use client';

import { useAccessToken, useAuth } from '@workos-inc/authkit-nextjs/components';
import { refreshOnServer } from './helpers/refresh-on-server';

export function useBridge() {
  const { user, loading } = useAuth();
  const { getAccessToken } = useAccessToken();

  async function fetchAccessToken({ forceRefreshToken }: { forceRefreshToken: boolean }) {
    try {
      return forceRefreshToken ? await refreshOnServer() : ((await getAccessToken()) ?? null);
    } catch {
      return null;
    }
  }

  return { isLoading: loading, isAuthenticated: !!user, fetchAccessToken };
}
