/** Bridges as people write them, put together of parts, so that a test shows the one part it is about. */

export interface BridgeParts {
  /** What is taken of `useAccessToken()`. */
  readonly token?: string;
  /** What is taken of `useAuth()`. */
  readonly auth?: string;
  /** Statements between the hooks and the fetcher. */
  readonly before?: string;
  /** Between `const fetchAccessToken = ` and the end of its statement. */
  readonly fetcher: string;
  readonly isLoading?: string;
  readonly isAuthenticated?: string;
  /** Imports and whatever else is above the hook. */
  readonly above?: string;
}

export const ASKS =
  'useCallback(async () => { try { return (await getAccessToken()) ?? null; } catch { return null; } }, [getAccessToken])';

/** `refresh()` on force, else `getAccessToken()`, with these deps. */
export const forces = (deps = 'getAccessToken, refresh'): string =>
  `useCallback(async ({ forceRefreshToken }) => { try { return (await (forceRefreshToken ? refresh() : getAccessToken())) ?? null; } catch { return null; } }, [${deps}])`;

export function bridge(parts: BridgeParts): string {
  const {
    above = '',
    auth = 'user, loading',
    before = '',
    fetcher,
    isAuthenticated = '!!user',
    isLoading = 'loading',
    token = 'getAccessToken, refresh',
  } = parts;
  return `import { useAccessToken, useAuth } from '@workos-inc/authkit-nextjs/components';
import { useCallback, useDeferredValue, useEffect, useMemo, useReducer, useRef, useState, useTransition } from 'react';
${above}
export function useBridge() {
  const { ${auth} } = useAuth();
  const { ${token} } = useAccessToken();
  ${before}
  const fetchAccessToken = ${fetcher};
  return { isLoading: ${isLoading}, isAuthenticated: ${isAuthenticated}, fetchAccessToken };
}
`;
}
