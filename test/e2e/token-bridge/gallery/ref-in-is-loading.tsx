import { useAccessToken, useAuth } from '@workos-inc/authkit-nextjs/components';
import { useCallback, useRef } from 'react';

export function useBridge() {
  const { user, loading } = useAuth();
  const { getAccessToken, refresh } = useAccessToken();
  const refreshing = useRef(false);

  const fetchAccessToken = useCallback(
    async ({ forceRefreshToken }: { forceRefreshToken: boolean }) => {
      if (!forceRefreshToken) return (await getAccessToken().catch(() => null)) ?? null;
      try {
        refreshing.current = true;
        return (await refresh()) ?? null;
      } catch {
        return null;
      } finally {
        refreshing.current = false;
      }
    },
    [getAccessToken, refresh],
  );

  return { isLoading: loading || refreshing.current, isAuthenticated: !!user, fetchAccessToken };
}
