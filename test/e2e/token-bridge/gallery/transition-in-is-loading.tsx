import { useAccessToken, useAuth } from '@workos-inc/authkit-nextjs/components';
import { useCallback, useTransition } from 'react';

export function useBridge() {
  const { user, loading } = useAuth();
  const { getAccessToken, refresh } = useAccessToken();
  const [isPending, startTransition] = useTransition();

  const fetchAccessToken = useCallback(
    async ({ forceRefreshToken }: { forceRefreshToken: boolean }) => {
      if (!forceRefreshToken) return (await getAccessToken().catch(() => null)) ?? null;
      return new Promise<string | null>((resolve) => {
        startTransition(async () => {
          try {
            resolve((await refresh()) ?? null);
          } catch {
            resolve(null);
          }
        });
      });
    },
    [getAccessToken, refresh],
  );

  return { isLoading: loading || isPending, isAuthenticated: !!user, fetchAccessToken };
}
