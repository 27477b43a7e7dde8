'use client';

import { useAccessToken, useAuth } from '@workos-inc/authkit-nextjs/components';
import { useMemo } from 'react';

export function useBridge() {
  const { user, loading } = useAuth();
  const { getAccessToken, error } = useAccessToken();

  return useMemo(
    () => ({
      isLoading: loading,
      isAuthenticated: !!user && !error,
      fetchAccessToken: () => getAccessToken().then((token) => token ?? null, () => null),
    }),
    [loading, user, error, getAccessToken],
  );
}
