'use client';

import { useAccessToken, useAuth } from '@workos-inc/authkit-nextjs/components';
import { useCallback } from 'react';

export function useBridge() {
  const { user, loading } = useAuth();
  const { getAccessToken } = useAccessToken();

  const fetchAccessToken = useCallback(
    async ({ forceRefreshToken }: { forceRefreshToken: boolean }) => {
      try {
        if (!forceRefreshToken) return (await getAccessToken()) ?? null;
        const response = await fetch('/api/token');
        const { accessToken } = await response.json();
        return accessToken ?? null;
      } catch {
        return null;
      }
    },
    [getAccessToken],
  );

  return { isLoading: loading, isAuthenticated: !!user, fetchAccessToken };
}
