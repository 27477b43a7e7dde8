import { useAccessToken, useAuth } from '@workos-inc/authkit-nextjs/components';
import { useCallback, useDeferredValue } from 'react';

export function useBridge() {
  const { user, loading } = useAuth();
  const { getAccessToken, refresh, loading: tokenLoading } = useAccessToken();
  const isTokenLoading = useDeferredValue(tokenLoading);

  const fetchAccessToken = useCallback(
    async ({ forceRefreshToken }: { forceRefreshToken: boolean }) => {
      try {
        return (await (forceRefreshToken ? refresh() : getAccessToken())) ?? null;
      } catch {
        return null;
      }
    },
    [getAccessToken, refresh],
  );

  return { isLoading: loading || isTokenLoading, isAuthenticated: !!user, fetchAccessToken };
}
