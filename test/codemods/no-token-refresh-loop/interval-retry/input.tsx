'use client';

import { useAccessToken, useAuth } from '@workos-inc/authkit-nextjs/components';
import { useCallback } from 'react';

export function useBridge() {
  const { user, loading } = useAuth();
  const { getAccessToken, refresh } = useAccessToken();

  const fetchAccessToken = useCallback(
    ({ forceRefreshToken }: { forceRefreshToken: boolean }) =>
      new Promise<string | null>((resolve) => {
        if (!forceRefreshToken) {
          getAccessToken().then(
            (token) => resolve(token ?? null),
            () => resolve(null),
          );
          return;
        }
        const timer = setInterval(() => {
          refresh().then(
            (token) => {
              clearInterval(timer);
              resolve(token ?? null);
            },
            () => undefined,
          );
        }, 250);
      }),
    [getAccessToken, refresh],
  );

  return { isLoading: loading, isAuthenticated: !!user, fetchAccessToken };
}
