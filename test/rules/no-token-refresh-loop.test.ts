import rule from '../../rules/no-token-refresh-loop.ts';
import { ASKS, bridge, forces } from '../helpers/token-bridges.ts';
import { JOTAI, VALTIO, ZUSTAND, refreshesBetween } from '../helpers/token-stores.ts';
import { ruleTester } from '../helpers/rule-tester.ts';

// Suggestions are held to their output in test/codemods.
const one = (messageId: string, data?: Record<string, string>) => [
  { messageId, suggestions: 1, ...(data && { data: { also: '', name: 'fetchAccessToken', ...data } }) },
];
const left = (messageId: string) => [{ messageId }];
/** A bridge that is loading while something in a store says so, and whose fetcher writes to the store. */
const kept = (above: string, before: string, fetcher: string, flag = 'busy') => ({
  code: bridge({ above, before, fetcher, isLoading: `loading || ${flag}` }),
  errors: [
    { messageId: 'loopingState', data: { also: '', name: 'fetchAccessToken', value: flag, where: 'isLoading' } },
  ],
});
const PLAIN = 'async () => { try { return (await getAccessToken()) ?? null; } catch { return null; } }';
const busyFetcher = (deps = 'refresh') =>
  `useCallback(async () => { setBusy(true); try { return (await refresh()) ?? null; } catch { return null; } finally { setBusy(false); } }, [${deps}])`;
const coolDown = (body: string) =>
  bridge({
    token: 'getAccessToken, refresh, loading: busy',
    before: 'const last = useRef(0);',
    fetcher: `useCallback(async ({ forceRefreshToken }) => { const since = Date.now() - last.current; if (forceRefreshToken && since < 30000) { ${body} } last.current = Date.now(); return refresh().catch(() => null); }, [getAccessToken, refresh])`,
    isLoading: 'loading || busy',
  });
const SLEEP = 'const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));';
const WAITS =
  'function waits(loading: boolean, token: boolean) {\n  if (loading) return true;\n  if (token) return true;\n  return false;\n}';
const REDUCER = `const reducer = (state, action) => {
  switch (action.type) {
    case 'asked': return { ...state, busy: true, asked: state.asked + 1 };
    case 'answered': return { ...state, busy: false };
    default: return state;
  }
};`;
const around = (start: string, end: string, deps = 'getAccessToken, refresh') =>
  `useCallback(async ({ forceRefreshToken }) => { ${start} try { return (await (forceRefreshToken ? refresh() : getAccessToken())) ?? null; } catch { return null; } finally { ${end} } }, [${deps}])`;
const REDUCES = 'const [state, dispatch] = useReducer(reducer, { busy: false, asked: 0 });';
const DISPATCHES = around("dispatch({ type: 'asked' });", "dispatch({ type: 'answered' });");
const adapter = (get: string) => `import { useAccessToken, useAuth } from '@workos-inc/authkit-nextjs/components';
import { ConvexProviderWithAuthKit } from '@convex-dev/workos';
import { useCallback } from 'react';
function useWorkOS() {
  const { user, loading } = useAuth();
  const { getAccessToken } = useAccessToken();
  const get = useCallback(async () => (await getAccessToken()) ?? null, [getAccessToken]);
  return { isLoading: loading, user, getAccessToken: ${get} };
}
export const Provider = ({ client }) => <ConvexProviderWithAuthKit client={client} useAuth={useWorkOS} />;
`;

const effect = (body: string, deps: string, token = 'accessToken, error, getAccessToken, loading, refresh') =>
  `import { useAccessToken, useAuth } from '@workos-inc/authkit-nextjs/components';
import { useEffect, useRef } from 'react';
export function Refresher({ orgId }) {
  const { user, organizationId, refreshAuth } = useAuth();
  const { ${token} } = useAccessToken();
  const once = useRef(false);
  useEffect(() => { ${body} }, [${deps}]);
  return <p ref={once}>{user?.id}{organizationId}{orgId}{refreshAuth.name}{accessToken}{String(error)}{getAccessToken.name}{loading}{refresh.name}</p>;
}
`;
const looping = (call: string, when: string) => [
  { messageId: 'refreshInEffect', data: { call, when }, suggestions: 1 },
];
const setAuth = (fetcher: string, deps: string, above = '') =>
  `import { useAccessToken, useAuth } from '@workos-inc/authkit-nextjs/components';
import { ConvexReactClient } from 'convex/react';
import { useCallback, useEffect, useMemo } from 'react';
${above}
export function Sync() {
  const client = useMemo(() => new ConvexReactClient('https://a.convex.cloud'), []);
  const { user } = useAuth();
  const { accessToken, getAccessToken, refresh } = useAccessToken();
  useEffect(() => { if (!user) return; client.setAuth(${fetcher}); }, [${deps}]);
  return <p>{accessToken}{getAccessToken.name}{refresh.name}</p>;
}
`;
const RENEWS = 'async () => { try { return (await refresh()) ?? null; } catch { return null; } }';
const keyed = (key: string) => `import { useAccessToken, useAuth } from '@workos-inc/authkit-nextjs/components';
import { ConvexProviderWithAuth } from 'convex/react';
import { useBridge } from './bridge';
export function Provider({ client, children }) {
  const { user } = useAuth();
  const { accessToken } = useAccessToken();
  return <ConvexProviderWithAuth key={${key}} client={client} useAuth={useBridge}>{children}{user?.id}{accessToken}</ConvexProviderWithAuth>;
}
`;

const USE = "import { use } from 'react';";

ruleTester.run(rule, {
  valid: [
    {
      name: 'lets use() of a promise be that something else makes, and a context',
      code: bridge({
        above: `${USE} import { settings } from './settings'; import { Theme } from './theme';`,
        token: 'getAccessToken',
        before: 'const { retries } = use(settings); const theme = use(Theme);',
        fetcher: ASKS,
        isLoading: 'loading || !retries || !theme',
      }),
    },
    ...Object.entries({
      'kept until something opens':
        'const [asked] = useState(() => getAccessToken()); const [open, setOpen] = useState(false); useEffect(() => setOpen(true), []); const token = open ? use(asked) : null;',
      'that no render asks for': 'const [asked] = useState(() => getAccessToken()); if (false) use(asked);',
      'made where the user is there':
        'const asked = useMemo(() => { if (!user) return null; return getAccessToken(); }, [user, getAccessToken]); const token = asked ? use(asked) : null;',
      'that a memo makes with another one until then':
        'const asked = useMemo(() => (user ? getAccessToken() : NONE), [user, getAccessToken]); const token = use(asked);',
      'that a memo makes after another one':
        'const asked = useMemo(() => { if (!user) return NONE; return getAccessToken(); }, [user, getAccessToken]); const token = use(asked);',
      'behind an early return': `const [asked] = useState(() => getAccessToken()); const fetchAccessToken = ${ASKS}; if (!user) return { isLoading: loading, isAuthenticated: false, fetchAccessToken }; const token = use(asked);`,
    }).map(([what, before]) => ({
      name: `lets use() of a promise be ${what}`,
      code: bridge({
        above: `${USE} const NONE = Promise.resolve(null);`,
        token: 'getAccessToken',
        before,
        fetcher: ASKS,
      }),
    })),
    {
      name: 'lets a flag be that reads another member of a store than the fetcher writes',
      code: bridge({
        above: VALTIO,
        before: 'const snapshot = useSnapshot(store);',
        fetcher: refreshesBetween('store.busy = true;', 'store.busy = false;'),
        isLoading: 'loading || !snapshot.ready',
      }),
    },
    {
      name: 'lets a flag be that reads another atom than the fetcher sets',
      code: bridge({
        above: JOTAI,
        before: 'const other = useAtomValue(otherAtom); const setBusy = useSetAtom(busyAtom);',
        fetcher: refreshesBetween('setBusy(true);', 'setBusy(false);', ', setBusy'),
        isLoading: 'loading || other',
      }),
    },
    {
      name: 'lets actions of a store be among the dependencies: they are made once',
      code: bridge({
        above: ZUSTAND,
        before: 'const { setToken } = useStore();',
        fetcher:
          'useCallback(async () => { try { const token = (await getAccessToken()) ?? null; setToken(token); return token; } catch { return null; } }, [getAccessToken, setToken])',
      }),
    },
    {
      name: 'lets an effect be that refreshes when a copy of something else changes',
      code: effect('if (seen) void refresh();', 'seen, refresh')
        .replace('useEffect, useRef', 'useEffect, useRef, useState')
        .replace(
          'const once',
          'const [seen, setSeen] = useState(null); useEffect(() => { setSeen(user?.id); }, [user]); const once',
        ),
    },
    { name: 'lets an effect be that refreshes once', code: effect('void refresh();', 'refresh') },
    {
      name: 'lets an effect be that a ref ends',
      code: effect('if (once.current) return; once.current = true; void refresh();', 'accessToken, refresh'),
    },
    {
      name: 'lets a timer of an effect be',
      code: effect(
        'const timer = setInterval(() => void refresh(), 60000); return () => clearInterval(timer);',
        'accessToken, refresh',
      ),
    },
    {
      name: 'lets an effect be that asks a function whether to refresh',
      code: effect('if (isExpired(accessToken)) void refresh();', 'accessToken, refresh').replace(
        'export',
        'declare function isExpired(token: unknown): boolean;\nexport',
      ),
    },
    {
      name: 'lets an effect be that switches organizations',
      code: effect(
        'if (user && organizationId !== orgId) void refreshAuth({ organizationId: orgId });',
        'user, organizationId, orgId, refreshAuth',
      ),
    },
    {
      name: 'lets an effect be that refreshes where there was no token, and depends on that alone',
      code: effect('if (!accessToken) void refresh();', 'accessToken, refresh'),
    },
    {
      name: 'lets setAuth() be in an effect that depends on what stays the same',
      code: setAuth(RENEWS, 'client, user, refresh'),
    },
    {
      name: 'lets setAuth() of something else be',
      code: setAuth(RENEWS, 'client, user, accessToken, refresh').replace("from 'convex/react'", "from 'other-client'"),
    },
    { name: 'lets the key of a user be', code: keyed('user?.id') },
    {
      name: 'lets a key be that says whether there is a token',
      code: keyed("accessToken ? 'in' : 'out'").replace(
        "key={accessToken ? 'in' : 'out'}",
        'key={String(Boolean(accessToken))}',
      ),
    },
    {
      name: 'lets a route be that only reads the session',
      code: bridge({
        fetcher:
          "useCallback(async () => { try { return await (await fetch('/api/token')).text(); } catch { return null; } }, [])",
      }),
      files: {
        'package.json': '{"dependencies":{"next":"16.0.0"}}',
        'app/api/token/route.ts':
          "import { withAuth } from '@workos-inc/authkit-nextjs';\nexport async function GET() { const { accessToken } = await withAuth(); return new Response(accessToken); }",
      },
    },
    { name: 'lets a memoised getAccessToken() be', code: bridge({ fetcher: ASKS }) },
    {
      name: 'leaves a forced refresh that feeds nothing to no-forced-token-refresh',
      code: bridge({ fetcher: forces() }),
    },
    {
      name: 'lets the token loading be where no refresh is forced',
      code: bridge({ token: 'getAccessToken, loading: busy', fetcher: ASKS, isLoading: 'loading || busy' }),
    },
    {
      name: 'sees a has-token guard',
      code: bridge({
        token: 'accessToken, getAccessToken, refresh, loading: busy',
        before: 'const has = Boolean(accessToken);',
        fetcher: forces(),
        isLoading: 'loading || (busy && !has)',
      }),
    },
    {
      name: 'sees a loaded-once guard',
      code: bridge({
        token: 'getAccessToken, refresh, loading: busy',
        before: 'const once = useRef(false); if (!busy) once.current = true;',
        fetcher: forces(),
        isLoading: 'loading || (busy && !once.current)',
      }),
    },
    {
      name: 'allows the truth of the token in the deps',
      code: bridge({
        token: 'accessToken, getAccessToken, refresh',
        before: 'const has = !!accessToken;',
        fetcher: forces('getAccessToken, refresh, has'),
      }),
    },
    {
      name: "allows the user's id in the deps of refreshAuth()",
      code: bridge({
        auth: 'user, loading, refreshAuth',
        fetcher:
          'useCallback(async () => { await refreshAuth(); return (await getAccessToken().catch(() => null)) ?? null; }, [user?.id, refreshAuth, getAccessToken])',
        isLoading: 'loading && !user',
      }),
    },
    {
      name: 'allows user in the deps of refresh()',
      code: bridge({ fetcher: forces('user, getAccessToken, refresh') }),
    },
    {
      name: 'sees a cool-down',
      code: bridge({
        token: 'getAccessToken, refresh, loading: busy',
        before: 'const last = useRef(0);',
        fetcher:
          'useCallback(async ({ forceRefreshToken }) => { const now = Date.now(); if (!forceRefreshToken || now - last.current < 30000) return getAccessToken().catch(() => null); last.current = now; return refresh().catch(() => null); }, [getAccessToken, refresh])',
        isLoading: 'loading || busy',
      }),
    },
    {
      name: 'sees a cool-down that is left out of a try, or out of its handler',
      code: coolDown('try { return (await getAccessToken()) ?? null; } catch { return null; }'),
    },
    {
      name: 'sees a back-off with a delay and an end',
      code: bridge({
        fetcher:
          'useCallback(async () => { for (let i = 0; i < 3; i++) { try { return (await refresh()) ?? null; } catch { await new Promise((r) => setTimeout(r, 500 * i)); } } return null; }, [refresh])',
      }),
    },
    {
      name: 'sees a recursion with a delay that ends at zero',
      code: bridge({
        fetcher:
          'useCallback(async () => { const attempt = async (left) => { try { return (await refresh()) ?? null; } catch { if (left === 0) return null; await new Promise((r) => setTimeout(r, 500)); return attempt(left - 1); } }; return attempt(3); }, [refresh])',
      }),
    },
    {
      name: 'sees a state that an effect turns on once',
      code: bridge({
        token: 'getAccessToken, refresh, loading: busy',
        before:
          'const [ready, setReady] = useState(false); useEffect(() => { if (!loading && !busy) setReady(true); }, [loading, busy]);',
        fetcher: forces(),
        isLoading: '!ready',
      }),
    },
    {
      name: 'lets a state of its own be that is another word',
      code: bridge({
        token: 'getAccessToken, refresh, loading: busy',
        before: "const [status, setStatus] = useState('idle');",
        fetcher:
          'useCallback(async ({ forceRefreshToken }) => { setStatus("busy"); try { return (await (forceRefreshToken ? refresh() : getAccessToken())) ?? null; } catch { return null; } finally { setStatus("idle"); } }, [getAccessToken, refresh])',
        isLoading: "loading || status === 'failed'",
      }),
    },
    {
      name: 'lets a state that a reducer keeps be where nothing reads it',
      code: bridge({ above: REDUCER, before: REDUCES, fetcher: DISPATCHES, isLoading: 'loading || state.asked < 0' }),
    },
    {
      name: 'lets an action be that the reducer does not know',
      code: bridge({
        above: REDUCER,
        before: REDUCES,
        fetcher: around("dispatch({ type: 'sent' });", "dispatch({ type: 'received' });"),
        isLoading: 'loading || state.busy',
      }),
    },
    {
      name: 'lets a reducer be whose state an effect turns on once',
      code: bridge({
        token: 'getAccessToken, refresh, loading: busy',
        before:
          "const [ready, dispatch] = useReducer((was, action) => was || action === 'ready', false); useEffect(() => { if (!loading && !busy) dispatch('ready'); }, [loading, busy]);",
        fetcher: forces(),
        isLoading: '!ready',
      }),
    },
    {
      name: 'allows dispatch in the deps',
      code: bridge({
        above: REDUCER,
        before: REDUCES,
        fetcher: DISPATCHES.replace('refresh])', 'refresh, dispatch])'),
      }),
    },
    {
      name: 'allows a member of a state in the deps that the fetcher carries over',
      code: bridge({
        before: "const [state, setState] = useState({ org: 'a', seen: 0 });",
        fetcher: around(
          '',
          'setState((old) => ({ ...old, seen: old.seen + 1 }));',
          'getAccessToken, refresh, state.org',
        ),
      }),
    },
    {
      name: "lets a transition be that is not the fetcher's",
      code: bridge({
        before:
          'const [isPending, startTransition] = useTransition(); const onSwitch = () => startTransition(() => {}); void onSwitch;',
        fetcher: forces(),
        isLoading: 'loading || isPending',
      }),
    },
    {
      name: 'lets a transition of the fetcher be where no flag depends on it',
      code: bridge({
        before: 'const [, startTransition] = useTransition(); const [, setSeen] = useState(null);',
        fetcher: around('', 'startTransition(() => setSeen(1));'),
      }),
    },
    {
      name: 'lets a ref be that the fetcher sets once',
      code: bridge({
        before: 'const asked = useRef(false);',
        fetcher: around('asked.current = true;', ''),
        isLoading: 'loading || asked.current === null',
      }),
    },
    {
      name: 'lets a state be that only a failure turns on',
      code: bridge({
        before: 'const [failed, setFailed] = useState(false);',
        fetcher:
          'useCallback(async () => { try { const token = await refresh(); setFailed(false); return token ?? null; } catch { setFailed(true); return null; } }, [refresh])',
        isAuthenticated: '!!user && !failed',
      }),
    },
    {
      name: 'lets a helper be that is never told to refresh',
      code: bridge({
        before:
          'const load = useCallback((force = false) => { if (!force) return getAccessToken().catch(() => null); return refresh().catch(() => null); }, [getAccessToken, refresh]);',
        token: 'getAccessToken, refresh, loading: busy',
        fetcher: 'useCallback(() => load(), [load])',
        isLoading: 'loading || busy',
      }),
    },
    {
      name: 'reads what a callback asks of each flag',
      code: bridge({
        token: 'getAccessToken, refresh, loading: busy, accessToken',
        fetcher: forces(),
        isLoading: '[loading, busy].every((one) => !accessToken && one)',
      }),
    },
    {
      name: 'allows the error in the deps where the fetcher stops at it',
      code: bridge({
        token: 'getAccessToken, refresh, error',
        fetcher: forces('getAccessToken, refresh, error').replace('{ try', '{ if (error) return null; try'),
      }),
    },
    {
      name: 'lets a deferred loading of useAuth() be',
      code: bridge({
        token: 'getAccessToken, refresh, loading: busy',
        before: 'const waits = useDeferredValue(loading); void busy;',
        fetcher: forces(),
        isLoading: 'waits',
      }),
    },
    {
      name: 'says nothing where the config computes whether the React Compiler is on',
      code: bridge({ fetcher: PLAIN }),
      files: { 'next.config.ts': "export default { reactCompiler: process.env.NODE_ENV === 'production' };" },
    },
    { name: "lets a memoised hook for Convex's own provider for AuthKit be", code: adapter('get') },
    {
      name: 'trusts the React Compiler that Vite turns on',
      code: bridge({ fetcher: PLAIN }),
      files: {
        'vite.config.ts':
          "import react from '@vitejs/plugin-react';\nexport default { plugins: [react({ babel: { plugins: ['babel-plugin-react-compiler'] } })] };",
      },
    },
    {
      name: 'sees the count of a loop that waits for a token',
      code: bridge({
        above: SLEEP,
        fetcher:
          'useCallback(async () => { let token; let tries = 0; while (!token && tries < 5) { token = await refresh().catch(() => undefined); tries += 1; await sleep(500); } return token ?? null; }, [refresh])',
      }),
    },
    {
      name: 'sees the count of a function that sets a timer for itself',
      code: bridge({
        fetcher:
          'useCallback(() => new Promise((resolve) => { let tries = 0; const go = () => { refresh().then((token) => resolve(token ?? null), () => { if (tries++ < 3) setTimeout(go, 1000 * tries); else resolve(null); }); }; go(); }), [refresh])',
      }),
    },
    {
      name: 'trusts a package that retries',
      code: bridge({
        above: "import pRetry from 'p-retry';",
        fetcher:
          'useCallback(async () => pRetry(() => refresh(), { retries: 3, minTimeout: 500 }).catch(() => null), [refresh])',
      }),
    },
    {
      name: 'compiles what says so where the React Compiler asks for it',
      code: bridge({ fetcher: PLAIN }).replace('useBridge() {', "useBridge() { 'use memo';"),
      files: { 'next.config.ts': "export default { reactCompiler: { compilationMode: 'annotation' } };" },
    },
    {
      name: 'sees a delay in a helper of another file',
      code: bridge({
        above: "import { sleep } from './sleep';",
        fetcher:
          'useCallback(async () => { for (const ms of [500, 1000]) { try { return (await refresh()) ?? null; } catch { await sleep(ms); } } return null; }, [refresh])',
      }),
      files: {
        'components/sleep.ts':
          'export const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));',
      },
    },
    {
      name: 'sees a state that a timer sets',
      code: bridge({
        before:
          'const [attempt, setAttempt] = useState(0); const later = useCallback(() => { setTimeout(() => setAttempt((n) => n + 1), 1000); }, []);',
        fetcher:
          'useCallback(async () => { try { return (await getAccessToken()) ?? null; } catch { later(); return null; } }, [getAccessToken, attempt, later])',
      }),
    },
    {
      name: 'takes an arrow inside useMemo for memoised',
      code: bridge({ fetcher: `useMemo(() => ${PLAIN}, [getAccessToken])` }),
    },
    {
      name: 'takes a function in a state for stable',
      code: bridge({ before: `const [stable] = useState(() => ${PLAIN});`, fetcher: 'stable' }),
    },
    {
      name: 'takes a function of the module for stable',
      code: bridge({ above: 'async function load() { return null; }', fetcher: 'load' }),
    },
    {
      name: 'sees that useMemo hands out the function it has',
      code: bridge({ fetcher: PLAIN })
        .replace('return {', 'return useMemo(() => ({')
        .replace('fetchAccessToken };', 'fetchAccessToken }), [loading, user]);'),
    },
    {
      name: 'says nothing of a hook that memoises in a way we do not know',
      code: bridge({ above: "import { useEvent } from 'some-hooks';", fetcher: `useEvent(${PLAIN})` }),
    },
    { name: 'lets who is never signed in be', code: bridge({ fetcher: PLAIN, isAuthenticated: 'false' }) },
    { name: 'lets who is always loading be', code: bridge({ fetcher: PLAIN, isLoading: 'true' }) },
    {
      name: 'trusts the React Compiler with what the app turns on',
      code: bridge({ fetcher: PLAIN }),
      files: { 'next.config.ts': 'export default { reactCompiler: true };' },
    },
    {
      name: 'does not know the bridges of Auth0',
      code: "import { useAuth0 } from '@auth0/auth0-react';\nexport function useBridge() { const { isLoading, isAuthenticated, getAccessTokenSilently } = useAuth0(); return { isLoading, isAuthenticated, fetchAccessToken: async ({ forceRefreshToken }) => getAccessTokenSilently({ cacheMode: forceRefreshToken ? 'off' : 'on' }) }; }",
    },
    {
      name: 'does not know the bridges of Clerk',
      code: "import { useAuth } from '@clerk/nextjs';\nexport function useBridge() { const { isLoaded, isSignedIn, getToken } = useAuth(); return { isLoading: !isLoaded, isAuthenticated: isSignedIn, fetchAccessToken: async () => getToken({ template: 'convex', skipCache: true }) }; }",
    },
    {
      name: 'does not know the bridges of Better Auth',
      code: "import { authClient } from './auth-client';\nexport function useBridge() { const { data, isPending } = authClient.useSession(); return { isLoading: isPending, isAuthenticated: !!data, fetchAccessToken: async () => (await authClient.convex.token()).data?.token ?? null }; }",
    },
    {
      name: 'says nothing where refresh is another function of that name',
      code: bridge({
        token: 'getAccessToken, loading: busy',
        before: 'const refresh = useCallback(async () => null, []);',
        fetcher: forces(),
        isLoading: 'loading || busy',
      }),
    },
    {
      name: "hands another file's bridge on without a word",
      code: "import { useBridge } from './bridge';\nexport function useOuter() { const { isLoading, isAuthenticated, fetchAccessToken } = useBridge(); return { isLoading, isAuthenticated, fetchAccessToken }; }",
      files: { 'components/bridge.tsx': bridge({ fetcher: PLAIN }) },
    },
    {
      name: 'knows a word that depends on the loading of useAuth() alone',
      code: bridge({
        token: 'getAccessToken, refresh, loading: busy',
        before: "const status = loading ? 'loading' : user ? 'in' : 'out'; void busy;",
        fetcher: forces(),
        isLoading: "status === 'loading'",
        isAuthenticated: "status === 'in'",
      }),
    },
    {
      name: 'sees a has-token guard in a function with several returns',
      code: bridge({
        above: WAITS,
        token: 'accessToken, getAccessToken, refresh, loading: busy',
        fetcher: forces(),
        isLoading: 'waits(loading, busy && !accessToken)',
      }),
    },
    {
      name: 'lets the signed-out return of a hook have a function of its own',
      code: bridge({ fetcher: forces() }).replace(
        '  return {',
        '  if (!user) return { isLoading: loading, isAuthenticated: false, fetchAccessToken: async () => null };\n  return {',
      ),
    },
    {
      name: 'lets an error be that is latched for a user',
      code: bridge({
        token: 'getAccessToken, error',
        before:
          'const [failedFor, setFailedFor] = useState(null); if (error && failedFor !== user?.id) setFailedFor(user?.id);',
        fetcher: ASKS,
        isAuthenticated: '!!user && failedFor !== user?.id',
      }),
    },
    {
      name: 'lets a flag be that depends on the error only while the first token is loaded',
      code: bridge({
        token: 'getAccessToken, error, loading: busy',
        fetcher: ASKS,
        isLoading: 'loading || (busy && !error)',
      }),
    },
    {
      name: 'allows the error in the deps of a fetcher that forces nothing and stops at it',
      code: bridge({
        token: 'getAccessToken, error',
        fetcher: ASKS.replace('{ try', '{ if (error) return null; try').replace(
          '[getAccessToken]',
          '[getAccessToken, error]',
        ),
      }),
    },
    {
      name: 'allows the truth of the token in the deps where nothing is forced',
      code: bridge({
        token: 'accessToken, getAccessToken',
        before: 'const has = Boolean(accessToken);',
        fetcher: ASKS.replace('{ try', '{ if (!has) return null; try').replace(
          '[getAccessToken]',
          '[getAccessToken, has]',
        ),
      }),
    },
    {
      name: 'allows a count of failures in the deps that ends',
      code: bridge({
        before: 'const [attempt, setAttempt] = useState(0);',
        fetcher:
          'useCallback(async () => { void attempt; try { return (await getAccessToken()) ?? null; } catch { if (attempt < 3) setAttempt((n) => n + 1); return null; } }, [getAccessToken, attempt])',
      }),
    },
    {
      name: 'allows a count of failures in the deps that waits first',
      code: bridge({
        above: SLEEP,
        before: 'const [attempt, setAttempt] = useState(0);',
        fetcher:
          'useCallback(async () => { void attempt; try { return (await getAccessToken()) ?? null; } catch { await sleep(5000); setAttempt((n) => n + 1); return null; } }, [getAccessToken, attempt])',
      }),
    },
    {
      name: 'ends where a constant of the fetcher refers to itself',
      code: bridge({
        fetcher:
          'useCallback(async ({ forceRefreshToken }) => { const force = force || forceRefreshToken; try { return (await (force ? refresh() : getAccessToken())) ?? null; } catch { return null; } }, [getAccessToken, refresh])',
      }),
    },
    {
      name: 'ends where two constants of the fetcher refer to each other',
      code: bridge({
        fetcher:
          'useCallback(async () => { const a = b ? 1 : 2, b = a ? 1 : 2; try { return (await (a ? refresh() : getAccessToken())) ?? null; } catch { return null; } }, [getAccessToken, refresh])',
      }),
    },
    {
      name: 'ends in circles of helpers',
      code: bridge({ above: 'const a = () => b();\nconst b = () => a();', fetcher: 'useCallback(() => a(), [])' }),
    },
    {
      name: 'ends in circles of constants',
      code: bridge({
        before: 'const x = y; const y = x;',
        fetcher: 'useCallback(() => x(), [x, y])',
        isLoading: 'x',
        isAuthenticated: 'y',
      }),
    },
  ],
  invalid: [
    {
      name: 'reports a flag of a zustand store that the fetcher sets',
      ...kept(
        ZUSTAND,
        'const { busy, setBusy } = useStore();',
        refreshesBetween('setBusy(true);', 'setBusy(false);', ', setBusy'),
      ),
    },
    {
      name: 'reports one that a selector reads and setState() sets',
      ...kept(
        ZUSTAND,
        'const busy = useStore((state) => state.busy);',
        refreshesBetween('useStore.setState({ busy: true });', 'useStore.setState({ busy: false });'),
      ),
    },
    {
      name: 'reports one that actions of getState() set, in a store made with middleware',
      ...kept(
        ZUSTAND.replace('create((set)', 'create()(persist((set)')
          .replace('}));', "}), { name: 'auth' }));")
          .replace(
            "import { create } from 'zustand';",
            "import { create } from 'zustand';\nimport { persist } from 'zustand/middleware';",
          ),
        'const busy = useStore((state) => state.busy);',
        refreshesBetween('useStore.getState().setBusy(true);', 'useStore.getState().setBusy(false);'),
      ),
    },
    {
      name: 'reports one of a store in another file',
      ...kept(
        "import { useStore } from './store';",
        'const busy = useStore((state) => state.busy); const setBusy = useStore((state) => state.setBusy);',
        refreshesBetween('setBusy(true);', 'setBusy(false);', ', setBusy'),
      ),
      files: { 'components/store.ts': ZUSTAND.replace('const useStore', 'export const useStore') },
    },
    {
      name: 'reports an atom that the fetcher sets',
      ...kept(
        JOTAI,
        'const [busy, setBusy] = useAtom(busyAtom);',
        refreshesBetween('setBusy(true);', 'setBusy(false);', ', setBusy'),
      ),
    },
    {
      name: 'reports an atom that is read and set by two hooks',
      ...kept(
        JOTAI,
        'const busy = useAtomValue(busyAtom); const setBusy = useSetAtom(busyAtom);',
        refreshesBetween('setBusy(true);', 'setBusy(false);', ', setBusy'),
      ),
    },
    {
      name: 'reports a member of a proxy that the fetcher writes',
      ...kept(
        VALTIO,
        'const snapshot = useSnapshot(store);',
        refreshesBetween('store.busy = true;', 'store.busy = false;'),
        'snapshot.busy',
      ),
    },
    {
      name: 'reports an effect that refreshes when a copy of the token changes',
      code: effect('if (seen) void refresh();', 'seen, refresh')
        .replace('useEffect, useRef', 'useEffect, useRef, useState')
        .replace(
          'const once',
          'const [seen, setSeen] = useState(null); useEffect(() => { setSeen(accessToken); }, [accessToken]); const once',
        ),
      errors: [{ messageId: 'refreshInEffect', suggestions: 1 }],
    },
    {
      name: 'leaves a refresh whose result is read from a ref',
      code: bridge({
        above: "import { useGuest } from './guest';",
        token: 'accessToken, refresh, loading: busy',
        before: 'const guest = useGuest(); const latest = useRef(accessToken); latest.current = accessToken;',
        fetcher:
          'useCallback(async ({ forceRefreshToken }) => { if (guest) return guest.token(); if (forceRefreshToken) { try { await refresh(); } catch { } } return latest.current; }, [guest, refresh])',
        isLoading: 'loading || busy',
      }),
      errors: [{ messageId: 'loopingFlag', suggestions: 0 }],
    },
    {
      name: 'removes the token from the flags that are memoised with the function',
      code: bridge({ token: 'accessToken, getAccessToken, loading: busy', fetcher: 'null' })
        .replace('  const fetchAccessToken = null;\n', '')
        .replace(
          'return { isLoading: loading, isAuthenticated: !!user, fetchAccessToken };',
          'return useMemo(() => ({ isLoading: loading || busy, isAuthenticated: !!user && !!accessToken, fetchAccessToken: async () => { try { return (await getAccessToken()) ?? null; } catch { return null; } } }), [loading, busy, user, accessToken, getAccessToken]);',
        ),
      errors: [
        {
          messageId: 'stuckDep',
          suggestions: [
            {
              messageId: 'rewrite',
              output: bridge({ token: 'getAccessToken', fetcher: 'null' })
                .replace('  const fetchAccessToken = null;\n', '')
                .replace(
                  'return { isLoading: loading, isAuthenticated: !!user, fetchAccessToken };',
                  'return useMemo(() => ({ isLoading: loading, isAuthenticated: !!user, fetchAccessToken: async () => { try { return (await getAccessToken()) ?? null; } catch { return null; } } }), [loading, user, getAccessToken]);',
                ),
            },
          ],
        },
      ],
    },
    {
      name: 'reports an effect that refreshes where the last refresh has failed',
      code: effect('if (error) void refresh();', 'error, refresh'),
      errors: looping('refresh()', "'error'"),
    },
    {
      name: 'reports an effect that refreshes with every new token',
      code: effect('if (accessToken) void refresh().catch(() => {});', 'accessToken, refresh'),
      errors: looping('refresh()', "'accessToken'"),
    },
    {
      name: 'reports an effect that refreshes whenever a refresh has ended without a token',
      code: effect('if (loading || accessToken) return; void refresh();', 'loading, accessToken, refresh'),
      errors: looping('refresh()', "'loading'"),
    },
    {
      name: 'reports an effect that replaces the user it depends on',
      code: effect('if (user) void refreshAuth();', 'user, refreshAuth'),
      errors: looping('refreshAuth()', "'user'"),
    },
    {
      name: 'leaves an effect that does more',
      code: effect(
        'async function go() { if (!accessToken) return; await refresh(); } void go();',
        'accessToken, refresh',
      ),
      errors: left('refreshInEffect'),
    },
    {
      name: 'removes an effect with what only it used',
      code: "import { useAccessToken } from '@workos-inc/authkit-nextjs/components';\nimport { useEffect } from 'react';\nexport function Refresher() {\n  const { error, refresh } = useAccessToken();\n  useEffect(() => {\n    if (error) void refresh();\n  }, [error, refresh]);\n  return null;\n}\n",
      errors: [
        {
          messageId: 'refreshInEffect',
          suggestions: [{ messageId: 'removeEffect', output: 'export function Refresher() {\n  return null;\n}\n' }],
        },
      ],
    },
    {
      name: 'reports setAuth() in an effect that runs with every token',
      code: setAuth(RENEWS, 'client, user, accessToken, refresh'),
      errors: [
        {
          messageId: 'loopingDep',
          data: { value: 'accessToken', name: 'the function given to setAuth()', also: '' },
          suggestions: 1,
        },
      ],
    },
    {
      name: 'reports setAuth() through a helper of another file',
      code: setAuth(RENEWS, 'client, user, accessToken, refresh', "import { connect } from './connect';").replace(
        `client.setAuth(${RENEWS})`,
        `connect(client, ${RENEWS})`,
      ),
      files: {
        'components/connect.ts':
          "import type { ConvexReactClient } from 'convex/react';\nexport const connect = (client: ConvexReactClient, get: () => Promise<string | null>) => client.setAuth(get);",
      },
      errors: [{ messageId: 'loopingDep', suggestions: 1 }],
    },
    {
      name: 'reports the token as the key of the provider',
      code: keyed('accessToken'),
      errors: [{ messageId: 'keyedByToken', data: { value: 'accessToken' }, suggestions: 1 }],
    },
    {
      name: 'reports a key that holds the token',
      code: keyed('`auth-${accessToken ?? 0}`'),
      errors: [{ messageId: 'keyedByToken', suggestions: 1 }],
    },
    {
      name: 'ends the loop of an app that switches organizations, and keeps the refresh',
      code: bridge({
        token: 'getAccessToken, refresh, loading: busy',
        fetcher: forces(),
        isLoading: 'loading || busy',
      }),
      files: {
        'components/switch.tsx':
          "import { useAuth } from '@workos-inc/authkit-nextjs/components';\nexport const useSwitch = () => useAuth().switchToOrganization;",
      },
      errors: [
        { messageId: 'loopingFlag', suggestions: [{ messageId: 'rewrite', output: bridge({ fetcher: forces() }) }] },
      ],
    },
    {
      name: 'leaves a retry in an app that switches organizations',
      code: bridge({
        fetcher:
          'useCallback(async () => { for (let i = 0; i < 3; i++) { try { return (await refresh()) ?? null; } catch {} } return null; }, [refresh])',
      }),
      files: {
        'components/switch.tsx':
          "import { useAuth } from '@workos-inc/authkit-nextjs/components';\nexport const useSwitch = () => useAuth().switchToOrganization;",
      },
      errors: left('retriedAtOnce'),
    },
    {
      name: 'reports the error in isAuthenticated',
      code: bridge({ token: 'getAccessToken, error', fetcher: ASKS, isAuthenticated: '!!user && !error' }),
      errors: one('loopingError', { value: 'error', where: 'isAuthenticated' }),
    },
    {
      name: 'reports the error in isAuthenticated even where the fetcher stops at it',
      code: bridge({
        token: 'getAccessToken, error',
        fetcher: ASKS.replace('{ try', '{ if (error) return null; try').replace(
          '[getAccessToken]',
          '[getAccessToken, error]',
        ),
        isAuthenticated: '!!user && !error',
      }),
      errors: one('loopingError'),
    },
    {
      name: 'reports the error in isLoading, under another name',
      code: bridge({
        token: 'getAccessToken, error: failure',
        before: 'const hasFailed = failure != null;',
        fetcher: ASKS,
        isLoading: 'loading || hasFailed',
      }),
      errors: one('loopingError', { value: 'failure', where: 'isLoading' }),
    },
    {
      name: 'reports the error through a hook of another file',
      code: "import { useCallback } from 'react';\nimport { useTokens } from './tokens';\nexport const useBridge = () => { const { ok, busy, read } = useTokens(); const fetchAccessToken = useCallback(async () => (await read().catch(() => null)) ?? null, [read]); return { isLoading: busy, isAuthenticated: ok, fetchAccessToken }; };",
      files: {
        'components/tokens.ts':
          "import { useAccessToken, useAuth } from '@workos-inc/authkit-nextjs/components';\nexport function useTokens() { const { user, loading } = useAuth(); const { getAccessToken, error } = useAccessToken(); return { ok: !!user && !error, busy: loading, read: getAccessToken }; }",
      },
      errors: left('loopingError'),
    },
    {
      name: 'reports the truth of the error in the deps',
      code: bridge({
        token: 'getAccessToken, error',
        before: 'const failed = !!error;',
        fetcher: ASKS.replace('{ try', '{ if (failed) console.log(failed); try').replace(
          '[getAccessToken]',
          '[getAccessToken, failed]',
        ),
      }),
      errors: [{ messageId: 'loopingError' }],
    },
    {
      name: 'reports the token in the deps of a fetcher that forces nothing, and takes the guard along',
      code: bridge({
        token: 'accessToken, getAccessToken',
        fetcher: ASKS.replace('{ try', '{ if (!accessToken) return null; try').replace(
          '[getAccessToken]',
          '[accessToken, getAccessToken]',
        ),
      }),
      errors: [
        {
          messageId: 'stuckDep',
          suggestions: [
            {
              messageId: 'rewrite',
              output: bridge({ token: 'getAccessToken', fetcher: ASKS.replace('{ try', '{  try') }),
            },
          ],
        },
      ],
    },
    {
      name: 'reports the token in the deps behind a cool-down',
      code: bridge({
        token: 'accessToken, getAccessToken, refresh',
        before: 'const last = useRef(0);',
        fetcher:
          'useCallback(async ({ forceRefreshToken }) => { if (!accessToken) return null; try { if (forceRefreshToken && Date.now() - last.current > 30000) { last.current = Date.now(); return (await refresh()) ?? null; } return (await getAccessToken()) ?? null; } catch { return null; } }, [accessToken, getAccessToken, refresh])',
      }),
      errors: one('stuckDep'),
    },
    {
      name: 'reports the token in the deps of a fetcher that refreshes below a threshold above the life of a token',
      code: bridge({
        above: "import { decodeJwt } from 'jose';",
        token: 'accessToken, getAccessToken, refresh',
        fetcher:
          'useCallback(async () => { try { const { exp } = decodeJwt(accessToken); if (exp * 1000 - Date.now() < 10 * 60 * 1000) return (await refresh()) ?? null; return (await getAccessToken()) ?? null; } catch { return null; } }, [accessToken, getAccessToken, refresh])',
      }),
      errors: [{ messageId: 'loopingDep' }],
    },
    {
      name: 'reports it behind a look at the token, and by a helper that counts the seconds',
      code: bridge({
        above:
          "import { decodeJwt } from 'jose';\nconst secondsLeft = (token) => decodeJwt(token).exp - Date.now() / 1000;",
        token: 'accessToken, getAccessToken, refresh',
        fetcher:
          'useCallback(async () => { try { if (accessToken && secondsLeft(accessToken) < 300) return (await refresh()) ?? null; return (await getAccessToken()) ?? null; } catch { return null; } }, [accessToken, getAccessToken, refresh])',
      }),
      errors: [{ messageId: 'loopingDep' }],
    },
    {
      name: 'reports no more than the deps where the threshold is below the life of a token',
      code: bridge({
        above:
          "import { decodeJwt } from 'jose';\nconst secondsLeft = (token) => decodeJwt(token).exp - Date.now() / 1000;",
        token: 'accessToken, getAccessToken, refresh',
        fetcher:
          'useCallback(async () => { try { if (accessToken && secondsLeft(accessToken) < 60) return (await refresh()) ?? null; return (await getAccessToken()) ?? null; } catch { return null; } }, [accessToken, getAccessToken, refresh])',
      }),
      errors: [{ messageId: 'stuckDep' }],
    },
    {
      name: 'reports a count of failures in the deps',
      code: bridge({
        before: 'const [attempt, setAttempt] = useState(0);',
        fetcher:
          'useCallback(async () => { try { return (await getAccessToken()) ?? null; } catch { setAttempt((n) => n + 1); return null; } }, [getAccessToken, attempt])',
      }),
      errors: one('loopingState', { value: 'attempt', where: 'the identity of fetchAccessToken' }),
    },
    {
      name: 'reports the failure itself in the deps',
      code: bridge({
        before: 'const [last, setLast] = useState(null);',
        fetcher:
          'useCallback(async () => { void last; try { return (await getAccessToken()) ?? null; } catch (error) { setLast(error); return null; } }, [getAccessToken, last])',
      }),
      errors: one('loopingState'),
    },
    {
      name: 'removes a literal from the deps',
      code: bridge({ fetcher: ASKS.replace('[getAccessToken]', '[getAccessToken, {}]') }),
      errors: [
        {
          messageId: 'newDepEachRender',
          data: {
            value: '{}',
            name: 'fetchAccessToken',
            what: 'object',
            instead: 'Remove it',
            also: '',
          },
          suggestions: [{ messageId: 'rewrite', output: bridge({ fetcher: ASKS }) }],
        },
      ],
    },
    {
      name: 'says of a function that is written in the deps that it has to go, not that useCallback is missing',
      code: bridge({ fetcher: ASKS.replace('[getAccessToken]', '[getAccessToken, () => 1]') }),
      errors: [
        {
          messageId: 'newDepEachRender',
          data: {
            value: '() => 1',
            name: 'fetchAccessToken',
            what: 'function',
            instead: 'Remove it',
            also: '',
          },
          suggestions: [{ messageId: 'rewrite', output: bridge({ fetcher: ASKS }) }],
        },
      ],
    },
    {
      name: 'reports the token loading in isLoading',
      code: bridge({
        token: 'getAccessToken, refresh, loading: busy',
        fetcher: forces(),
        isLoading: 'loading || busy',
      }),
      errors: one('loopingFlag', {
        value: 'busy',
        where: 'isLoading',
        call: 'refresh()',
        fix: 'Use useAuth().loading',
      }),
    },
    {
      name: 'reports it through a constant, where it is read',
      code: bridge({
        token: 'getAccessToken, refresh, loading: busy',
        before: 'const any = loading ||\n  busy;',
        fetcher: forces(),
        isLoading: 'any',
      }),
      errors: [{ messageId: 'loopingFlag', line: 8, suggestions: 1 }],
    },
    {
      name: 'reports a refresh that a ref was given once and for all',
      code: bridge({
        token: 'getAccessToken, refresh, loading: busy',
        before: 'const renew = useRef(refresh);',
        fetcher:
          'useCallback(async ({ forceRefreshToken }) => { try { return (await (forceRefreshToken ? renew.current() : getAccessToken())) ?? null; } catch { return null; } }, [getAccessToken])',
        isLoading: 'loading || busy',
      }),
      errors: one('loopingFlag'),
    },
    {
      name: 'reads Boolean() and some(Boolean) in constants',
      code: bridge({
        token: 'getAccessToken, refresh, loading: busy',
        before: 'const isBusy = Boolean(busy); const any = [loading, isBusy].some(Boolean);',
        fetcher: forces(),
        isLoading: 'any',
      }),
      errors: one('loopingFlag'),
    },
    {
      name: 'reports it through a state that an effect keeps in branches',
      code: bridge({
        token: 'getAccessToken, refresh, loading: busy',
        before:
          'const [wait, setWait] = useState(true); useEffect(() => { if (busy) { setWait(true); } else { setWait(false); } }, [busy]);',
        fetcher: forces(),
        isLoading: 'loading || wait',
      }),
      errors: one('loopingFlag'),
    },
    {
      name: 'reports it through a state that an effect keeps together with another',
      code: bridge({
        token: 'getAccessToken, refresh, loading: busy',
        before:
          'const [wait, setWait] = useState(true); useEffect(() => { setWait(loading || busy); }, [loading, busy]);',
        fetcher: forces(),
        isLoading: 'wait',
      }),
      errors: one('loopingFlag'),
    },
    {
      name: 'reports a state of its own that is a word',
      code: bridge({
        token: 'getAccessToken, refresh, loading: busy',
        before: "const [status, setStatus] = useState('idle');",
        fetcher:
          'useCallback(async ({ forceRefreshToken }) => { setStatus("busy"); try { return (await (forceRefreshToken ? refresh() : getAccessToken())) ?? null; } catch { return null; } finally { setStatus("idle"); } }, [getAccessToken, refresh])',
        isLoading: "loading || status === 'busy'",
      }),
      errors: one('loopingState'),
    },
    {
      name: 'reports a state of its own that counts',
      code: bridge({
        token: 'getAccessToken, refresh, loading: busy',
        before: 'const [pending, setPending] = useState(0);',
        fetcher:
          'useCallback(async ({ forceRefreshToken }) => { setPending((n) => n + 1); try { return (await (forceRefreshToken ? refresh() : getAccessToken())) ?? null; } catch { return null; } finally { setPending((n) => n - 1); } }, [getAccessToken, refresh])',
        isLoading: 'loading || pending > 0',
      }),
      errors: one('loopingState'),
    },
    {
      name: 'reports a member of a state of its own',
      code: bridge({
        token: 'getAccessToken, refresh, loading: busy',
        before: 'const [state, setState] = useState({ busy: false });',
        fetcher:
          'useCallback(async ({ forceRefreshToken }) => { setState({ busy: true }); try { return (await (forceRefreshToken ? refresh() : getAccessToken())) ?? null; } catch { return null; } finally { setState({ busy: false }); } }, [getAccessToken, refresh])',
        isLoading: 'loading || state.busy',
      }),
      errors: one('loopingState'),
    },
    {
      name: 'runs the reducer with the action that the fetcher dispatches',
      code: bridge({ above: REDUCER, before: REDUCES, fetcher: DISPATCHES, isLoading: 'loading || state.busy' }),
      errors: one('loopingState', { value: 'state.busy', where: 'isLoading' }),
    },
    {
      name: 'reports what a reducer counts in the deps',
      code: bridge({
        above: REDUCER,
        before: REDUCES,
        fetcher: DISPATCHES.replace('refresh])', 'refresh, state.asked])'),
      }),
      errors: one('loopingState', { value: 'state.asked', where: 'the identity of fetchAccessToken' }),
    },
    {
      name: 'reports a reducer that toggles',
      code: bridge({
        before: 'const [busy, toggle] = useReducer((was) => !was, false);',
        fetcher: around('toggle();', 'toggle();'),
        isLoading: 'loading || busy',
      }),
      errors: one('loopingState'),
    },
    {
      name: 'reports a reducer that merges what it is given',
      code: bridge({
        before:
          'const [state, patch] = useReducer((old, change) => ({ ...old, ...change }), null, () => ({ busy: false }));',
        fetcher: around('patch({ busy: true });', 'patch({ busy: false });'),
        isLoading: 'loading || state.busy',
      }),
      errors: one('loopingState'),
    },
    {
      name: 'reports the token loading through a reducer that an effect dispatches to',
      code: bridge({
        above: REDUCER,
        token: 'getAccessToken, refresh, loading: busy',
        before: `${REDUCES} useEffect(() => { if (busy) dispatch({ type: 'asked' }); else dispatch({ type: 'answered' }); }, [busy]);`,
        fetcher: forces(),
        isLoading: 'loading || state.busy',
      }),
      errors: one('loopingFlag'),
    },
    {
      name: 'reports a state that is set through a helper of the hook',
      code: bridge({
        before: 'const [busy, setBusy] = useState(false); const mark = useCallback((next) => setBusy(next), []);',
        fetcher: around('mark(true);', 'mark(false);', 'getAccessToken, refresh, mark'),
        isLoading: 'loading || busy',
      }),
      errors: one('loopingState'),
    },
    {
      name: 'reports a state that only a failure resets',
      code: bridge({
        before: 'const [busy, setBusy] = useState(false);',
        fetcher:
          'useCallback(async () => { setBusy(true); try { return (await refresh()) ?? null; } catch { setBusy(false); return null; } }, [refresh])',
        isLoading: 'loading || busy',
      }),
      errors: one('loopingState'),
    },
    {
      name: 'reports a helper that is told to refresh',
      code: bridge({
        before:
          'const load = useCallback((force = false) => { if (!force) return getAccessToken().catch(() => null); return refresh().catch(() => null); }, [getAccessToken, refresh]);',
        token: 'getAccessToken, refresh, loading: busy',
        fetcher: 'useCallback(({ forceRefreshToken }) => load(forceRefreshToken), [load])',
        isLoading: 'loading || busy',
      }),
      errors: one('loopingFlag'),
    },
    {
      name: 'reports a flag among others that a callback looks at',
      code: bridge({
        token: 'getAccessToken, refresh, loading: busy',
        fetcher: forces(),
        isLoading: '[loading, busy].some((one) => one === true)',
      }),
      errors: one('loopingFlag'),
    },
    {
      name: 'reports a flag that an array is asked for',
      code: bridge({
        token: 'getAccessToken, refresh, loading: busy',
        before: 'const flags = [loading, busy];',
        fetcher: forces(),
        isLoading: 'flags.includes(true)',
      }),
      errors: one('loopingFlag'),
    },
    {
      name: 'reports a state that a timer resets',
      code: bridge({
        before: 'const [busy, setBusy] = useState(false);',
        fetcher: around('setBusy(true);', 'setTimeout(() => setBusy(false), 100);'),
        isLoading: 'loading || busy',
      }),
      errors: one('loopingState'),
    },
    {
      name: 'reports an object that is kept while an answer is under way',
      code: bridge({
        before: 'const [asked, setAsked] = useState(null);',
        fetcher: around('setAsked({ at: 1 });', 'setAsked(null);'),
        isLoading: 'loading || asked !== null',
      }),
      errors: one('loopingState'),
    },
    {
      name: 'reports the pending of a transition that waits for the refresh',
      code: bridge({
        before: 'const [isPending, startTransition] = useTransition();',
        fetcher:
          'useCallback(() => new Promise((resolve) => { startTransition(async () => { resolve(await refresh().catch(() => null)); }); }), [refresh])',
        isLoading: 'loading || isPending',
      }),
      errors: one('loopingState'),
    },
    {
      name: 'reports the pending of a transition without a refresh, which React shows as well',
      code: bridge({
        before: 'const [isPending, startTransition] = useTransition(); const [, setSeen] = useState(null);',
        fetcher:
          'useCallback(async () => { const token = await getAccessToken().catch(() => null); startTransition(() => setSeen(token)); return token ?? null; }, [getAccessToken])',
        isLoading: 'loading || isPending',
      }),
      errors: one('loopingState'),
    },
    {
      name: 'reports a ref that the fetcher sets and resets around a refresh',
      code: bridge({
        before: 'const busy = useRef(false);',
        fetcher: around('busy.current = true;', 'busy.current = false;'),
        isLoading: 'loading || busy.current',
      }),
      errors: one('loopingState', { value: 'busy.current', where: 'isLoading' }),
    },
    {
      name: 'reports the error in the deps where the fetcher goes on',
      code: bridge({
        token: 'getAccessToken, refresh, error',
        fetcher: forces('getAccessToken, refresh, error').replace('{ try', '{ if (error) console.warn(error); try'),
      }),
      errors: left('loopingError'),
    },
    {
      name: 'reports a deferred token loading',
      code: bridge({
        token: 'getAccessToken, refresh, loading: busy',
        before: 'const waits = useDeferredValue(busy);',
        fetcher: forces(),
        isLoading: 'loading || waits',
      }),
      errors: one('loopingFlag'),
    },
    {
      name: 'reports hooks that come through a context',
      code: bridge({
        above:
          "import { createContext, useContext } from 'react';\nconst Tokens = createContext(null);\nexport function TokenProvider({ children }) { const all = useAccessToken(); return <Tokens.Provider value={all}>{children}</Tokens.Provider>; }",
        before: 'const { refresh: renew, loading: busy } = useContext(Tokens);',
        fetcher: 'useCallback(async () => renew().catch(() => null), [renew])',
        isLoading: 'loading || busy',
      }),
      errors: one('loopingFlag'),
    },
    {
      name: 'reports it through ||=',
      code: bridge({
        token: 'getAccessToken, refresh, loading: busy',
        before: 'let any = loading; any ||= busy;',
        fetcher: forces(),
        isLoading: 'any',
      }),
      errors: one('loopingFlag'),
    },
    {
      name: "reports a new function for Convex's own provider for AuthKit",
      code: adapter('async () => (await getAccessToken()) ?? null'),
      errors: [
        { messageId: 'newEachRender', data: { also: '', fix: 'Wrap it in useCallback()', name: 'getAccessToken' } },
      ],
    },
    {
      name: 'reports use() of a promise that each render makes',
      code: bridge({
        above: USE,
        token: 'getAccessToken',
        before: 'const token = use(getAccessToken());',
        fetcher: 'useCallback(async () => token ?? null, [token])',
      }),
      errors: one('suspends', { value: 'use(getAccessToken())', name: 'fetchAccessToken', also: '' }),
    },
    {
      name: 'reports it where only a flag reads the token',
      code: bridge({
        above: USE,
        before: 'const token = use(refresh().catch(() => undefined));',
        fetcher: ASKS,
        isAuthenticated: '!!user && !!token',
      }),
      errors: one('suspends'),
    },
    {
      name: 'reports use() of such a promise by its name',
      code: bridge({
        above: USE,
        token: 'getAccessToken',
        before: 'const asked = getAccessToken(); const token = use(asked);',
        fetcher: 'useCallback(async () => token ?? null, [token])',
      }),
      errors: one('suspends'),
    },
    {
      name: 'reports use() of a promise that no render keeps before the component is shown',
      code: bridge({
        above: USE,
        token: 'getAccessToken',
        before: 'const [asked] = useState(() => getAccessToken()); const token = use(asked);',
        fetcher: 'useCallback(async () => token ?? null, [token])',
      }),
      errors: one('suspends'),
    },
    {
      name: 'reports use() of a promise of which a memo makes another one in each case',
      code: bridge({
        above: USE,
        token: 'getAccessToken, refresh',
        before:
          'const asked = useMemo(() => { if (user) return refresh(); return getAccessToken(); }, [user, refresh, getAccessToken]); const token = use(asked);',
        fetcher: 'useCallback(async () => token ?? null, [token])',
      }),
      errors: one('suspends'),
    },
    {
      name: 'reports a loop that ends with a token alone',
      code: bridge({
        above: SLEEP,
        fetcher:
          'useCallback(async () => { let token; while (!token) { token = await refresh().catch(() => undefined); await sleep(500); } return token; }, [refresh])',
      }),
      errors: one('retriedForEver', { call: 'refresh()', how: 'in a loop' }),
    },
    {
      name: 'reports a loop that leaves with a token alone',
      code: bridge({
        above: SLEEP,
        fetcher:
          'useCallback(async () => { for (;;) { const token = await refresh().catch(() => null); if (token) return token; await sleep(500); } }, [refresh])',
      }),
      errors: one('retriedForEver'),
    },
    {
      name: 'reports a timer that waits for nothing',
      code: bridge({
        fetcher:
          'useCallback(async () => { for (let i = 0; i < 3; i++) { try { return (await refresh()) ?? null; } catch { await new Promise((r) => setTimeout(r, 0)); } } return null; }, [refresh])',
      }),
      errors: one('retriedAtOnce'),
    },
    {
      name: 'reports a function that sets a timer for itself endlessly',
      code: bridge({
        fetcher:
          'useCallback(() => new Promise((resolve) => { const go = () => { refresh().then((token) => resolve(token ?? null), () => { setTimeout(go, 1000); }); }; go(); }), [refresh])',
      }),
      errors: one('retriedForEver'),
    },
    {
      name: 'reports a package that retries forever',
      code: bridge({
        above: "import pRetry from 'p-retry';",
        fetcher: 'useCallback(async () => pRetry(() => refresh(), { forever: true }).catch(() => null), [refresh])',
      }),
      errors: left('retriedForEver'),
    },
    {
      name: 'reports a package that retries at once',
      code: bridge({
        above: "import retry from 'async-retry';",
        fetcher:
          'useCallback(async () => retry(() => refresh(), { retries: 5, minTimeout: 0 }).catch(() => null), [refresh])',
      }),
      errors: left('retriedAtOnce'),
    },
    {
      name: 'reports what does not ask the React Compiler that wants to be asked',
      code: bridge({ fetcher: PLAIN }),
      files: { 'next.config.ts': "export default { reactCompiler: { compilationMode: 'annotation' } };" },
      errors: one('newEachRender'),
    },
    {
      name: 'reports what a file keeps from the React Compiler',
      code: `'use no memo';\n${bridge({ fetcher: PLAIN })}`,
      files: { 'next.config.ts': 'export default { reactCompiler: true };' },
      errors: one('newEachRender'),
    },
    {
      name: 'reports it through a word',
      code: bridge({
        token: 'getAccessToken, refresh, loading: busy',
        before: "const status = loading || busy ? 'loading' : user ? 'in' : 'out';",
        fetcher: forces(),
        isLoading: "status === 'loading'",
        isAuthenticated: "status === 'in'",
      }),
      errors: one('loopingFlag', {
        value: 'busy',
        where: 'isLoading',
        call: 'refresh()',
        fix: 'Use useAuth().loading',
      }),
    },
    {
      name: 'reports it through a member of an enum that a switch picks',
      code: bridge({
        above:
          'enum State { Busy, Idle }\nfunction stateOf(busy: boolean) { switch (busy) { case true: return State.Busy; default: return State.Idle; } }',
        token: 'getAccessToken, refresh, loading: busy',
        fetcher: forces(),
        isLoading: 'stateOf(loading || busy) === State.Busy',
      }),
      errors: one('loopingFlag'),
    },
    {
      name: 'reports it through a function with several returns, where it is handed over',
      code: bridge({
        above: WAITS,
        token: 'getAccessToken, refresh, loading: busy',
        fetcher: forces(),
        isLoading: 'waits(loading, busy)',
      }),
      errors: [{ messageId: 'loopingFlag', line: 13, suggestions: 1 }],
    },
    {
      name: 'reports it through a function that takes any number of flags',
      code: bridge({
        above: 'const any = (...flags: boolean[]) => flags.some(Boolean);',
        token: 'getAccessToken, refresh, loading: busy',
        fetcher: forces(),
        isLoading: 'any(loading, busy)',
      }),
      errors: one('loopingFlag'),
    },
    {
      name: 'reports it through a callback of useMemo with several returns',
      code: bridge({
        token: 'getAccessToken, refresh, loading: busy',
        before:
          'const wait = useMemo(() => { if (loading) return true; if (busy) return true; return false; }, [loading, busy]);',
        fetcher: forces(),
        isLoading: 'wait',
      }),
      errors: one('loopingFlag'),
    },
    {
      name: 'reports it through an else-if',
      code: bridge({
        token: 'getAccessToken, refresh, loading: busy',
        before:
          "let status; if (loading) { status = 'wait'; } else if (busy) { status = 'wait'; } else { status = 'ready'; }",
        fetcher: forces(),
        isLoading: "status === 'wait'",
      }),
      errors: one('loopingFlag'),
    },
    {
      name: 'reports the loading among the rest of what a hook returns',
      code: bridge({
        token: 'getAccessToken, refresh, ...rest',
        fetcher: forces(),
        isLoading: 'loading || rest.loading',
      }),
      errors: one('loopingFlag', {
        value: 'rest.loading',
        where: 'isLoading',
        call: 'refresh()',
        fix: 'Use useAuth().loading',
      }),
    },
    {
      name: 'reports it in the object that another one is spread into',
      code: bridge({ token: 'getAccessToken, refresh, loading: busy', fetcher: forces() }).replace(
        'return { isLoading: loading, isAuthenticated: !!user, fetchAccessToken };',
        'const base = { isAuthenticated: !!user, fetchAccessToken };\n  return { ...base, isLoading: loading || busy };',
      ),
      errors: [{ messageId: 'loopingFlag', line: 10, suggestions: 1 }],
    },
    {
      name: 'reports it in Object.assign()',
      code: bridge({ token: 'getAccessToken, refresh, loading: busy', fetcher: forces() }).replace(
        'return { isLoading: loading, isAuthenticated: !!user, fetchAccessToken };',
        'return Object.assign({ isLoading: loading || busy }, { isAuthenticated: !!user, fetchAccessToken });',
      ),
      errors: one('loopingFlag'),
    },
    {
      name: 'reports it as the test between two returned objects',
      code: bridge({ token: 'getAccessToken, refresh, loading: busy', fetcher: forces() }).replace(
        'return {',
        'return busy ? { isLoading: true, isAuthenticated: false, fetchAccessToken } : {',
      ),
      errors: one('loopingFlag'),
    },
    {
      name: 'reports it in isAuthenticated',
      code: bridge({
        token: 'getAccessToken, refresh, loading: busy',
        fetcher: forces(),
        isAuthenticated: '!!user && !busy',
      }),
      errors: one('loopingFlag'),
    },
    {
      name: 'reports it through a variable that is assigned later',
      code: bridge({
        token: 'getAccessToken, refresh, loading: busy',
        before: 'let any = loading; if (busy) any = true;',
        fetcher: forces(),
        isLoading: 'any',
      }),
      errors: one('loopingFlag'),
    },
    {
      name: 'reports it through an early return',
      code: bridge({ token: 'getAccessToken, refresh, loading: busy', fetcher: forces(), isLoading: 'false' }).replace(
        '  return {',
        '  if (busy) return { isLoading: true, isAuthenticated: false, fetchAccessToken };\n  return {',
      ),
      errors: one('loopingFlag'),
    },
    {
      name: 'reports it through a state that an effect keeps',
      code: bridge({
        token: 'getAccessToken, refresh, loading: busy',
        before: 'const [wait, setWait] = useState(false); useEffect(() => { setWait(busy); }, [busy]);',
        fetcher: forces(),
        isLoading: 'loading || wait',
      }),
      errors: one('loopingFlag'),
    },
    {
      name: 'reports it next to a guest mode that has nothing to do with it',
      code: bridge({
        above: "import { useGuest } from 'guests';",
        token: 'getAccessToken, refresh, loading: busy',
        before: 'const isGuest = useGuest();',
        fetcher: forces(),
        isLoading: '!isGuest && (loading || busy)',
        isAuthenticated: 'isGuest || !!user',
      }),
      errors: one('loopingFlag'),
    },
    {
      name: 'reports it behind a mutex, which opens again',
      code: bridge({
        token: 'getAccessToken, refresh, loading: busy',
        before: 'const flight = useRef(null);',
        fetcher:
          'useCallback(async () => { flight.current ??= refresh().finally(() => { flight.current = null; }); try { return (await flight.current) ?? null; } catch { return null; } }, [refresh])',
        isLoading: 'loading || busy',
      }),
      errors: one('loopingFlag'),
    },
    {
      name: 'reports the token in the deps',
      code: bridge({
        token: 'accessToken, getAccessToken, refresh',
        fetcher: forces('getAccessToken, refresh, accessToken'),
      }),
      errors: one('loopingDep', { value: 'accessToken' }),
    },
    {
      name: 'reports the error in the deps, for each failure is another',
      code: bridge({ token: 'error, getAccessToken, refresh', fetcher: forces('getAccessToken, refresh, error') }),
      errors: one('loopingError'),
    },
    {
      name: 'names the call that sets the loading of useAuth() itself',
      code: bridge({
        auth: 'user, loading, refreshAuth',
        token: 'getAccessToken',
        fetcher:
          'useCallback(async ({ forceRefreshToken }) => { try { if (forceRefreshToken) await refreshAuth(); return (await getAccessToken()) ?? null; } catch { return null; } }, [refreshAuth, getAccessToken])',
      }),
      errors: one('loopingFlag', {
        value: 'loading',
        where: 'isLoading',
        call: 'refreshAuth()',
        fix: 'Return getAccessToken() instead of that call',
      }),
    },
    {
      name: 'reports user in the deps of refreshAuth()',
      code: bridge({
        auth: 'user, loading, refreshAuth',
        fetcher:
          'useCallback(async () => { await refreshAuth(); return (await getAccessToken().catch(() => null)) ?? null; }, [user, refreshAuth, getAccessToken])',
        isLoading: 'loading && !user',
      }),
      errors: one('loopingDep', { value: 'user' }),
    },
    {
      name: 'reports a state of its own in isLoading',
      code: bridge({
        before: 'const [busy, setBusy] = useState(false);',
        fetcher: busyFetcher(),
        isLoading: 'loading || busy',
      }),
      errors: one('loopingState'),
    },
    {
      name: 'reports a count of its own in the deps, refresh or not',
      code: bridge({
        before: 'const [count, setCount] = useState(0);',
        fetcher:
          'useCallback(async () => { setCount((n) => n + 1); return (await getAccessToken().catch(() => null)) ?? null; }, [getAccessToken, count])',
      }),
      errors: one('loopingState'),
    },
    { name: 'reports a fetcher that is not memoised', code: bridge({ fetcher: PLAIN }), errors: one('newEachRender') },
    {
      name: 'names the refresh that it starts',
      code: bridge({ fetcher: 'async () => (await refresh().catch(() => null)) ?? null' }),
      errors: one('newEachRenderForced', { call: 'refresh()', fix: 'Wrap it in useCallback()' }),
    },
    {
      name: 'names the deps that a fetcher with a refresh has not',
      code: bridge({ fetcher: 'useCallback(async () => (await refresh().catch(() => null)) ?? null)' }),
      errors: one('newEachRenderForced', { call: 'refresh()', fix: 'Give useCallback() its dependencies' }),
    },
    {
      name: 'reports useCallback() without deps',
      code: bridge({ fetcher: `useCallback(${PLAIN})` }),
      errors: one('newEachRender', { fix: 'Give useCallback() its dependencies' }),
    },
    {
      name: 'reports useMemo() without deps',
      code: bridge({ fetcher: `useMemo(() => ${PLAIN})` }),
      errors: one('newEachRender', { fix: 'Give useMemo() its dependencies' }),
    },
    {
      name: 'reports a dep of useMemo() without deps',
      code: bridge({
        before: 'const get = useMemo(() => () => getAccessToken());',
        fetcher: 'useCallback(async () => { try { return (await get()) ?? null; } catch { return null; } }, [get])',
      }),
      errors: one('newDepEachRender', { value: 'get', what: 'value', instead: 'Give its useMemo() dependencies' }),
    },
    {
      name: 'reports a dep that is new in every render',
      code: bridge({
        before: 'const get = () => getAccessToken();',
        fetcher: 'useCallback(async () => { try { return (await get()) ?? null; } catch { return null; } }, [get])',
      }),
      errors: one('newDepEachRender', { value: 'get', what: 'function', instead: 'Wrap it in useCallback()' }),
    },
    {
      name: 'reports an instance in the deps that each render makes',
      code: bridge({
        before: 'const tokens = new Map();',
        fetcher:
          'useCallback(async () => { void tokens; try { return (await getAccessToken()) ?? null; } catch { return null; } }, [getAccessToken, tokens])',
      }),
      errors: [
        {
          messageId: 'newDepEachRender',
          data: {
            value: 'tokens',
            name: 'fetchAccessToken',
            what: 'object',
            instead: 'Make it once, with useMemo() or in the module',
            also: '',
          },
        },
      ],
    },
    {
      name: 'reports the whole of useAccessToken() in the deps',
      code: bridge({ fetcher: ASKS })
        .replace('const { getAccessToken, refresh } =', 'const tokens =')
        .replace('await getAccessToken()', 'await tokens.getAccessToken()')
        .replace('[getAccessToken]', '[tokens]'),
      errors: left('newDepEachRender'),
    },
    {
      name: 'reports an inline hook',
      code: "import { useAuth, useAccessToken } from '@workos-inc/authkit-nextjs/components';\nimport { ConvexProviderWithAuth } from 'convex/react';\nexport const P = ({ client, children }) => <ConvexProviderWithAuth client={client} useAuth={() => { const { user, loading } = useAuth(); const { getAccessToken } = useAccessToken(); return { isLoading: loading, isAuthenticated: !!user, fetchAccessToken: async () => (await getAccessToken().catch(() => null)) ?? null }; }}>{children}</ConvexProviderWithAuth>;",
      errors: one('newEachRender'),
    },
    {
      name: 'reports an inline hook even under the React Compiler, which leaves it alone',
      code: "import { useAuth, useAccessToken } from '@workos-inc/authkit-nextjs/components';\nexport const P = () => <C useAuth={() => { const { user, loading } = useAuth(); const { getAccessToken } = useAccessToken(); return { isLoading: loading, isAuthenticated: !!user, fetchAccessToken: async () => (await getAccessToken().catch(() => null)) ?? null }; }} />;",
      files: { 'next.config.ts': 'export default { reactCompiler: true };' },
      errors: one('newEachRender'),
    },
    {
      name: 'reads what the React Compiler makes the deps',
      code: bridge({
        token: 'accessToken, refresh',
        fetcher: 'async ({ forceRefreshToken }) => (forceRefreshToken ? refresh().catch(() => null) : accessToken)',
      }),
      files: { 'next.config.ts': 'export default { reactCompiler: true };' },
      errors: one('loopingDep'),
    },
    {
      name: 'reports a retry without a delay',
      code: bridge({
        fetcher:
          'useCallback(async () => { for (let i = 0; i < 3; i++) { try { return (await refresh()) ?? null; } catch {} } return null; }, [refresh])',
      }),
      errors: one('retriedAtOnce'),
    },
    {
      name: 'reports a retry that never ends',
      code: bridge({
        fetcher:
          'useCallback(async () => { for (;;) { try { return (await refresh()) ?? null; } catch { await new Promise((r) => setTimeout(r, 500)); } } }, [refresh])',
      }),
      errors: one('retriedForEver'),
    },
    {
      name: 'reports a hook of another file that hands on refresh and loading',
      code: "import { useCallback } from 'react';\nimport { useTokens } from './tokens';\nexport const useBridge = () => { const { in: signedIn, busy, renew } = useTokens(); const fetchAccessToken = useCallback(async () => (await renew().catch(() => null)) ?? null, [renew]); return { isLoading: busy, isAuthenticated: signedIn, fetchAccessToken }; };",
      files: {
        'components/tokens.ts':
          "import { useAccessToken, useAuth } from '@workos-inc/authkit-nextjs/components';\nexport function useTokens() { const { user } = useAuth(); const { refresh, loading } = useAccessToken(); return { in: !!user, busy: loading, renew: refresh }; }",
      },
      errors: left('loopingFlag'),
    },
    {
      name: 'knows the hooks under other names, and namespaces',
      code: "import * as AuthKit from '@workos-inc/authkit-nextjs/components';\nimport React from 'react';\nexport function useBridge() { const { user, loading } = AuthKit.useAuth(); const { refresh, loading: busy } = AuthKit.useAccessToken(); const fetchAccessToken = React.useCallback(async () => (await refresh().catch(() => null)) ?? null, [refresh]); return { isLoading: loading || busy, isAuthenticated: !!user, fetchAccessToken }; }",
      errors: one('loopingFlag'),
    },
    {
      name: 'knows the TanStack SDK',
      code: bridge({
        token: 'getAccessToken, refresh, loading: busy',
        fetcher: forces(),
        isLoading: 'loading || busy',
      }).replace('@workos-inc/authkit-nextjs/components', '@workos/authkit-tanstack-react-start/client'),
      errors: one('loopingFlag'),
    },
    {
      name: 'reports JavaScript, too',
      filename: 'components/bridge.jsx',
      code: bridge({ fetcher: PLAIN }),
      errors: one('newEachRender'),
    },
    {
      name: 'takes no clock for a cool-down that is looked at for a log',
      code: coolDown('try { console.log(since); } catch { return null; }'),
      errors: one('loopingFlag'),
    },
    {
      name: 'names another cause that is in the same line',
      code: bridge({
        token: 'getAccessToken, refresh, loading: busy',
        before: 'const [on, setOn] = useState(false);',
        fetcher:
          'useCallback(async ({ forceRefreshToken }) => { if (!forceRefreshToken) return getAccessToken().catch(() => null); setOn(true); try { return (await refresh()) ?? null; } catch { return null; } finally { setOn(false); } }, [getAccessToken, refresh])',
        isLoading: 'loading || busy || on',
      }),
      errors: [{ message: /See also 'on'\.$/u, suggestions: 1 }],
    },
    {
      name: 'reports the other causes in the same report',
      code: bridge({
        token: 'accessToken, getAccessToken, refresh, loading: busy',
        fetcher: forces('accessToken, refresh, getAccessToken'),
        isLoading: 'loading || busy',
      }),
      errors: [{ message: /See also line 8/u, suggestions: 1 }],
    },
  ],
});
