'use client';

import { useAccessToken, useAuth } from '@workos-inc/authkit-nextjs/components';
import { useCallback, useEffect, useRef } from 'react';

export function useBridge() {
  const { user, loading } = useAuth();
  const { accessToken, refresh } = useAccessToken();
  const token = useRef<string | null>(null);

  useEffect(() => {
    token.current = accessToken ?? null;
  }, [accessToken]);

  const fetchAccessToken = useCallback(
    async ({ forceRefreshToken }: { forceRefreshToken: boolean }) => {
      if (forceRefreshToken) {
        try {
          await refresh();
        } catch {
          return null;
        }
      }
      return token.current;
    },
    [refresh],
  );

  return { isLoading: loading, isAuthenticated: !!user && !!accessToken, fetchAccessToken };
}
