'use client';

import { useAccessToken, useAuth } from '@workos-inc/authkit-nextjs/components';
import { useCallback } from 'react';

export function useBridge() {
  const { user, loading, refreshAuth } = useAuth();
  const { getAccessToken } = useAccessToken();

  const fetchAccessToken = useCallback(
    async ({ forceRefreshToken }: { forceRefreshToken: boolean }) => {
      try {
        if (forceRefreshToken) await refreshAuth();
        return (await getAccessToken()) ?? null;
      } catch {
        return null;
      }
    },
    [refreshAuth, getAccessToken],
  );

  return { isLoading: loading && !user, isAuthenticated: !!user, fetchAccessToken };
}
