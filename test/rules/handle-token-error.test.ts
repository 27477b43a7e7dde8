import rule from '../../rules/handle-token-error.ts';
import { ASKS, bridge } from '../helpers/token-bridges.ts';
import { ruleTester } from '../helpers/rule-tester.ts';

const fetcher = (body: string) => `useCallback(async () => { ${body} }, [getAccessToken])`;
const thrown = (call: string) => [{ messageId: 'canThrow', data: { call, when: 'when WorkOS fails' }, suggestions: 1 }];

ruleTester.run(rule, {
  valid: [
    {
      name: 'lets a server action be whose failure is caught',
      code: bridge({
        above: "import { readToken } from './actions';",
        fetcher: 'useCallback(() => readToken().catch(() => null), [])',
      }),
      files: {
        'components/actions.ts':
          "'use server';\nimport { withAuth } from '@workos-inc/authkit-nextjs';\nexport async function readToken() { const { accessToken } = await withAuth(); return accessToken ?? null; }",
      },
    },
    {
      name: 'lets a helper be that is no server action',
      code: bridge({
        above: "import { readToken } from './actions';",
        fetcher: 'useCallback(async () => readToken(), [])',
      }),
      files: { 'components/actions.ts': 'export const readToken = async () => null;\n' },
    },
    {
      name: 'lets a loading of the token be that ends with it',
      code: bridge({
        token: 'accessToken, getAccessToken, loading: busy',
        fetcher: ASKS,
        isLoading: 'loading || (busy && !accessToken)',
        isAuthenticated: '!!user && !!accessToken',
      }),
    },
    {
      name: 'lets a wait for the token be that a failure ends',
      code: bridge({
        token: 'accessToken, getAccessToken, error',
        fetcher: ASKS,
        isLoading: 'loading || (!!user && !accessToken && !error)',
      }),
    },
    {
      name: 'says nothing of a flag that something unknown may end',
      code: bridge({
        above: "import { useTimeout } from './timeout';",
        token: 'accessToken, getAccessToken',
        before: 'const isOver = useTimeout(5000);',
        fetcher: ASKS,
        isLoading: 'loading || (!accessToken && !isOver)',
      }),
    },
    {
      name: 'leaves a throw to the report of a loop whose edit catches it',
      code: bridge({ fetcher: 'async () => (await getAccessToken()) ?? null' }),
    },
    {
      name: 'lets a handler be that returns the last token',
      code: bridge({
        token: 'accessToken, getAccessToken',
        before: 'const last = useRef(null); if (accessToken) last.current = accessToken;',
        fetcher: fetcher('try { return (await getAccessToken()) ?? null; } catch { return last.current ?? null; }'),
      }),
    },
    {
      name: 'leaves a forced refresh that throws next to another request to no-forced-token-refresh',
      code: bridge({
        token: 'getAccessToken, refresh',
        fetcher: fetcher('try { return await getAccessToken(); } catch { return await refresh(); }'),
      }),
    },
    { name: 'lets try and catch be', code: bridge({ fetcher: ASKS }) },
    { name: 'lets catch() be', code: bridge({ fetcher: fetcher('return getAccessToken().catch(() => null);') }) },
    {
      name: 'lets a promise in a constant be that is awaited in a try',
      code: bridge({
        fetcher: fetcher(
          'const pending = getAccessToken(); try { return (await pending) ?? null; } catch { return null; }',
        ),
      }),
    },
    {
      name: 'lets a throw be that its own try catches',
      code: bridge({
        fetcher: fetcher(
          "try { const token = await getAccessToken(); if (!token) throw new Error('no token'); return token; } catch { return null; }",
        ),
      }),
    },
    {
      name: 'lets a handler be that lets another failure through than the one that it handles',
      code: bridge({
        fetcher: fetcher(
          'try { return await getAccessToken(); } catch (error) { try { report(error); } catch (other) { throw other; } return null; }',
        ),
      }),
    },
    {
      name: 'lets a return in finally be, which takes the place of the failure',
      code: bridge({
        fetcher: fetcher(
          'let token = null; try { token = (await getAccessToken()) ?? null; } finally { return token; }',
        ),
      }),
    },
    {
      name: 'lets then() with two callbacks be',
      code: bridge({ fetcher: fetcher('return getAccessToken().then((token) => token ?? null, () => null);') }),
    },
    {
      name: 'lets a helper be that is awaited in a try',
      code: bridge({
        above: '',
        before: 'const get = async () => (await getAccessToken()) ?? null;',
        fetcher: fetcher('try { return await get(); } catch { return null; }'),
      }),
    },
    {
      name: 'lets a helper be that catches',
      code: bridge({
        before: 'const get = async () => { try { return await getAccessToken(); } catch { return null; } };',
        fetcher: fetcher('return get();'),
      }),
    },
    {
      name: 'knows that refreshAuth() does not throw',
      code: bridge({
        auth: 'user, loading, refreshAuth',
        fetcher: 'useCallback(async () => { await refreshAuth(); return null; }, [refreshAuth])',
      }),
    },
    {
      name: 'says nothing of a promise that goes elsewhere',
      code: bridge({
        above: "import { withTimeout } from './with-timeout';",
        fetcher: fetcher('return withTimeout(getAccessToken(), 500);'),
      }),
    },
    {
      name: 'does not know getAccessToken() of another provider',
      code: "import { useAuth } from 'other-auth';\nexport function useBridge() { const { user, getAccessToken } = useAuth(); return { isLoading: false, isAuthenticated: !!user, fetchAccessToken: getAccessToken }; }",
    },
  ],
  invalid: [
    {
      name: 'reports a server action whose request may fail',
      code: bridge({
        above: "import { readToken } from './actions';",
        fetcher: 'useCallback(async () => readToken(), [])',
      }),
      files: {
        'components/actions.ts':
          "'use server';\nimport { withAuth } from '@workos-inc/authkit-nextjs';\nexport async function readToken() { const { accessToken } = await withAuth(); return accessToken ?? null; }",
      },
      errors: [{ messageId: 'canThrow', data: { call: 'readToken()', when: 'when the request fails' } }],
    },
    {
      name: 'reports an isLoading that waits for the token of a signed-in user',
      code: bridge({
        token: 'accessToken, getAccessToken, loading: busy',
        fetcher: ASKS,
        isLoading: 'loading || busy || (!!user && !accessToken)',
        isAuthenticated: '!!user && !!accessToken',
      }),
      errors: [
        {
          messageId: 'waitsForToken',
          data: { value: 'accessToken' },
          suggestions: [{ messageId: 'rewrite', output: bridge({ token: 'getAccessToken', fetcher: ASKS }) }],
        },
      ],
    },
    {
      name: 'reports an isLoading that waits for a token even where no one is signed in',
      code: bridge({ token: 'accessToken, getAccessToken', fetcher: ASKS, isLoading: 'loading || !accessToken' }),
      errors: [{ messageId: 'waitsSignedOut', data: { value: 'accessToken' }, suggestions: 1 }],
    },
    {
      name: 'has no edit that would indent a text on several lines, in a function within as well',
      code: bridge({
        fetcher: `useCallback(async () => {
    const note = () => \`first
second\`;
    console.log(note());
    return (await getAccessToken()) ?? null;
  }, [getAccessToken])`,
      }),
      errors: [{ messageId: 'canThrow', data: { call: 'getAccessToken()', when: 'when WorkOS fails' } }],
    },
    {
      name: 'keeps what the parentheses of a flag say',
      code: bridge({
        auth: 'user, loading: a',
        token: 'accessToken, getAccessToken, loading: b',
        fetcher: ASKS,
        isLoading: '(a ?? false) || (b ?? false) || !accessToken',
      }),
      errors: [
        {
          messageId: 'waitsSignedOut',
          suggestions: [
            {
              messageId: 'rewrite',
              output: bridge({
                auth: 'user, loading: a',
                token: 'getAccessToken',
                fetcher: ASKS,
                isLoading: 'a ?? false',
              }),
            },
          ],
        },
      ],
    },
    {
      name: 'reports an isLoading that waits for a state that holds the token',
      code: bridge({
        before:
          'const [token, setToken] = useState(null); useEffect(() => { getAccessToken().then(setToken); }, [getAccessToken]);',
        fetcher: ASKS,
        isLoading: 'loading || !token',
      }),
      errors: [{ messageId: 'waitsSignedOut', suggestions: 1 }],
    },
    {
      name: 'reports an early return that waits for the token',
      code: bridge({ token: 'accessToken, getAccessToken', fetcher: ASKS }).replace(
        '  return {',
        '  if (!accessToken) return { isLoading: true, isAuthenticated: false, fetchAccessToken };\n  return {',
      ),
      errors: [{ messageId: 'waitsSignedOut' }],
    },
    {
      name: 'reports a bridge that says signed out while the first token is loaded',
      code: bridge({ token: 'getAccessToken, loading: busy', fetcher: ASKS, isAuthenticated: '!!user && !busy' }),
      errors: [
        {
          messageId: 'signedOutFirst',
          data: { value: 'busy' },
          suggestions: [{ messageId: 'rewrite', output: bridge({ token: 'getAccessToken', fetcher: ASKS }) }],
        },
      ],
    },
    {
      name: 'reports a bridge that says signed out before there is a token',
      code: bridge({
        token: 'getAccessToken, accessToken',
        fetcher: ASKS,
        isAuthenticated: 'accessToken !== undefined',
      }),
      errors: [
        {
          messageId: 'signedOutFirst',
          data: { value: 'accessToken' },
          suggestions: [{ messageId: 'rewrite', output: bridge({ token: 'getAccessToken', fetcher: ASKS }) }],
        },
      ],
    },
    {
      name: 'does not remove from isAuthenticated what it can not judge',
      code: bridge({
        above: "import { useBan } from './ban';",
        token: 'getAccessToken, loading: busy',
        before: 'const banned = useBan();',
        fetcher: ASKS,
        isAuthenticated: '!!user && !(busy || banned)',
      }),
      errors: [{ messageId: 'signedOutFirst' }],
    },
    {
      name: 'takes the whole fetcher into a try, with all that it does',
      code: bridge({
        above: "import { track } from 'analytics';",
        fetcher: `useCallback(async () => {
    track('token');
    const token = await getAccessToken();
    return token ?? null;
  }, [getAccessToken])`,
      }),
      errors: [
        {
          messageId: 'canThrow',
          suggestions: [
            {
              messageId: 'rewrite',
              output: bridge({
                above: "import { track } from 'analytics';",
                fetcher: `useCallback(async () => {
    try {
      track('token');
      const token = await getAccessToken();
      return token ?? null;
    } catch {
      return null;
    }
  }, [getAccessToken])`,
              }),
            },
          ],
        },
      ],
    },
    {
      name: 'keeps the log of a handler that throws again',
      code: bridge({
        fetcher: `useCallback(async () => {
    try {
      return (await getAccessToken()) ?? null;
    } catch (error) {
      // The dashboard counts these.
      console.error('no token', error);
      throw error;
    }
  }, [getAccessToken])`,
      }),
      errors: [
        {
          messageId: 'canThrow',
          suggestions: [
            {
              messageId: 'rewrite',
              output: bridge({
                fetcher: `useCallback(async () => {
    try {
      return (await getAccessToken()) ?? null;
    } catch (error) {
      // The dashboard counts these.
      console.error('no token', error);
      return null;
    }
  }, [getAccessToken])`,
              }),
            },
          ],
        },
      ],
    },
    {
      name: 'reports an await without a try',
      code: bridge({ fetcher: fetcher('return (await getAccessToken()) ?? null;') }),
      errors: thrown('getAccessToken()'),
    },
    {
      name: 'reports a return without await, which no try catches',
      code: bridge({ fetcher: fetcher('try { return getAccessToken(); } catch { return null; }') }),
      errors: thrown('getAccessToken()'),
    },
    {
      name: 'reports a catch that rejects',
      code: bridge({
        fetcher: fetcher('try { return await getAccessToken(); } catch (error) { return Promise.reject(error); }'),
      }),
      errors: thrown('getAccessToken()'),
    },
    {
      name: 'reports a promise in a constant, which is awaited outside of a try',
      code: bridge({ fetcher: fetcher('const pending = getAccessToken(); return (await pending) ?? null;') }),
      errors: thrown('getAccessToken()'),
    },
    {
      name: "reports a request to a route of the app's own",
      code: bridge({ fetcher: fetcher("const answer = await fetch('/api/token'); return answer.text();") }),
      errors: [{ messageId: 'canThrow', data: { call: 'fetch()', when: 'when the request fails' } }],
    },
    {
      name: 'reports a throw of its own',
      code: bridge({
        fetcher: fetcher(
          "const token = await getAccessToken().catch(() => null); if (!token) throw new Error('no token'); return token;",
        ),
      }),
      errors: [{ messageId: 'canThrow', data: { call: 'fetchAccessToken()', when: 'here' }, suggestions: 1 }],
    },
    {
      name: 'reports a catch that throws again',
      code: bridge({
        fetcher: fetcher('try { return await getAccessToken(); } catch (error) { console.error(error); throw error; }'),
      }),
      errors: thrown('getAccessToken()'),
    },
    {
      name: 'reports a try without a catch',
      code: bridge({ fetcher: fetcher('try { return await getAccessToken(); } finally { console.log(1); }') }),
      errors: thrown('getAccessToken()'),
    },
    {
      name: 'reports what throws next to a forced refresh',
      code: bridge({
        token: 'getAccessToken, refresh',
        fetcher:
          'useCallback(async ({ forceRefreshToken }) => forceRefreshToken ? refresh() : getAccessToken(), [getAccessToken, refresh])',
      }),
      errors: thrown('getAccessToken()'),
    },
    {
      name: 'reports a forced refresh that is the only request: what takes its place may throw as well',
      code: bridge({ token: 'refresh', fetcher: fetcher('return await refresh();') }),
      errors: thrown('refresh()'),
    },
    {
      name: 'reports what is awaited in the catch',
      code: bridge({
        fetcher: fetcher('try { return await getAccessToken(); } catch { return await getAccessToken(); }'),
      }),
      errors: thrown('getAccessToken()'),
    },
    {
      name: 'reports then() with one callback',
      code: bridge({ fetcher: fetcher('return getAccessToken().then((token) => token ?? null);') }),
      errors: thrown('getAccessToken()'),
    },
    {
      name: 'reports a helper that throws, where it does',
      code: bridge({
        before: 'const get = async () => (await getAccessToken()) ?? null;',
        fetcher: fetcher('return get();'),
      }),
      errors: thrown('getAccessToken()'),
    },
    {
      name: 'reports getAccessToken handed over as it is',
      code: bridge({ fetcher: 'getAccessToken' }),
      errors: [{ messageId: 'canThrow' }],
    },
  ],
});
