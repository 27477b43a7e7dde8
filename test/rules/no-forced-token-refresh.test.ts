import rule from '../../rules/no-forced-token-refresh.ts';
import { ASKS, bridge, forces } from '../helpers/token-bridges.ts';
import { ruleTester } from '../helpers/rule-tester.ts';

const forced = (call: string, messageId = 'forced') => [{ messageId, data: { call }, suggestions: 1 }];
const react = (options: string) =>
  `import { useAuth } from '@workos-inc/authkit-react';\nimport { useCallback } from 'react';\nexport function useBridge() { const { user, isLoading, getAccessToken } = useAuth(); const fetchAccessToken = useCallback(({ forceRefreshToken }) => getAccessToken(${options}).catch(() => null), [getAccessToken]); return { isLoading, isAuthenticated: !!user, fetchAccessToken }; }`;
const held = (guard: string, before = '') =>
  bridge({
    before,
    fetcher: `useCallback(async ({ forceRefreshToken }) => { try { ${guard} return (await refresh()) ?? null; } catch { return null; } }, [refresh])`,
  });

ruleTester.run(rule, {
  valid: [
    {
      name: 'lets a cool-down be in what a helper is given',
      code: bridge({
        before:
          'const at = useRef(0); const renew = useCallback(async (fresh) => { if (!fresh) return getAccessToken(); at.current = Date.now(); return refresh(); }, [getAccessToken, refresh]);',
        token: 'getAccessToken, refresh',
        fetcher:
          'useCallback(async ({ forceRefreshToken }) => { try { return (await renew(forceRefreshToken && Date.now() - at.current > 60_000)) ?? null; } catch { return null; } }, [renew])',
      }),
    },
    {
      name: 'lets a threshold be that a new token is above',
      code: bridge({
        above: "import { decodeJwt } from 'jose';",
        token: 'accessToken, getAccessToken, refresh',
        before: 'const token = useRef(accessToken); token.current = accessToken;',
        fetcher:
          'useCallback(async () => { try { const left = decodeJwt(token.current).exp - Date.now() / 1000; return (await (left < 60 ? refresh() : getAccessToken())) ?? null; } catch { return null; } }, [getAccessToken, refresh])',
      }),
    },
    {
      name: 'lets the refresh be in an app that switches organizations in another file',
      code: bridge({ fetcher: forces() }),
      files: {
        'components/switcher.tsx':
          "import { useAuth } from '@workos-inc/authkit-nextjs/components';\nexport function Switcher() { const { switchToOrganization: go } = useAuth(); return <button onClick={() => go('org_1')}>Switch</button>; }",
      },
    },
    {
      name: 'lets the refresh be in an app that refreshes for another organization',
      code: bridge({ fetcher: forces() }),
      files: {
        'lib/switch.ts':
          "import { useAuth } from '@workos-inc/authkit-nextjs/components';\nexport function useSwitch() { const auth = useAuth(); return (id: string) => auth.refreshAuth({ organizationId: id }); }",
      },
    },
    {
      name: 'sees a number of attempts that counts up',
      code: bridge({
        before: 'const tries = useRef(0);',
        fetcher:
          'useCallback(async ({ forceRefreshToken }) => { try { if (forceRefreshToken && tries.current < 2) { tries.current++; return (await refresh()) ?? null; } return (await getAccessToken()) ?? null; } catch { return null; } }, [getAccessToken, refresh])',
      }),
    },
    { name: 'lets getAccessToken() be', code: bridge({ fetcher: ASKS }) },
    { name: 'lets getAccessToken itself be', code: bridge({ fetcher: 'getAccessToken' }) },
    {
      name: 'lets getAccessToken be that is bound to nothing',
      code: bridge({ fetcher: 'useMemo(() => getAccessToken.bind(null), [getAccessToken])' }),
    },
    {
      name: 'leaves a refresh that loops to no-token-refresh-loop',
      code: bridge({
        token: 'getAccessToken, refresh, loading: busy',
        fetcher: forces(),
        isLoading: 'loading || busy',
      }),
    },
    {
      name: 'lets a mutex be',
      code: bridge({
        before: 'const flight = useRef(null);',
        fetcher:
          'useCallback(async () => { flight.current ??= refresh().finally(() => { flight.current = null; }); try { return (await flight.current) ?? null; } catch { return null; } }, [refresh])',
      }),
    },
    {
      name: 'lets a mutex in an object of the module be',
      code: bridge({
        above: 'const lock = { pending: null };',
        fetcher:
          'useCallback(async () => { lock.pending ??= refresh().finally(() => { lock.pending = null; }); try { return (await lock.pending) ?? null; } catch { return null; } }, [refresh])',
      }),
    },
    {
      name: 'lets a mutex that a helper closes over be',
      code: bridge({
        above:
          'function singleFlight(run) { let pending = null; return (args) => (pending ??= run(args).finally(() => { pending = null; })); }',
        fetcher: 'useMemo(() => singleFlight(async () => refresh().catch(() => null)), [refresh])',
      }),
    },
    {
      name: 'lets a mutex of a boolean be',
      code: held(
        'if (busy.current) return null; busy.current = true; setTimeout(() => { busy.current = false; }, 1000);',
        'const busy = useRef(false);',
      ),
    },
    {
      name: 'lets a cool-down in a helper be',
      code: bridge({
        above:
          'let last = 0; const mayRefresh = () => { if (Date.now() - last < 9000) return false; last = Date.now(); return true; };',
        fetcher:
          'useCallback(async () => (mayRefresh() ? refresh().catch(() => null) : getAccessToken().catch(() => null)), [refresh, getAccessToken])',
      }),
    },
    {
      name: 'lets a check whether the token is about to expire be',
      code: held('const token = await getAccessToken(); if (!isExpiring(token)) return token;').replace(
        'export function',
        "import { isExpiring } from './jwt';\nexport function",
      ),
    },
    {
      name: 'lets a wrapper of a package that holds calls back be',
      code: bridge({
        above: "import pRetry from 'p-retry';",
        fetcher: 'useCallback(async () => pRetry(() => refresh()).catch(() => null), [refresh])',
      }),
    },
    {
      name: 'lets an organisation switch elsewhere be',
      code: bridge({ before: 'const onSwitch = async () => { await refresh(); };', fetcher: ASKS }),
    },
    {
      name: 'lets a server action that refreshes be',
      code: "'use server';\nimport { refreshSession } from '@workos-inc/authkit-nextjs';\n// no fetchAccessToken here\nexport const switchTo = (organizationId) => refreshSession({ organizationId });",
    },
    {
      name: 'lets a route be whose path is not known',
      code: bridge({
        fetcher:
          'useCallback(async () => { try { return await (await fetch(`/api/token/${user.id}`)).text(); } catch { return null; } }, [user])',
      }),
      files: {
        'package.json': '{"dependencies":{"next":"16.0.0"}}',
        'app/api/token/route.ts':
          "import { refreshSession } from '@workos-inc/authkit-nextjs';\nexport async function GET() { const { accessToken } = await refreshSession(); return new Response(accessToken); }",
      },
    },
    { name: 'lets forceRefresh: false be', code: react('{ forceRefresh: false }') },
    { name: 'lets options without forceRefresh be', code: react('{}') },
    {
      name: 'says nothing of an object whose refresh is not of WorkOS',
      code: bridge({ token: 'getAccessToken', above: "import { refresh } from './other';", fetcher: forces() }),
    },
  ],
  invalid: [
    {
      name: 'reports refresh itself as the fetcher',
      code: bridge({ fetcher: 'refresh' }),
      errors: [{ messageId: 'forcedAlways', data: { call: 'refresh()' } }],
    },
    {
      name: 'reports refresh that is bound to nothing',
      code: bridge({ fetcher: 'useMemo(() => refresh.bind(null), [refresh])' }),
      errors: [{ messageId: 'forcedAlways', data: { call: 'refresh()' } }],
    },
    {
      name: "reports a route of the app's own that refreshes the session",
      code: bridge({
        fetcher:
          "useCallback(async () => { try { return await (await fetch('/api/token')).text(); } catch { return null; } }, [])",
      }),
      files: {
        'package.json': '{"dependencies":{"next":"16.0.0"}}',
        'app/api/token/route.ts':
          "import { refreshSession } from '@workos-inc/authkit-nextjs';\nexport async function GET() { const { accessToken } = await refreshSession({ ensureSignedIn: true }); return new Response(accessToken); }",
      },
      errors: [{ messageId: 'forcedAlways', data: { call: 'fetch()' } }],
    },
    {
      name: "reports a route of the app's own that refreshes the session, asked with a query",
      code: bridge({
        fetcher:
          'useCallback(async ({ forceRefreshToken }) => { try { return await (await fetch(`/api/token?fresh=${forceRefreshToken}`)).text(); } catch { return null; } }, [])',
      }),
      files: {
        'package.json': '{"dependencies":{"next":"16.0.0"}}',
        'app/api/token/route.ts':
          "import { refreshSession } from '@workos-inc/authkit-nextjs';\nexport async function GET() { const { accessToken } = await refreshSession(); return new Response(accessToken); }",
      },
      errors: [{ messageId: 'forced', data: { call: 'fetch()' } }],
    },
    {
      name: 'reports the refresh where something else has a function of that name',
      code: bridge({ fetcher: forces() }),
      files: {
        'components/switcher.tsx':
          "import { useOrganizations } from 'other-auth';\nexport function Switcher() { const { switchToOrganization } = useOrganizations(); return <button onClick={() => switchToOrganization('org_1')}>Switch</button>; }",
      },
      errors: forced('refresh()'),
    },
    {
      name: 'takes no other member of an object for a mutex',
      code: bridge({
        above: 'const stats = { last: null, count: null };',
        fetcher:
          'useCallback(async () => { if (!stats.last) stats.count = 1; try { const token = stats.last ?? (await refresh()); return token ?? null; } catch { return null; } }, [refresh])',
      }),
      errors: [{ messageId: 'forcedAlways', suggestions: 1 }],
    },
    {
      name: 'reports options that are spread in',
      code: react('{ ...(forceRefreshToken && { forceRefresh: true }) }'),
      errors: forced('getAccessToken({ forceRefresh })'),
    },
    {
      name: 'reports a fetcher that a ref was made with',
      code: bridge({
        fetcher: `useRef(${forces().slice('useCallback('.length, -', [getAccessToken, refresh])'.length)}).current`,
      }),
      errors: [{ messageId: 'forced' }],
    },
    {
      name: 'reports a fetcher that a state was made with',
      code: bridge({
        before: `const [stable] = useState(() => ${forces().slice('useCallback('.length, -', [getAccessToken, refresh])'.length)});`,
        fetcher: 'stable',
      }),
      errors: [{ messageId: 'forced' }],
    },
    {
      name: 'reports a refresh that no one awaits',
      code: bridge({
        fetcher:
          'useCallback(async ({ forceRefreshToken }) => { if (forceRefreshToken) void refresh(); return (await getAccessToken().catch(() => null)) ?? null; }, [getAccessToken, refresh])',
      }),
      errors: forced('refresh()'),
    },
    {
      name: "reports the official template's form, from the branch to the refresh",
      code: bridge({
        fetcher:
          'useCallback(async ({ forceRefreshToken } = {}) => {\n    try {\n      if (forceRefreshToken) {\n        return (await refresh()) ?? null;\n      }\n      return (await getAccessToken()) ?? null;\n    } catch { return null; }\n  }, [getAccessToken, refresh])',
      }),
      errors: [{ messageId: 'forced', line: 10, column: 7, endLine: 11, endColumn: 32, suggestions: 1 }],
    },
    { name: 'reports a ternary at the refresh', code: bridge({ fetcher: forces() }), errors: forced('refresh()') },
    {
      name: 'reports a flag of another name',
      code: bridge({
        fetcher: forces()
          .replace('{ forceRefreshToken }', '{ forceRefreshToken: _force }')
          .replace('(forceRefreshToken ?', '(_force ?'),
      }),
      errors: forced('refresh()'),
    },
    {
      name: 'reports a flag that is a member',
      code: bridge({
        fetcher: forces()
          .replace('{ forceRefreshToken }', 'args')
          .replace('(forceRefreshToken ?', '(args.forceRefreshToken ?'),
      }),
      errors: forced('refresh()'),
    },
    {
      name: 'reports a refresh on every request',
      code: bridge({ fetcher: 'useCallback(() => refresh().catch(() => null), [refresh])' }),
      errors: forced('refresh()', 'forcedAlways'),
    },
    {
      name: 'reports getAccessToken() ?? refresh()',
      code: bridge({
        fetcher:
          'useCallback(async () => { try { return (await getAccessToken()) ?? (await refresh()) ?? null; } catch { return null; } }, [getAccessToken, refresh])',
      }),
      errors: forced('refresh()', 'repeated'),
    },
    {
      name: 'reports forceRefresh: true of authkit-react',
      code: react('{ forceRefresh: true }'),
      errors: forced('getAccessToken({ forceRefresh })'),
    },
    {
      name: 'reports the flag handed on to authkit-react',
      code: react('{ forceRefresh: forceRefreshToken }'),
      errors: forced('getAccessToken({ forceRefresh })'),
    },
    {
      name: 'reports options that may force',
      code: react('forceRefreshToken ? { forceRefresh: true } : undefined'),
      errors: forced('getAccessToken({ forceRefresh })'),
    },
    {
      name: 'reports a helper of another file',
      code: bridge({
        above: "import { renew } from './renew';",
        fetcher: 'useCallback(async () => renew().catch(() => null), [])',
      }),
      files: {
        'components/renew.ts':
          "'use server';\nimport { refreshSession } from '@workos-inc/authkit-nextjs';\nexport const renew = async () => (await refreshSession()).accessToken;",
      },
      errors: forced('renew()', 'forcedAlways'),
    },
    {
      name: 'reports one bridge once, whatever it refreshes',
      code: bridge({
        fetcher:
          'useCallback(async ({ forceRefreshToken }) => { try { if (forceRefreshToken) return (await refresh()) ?? null; const token = await getAccessToken(); if (token) return token; return (await refresh()) ?? null; } catch { return null; } }, [getAccessToken, refresh])',
      }),
      errors: [{ messageId: 'forced', suggestions: 1 }],
    },
    {
      name: 'keeps what else a fetcher does',
      code: bridge({
        above: "import { track } from 'analytics';",
        fetcher: "useCallback(async () => { track('token'); return refresh().catch(() => null); }, [refresh])",
      }),
      errors: [
        {
          messageId: 'forcedAlways',
          suggestions: [
            {
              messageId: 'rewrite',
              output: bridge({
                above: "import { track } from 'analytics';",
                token: 'getAccessToken',
                fetcher:
                  "useCallback(async () => { track('token'); return getAccessToken().catch(() => null); }, [getAccessToken])",
              }),
            },
          ],
        },
      ],
    },
    {
      name: 'leaves a refresh whose result becomes part of something else',
      code: bridge({
        above: "import { report } from 'analytics';",
        fetcher:
          'useCallback(async () => { try { const pending = [refresh(), report()]; return (await pending[0]) ?? null; } catch (error) { console.error(error); throw error; } }, [refresh])',
      }),
      errors: [{ messageId: 'forcedAlways', suggestions: 1 }],
    },
    {
      name: 'reports a threshold that every token is below',
      code: bridge({
        above: "import { decodeJwt } from 'jose';",
        token: 'accessToken, getAccessToken, refresh',
        before: 'const token = useRef(accessToken); token.current = accessToken;',
        fetcher:
          'useCallback(async () => { try { const left = decodeJwt(token.current).exp - Date.now() / 1000; return (await (left < 600 ? refresh() : getAccessToken())) ?? null; } catch { return null; } }, [getAccessToken, refresh])',
      }),
      errors: [{ messageId: 'forcedAlways', suggestions: 1 }],
    },
  ],
});
