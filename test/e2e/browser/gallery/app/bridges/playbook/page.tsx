'use client';

import { useAccessToken, useAuth } from '@workos-inc/authkit-nextjs/components';
import { useCallback } from 'react';
import { BridgePage } from '../../../components/bridge-page';

function useAuthFromAuthKit() {
  const { loading, user } = useAuth();
  const { getAccessToken } = useAccessToken();
  const fetchAccessToken = useCallback(async () => {
    try {
      return (await getAccessToken()) ?? null;
    } catch {
      return null;
    }
  }, [getAccessToken]);
  return { isLoading: loading, isAuthenticated: !!user, fetchAccessToken };
}

export default function Page() {
  return <BridgePage useAuth={useAuthFromAuthKit} />;
}
