'use client';

import { useAccessToken, useAuth } from '@workos-inc/authkit-nextjs/components';

export function useBridge() {
  const { user, loading } = useAuth();
  const { getAccessToken } = useAccessToken();

  return {
    isLoading: loading,
    isAuthenticated: !!user,
    fetchAccessToken: async () => {
      try {
        return (await getAccessToken()) ?? null;
      } catch {
        return null;
      }
    },
  };
}
