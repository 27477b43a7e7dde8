'use client';

import { useAccessToken, useAuth } from '@workos-inc/authkit-nextjs/components';
import { useCallback } from 'react';
import { BridgePage } from '../../../components/bridge-page';

function useAuthFromAuthKit() {
  const { loading, user } = useAuth();
  const { getAccessToken, loading: tokenLoading, refresh } = useAccessToken();
  const fetchAccessToken = useCallback(
    async ({ forceRefreshToken }: { forceRefreshToken: boolean }) => {
      try {
        return (forceRefreshToken ? await refresh() : await getAccessToken()) ?? null;
      } catch {
        return null;
      }
    },
    [getAccessToken, refresh],
  );
  return { isLoading: loading || tokenLoading, isAuthenticated: !!user, fetchAccessToken };
}

export default function Page() {
  return <BridgePage useAuth={useAuthFromAuthKit} />;
}
