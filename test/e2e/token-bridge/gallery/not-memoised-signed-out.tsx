'use client';

import { useAccessToken, useAuth } from '@workos-inc/authkit-nextjs/components';

export function useBridge() {
  const { loading } = useAuth();
  const { getAccessToken } = useAccessToken();

  return {
    isLoading: loading,
    isAuthenticated: false,
    fetchAccessToken: async () => (await getAccessToken()) ?? null,
  };
}
