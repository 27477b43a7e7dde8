import { useAuth } from '@workos-inc/authkit-react';
import { useCallback, useRef } from 'react';

export function useBridge() {
  const { user, isLoading, getAccessToken } = useAuth();
  const inFlight = useRef<Promise<string> | null>(null);

  const fetchAccessToken = useCallback(
    async ({ forceRefreshToken }: { forceRefreshToken: boolean }) => {
      if (!forceRefreshToken) return getAccessToken();
      inFlight.current ??= getAccessToken({ forceRefresh: true }).finally(() => {
        inFlight.current = null;
      });
      return inFlight.current;
    },
    [getAccessToken],
  );

  return { isLoading, isAuthenticated: !!user, fetchAccessToken };
}
