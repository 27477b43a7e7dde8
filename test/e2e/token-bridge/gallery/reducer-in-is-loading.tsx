import { useAccessToken, useAuth } from '@workos-inc/authkit-nextjs/components';
import { useCallback, useReducer } from 'react';

interface State {
  readonly busy: boolean;
  readonly answers: number;
}

function reducer(state: State, action: { type: 'asked' | 'answered' }): State {
  switch (action.type) {
    case 'asked':
      return { ...state, busy: true };
    case 'answered':
      return { ...state, busy: false, answers: state.answers + 1 };
  }
}

export function useBridge() {
  const { user, loading } = useAuth();
  const { getAccessToken, refresh } = useAccessToken();
  const [state, dispatch] = useReducer(reducer, { busy: false, answers: 0 });

  const fetchAccessToken = useCallback(
    async ({ forceRefreshToken }: { forceRefreshToken: boolean }) => {
      dispatch({ type: 'asked' });
      try {
        return (await (forceRefreshToken ? refresh() : getAccessToken())) ?? null;
      } catch {
        return null;
      } finally {
        dispatch({ type: 'answered' });
      }
    },
    [getAccessToken, refresh],
  );

  return { isLoading: loading || state.busy, isAuthenticated: !!user, fetchAccessToken };
}
