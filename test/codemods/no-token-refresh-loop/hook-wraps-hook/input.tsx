'use client';

import { useCallback } from 'react';
import { useWorkOSToken } from './helpers/use-work-os-token';

export function useBridge() {
  const { signedIn, busy, read, renew } = useWorkOSToken();

  const fetchAccessToken = useCallback(
    async ({ forceRefreshToken }: { forceRefreshToken: boolean }) => {
      try {
        return (await (forceRefreshToken ? renew() : read())) ?? null;
      } catch {
        return null;
      }
    },
    [read, renew],
  );

  return { isLoading: busy, isAuthenticated: signedIn, fetchAccessToken };
}
