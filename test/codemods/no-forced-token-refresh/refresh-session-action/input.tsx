'use client';

import { useAccessToken, useAuth } from '@workos-inc/authkit-nextjs/components';
import { useCallback } from 'react';
import { refreshOnServer } from './helpers/refresh-on-server';

export function useBridge() {
  const { user, loading } = useAuth();
  const { getAccessToken } = useAccessToken();

  const fetchAccessToken = useCallback(
    async ({ forceRefreshToken }: { forceRefreshToken: boolean }) => {
      try {
        return forceRefreshToken ? await refreshOnServer() : ((await getAccessToken()) ?? null);
      } catch {
        return null;
      }
    },
    [getAccessToken],
  );

  return { isLoading: loading, isAuthenticated: !!user, fetchAccessToken };
}
