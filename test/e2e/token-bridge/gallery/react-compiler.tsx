'use client';

import { useAccessToken, useAuth } from '@workos-inc/authkit-nextjs/components';

export function useBridge() {
  const { user, loading } = useAuth();
  const { getAccessToken } = useAccessToken();

  const fetchAccessToken = () =>
    getAccessToken().then(
      (token) => token ?? null,
      () => null,
    );

  return { isLoading: loading, isAuthenticated: !!user, fetchAccessToken };
}
