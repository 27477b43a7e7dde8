'use client';

import { useAccessToken, useAuth } from '@workos-inc/authkit-nextjs/components';
import { useMemo } from 'react';

export function useBridge() {
  const { user, loading } = useAuth();
  const { getAccessToken } = useAccessToken();

  return useMemo(
    () => ({
      isLoading: loading,
      isAuthenticated: !!user,
      fetchAccessToken: () => getAccessToken().then((token) => token ?? null, () => null),
    }),
    [loading, user, getAccessToken],
  );
}
