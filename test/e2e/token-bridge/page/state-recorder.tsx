/** Reads `useConvexAuth()`, as the gate of an app does. */
import { useConvexAuth } from 'convex/react';
import { useEffect } from 'react';
import type { PageState } from '../page-record.ts';
import { noteState } from './record.ts';

/** Calls `onMissing` where there is no provider that it could read: an app that calls `client.setAuth()` itself. */
export function StateRecorder({ onMissing }: { readonly onMissing: () => void }): null {
  const state = useConvexState();
  useEffect(() => {
    if (state === undefined) onMissing();
    else noteState(state);
  }, [state, onMissing]);
  return null;
}

function useConvexState(): PageState['state'] | undefined {
  try {
    const { isLoading, isAuthenticated } = useConvexAuth();
    if (isLoading) return 'loading';
    return isAuthenticated ? 'authenticated' : 'signed out';
  } catch {
    return undefined;
  }
}
