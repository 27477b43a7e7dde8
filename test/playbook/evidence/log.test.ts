import { describe, expect, it } from 'vitest';
import { createLogReader } from '../../../playbook/evidence/log/reader.ts';

const read = (...lines: string[]) => {
  const reader = createLogReader('server.log');
  reader.feed(lines.join('\n'));
  return reader.end();
};
const names = (...lines: string[]) => read(...lines).map(({ name }) => name);

const FAILED = 'Failed to refresh access token: Failed to refresh session: Error: invalid_grant';

describe('a log', () => {
  it.each([
    [
      "⨯ Error: You are calling 'withAuth' on /a that isn't covered by the AuthKit middleware. Make sure …",
      'routeNotCovered',
    ],
    [
      'Error: You are calling `getUser` on a path that isn’t covered by the AuthKit middleware. Make sure …',
      'routeNotCovered',
    ],
    [
      'Error: Both middleware file "./src/middleware.ts" and proxy file "./src/proxy.ts" are detected. Please use "./src/proxy.ts" only.',
      'twoProxies',
    ],
    [
      '[AuthKit callback error] Error: Auth cookie missing — cannot verify OAuth state. Ensure Set-Cookie headers are propagated on redirects.',
      'missingVerifier',
    ],
    ['Failed to refresh. Deleting cookie. OauthException [Error]', 'refreshFailed'],
    ['Error Description: Session has already ended.', 'refreshFailed'],
    ['Error Code: invalid_grant. Session has already ended.', 'refreshFailed'],
    ['HTTP ERROR 431', 'tooManyCookies'],
    ['NEXT_REDIRECT', 'caughtRedirect'],
    ['⨯ Error: Empty password', 'noCookiePassword'],
    ['Error: Password string too short (min 32 characters required)', 'shortCookiePassword'],
    [
      'Error: You must provide a redirect URI in the AuthKit middleware or in the environment variables.',
      'noRedirectUri',
    ],
    ['Error: Cookies can only be modified in a Server Action or Route Handler. Read more', 'cookieInRender'],
    ["  code: 'missing_pkce_cookie',", 'missingVerifier'],
    ['[AuthKit callback error] Error: Missing required auth parameter', 'missingVerifier'],
    ['Error: OAuth state mismatch', 'stateMismatch'],
    ["⨯ Error: No response is returned from route handler '/app/callback/route.ts'.", 'handlerNotCalled'],
    ['Something went wrong: redirect-uri-invalid', 'redirectUriInvalid'],
    [
      'Failed to authenticate: "No auth provider found matching the given token", check your server auth config',
      'convexRejects',
    ],
    ['Failed to refresh session: Too Many Requests', 'refreshFailed'],
    ['{"error":"NEXT_REDIRECT"}', 'caughtRedirect'],
    ['11/27/2026, 9:30:01 AM [CONVEX Q(plans:list)] Uncaught Error: Unauthorized', 'convexUnauthorized'],
    ['Uncaught Error: Not authenticated', 'convexUnauthorized'],
    ['{"log_level":"ERROR","message":"Uncaught ConvexError: Unauthorized"}', 'convexUnauthorized'],
    ['✖ Environment variable OTHER is used in auth config file but its value was not set.', 'deployRefused'],
    ['✖ Environment variable WORKOS_CLIENT_ID is used in auth config file but its value was not set.', 'clientIdUnset'],
    ['400 Bad Request: InsecureConfiguration: The pushed auth config is invalid', 'deployRefused'],
    ['Failed to fetch RSC payload for https://a.example/log-out. TypeError: Load failed', 'signOutPrefetched'],
    [
      'Cross-Origin Request Blocked: the remote resource at https://api.workos.com/user_management/authorize?client_id=a.',
      'signInPrefetched',
    ],
    [
      '[Error] Fetch API cannot load https://api.workos.com/user_management/sessions/logout?session_id=a due to access control checks.',
      'signOutPrefetched',
    ],
    ['GET /sign-out?_rsc=1a2b3 307 in 3ms', 'signOutPrefetched'],
    ['{"requestPath":"a.example/api/logout?_rsc=1a2b3","responseStatusCode":307}', 'signOutPrefetched'],
    ['GET / 431 Request Header Fields Too Large', 'tooManyCookies'],
    ['GET 307 a.example /auth/logout?_rsc=1a2b3', 'signOutPrefetched'],
    [
      '[Error] Fetch API cannot load https://a.example/sign-in?_rsc=1a2b3 due to access control checks.',
      'signInPrefetched',
    ],
    [
      '[Error] Fetch API cannot load https://a.example/sign-out?_rsc=1a2b3 due to access control checks.',
      'signOutPrefetched',
    ],
    ['    at getCookieOptions (../../src/cookie.ts:35:14)', 'noRedirectUri'],
    [
      'NoApiKeyProvidedException: Missing API key. Pass it to the constructor (new WorkOS("sk_test_Sz3IQjepeSWaI4cMS4ms4sMuU"))',
      'noApiKey',
    ],
    ['⨯ The file "./proxy.ts" must export a function, either as a default export', 'noProxyExport'],
    ['The Middleware file "/src/middleware" must export a function named `middleware`', 'noProxyExport'],
    ['localhost redirected you too many times. ERR_TOO_MANY_REDIRECTS', 'redirectsToItself'],
    ['The page isn’t redirecting properly', 'redirectsToItself'],
    ['Invalid redirect URI. Make sure that the app uses the correct redirect URI.', 'redirectUriInvalid'],
    [
      '{"error":{"message":"Something went wrong","description":"Couldn\'t sign in. If you are not sure what happened, please contact your organization admin."}}',
      'callbackFailed',
    ],
    ['[AuthKit callback error] OauthException: Error: invalid_client', 'clientRefused'],
    ['{"error":"invalid_client","error_description":"Invalid client secret."}', 'clientRefused'],
    ['{"message":"Missing refresh token.","error":"Missing refresh token."}', 'noRefreshToken'],
    ['GET https://a.example/dashboard net::ERR_TOO_MANY_REDIRECTS', 'redirectsToItself'],
    ['GET /callback?code=01JABCDEF0123456789ABCDEFG&state=eyJ 404 in 320ms', 'callbackNotServed'],
    ['"GET /auth/callback?state=a&code=01JABCDEF0123456789ABCDEFG HTTP/1.1" 405 0', 'callbackNotServed'],
    ['GET 404 a.example /callback?code=01JABCDEF0123456789ABCDEFG', 'callbackNotServed'],
    [
      '{"path":"/callback?code=01JABCDEF0123456789ABCDEFG","method":"GET","statusCode":404,"ms":3}',
      'callbackNotServed',
    ],
    [
      '    at getCookieOptions (webpack-internal:///(rsc)/@workos-inc/authkit-nextjs/dist/cookie.js:14:18)',
      'noRedirectUri',
    ],
  ])('%j shows %s', (line, name) => {
    expect(names(line)).toEqual([name === 'refreshFailed' ? expect.stringMatching(/^refresh/u) : name]);
  });

  it.each([
    'GET / 200 in 431ms',
    'Both files are detected',
    'HTTP ERROR 500 in 431 ms',
    'Failed to refresh due to a transient error. Preserving the session cookie so it can be retried.',
    'digest: NEXT_REDIRECT;replace;/a;307;',
    'GET / 200 in 431 ms',
    'took 431 of 500',
    'Error 401: invalid_client',
    'invalid_client_metadata',
    "Missing Refresh Token (audience: 'https://api.example', scope: 'openid')",
    'GET https://cdn.example/logo.png?w=64 net::ERR_TOO_MANY_REDIRECTS',
    '✓ Ready in 380ms',
    'GET /sign-out 307 in 3ms',
    'GET /sign-out?_rsc=1a2b3 200 in 3ms',
    'GET /orders?_rsc=1a2b3 307 in 3ms',
    'Failed to fetch RSC payload for https://a.example/orders. TypeError: Failed to fetch',
    'Cross-Origin Request Blocked: the remote resource at https://cdn.example/logo.svg.',
    'Uncaught Error: not found',
    '[Error] Fetch API cannot load https://a.example/orders?_rsc=1a2b3 due to access control checks.',
    'The file "./lib/paths.ts" must export a function',
    'GET /callback?code=01JABCDEF0123456789ABCDEFG&state=eyJ 307 in 404ms',
    'GET /api/github/callback?code=a1b2c3d4e5&state=x 404 in 3ms',
    'GET /callback?code=01JABCDEF0123456789ABCDEFG 307 in 404 ms',
    'GET /callback?code=01JABCDEF0123456789ABCDEFG 307 in 405.2ms (compile: 1ms)',
    '"GET /callback?code=01JABCDEF0123456789ABCDEFG HTTP/1.1" 307 404 "-"',
    '{"path":"/callback?code=01JABCDEF0123456789ABCDEFG","status":307,"duration":404}',
    'GET /callback?code=01JABCDEF0123456789ABCDEFG 200 in 3ms GET /favicon.ico 404 in 1ms',
    '    at getCookieOptions (/app/lib/cookies.ts:3:1)',
    '[vite] server.proxy["/api"].configure must export a function',
    'app.use(): middleware must export a function',
    'GET 200 a.example /auth/logout?_rsc=1a2b3',
    'compiled /refresh in 12ms',
    '',
  ])('%j shows nothing', (line) => {
    expect(names(line)).toEqual([]);
  });

  it('takes one failed refresh for an accident, and five for a loop', () => {
    expect(names(FAILED)).toEqual(['refreshFailed']);
    expect(names(...Array.from({ length: 5 }, () => FAILED))).toEqual(['refreshLoop']);
  });

  it('counts a failed refresh once, with the line that describes it', () => {
    expect(read(FAILED, 'Error Description: Refresh token already exchanged.')).toMatchObject([{ count: 1 }]);
    expect(read('{"error_description":"Refresh token already exchanged."}')).toMatchObject([{ count: 1 }]);
  });

  it('reads through colours, and keeps times and frames', () => {
    const [symptom] = read(
      '2026-11-27T09:30:00Z \u001B[31mError: Empty password\u001B[39m',
      '    at async proxy (src/proxy.ts:15:32)',
      '    at async run (node_modules/next/dist/server.js:1:2)',
    );
    expect(symptom).toMatchObject({ times: [Date.parse('2026-11-27T09:30:00Z')], frames: ['src/proxy.ts:15:32'] });
  });

  it('tells a background request of the sign-out from one of the sign-in', () => {
    const cors = (target: string, path: string) =>
      `Access to fetch at 'https://api.workos.com${target}' (redirected from 'https://a.example${path}?_rsc=x') from origin 'https://a.example' has been blocked by CORS policy`;
    expect(read(cors('/user_management/sessions/logout?session_id=s', '/bye'))).toMatchObject([
      { name: 'signOutPrefetched', path: '/bye' },
    ]);
    expect(read(cors('/user_management/authorize?client_id=c', '/login'))).toMatchObject([
      { name: 'signInPrefetched', path: '/login' },
    ]);
  });
});
