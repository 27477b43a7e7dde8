'use client';

import { useAccessToken, useAuth } from '@workos-inc/authkit-nextjs/components';
import { useCallback } from 'react';

export function useBridge() {
  const { user, loading } = useAuth();
  const { accessToken, loading: tokenLoading, getAccessToken, refresh } = useAccessToken();

  const fetchAccessToken = useCallback(
    async ({ forceRefreshToken }: { forceRefreshToken: boolean }) => {
      try {
        return (await (forceRefreshToken ? refresh() : getAccessToken())) ?? null;
      } catch {
        return null;
      }
    },
    [getAccessToken, refresh],
  );

  return {
    isLoading: loading || tokenLoading || (!!user && !accessToken),
    isAuthenticated: !!user && !!accessToken,
    fetchAccessToken,
  };
}
