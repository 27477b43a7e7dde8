'use client';

import { useAccessToken, useAuth } from '@workos-inc/authkit-nextjs/components';
import { useCallback, useRef } from 'react';

const COOL_DOWN_MS = 30_000;

export function useBridge() {
  const { user, loading } = useAuth();
  const { getAccessToken, refresh } = useAccessToken();
  const refreshedAt = useRef(0);

  const fetchAccessToken = useCallback(
    async ({ forceRefreshToken }: { forceRefreshToken: boolean }) => {
      try {
        if (forceRefreshToken && Date.now() - refreshedAt.current > COOL_DOWN_MS) {
          refreshedAt.current = Date.now();
          return (await refresh()) ?? null;
        }
        return (await getAccessToken()) ?? null;
      } catch {
        return null;
      }
    },
    [getAccessToken, refresh],
  );

  return { isLoading: loading, isAuthenticated: !!user, fetchAccessToken };
}
