'use client';

import { useAccessToken, useAuth } from '@workos-inc/authkit-nextjs/components';
import { useCallback, useMemo } from 'react';

export function useBridge() {
  const { user, loading } = useAuth();
  const { getAccessToken, loading: tokenLoading } = useAccessToken();

  const fetchAccessToken = useCallback(async () => {
    try {
      return (await getAccessToken()) ?? null;
    } catch {
      return null;
    }
  }, [getAccessToken]);

  return useMemo(
    () => ({ isLoading: loading || tokenLoading, isAuthenticated: !!user, fetchAccessToken }),
    [loading, tokenLoading, user, fetchAccessToken],
  );
}
