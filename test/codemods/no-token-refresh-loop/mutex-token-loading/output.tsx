'use client';

import { useAccessToken, useAuth } from '@workos-inc/authkit-nextjs/components';
import { useCallback, useRef } from 'react';

export function useBridge() {
  const { user, loading } = useAuth();
  const { getAccessToken, refresh } = useAccessToken();
  const inFlight = useRef<Promise<string | undefined> | null>(null);

  const fetchAccessToken = useCallback(
    async ({ forceRefreshToken }: { forceRefreshToken: boolean }) => {
      try {
        if (!forceRefreshToken) return (await getAccessToken()) ?? null;
        inFlight.current ??= refresh().finally(() => {
          inFlight.current = null;
        });
        return (await inFlight.current) ?? null;
      } catch {
        return null;
      }
    },
    [getAccessToken, refresh],
  );

  return { isLoading: loading, isAuthenticated: !!user, fetchAccessToken };
}
