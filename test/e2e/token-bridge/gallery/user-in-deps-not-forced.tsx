'use client';

import { useAccessToken, useAuth as useWorkOSAuth } from '@workos-inc/authkit-nextjs/components';
import { useCallback } from 'react';

export function useBridge() {
  const { user, loading: isLoading } = useWorkOSAuth();
  const { getAccessToken } = useAccessToken();

  const fetchAccessToken = useCallback(
    async (_request: { forceRefreshToken: boolean }) => {
      if (!user) return null;
      return getAccessToken().then(
        (token) => token ?? null,
        () => null,
      );
    },
    [user, getAccessToken],
  );

  return { isLoading, isAuthenticated: !!user, fetchAccessToken };
}
