import rule from '../../rules/handle-token-error.ts';
import { ASKS, bridge } from '../helpers/token-bridges.ts';
import { ruleTester } from '../helpers/rule-tester.ts';

const fetcher = (body: string) => `useCallback(async () => { ${body} }, [getAccessToken])`;
const thrown = (call: string) => [{ messageId: 'canThrow', data: { call, when: 'when WorkOS fails' }, suggestions: 1 }];
const strict = [{ errorState: true }];

ruleTester.run(rule, {
  valid: [
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
      name: 'sees the error in a word',
      code: bridge({
        token: 'getAccessToken, error',
        before: "const status = error ? 'failed' : user ? 'in' : 'out';",
        fetcher: ASKS,
        isAuthenticated: "status === 'in'",
      }),
      options: strict,
    },
    {
      name: 'sees the error in a state that an effect keeps',
      code: bridge({
        token: 'getAccessToken, error',
        before:
          'const [failed, setFailed] = useState(false); useEffect(() => { if (error) setFailed(true); }, [error]);',
        fetcher: ASKS,
        isAuthenticated: '!!user && !failed',
      }),
      options: strict,
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
    { name: 'does not ask for the error without the option', code: bridge({ fetcher: ASKS }) },
    {
      name: 'sees the error in isAuthenticated',
      code: bridge({ token: 'getAccessToken, error', fetcher: ASKS, isAuthenticated: '!!user && !error' }),
      options: strict,
    },
    {
      name: 'sees the error through a constant of another name',
      code: bridge({
        token: 'getAccessToken, error: failure',
        before: 'const hasFailed = failure !== null; const isIn = !hasFailed && !!user;',
        fetcher: ASKS,
        isAuthenticated: 'isIn',
      }),
      options: strict,
    },
    {
      name: 'does not ask authkit-react for an error that it does not have',
      code: "import { useAuth } from '@workos-inc/authkit-react';\nimport { useCallback } from 'react';\nexport function useBridge() { const { user, isLoading, getAccessToken } = useAuth(); const fetchAccessToken = useCallback(() => getAccessToken().catch(() => null), [getAccessToken]); return { isLoading, isAuthenticated: !!user, fetchAccessToken }; }",
      options: strict,
    },
    {
      name: 'does not know getAccessToken() of another provider',
      code: "import { useAuth } from 'other-auth';\nexport function useBridge() { const { user, getAccessToken } = useAuth(); return { isLoading: false, isAuthenticated: !!user, fetchAccessToken: getAccessToken }; }",
    },
  ],
  invalid: [
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
      name: 'reports what is awaited in the catch',
      code: bridge({ fetcher: fetcher('try { return await getAccessToken(); } catch { return await refresh(); }') }),
      errors: thrown('refresh()'),
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
    {
      name: 'reports an error that isAuthenticated ignores',
      code: bridge({ fetcher: ASKS }),
      options: strict,
      errors: [{ messageId: 'ignoredError', suggestions: 1 }],
    },
    {
      name: 'does not take logging for heeding',
      code: bridge({
        token: 'getAccessToken, error',
        before: 'useEffect(() => { if (error) console.error(error); }, [error]);',
        fetcher: ASKS,
      }),
      options: strict,
      errors: [{ messageId: 'ignoredError', suggestions: 1 }],
    },
    {
      name: 'reports one cause at a time',
      code: bridge({ fetcher: fetcher('return (await getAccessToken()) ?? null;') }),
      options: strict,
      errors: thrown('getAccessToken()'),
    },
  ],
});
