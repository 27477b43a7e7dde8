'use client';

import { useAccessToken, useAuth } from '@workos-inc/authkit-nextjs/components';
import { ConvexProviderWithAuth, ConvexReactClient } from 'convex/react';
import { type ReactNode, useCallback, useState } from 'react';

export function ConvexClientProvider({ children }: { children: ReactNode }) {
  const [client] = useState(() => new ConvexReactClient(process.env.NEXT_PUBLIC_CONVEX_URL!));
  const { accessToken } = useAccessToken();

  return (
    <ConvexProviderWithAuth key={accessToken} client={client} useAuth={useQuietBridge}>
      {children}
    </ConvexProviderWithAuth>
  );
}

function useQuietBridge() {
  const { user, loading } = useAuth();
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
