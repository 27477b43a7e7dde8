/**
 * What evidence can show: each symptom with what happened, why, which rules find its line, and how to see that it is gone. Data: a new
 * text or trace is another row of log-texts.ts or traffic.ts that leads to one of these.
 */

/** The sections of the playbook, in the order in which a sign-in passes them; `0`: the versions of the packages. */
export type Failure = 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9;

export interface SymptomKind {
  readonly failure: Failure;
  /** What happened, as a title. */
  readonly title: string;
  /** Why, in one or two sentences. */
  readonly why: string;
  /** The rules that find the line, the likeliest first. */
  readonly rules: readonly string[];
  /** What to look at where no rule finds a line. */
  readonly lookAt: string;
  /** What to write; the codemod is named next to it. */
  readonly fix: string;
  /** A command or a click that shows that it is gone. */
  readonly verify: string;
}

export const SYMPTOMS = {
  signOutPrefetched: {
    failure: 1,
    title: 'A background request signed the user out.',
    why: 'In production Next.js requests the target of a visible <Link> by itself. That route signs users out on GET.',
    rules: ['no-sign-out-prefetch', 'no-get-sign-out'],
    lookAt: 'Search the page and its layouts for a <Link>, <Form> or router.prefetch() to that path.',
    fix: 'prefetch={false} on the link, <a href>, or a form with a server action.',
    verify: 'Build for production, open the page, and look for that request in the network log without clicking.',
  },
  signInPrefetched: {
    failure: 6,
    title: 'A background request started a sign-in.',
    why: 'Next.js prefetches a <Link> to a route handler that starts a sign-in. Each time it sets another verifier cookie and fails at CORS; after some 40 page views the site returns HTTP 431.',
    rules: ['no-sign-in-prefetch'],
    lookAt: 'Search the page and its layouts for a <Link> to that path.',
    fix: '<a href> in place of the <Link>, or prefetch={false}.',
    verify: 'Build for production, open the page signed out, and look for that request in the network log.',
  },
  tooManyCookies: {
    failure: 6,
    title: 'The request headers are too large (HTTP 431).',
    why: 'Every sign-in that is started sets a wos-auth-verifier cookie. Links that prefetch the sign-in route, or authkit-nextjs 3.0.1 to 4.1.0, pile them up.',
    rules: ['no-sign-in-prefetch'],
    lookAt:
      'Look at the version of @workos-inc/authkit-nextjs, and delete the cookies wos-auth-verifier-* in the browser.',
    fix: '<a href> in place of the <Link>; @workos-inc/authkit-nextjs 4.3.1 or later.',
    verify: 'Count the wos-auth-verifier cookies in the browser before and after some page views.',
  },
  refreshLoop: {
    failure: 2,
    title: 'The access token is refreshed again and again.',
    why: 'A refresh changes something that the hook passed to ConvexProviderWithAuth returns, so Convex asks for a token again and forces the next refresh. WorkOS returns 429 or invalid_grant in the end.',
    rules: ['no-token-refresh-loop', 'no-forced-token-refresh', 'handle-token-error', 'no-dropped-session-headers'],
    lookAt:
      'Look at the hook passed to ConvexProviderWithAuth: what changes when refresh() runs, and at effects and intervals that refresh.',
    fix: 'return (await getAccessToken()) ?? null, memoised; isLoading and isAuthenticated from useAuth() alone.',
    verify: 'Open the app with the network log: after the page has loaded there are no further server-action POSTs.',
  },
  refreshFailed: {
    failure: 8,
    title: 'A refresh of the session failed.',
    why: 'A refresh token can be used once. Two refreshes at the same time, a response that drops the new cookie, or a session that was ended elsewhere lead to this.',
    rules: ['no-dropped-session-headers', 'no-forced-token-refresh', 'no-token-refresh-loop'],
    lookAt:
      'Before 4.3.1, @workos-inc/authkit-nextjs deletes the session on a 429 or 5xx of WorkOS, too. A log of some hours shows whether it happens in bursts.',
    fix: 'withAuth() in handlers; handleAuthkitHeaders(request, headers) in a proxy of your own.',
    verify: 'Stay signed in for more than five minutes in two tabs, and look for the same line in the log.',
  },
  authenticateLoop: {
    failure: 2,
    title: 'Convex is given a token again and again.',
    why: 'Each time the function passed to ConvexProviderWithAuth changes, Convex restarts authentication.',
    rules: ['no-token-refresh-loop'],
    lookAt:
      'Look at the hook passed to ConvexProviderWithAuth: is fetchAccessToken wrapped in useCallback, and what are its dependencies?',
    fix: 'useCallback(…, [getAccessToken]), with nothing else among the dependencies.',
    verify: 'Open the app with the network log: the WebSocket to Convex has one or two messages of type Authenticate.',
  },
  signInLoop: {
    failure: 2,
    title: 'The browser goes to sign-in and back again and again.',
    why: 'WorkOS has a session, and the app says that there is none: the hook passed to ConvexProviderWithAuth says "not loading, not signed in" before the first token, or the callback or the proxy redirects to sign-in.',
    rules: ['handle-token-error', 'no-token-refresh-loop', 'valid-proxy', 'valid-callback-route'],
    lookAt:
      'Look at what redirects to sign-in: a guard that asks useConvexAuth(), or a proxy that guards the callback.',
    fix: 'isLoading: loading and isAuthenticated: !!user, both from useAuth() alone.',
    verify: 'Sign in with the network log open ("Preserve log"): the page stays.',
  },
  convexRejects: {
    failure: 3,
    title: "Convex rejects AuthKit's token.",
    why: "The token's issuer, audience or key matches no provider in convex/auth.config.ts as it is deployed.",
    rules: ['valid-auth-config', 'valid-env'],
    lookAt:
      'Give the token and the variables of the deployment as well: npx convex env list --include-values > env.txt, then triage token.txt env.txt.',
    fix: 'Two customJwt providers: issuers https://api.workos.com/ and https://api.workos.com/user_management/<client id>.',
    verify: 'npx convex dev, sign in, and look for isAuthenticated: true of useConvexAuth().',
  },
  deployRefused: {
    failure: 3,
    title: 'Convex refuses to deploy the auth config.',
    why: 'A variable that convex/auth.config.ts reads is not set in the deployment, or a provider is not allowed. A default in the code does not help: the read itself throws. What was deployed before goes on running.',
    rules: ['valid-auth-config'],
    lookAt:
      'Look which variables convex/auth.config.ts and its imports read, and at the provider that the error names.',
    fix: 'npx convex env set NAME value in every deployment, or no read of that variable.',
    verify: 'npx convex dev deploys.',
  },
  clientIdUnset: {
    failure: 3,
    title: 'WORKOS_CLIENT_ID is not set in the Convex deployment.',
    why: 'convex/auth.config.ts reads it there, not in .env.local: the deploy fails, or what is deployed has other values.',
    rules: ['valid-auth-config'],
    lookAt: 'Look which variables convex/auth.config.ts reads, and set them in every deployment.',
    fix: 'npx convex env set WORKOS_CLIENT_ID <client id>, and with --prod for production.',
    verify: 'npx convex env list shows it; npx convex dev deploys.',
  },
  clientIdInvalid: {
    failure: 3,
    title: 'WORKOS_CLIENT_ID of the Convex deployment is not a client ID.',
    why: 'convex/auth.config.ts builds the issuer and the key set URL from it, so no provider matches a token. An API key or a password may have got into the wrong variable.',
    rules: ['valid-auth-config'],
    lookAt: 'Compare the variable with the client ID in the WorkOS dashboard. If it holds a key, rotate that key.',
    fix: 'npx convex env set WORKOS_CLIENT_ID client_…, and with --prod for production.',
    verify: 'npx convex env list --include-values shows a value that begins with client_.',
  },
  convexUnauthorized: {
    failure: 3,
    title: 'Convex functions see no identity.',
    why: 'Either Convex rejects the token, or it is given none. A log of the functions alone cannot tell which.',
    rules: ['valid-auth-config', 'no-token-refresh-loop', 'handle-token-error', 'no-stale-access-token'],
    lookAt:
      'Give a token, or the JSON of an auth-debug page: is the user there, does a token come, does Convex accept it?',
    fix: 'A provider in auth.config that accepts the token, or a fetcher that returns one.',
    verify: 'useConvexAuth() says isAuthenticated: true.',
  },
  redirectUriInvalid: {
    failure: 4,
    title: 'WorkOS refuses the redirect URI.',
    why: 'What the app sent is not, to the letter, among the redirect URIs registered at WorkOS.',
    rules: ['no-hardcoded-redirect-host', 'valid-redirect-uri', 'consistent-preview-host', 'valid-callback-route'],
    lookAt: 'Compare the URI with the list in the WorkOS dashboard, and with authKit of convex.json.',
    fix: 'The same host in proxy.ts and in convex.json: VERCEL_URL or VERCEL_BRANCH_URL in both.',
    verify: 'Open /sign-in on a preview, and look at redirect_uri in the address of the authorize request.',
  },
  otherRedirectHost: {
    failure: 4,
    title: "A preview sends users to another deployment's callback.",
    why: 'The redirect URI that the preview sent names the production host (or localhost), so users are signed in there, and on the preview they are not.',
    rules: ['no-hardcoded-redirect-host', 'consistent-preview-host', 'valid-redirect-uri'],
    lookAt:
      'Look at redirectUri of proxy.ts, and at NEXT_PUBLIC_WORKOS_REDIRECT_URI of the preview: a build bakes its value in.',
    fix: "A redirectUri with the preview's own host, which convex.json registers as well.",
    verify: 'Open /sign-in on a preview, and look at redirect_uri in the address of the authorize request.',
  },
  routeNotCovered: {
    failure: 5,
    title: 'withAuth() runs on a route that the proxy leaves out.',
    why: 'The matcher of proxy.ts (middleware.ts) does not cover the route, or Next.js does not run that file at all.',
    rules: ['valid-proxy'],
    lookAt:
      'Look whether proxy.ts is next to app/ (src/proxy.ts for src/app), what it exports, and whether its matcher covers the route.',
    fix: 'The route in the matcher, or the file where Next.js looks for it.',
    verify: 'next dev, and open the route: 200.',
  },
  twoProxies: {
    failure: 5,
    title: 'There are a middleware file and a proxy file.',
    why: 'Next.js 16 takes either, and refuses to start with both of them.',
    rules: ['valid-proxy'],
    lookAt: 'Look for middleware.ts and proxy.ts next to the folder app/.',
    fix: 'One file, proxy.ts, that does what both of them did.',
    verify: 'next dev starts.',
  },
  noCookiePassword: {
    failure: 5,
    title: 'WORKOS_COOKIE_PASSWORD is missing.',
    why: "No session can be sealed without it. The frame in the log names the proxy, which is not what is wrong. Next.js does not read the .env.local of a monorepo's root.",
    rules: ['valid-env'],
    lookAt: "Look at the env file next to the app's next.config, and at the variables of the hosting platform.",
    fix: 'WORKOS_COOKIE_PASSWORD of 32 characters or more: openssl rand -base64 24.',
    verify: 'Restart next dev, and open the page: 200.',
  },
  shortCookiePassword: {
    failure: 5,
    title: 'WORKOS_COOKIE_PASSWORD is too short.',
    why: 'It needs 32 characters as Next.js expands it: in abc$def the part after $ is a variable, and gone.',
    rules: ['valid-env'],
    lookAt: 'Look for a $ or # in the value, in the env file and in the variables of the hosting platform.',
    fix: 'A password without $ and #: openssl rand -base64 24.',
    verify: 'Restart next dev, and open the page: 200.',
  },
  noRedirectUri: {
    failure: 5,
    title: 'AuthKit has no redirect URI.',
    why: 'Neither redirectUri of the proxy nor NEXT_PUBLIC_WORKOS_REDIRECT_URI is set, or what is set is no URL.',
    rules: ['valid-env', 'valid-redirect-uri', 'valid-callback-route'],
    lookAt: "Look at the env file next to the app's next.config.",
    fix: 'NEXT_PUBLIC_WORKOS_REDIRECT_URI=http://localhost:3000/callback, and redirectUri of the proxy for previews.',
    verify: 'Restart next dev, and open /sign-in.',
  },
  noApiKey: {
    failure: 5,
    title: 'WORKOS_API_KEY is missing.',
    why: "The server asks WorkOS for everything with it. Next.js does not read the .env.local of a monorepo's root.",
    rules: ['valid-env'],
    lookAt: "Look at the env file next to the app's next.config, and at the variables of the hosting platform.",
    fix: 'WORKOS_API_KEY of the same environment as WORKOS_CLIENT_ID, from the WorkOS dashboard.',
    verify: 'Restart next dev, and open the page: 200.',
  },
  noProxyExport: {
    failure: 5,
    title: 'Next.js finds no function in the proxy file.',
    why: 'It calls the export that is named like the file (proxy, middleware), or the default one.',
    rules: ['valid-proxy'],
    lookAt: 'Look at the exports of proxy.ts (middleware.ts).',
    fix: 'export default authkitProxy(), or a function named like the file.',
    verify: 'next dev, and open the page: 200.',
  },
  redirectsToItself: {
    failure: 5,
    title: 'A redirect leads back to itself.',
    why: 'The proxy sends signed-out visitors to a page that it guards as well, or it guards the callback.',
    rules: ['valid-proxy', 'valid-callback-route', 'handle-token-error'],
    lookAt: 'Look at the redirects of proxy.ts, and at layouts that redirect to a page below them.',
    fix: 'The sign-in page and the callback among the paths that the proxy lets through.',
    verify: 'Open the page signed out: the network log has one redirect.',
  },
  callbackNotServed: {
    failure: 5,
    title: 'No route finishes the sign-in.',
    why: 'WorkOS redirects to the redirect URI with a code, and no route handler with a GET is at that path.',
    rules: ['valid-callback-route', 'valid-redirect-uri'],
    lookAt: 'Compare the path in the log with the route that exports GET = handleAuth().',
    fix: 'The path of that route in NEXT_PUBLIC_WORKOS_REDIRECT_URI and in the WorkOS dashboard.',
    verify: 'Sign in: the callback redirects.',
  },
  noSession: {
    failure: 5,
    title: 'There is no WorkOS session.',
    why: 'The user is null: the proxy does not run, the callback does not finish the sign-in, or the cookie cannot be sealed.',
    rules: ['valid-proxy', 'valid-callback-route', 'valid-env', 'no-dropped-session-headers'],
    lookAt:
      'Sign in with the network log open: does /callback return set-cookie: wos-session? Then save a HAR and give it to triage.',
    fix: 'A proxy that runs on the route, a callback that calls handleAuth(), and a WORKOS_COOKIE_PASSWORD of 32 characters or more.',
    verify: 'useAuth() has a user after signing in.',
  },
  tokenRefused: {
    failure: 2,
    title: 'The user is there, but no token comes.',
    why: 'useAccessToken() fails to refresh. The reason is in the log of the server: invalid_grant, Too Many Requests.',
    rules: ['no-token-refresh-loop', 'no-forced-token-refresh', 'no-dropped-session-headers'],
    lookAt: "Give the server's log to triage: a single line means failure 8, bursts mean a loop.",
    fix: 'return (await getAccessToken()) ?? null in the fetcher.',
    verify: 'The auth-debug page shows claims and no error.',
  },
  cookieInRender: {
    failure: 7,
    title: 'A cookie is written while a page renders.',
    why: 'Server Components may not set cookies. getSignInUrl(), getSignUpUrl() and withAuth({ ensureSignedIn: true }) do since authkit-nextjs 3.0.0; signOut() always did.',
    rules: ['no-cookie-write-in-render'],
    lookAt: 'Look at the frame in the log, and at the components of that page.',
    fix: 'A link or a redirect to a route handler that makes the call.',
    verify: 'next dev, and open the page: 200.',
  },
  callbackFailed: {
    failure: 5,
    title: 'The callback failed.',
    why: 'handleAuth() could not finish the sign-in.',
    rules: ['valid-callback-route', 'valid-env', 'no-raw-authorization-url'],
    lookAt: 'Read the lines after "[AuthKit callback error]": they say why WorkOS refused the code.',
    fix: 'What the reason in the log asks for.',
    verify: 'Sign in again: /callback returns set-cookie: wos-session.',
  },
  missingVerifier: {
    failure: 8,
    title: 'The callback has no verifier cookie, or no state.',
    why: 'The sign-in was started without the PKCE cookie: by getAuthorizationUrl() of @workos-inc/node (which sends no state, either), by a redirect that drops the headers of authkit(), or the URL was opened by hand.',
    rules: ['no-raw-authorization-url', 'no-dropped-session-headers'],
    lookAt: 'Look at what starts the sign-in: only getSignInUrl(), getSignUpUrl() and the proxy set the cookie.',
    fix: 'getSignInUrl() in a route handler; handleAuthkitHeaders(request, headers, { redirect: authorizationUrl }) in a proxy.',
    verify: 'Sign in: /sign-in returns set-cookie: wos-auth-verifier-….',
  },
  stateMismatch: {
    failure: 0,
    title: 'The state of the sign-in does not match.',
    why: "authkit-nextjs 3.0.0 lets sign-ins in several tabs overwrite each other's state.",
    rules: ['no-sign-in-prefetch'],
    lookAt: 'Look at the installed version of @workos-inc/authkit-nextjs.',
    fix: '@workos-inc/authkit-nextjs 4.3.1 or later.',
    verify: 'Start a sign-in in two tabs, and finish both.',
  },
  caughtRedirect: {
    failure: 9,
    title: 'A redirect was caught.',
    why: 'redirect(), withAuth({ ensureSignedIn: true }) and signOut() leave by throwing NEXT_REDIRECT, and a catch answered in their place.',
    rules: ['no-caught-redirect'],
    lookAt: 'Look at the handler of that path for a try around a call that redirects.',
    fix: 'The call outside of the try, or unstable_rethrow(error) first in the catch.',
    verify: 'Call the route signed out: it redirects.',
  },
  handlerNotCalled: {
    failure: 5,
    title: 'A route handler returns no response.',
    why: 'handleAuth is exported without being called: export const GET = handleAuth().',
    rules: ['valid-callback-route'],
    lookAt: 'Look at the route that the log names.',
    fix: 'export const GET = handleAuth();',
    verify: 'Sign in: /callback redirects.',
  },
} satisfies Readonly<Record<string, SymptomKind>>;
