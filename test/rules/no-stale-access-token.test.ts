import rule from '../../rules/no-stale-access-token.ts';
import { ASKS, bridge } from '../helpers/token-bridges.ts';
import { JOTAI, VALTIO, ZUSTAND } from '../helpers/token-stores.ts';
import { ruleTester } from '../helpers/rule-tester.ts';

const stale = (value: string) => [
  {
    messageId: 'stale',
    data: {
      value,
      of: value.endsWith('current')
        ? 'a token kept in a ref'
        : value === 'copy'
          ? 'a token kept in a state'
          : 'the token of the last render',
    },
    suggestions: 1,
  },
];
const REF = 'const ref = useRef(null); useEffect(() => { ref.current = accessToken ?? null; }, [accessToken]);';

/** A provider that is given something by a layout of the server, and a bridge that reads it. */
const PROVIDER = `import { createContext, useCallback, useContext } from 'react';
const Token = createContext(null);
function useBridge() {
  const given = useContext(Token);
  const fetchAccessToken = useCallback(async () => given ?? null, [given]);
  return { isLoading: false, isAuthenticated: !!given, fetchAccessToken };
}
export function Providers({ given, children }) {
  return <Token.Provider value={given}>{children}{useBridge.name}</Token.Provider>;
}
`;
const layout = (member: string) => ({
  'components/nav.tsx': PROVIDER,
  'app/layout.tsx': `import { withAuth } from '@workos-inc/authkit-nextjs';
import { Providers } from '../components/nav';
export default async function Layout({ children }) {
  const session = await withAuth();
  return <Providers given={session.${member}}>{children}</Providers>;
}
`,
});
const EFFECT = 'useEffect(() => { SET }, [accessToken]);';

ruleTester.run(rule, {
  valid: [
    {
      name: 'lets a function be that asks, behind a stable one',
      code: bridge({
        above:
          'function useStable(made) { const latest = useRef(made); latest.current = made; return useCallback((...given) => latest.current(...given), []); }',
        fetcher: 'useStable(async () => (await getAccessToken().catch(() => null)) ?? null)',
      }),
    },
    {
      name: 'lets a store outside of React be that says whether there is a network',
      code: bridge({
        above:
          "import { useSyncExternalStore } from 'react'; const listen = () => () => undefined; const isOnline = () => navigator.onLine;",
        before: 'const online = useSyncExternalStore(listen, isOnline, () => true);',
        fetcher:
          'useCallback(async () => { if (!online) return null; try { return (await getAccessToken()) ?? null; } catch { return null; } }, [online, getAccessToken])',
      }),
    },
    {
      name: 'lets a token in a store be that another file writes to as well',
      code: bridge({
        above: "import { useStore } from './store';",
        token: 'accessToken',
        before: `const setToken = useStore((state) => state.setToken); ${EFFECT.replace('SET', 'setToken(accessToken ?? null);')}`,
        fetcher: 'useCallback(async () => useStore.getState().token, [])',
      }),
      files: {
        'components/store.ts': ZUSTAND.replace('const useStore', 'export const useStore'),
        'components/renewal.ts':
          "import { useStore } from './store';\nexport const renew = (ask) => setInterval(async () => useStore.getState().setToken(await ask()), 60_000);",
      },
    },
    {
      name: 'lets a request in flight be that a ref keeps until it ends',
      code: bridge({
        before: 'const pending = useRef(null);',
        fetcher:
          'useCallback(async () => { try { pending.current ??= getAccessToken(); return (await pending.current) ?? null; } catch { return null; } finally { pending.current = null; } }, [getAccessToken])',
      }),
    },
    {
      name: 'lets a request in flight be that a ref keeps by its name, and loses with the user',
      code: bridge({
        before: 'const pending = useRef(null);',
        fetcher:
          'useCallback(async () => { if (!user) { pending.current = null; return null; } const asked = pending.current ?? getAccessToken(); pending.current = asked; try { return (await asked) ?? null; } catch { return null; } }, [user, getAccessToken])',
      }),
    },
    {
      name: 'lets the first token be that a ref gives out once',
      code: bridge({
        token: 'accessToken, getAccessToken',
        before: `const first = useRef(null); ${EFFECT.replace('SET', 'first.current = accessToken;')}`,
        fetcher:
          'useCallback(async () => { if (first.current) { const token = first.current; first.current = null; return token; } try { return (await getAccessToken()) ?? null; } catch { return null; } }, [getAccessToken])',
      }),
    },
    {
      name: 'lets a request in flight be that a variable of the module keeps',
      code: bridge({
        above: 'let pending = null;',
        fetcher:
          'useCallback(async () => { try { pending ??= getAccessToken().finally(() => { pending = null; }); return (await pending) ?? null; } catch { return null; } }, [getAccessToken])',
      }),
    },
    {
      name: 'lets a variable of the module be that a test of the flag passes by',
      code: bridge({
        above: 'let kept;',
        fetcher:
          'useCallback(async ({ forceRefreshToken }) => { try { if (!kept || forceRefreshToken) kept = await getAccessToken(); return kept ?? null; } catch { return null; } }, [getAccessToken])',
      }),
    },
    {
      name: 'lets a variable of the module be that is emptied when the user signs out',
      code: bridge({
        above: 'let kept;\nexport const forget = () => { kept = undefined; };',
        fetcher:
          'useCallback(async () => { if (kept) return kept; try { kept = (await getAccessToken()) ?? null; return kept; } catch { return null; } }, [getAccessToken])',
      }),
    },
    {
      name: 'lets a variable of the module be that is not returned to a forced request',
      code: bridge({
        above: 'let kept;',
        fetcher:
          'useCallback(async ({ forceRefreshToken }) => { if (kept && !forceRefreshToken) return kept; try { kept = (await getAccessToken()) ?? null; return kept; } catch { return null; } }, [getAccessToken])',
      }),
    },
    {
      name: 'lets a query be that asks for the token every minute',
      code: bridge({
        above: "import { useQuery } from '@tanstack/react-query';",
        before:
          "const { data } = useQuery({ queryKey: ['token'], queryFn: () => getAccessToken(), refetchInterval: 60_000 });",
        fetcher: 'useCallback(async () => data ?? null, [data])',
      }),
    },
    {
      name: 'lets a query be whose options come from elsewhere',
      code: bridge({
        above: "import useSWR from 'swr';\nimport { options } from './options';",
        before: "const { data } = useSWR('token', () => getAccessToken(), options);",
        fetcher: 'useCallback(async () => data ?? null, [data])',
      }),
    },
    {
      name: 'lets the data of a query be that is no token',
      code: bridge({
        above: "import useSWR from 'swr';",
        before: "const { data } = useSWR('name', () => fetch('/api/name').then((one) => one.text()));",
        fetcher: 'useCallback(async () => data ?? null, [data])',
      }),
    },
    {
      name: 'lets a ref be that keeps a state that is no token',
      code: bridge({
        before: 'const [mode, setMode] = useState(null); const ref = useRef(mode); ref.current = mode;',
        fetcher: 'useCallback(async () => ref.current, [])',
      }),
    },
    { name: 'lets a prop be that is no token', code: PROVIDER, files: layout('organizationId') },
    {
      name: 'lets a member of a store be that holds something else',
      code: bridge({
        above: VALTIO,
        token: 'accessToken',
        before: EFFECT.replace('SET', 'store.busy = Boolean(accessToken);'),
        fetcher: 'useCallback(async () => store.token, [])',
      }),
    },
    {
      name: 'lets a server action be that is asked each time',
      code: bridge({
        above: "import { fetchToken } from './actions';",
        fetcher:
          'useCallback(async () => { try { return (await fetchToken()).accessToken ?? null; } catch { return null; } }, [])',
      }),
      files: {
        'components/actions.ts':
          "'use server';\nimport { withAuth } from '@workos-inc/authkit-nextjs';\nexport async function fetchToken() { const { accessToken } = await withAuth(); return { accessToken }; }",
      },
    },
    {
      name: 'lets a state be that an interval sets again',
      code: bridge({
        before:
          'const [copy, setCopy] = useState(null); useEffect(() => { const timer = setInterval(() => { getAccessToken().then((token) => setCopy(token)); }, 10000); return () => clearInterval(timer); }, [getAccessToken]);',
        fetcher: 'useCallback(async () => copy, [copy])',
      }),
    },
    {
      name: 'lets setAuth() of something else than Convex be',
      code: "import { useAccessToken } from '@workos-inc/authkit-nextjs/components';\nimport { useEffect } from 'react';\nimport { api } from './api';\nexport function Sync() { const { accessToken } = useAccessToken(); useEffect(() => { api.setAuth(async () => accessToken); }, [accessToken]); return null; }",
    },
    { name: 'lets getAccessToken() be', code: bridge({ fetcher: ASKS }) },
    {
      name: 'lets a copy be where asking fails',
      code: bridge({
        token: 'accessToken, getAccessToken',
        fetcher:
          'useCallback(async () => { try { return (await getAccessToken()) ?? null; } catch { return accessToken ?? null; } }, [accessToken, getAccessToken])',
      }),
    },
    {
      name: 'lets a copy be where nothing is forced',
      code: bridge({
        token: 'accessToken, getAccessToken',
        fetcher:
          'useCallback(async ({ forceRefreshToken }) => { if (accessToken && !forceRefreshToken) return accessToken; return getAccessToken().catch(() => null); }, [accessToken, getAccessToken])',
      }),
    },
    {
      name: 'lets a ref be that a refresh has renewed',
      code: bridge({
        token: 'accessToken, refresh',
        before: REF,
        fetcher:
          'useCallback(async ({ forceRefreshToken }) => { if (forceRefreshToken) await refresh().catch(() => null); return ref.current; }, [refresh])',
      }),
    },
    {
      name: 'trusts an expiry check that it does not know',
      code: bridge({
        above: "import { isFresh } from './jwt';",
        token: 'accessToken, getAccessToken',
        fetcher:
          'useCallback(async () => { if (accessToken && isFresh(accessToken)) return accessToken; return getAccessToken().catch(() => null); }, [accessToken, getAccessToken])',
      }),
    },
    {
      name: 'lets a member of a state be that holds something else',
      code: bridge({
        token: 'accessToken',
        before:
          "const [session, setSession] = useState({ token: null, key: '' }); useEffect(() => { setSession({ token: accessToken ?? null, key: 'k' }); }, [accessToken]);",
        fetcher: 'useCallback(async () => session.key, [session])',
      }),
    },
    {
      name: 'lets a ref of something else be',
      code: bridge({ before: 'const ref = useRef(null);', fetcher: 'useCallback(async () => ref.current, [])' }),
    },
    {
      name: 'lets a fetcher be that always answers null',
      code: bridge({ fetcher: 'useCallback(async () => null, [])' }),
    },
    {
      name: 'lets a session storage of its own be',
      code: bridge({ token: 'accessToken', fetcher: "useCallback(async () => localStorage.getItem('token'), [])" }),
    },
    {
      name: 'does not know the token of another provider',
      code: "import { useSession } from 'next-auth/react';\nexport function useBridge() { const { data } = useSession(); return { isLoading: false, isAuthenticated: !!data, fetchAccessToken: async () => data.accessToken }; }",
    },
  ],
  invalid: [
    {
      name: 'reports a variable of the module that is set where it is empty',
      code: bridge({
        above: 'let kept;',
        fetcher:
          'useCallback(async () => { try { if (!kept) kept = await getAccessToken(); return kept ?? null; } catch { return null; } }, [getAccessToken])',
      }),
      errors: [
        { messageId: 'stale', data: { value: 'kept', of: 'a token kept in a variable of the module' }, suggestions: 1 },
      ],
    },
    {
      name: 'reports one that other files read, and leaves it to them',
      code: bridge({
        above: 'export let kept;',
        fetcher:
          'useCallback(async () => { try { if (!kept) kept = await getAccessToken(); return kept ?? null; } catch { return null; } }, [getAccessToken])',
      }),
      errors: [{ messageId: 'stale', data: { value: 'kept', of: 'a token kept in a variable of the module' } }],
    },
    {
      name: 'reports a token of a promise that a context keeps',
      code: bridge({
        above: "import { use } from 'react'; import { useAsked } from './asked';",
        token: 'getAccessToken',
        before: 'const token = use(useAsked());',
        fetcher: 'useCallback(async () => token ?? null, [token])',
      }),
      files: {
        'components/asked.tsx': `import { useAccessToken } from '@workos-inc/authkit-nextjs/components';
import { createContext, useContext, useMemo } from 'react';
const Asked = createContext(null);
export const useAsked = () => useContext(Asked);
export function AskedProvider({ children }) {
  const { getAccessToken } = useAccessToken();
  const asked = useMemo(() => getAccessToken(), [getAccessToken]);
  return <Asked.Provider value={asked}>{children}</Asked.Provider>;
}
`,
      },
      errors: stale('token'),
    },
    {
      name: 'reports a promise that a variable of the module keeps for good',
      code: bridge({
        above: 'let asked;',
        fetcher:
          'useCallback(() => { asked ??= getAccessToken().then((token) => token ?? null, () => null); return asked; }, [getAccessToken])',
      }),
      errors: [
        {
          messageId: 'stale',
          data: { value: 'asked', of: 'a token kept in a variable of the module' },
          suggestions: 1,
        },
      ],
    },
    {
      name: 'reports a token that a hook of the project keeps current',
      code: bridge({
        above:
          'function useLatest(value) { const latest = useRef(value); latest.current = value; return useCallback(() => latest.current, []); }',
        token: 'accessToken',
        before: 'const read = useLatest(accessToken);',
        fetcher: 'useCallback(async () => read() ?? null, [read])',
      }),
      errors: [{ messageId: 'stale', data: { value: 'read()', of: 'a token kept in a ref' } }],
    },
    {
      name: 'reports a function of the last render behind a stable one',
      code: bridge({
        above:
          'function useStable(made) { const latest = useRef(made); latest.current = made; return useCallback((...given) => latest.current(...given), []); }',
        token: 'accessToken',
        fetcher: 'useStable(async () => accessToken ?? null)',
      }),
      errors: [{ messageId: 'stale', data: { value: 'accessToken', of: 'the token of the last render' } }],
    },
    {
      name: 'reports what a store outside of React is given by an effect',
      code: bridge({
        above:
          "import { useSyncExternalStore } from 'react'; let kept = null; const keep = (token) => { kept = token; }; const listen = () => () => undefined;",
        token: 'accessToken',
        before:
          'const token = useSyncExternalStore(listen, () => kept, () => null); useEffect(() => { if (accessToken) keep(accessToken); }, [accessToken]);',
        fetcher: 'useCallback(async () => token, [token])',
      }),
      errors: [{ messageId: 'stale', data: { value: 'token', of: 'the token of the last render' } }],
    },
    {
      name: 'reports a prop that a layout of the server renders, through a context',
      code: PROVIDER,
      files: layout('accessToken'),
      errors: [{ messageId: 'stale', data: { value: 'given', of: 'a token that the server rendered' } }],
    },
    {
      name: 'reports a token in a zustand store',
      code: bridge({
        above: ZUSTAND,
        token: 'accessToken',
        before: `const setToken = useStore((state) => state.setToken); ${EFFECT.replace('SET', 'setToken(accessToken ?? null);')}`,
        fetcher: 'useCallback(async () => useStore.getState().token, [])',
      }),
      errors: [{ messageId: 'stale', suggestions: 1 }],
    },
    {
      name: 'reports one in a store of another file that nothing else writes to',
      code: bridge({
        above: "import { useStore } from './store';",
        token: 'accessToken',
        before: `const setToken = useStore((state) => state.setToken); ${EFFECT.replace('SET', 'setToken(accessToken ?? null);')}`,
        fetcher: 'useCallback(async () => useStore.getState().token, [])',
      }),
      files: {
        'components/store.ts': ZUSTAND.replace('const useStore', 'export const useStore'),
        'components/reader.ts':
          "import { useStore } from './store';\nexport const read = () => useStore.getState().token;",
      },
      errors: [{ messageId: 'stale', suggestions: 1 }],
    },
    {
      name: 'reports a token in an atom',
      code: bridge({
        above: JOTAI,
        token: 'accessToken',
        before: `const [copy, setCopy] = useAtom(tokenAtom); ${EFFECT.replace('SET', 'setCopy(accessToken ?? null);')}`,
        fetcher: 'useCallback(async () => copy, [copy])',
      }),
      errors: [{ messageId: 'stale', data: { value: 'copy', of: 'a token kept in a store' } }],
    },
    {
      name: 'reports a token in a proxy',
      code: bridge({
        above: VALTIO,
        token: 'accessToken',
        before: EFFECT.replace('SET', 'store.token = accessToken ?? null;'),
        fetcher: 'useCallback(async () => store.token, [])',
      }),
      errors: [{ messageId: 'stale', suggestions: 1 }],
    },
    {
      name: "reports a copy in the browser's storage that is asked first",
      code: bridge({
        token: 'getAccessToken',
        fetcher:
          "useCallback(async () => { const kept = sessionStorage.getItem('token'); if (kept) return kept; try { const token = await getAccessToken(); sessionStorage.setItem('token', token ?? ''); return token ?? null; } catch { return null; } }, [getAccessToken])",
      }),
      errors: [{ messageId: 'stale' }],
    },
    {
      name: 'reports a variable of the module that is asked first',
      code: bridge({
        above: 'let kept = null;',
        fetcher:
          'useCallback(async () => { if (kept) return kept; try { kept = (await getAccessToken()) ?? null; return kept; } catch { return null; } }, [getAccessToken])',
      }),
      errors: [
        { messageId: 'stale', data: { value: 'kept', of: 'a token kept in a variable of the module' }, suggestions: 1 },
      ],
    },
    {
      name: 'reports the data of a query that keeps a token',
      code: bridge({
        above: "import { useQuery as useKept } from '@tanstack/react-query';",
        before:
          "const { data: token } = useKept({ queryKey: ['token', user?.id], queryFn: async () => (await getAccessToken()) ?? null, staleTime: 60_000 });",
        fetcher: 'useCallback(async () => token ?? null, [token])',
      }),
      errors: [{ messageId: 'stale', data: { value: 'token', of: 'a token that a query keeps' } }],
    },
    {
      name: 'reports the data of SWR that keeps a token',
      code: bridge({
        above: "import useSWR from 'swr';",
        before:
          "const { data: token } = useSWR(user && 'token', () => getAccessToken(), { revalidateOnFocus: false });",
        fetcher: 'useCallback(async () => token ?? null, [token])',
      }),
      errors: [{ messageId: 'stale', data: { value: 'token', of: 'a token that a query keeps' } }],
    },
    {
      name: 'reports a token in a ref that only signing out empties',
      code: bridge({
        token: 'accessToken',
        before: `const latest = useRef(null); ${EFFECT.replace('SET', 'latest.current = accessToken;')}`,
        fetcher:
          'useCallback(async () => { if (!user) { latest.current = null; return null; } return latest.current; }, [user])',
      }),
      errors: [{ messageId: 'stale', suggestions: 1 }],
    },
    {
      name: 'reports a ref that the promise of a server action fills',
      code: bridge({
        above: "import { fetchToken } from './actions';",
        before:
          'const ref = useRef(null); useEffect(() => { void fetchToken().then((token) => { ref.current = token; }); }, []);',
        fetcher: 'useCallback(async () => ref.current, [])',
      }),
      files: {
        'components/actions.ts':
          "'use server';\nimport { withAuth } from '@workos-inc/authkit-nextjs';\nexport async function fetchToken() { const { accessToken } = await withAuth(); return accessToken ?? null; }",
      },
      errors: [{ messageId: 'stale', suggestions: 1 }],
    },
    {
      name: 'reports a state that a server action fills',
      code: bridge({
        above: "import { fetchToken } from './actions';",
        before:
          'const [copy, setCopy] = useState(null); useEffect(() => { fetchToken().then((answer) => setCopy(answer.accessToken ?? null)); }, []);',
        fetcher: 'useCallback(async () => copy, [copy])',
      }),
      files: {
        'components/actions.ts':
          "'use server';\nimport { withAuth } from '@workos-inc/authkit-nextjs';\nexport async function fetchToken() { const { accessToken, user } = await withAuth(); if (!user) return { accessToken: null }; return { accessToken }; }",
      },
      errors: [{ messageId: 'stale', data: { value: 'copy', of: 'a token kept in a state' } }],
    },
    {
      name: 'reports what setAuth() is given by hand, and leaves it: nothing calls it again for another user',
      code: "import { useAccessToken } from '@workos-inc/authkit-nextjs/components';\nimport { useConvex } from 'convex/react';\nimport { useEffect } from 'react';\nexport function Sync() {\n  const convex = useConvex();\n  const { accessToken } = useAccessToken();\n  useEffect(() => {\n    convex.setAuth(async () => accessToken ?? null);\n  }, [convex, accessToken]);\n  return null;\n}\n",
      errors: [{ messageId: 'stale' }],
    },
    {
      name: 'reports a member of a state that holds the token',
      code: bridge({
        token: 'accessToken',
        before:
          'const [session, setSession] = useState({ token: null }); useEffect(() => { setSession((old) => ({ ...old, token: accessToken ?? null })); }, [accessToken]);',
        fetcher: 'useCallback(async () => session.token, [session])',
      }),
      errors: [{ messageId: 'stale', suggestions: 1 }],
    },
    {
      name: "reports a reducer's state that holds the token",
      code: bridge({
        above:
          "const reducer = (state, action) => (action.type === 'token' ? { ...state, token: action.token } : state);",
        token: 'accessToken',
        before:
          "const [state, dispatch] = useReducer(reducer, { token: null }); useEffect(() => { dispatch({ type: 'token', token: accessToken ?? null }); }, [accessToken]);",
        fetcher: 'useCallback(async () => state.token, [state.token])',
      }),
      errors: [{ messageId: 'stale', suggestions: 1 }],
    },
    {
      name: "reports the closure's token",
      code: bridge({ token: 'accessToken', fetcher: 'useCallback(async () => accessToken ?? null, [accessToken])' }),
      errors: stale('accessToken'),
    },
    {
      name: 'reports it through Promise.resolve()',
      code: bridge({
        token: 'accessToken',
        fetcher: 'useCallback(() => Promise.resolve(accessToken ?? null), [accessToken])',
      }),
      errors: stale('accessToken'),
    },
    {
      name: 'reports it through a constant',
      code: bridge({
        token: 'accessToken',
        fetcher: 'useCallback(async () => { const token = accessToken; return token ?? null; }, [accessToken])',
      }),
      errors: [{ messageId: 'stale', data: { value: 'token', of: 'the token of the last render' }, suggestions: 1 }],
    },
    {
      name: 'reports a ref that an effect feeds',
      code: bridge({ token: 'accessToken', before: REF, fetcher: 'useCallback(async () => ref.current, [])' }),
      errors: stale('ref.current'),
    },
    {
      name: 'reports a ref that rendering feeds, guarded by an error',
      code: bridge({
        token: 'accessToken, error',
        before: 'const ref = useRef(null); if (accessToken && !error) ref.current = accessToken;',
        fetcher:
          'useCallback(async () => { if (ref.current && !error) { return ref.current; } return null; }, [error])',
      }),
      errors: stale('ref.current'),
    },
    {
      name: 'reports a state that a promise sets',
      code: bridge({
        before:
          'const [copy, setCopy] = useState(null); useEffect(() => { getAccessToken().then(setCopy); }, [getAccessToken]);',
        fetcher: 'useCallback(async () => copy, [copy])',
      }),
      errors: stale('copy'),
    },
    {
      name: 'reports a ref that keeps a state that one promise has set',
      code: bridge({
        before:
          'const [copy, setCopy] = useState(null); useEffect(() => { getAccessToken().then((token) => setCopy(token ?? null)); }, [getAccessToken]); const ref = useRef(copy); ref.current = copy;',
        fetcher: 'useCallback(async () => ref.current, [])',
      }),
      errors: stale('ref.current'),
    },
    {
      name: 'reports a ref that has one assignment as a ref',
      code: bridge({
        token: 'accessToken',
        before: 'const ref = useRef(null); ref.current = accessToken;',
        fetcher: 'useCallback(async () => ref.current, [])',
      }),
      errors: stale('ref.current'),
    },
    {
      name: 'reports a token that a context hands down',
      code: bridge({
        above:
          "import { createContext, useContext } from 'react';\nconst Token = createContext(null);\nexport function TokenProvider({ children }) { const { accessToken } = useAccessToken(); return <Token.Provider value={{ accessToken }}>{children}</Token.Provider>; }",
        before: 'const { accessToken } = useContext(Token);',
        fetcher: 'useCallback(async () => accessToken ?? null, [accessToken])',
      }),
      errors: stale('accessToken'),
    },
    {
      name: 'reports a copy that comes first in an expression',
      code: bridge({
        token: 'accessToken, getAccessToken',
        fetcher:
          'useCallback(async () => { try { return accessToken ?? (await getAccessToken()) ?? null; } catch { return null; } }, [accessToken, getAccessToken])',
      }),
      errors: stale('accessToken'),
    },
    {
      name: "reports a copy in the browser's storage",
      code: bridge({
        token: 'accessToken',
        before: "useEffect(() => { if (accessToken) localStorage.setItem('token', accessToken); }, [accessToken]);",
        fetcher: "useCallback(async () => localStorage.getItem('token'), [])",
      }),
      errors: [
        {
          messageId: 'stale',
          data: { value: "localStorage.getItem('token')", of: "a token kept in the browser's storage" },
          suggestions: 1,
        },
      ],
    },
    {
      name: 'reports a state',
      code: bridge({
        token: 'accessToken',
        before: 'const [copy, setCopy] = useState(null); useEffect(() => { setCopy(accessToken); }, [accessToken]);',
        fetcher: 'useCallback(async () => copy, [copy])',
      }),
      errors: stale('copy'),
    },
    {
      name: 'reports a copy that comes before asking',
      code: bridge({
        token: 'accessToken, getAccessToken',
        fetcher:
          'useCallback(async () => { if (accessToken) return accessToken; return getAccessToken().catch(() => null); }, [accessToken, getAccessToken])',
      }),
      errors: stale('accessToken'),
    },
    {
      name: 'reports the token of another WorkOS hook, without a rewrite',
      code: "import { useSession } from '@workos-inc/authkit-nextjs';\nexport function useBridge() { const { session } = useSession(); return { isLoading: false, isAuthenticated: true, fetchAccessToken: async () => session.accessToken }; }",
      errors: [{ messageId: 'stale' }],
    },
  ],
});
