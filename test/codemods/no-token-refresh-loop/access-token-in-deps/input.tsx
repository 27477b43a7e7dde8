'use client';

import { useAccessToken, useAuth } from '@workos-inc/authkit-nextjs/components';
import { useCallback } from 'react';

export function useBridge() {
  const { user, loading: isLoading } = useAuth();
  const { accessToken, getAccessToken, refresh } = useAccessToken();

  const fetchAccessToken = useCallback(
    async ({ forceRefreshToken }: { forceRefreshToken: boolean }) => {
      try {
        if (forceRefreshToken) return (await refresh()) ?? null;
        return accessToken ?? (await getAccessToken()) ?? null;
      } catch {
        return null;
      }
    },
    [accessToken, getAccessToken, refresh],
  );

  return { isLoading, isAuthenticated: !!user, fetchAccessToken };
}
