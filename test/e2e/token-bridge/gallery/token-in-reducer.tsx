import { useAccessToken, useAuth } from '@workos-inc/authkit-nextjs/components';
import { useCallback, useEffect, useReducer } from 'react';

interface Session {
  readonly token: string | null;
}

type Action = { type: 'token'; token: string } | { type: 'gone' };

function reducer(session: Session, action: Action): Session {
  if (action.type === 'token') return { ...session, token: action.token };
  return { ...session, token: null };
}

export function useBridge() {
  const { user, loading } = useAuth();
  const { accessToken } = useAccessToken();
  const [session, dispatch] = useReducer(reducer, { token: null });

  useEffect(() => {
    dispatch(accessToken ? { type: 'token', token: accessToken } : { type: 'gone' });
  }, [accessToken]);

  const fetchAccessToken = useCallback(async () => session.token, [session.token]);

  return { isLoading: loading, isAuthenticated: !!user && session.token !== null, fetchAccessToken };
}
