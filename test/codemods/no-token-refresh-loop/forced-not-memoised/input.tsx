'use client';

import { useAccessToken, useAuth } from '@workos-inc/authkit-nextjs/components';

export function useBridge() {
  const { user, loading: isLoading } = useAuth();
  const { getAccessToken, refresh } = useAccessToken();

  const fetchAccessToken = async ({ forceRefreshToken }: { forceRefreshToken: boolean }) => {
    try {
      const token = forceRefreshToken ? await refresh() : await getAccessToken();
      return token ?? null;
    } catch {
      return null;
    }
  };

  return { isLoading, isAuthenticated: !!user, fetchAccessToken };
}
