'use client';

import { useAccessToken, useAuth } from '@workos-inc/authkit-nextjs/components';
import { useCallback } from 'react';

export function useBridge() {
  const { user, loading } = useAuth();
  const { accessToken, loading: tokenLoading, getAccessToken, refresh } = useAccessToken();
  const hasToken = Boolean(accessToken);

  const fetchAccessToken = useCallback(
    async ({ forceRefreshToken }: { forceRefreshToken: boolean }) => {
      try {
        const token = forceRefreshToken ? await refresh() : await getAccessToken();
        return token ?? null;
      } catch {
        return null;
      }
    },
    [getAccessToken, refresh],
  );

  return {
    isLoading: loading || (tokenLoading && !hasToken),
    isAuthenticated: !!user && hasToken,
    fetchAccessToken,
  };
}
