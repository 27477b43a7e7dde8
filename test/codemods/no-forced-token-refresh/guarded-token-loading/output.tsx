'use client';

import { useAccessToken, useAuth } from '@workos-inc/authkit-nextjs/components';
import { useCallback } from 'react';

export function useBridge() {
  const { user, loading } = useAuth();
  const { accessToken, loading: tokenLoading, getAccessToken } = useAccessToken();
  const hasToken = Boolean(accessToken);

  const fetchAccessToken = useCallback(async () => {
    try {
      const token = await getAccessToken();
      return token ?? null;
    } catch {
      return null;
    }
  }, [getAccessToken]);

  return {
    isLoading: loading || (tokenLoading && !hasToken),
    isAuthenticated: !!user && hasToken,
    fetchAccessToken,
  };
}
