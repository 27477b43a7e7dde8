'use client';

import { useAccessToken, useAuth } from '@workos-inc/authkit-nextjs/components';
import { useCallback } from 'react';

export function useBridge() {
  const { user, loading } = useAuth();
  const { getAccessToken, refresh } = useAccessToken();
  const fetchAccessToken = useCallback(
    async ({ forceRefreshToken }: { forceRefreshToken: boolean }) => {
      const token = await (forceRefreshToken ? refresh() : getAccessToken());
      return token ?? null;
    },
    [getAccessToken, refresh],
  );
  return { isLoading: loading, isAuthenticated: user !== null, fetchAccessToken };
}
