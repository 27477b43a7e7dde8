'use client';

import { useAccessToken, useAuth } from '@workos-inc/authkit-nextjs/components';
import { useCallback, useState } from 'react';

export function useBridge() {
  const { user, loading } = useAuth();
  const { accessToken, getAccessToken, error } = useAccessToken();
  const [failed, setFailed] = useState<{ token: string | undefined }>();
  if (error && (!failed || failed.token !== accessToken)) setFailed({ token: accessToken });

  const fetchAccessToken = useCallback(async () => {
    try {
      return (await getAccessToken()) ?? null;
    } catch {
      return null;
    }
  }, [getAccessToken]);

  return { isLoading: loading, isAuthenticated: !!user && (!failed || failed.token !== accessToken), fetchAccessToken };
}
