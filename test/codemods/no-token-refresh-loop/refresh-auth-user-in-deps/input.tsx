'use client';

import { useAccessToken, useAuth } from '@workos-inc/authkit-nextjs/components';
import { useCallback } from 'react';

export function useBridge() {
  const { user, loading: isLoading, refreshAuth } = useAuth();
  const { getAccessToken } = useAccessToken();

  const fetchAccessToken = useCallback(
    async ({ forceRefreshToken }: { forceRefreshToken: boolean }) => {
      if (!user) return null;
      try {
        if (forceRefreshToken) await refreshAuth();
        return (await getAccessToken()) ?? null;
      } catch {
        return null;
      }
    },
    [user, refreshAuth, getAccessToken],
  );

  return { isLoading, isAuthenticated: !!user, fetchAccessToken };
}
