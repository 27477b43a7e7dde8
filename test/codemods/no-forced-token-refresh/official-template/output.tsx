'use client';

import { AuthKitProvider, useAccessToken, useAuth } from '@workos-inc/authkit-nextjs/components';
import { ConvexProviderWithAuth, type ConvexReactClient } from 'convex/react';
import { type ReactNode, useCallback } from 'react';

export function ConvexClientProvider({ client, children }: { client: ConvexReactClient; children: ReactNode }) {
  return (
    <AuthKitProvider>
      <ConvexProviderWithAuth client={client} useAuth={useBridge}>
        {children}
      </ConvexProviderWithAuth>
    </AuthKitProvider>
  );
}

export function useBridge() {
  const { user, loading: isLoading } = useAuth();
  const { getAccessToken } = useAccessToken();

  const fetchAccessToken = useCallback(async (): Promise<string | null> => {
    if (!user) return null;
    try {
      return (await getAccessToken()) ?? null;
    } catch (error) {
      console.error('No access token:', error);
      return null;
    }
  }, [user, getAccessToken]);

  return { isLoading, isAuthenticated: !!user, fetchAccessToken };
}
