'use client';

import { useCallback } from 'react';
import { useWorkOSToken } from './helpers/use-work-os-token';

export function useBridge() {
  const { signedIn, busy, read } = useWorkOSToken();

  const fetchAccessToken = useCallback(async () => {
    try {
      return (await read()) ?? null;
    } catch {
      return null;
    }
  }, [read]);

  return { isLoading: busy, isAuthenticated: signedIn, fetchAccessToken };
}
