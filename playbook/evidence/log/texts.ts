/**
 * The texts that programs print, and what each shows. Read in the sources: authkit-nextjs 4.3.2 `src/{session,errors,authkit-callback-route}.ts`,
 * iron-session (`Empty password`, `Password string too short`), Next.js `server/web/spec-extension/adapters/request-cookies.ts`, convex
 * `src/browser/sync/authentication_manager.ts`, convex-backend `crates/authentication/src/lib.rs`.
 */
import type { SymptomName } from '../symptoms.ts';

export interface LogText {
  readonly name: SymptomName;
  readonly pattern: RegExp;
  /** The text as an answer quotes it: never what else is in the line. */
  readonly quote: string;
  /** The second line of an error: it counts where the first one has shown nothing. */
  readonly isSecond?: boolean;
}

/** In this order: the first that matches a line is what it shows. */
export const LOG_TEXTS: readonly LogText[] = [
  {
    name: 'routeNotCovered',
    // With another apostrophe, and other quotes, before authkit-nextjs 2.5.
    pattern: /calling ['`](?:withAuth|getUser)['`] on .{0,2000}?isn['’]t covered by the AuthKit middleware/u,
    quote: "You are calling 'withAuth' on a route that isn't covered by the AuthKit middleware",
  },
  { name: 'noCookiePassword', pattern: /\bEmpty password\b/u, quote: 'Empty password' },
  {
    name: 'shortCookiePassword',
    pattern: /Password string too short|valid cookie password that is at least 32 characters/u,
    quote: 'Password string too short (min 32 characters required)',
  },
  { name: 'noRedirectUri', pattern: /You must provide a redirect URI/u, quote: 'You must provide a redirect URI' },
  {
    // authkit-nextjs before 2.5 reads it without a guard: TypeError: Invalid URL. Apps have functions of that name, too.
    name: 'noRedirectUri',
    pattern: /\bat getCookieOptions \((?:[^\n]{0,300}authkit|(?:\.\.\/){1,9}src\/cookie\.ts)/u,
    quote: 'Invalid URL in getCookieOptions()',
  },
  {
    name: 'noApiKey',
    pattern: /NoApiKeyProvidedException|Missing API key\. Pass it to the constructor \(new WorkOS/u,
    quote: 'Missing API key',
  },
  {
    name: 'cookieInRender',
    pattern: /Cookies can only be modified in a Server Action or Route Handler/u,
    quote: 'Cookies can only be modified in a Server Action or Route Handler',
  },
  {
    name: 'twoProxies',
    pattern: /Both \w{0,20} ?file .{0,300} are detected/u,
    quote: 'Both middleware file … and proxy file … are detected',
  },
  {
    // next 16 `build/templates/middleware` and `build/analysis/get-page-static-info`
    name: 'noProxyExport',
    pattern: /[/"](?:proxy|middleware)(?:\.\w{2,4})?" must export a function/u,
    quote: 'The proxy file must export a function',
  },
  {
    name: 'redirectsToItself',
    // Not of an image, a script or the like: a page that has one may be fine.
    pattern:
      /^(?!.*https?:\/\/[^\s'"?]{1,2000}\.(?:avif|css|gif|ico|jpe?g|m?js|map|mp[34]|png|svg|ttf|webm|webp|woff2?)\b)(?:.*ERR_TOO_MANY_REDIRECTS|.*redirected you too many times|.*page isn['’]t redirecting properly|.*Too many redirects)/iu,
    quote: 'Too many redirects',
  },
  { name: 'missingVerifier', pattern: /missing_pkce_cookie/u, quote: 'missing_pkce_cookie' },
  {
    // authkit-nextjs 3.0 to 4.0
    name: 'missingVerifier',
    pattern: /Auth cookie missing . cannot verify OAuth state/u,
    quote: 'Auth cookie missing: cannot verify OAuth state',
  },
  {
    name: 'missingVerifier',
    pattern: /missing_auth_params|Missing required auth parameter/u,
    quote: 'Missing required auth parameter',
  },
  {
    name: 'missingVerifier',
    pattern: /Sign-in session could not be verified/u,
    quote: 'Sign-in session could not be verified',
  },
  { name: 'stateMismatch', pattern: /OAuth state mismatch|state_mismatch/u, quote: 'OAuth state mismatch' },
  {
    name: 'handlerNotCalled',
    pattern: /No response is returned from route handler/u,
    quote: 'No response is returned from route handler',
  },
  {
    name: 'redirectUriInvalid',
    // The address of WorkOS's page, and what the page says.
    pattern:
      /redirect[-_ ]uri[-_ ]invalid|invalid[_ ]redirect[_ ]uri|not a valid redirect URI|uses the correct redirect URI/iu,
    quote: 'redirect-uri-invalid',
  },
  {
    name: 'convexRejects',
    pattern: /No auth provider found matching the given token/u,
    quote: 'No auth provider found matching the given token',
  },
  {
    name: 'clientIdUnset',
    pattern: /Environment variable WORKOS_CLIENT_ID is used in auth config/u,
    quote: 'Environment variable WORKOS_CLIENT_ID is used in auth config file but its value was not set',
  },
  {
    name: 'deployRefused',
    pattern: /Environment variable \w{1,200} is used in auth config/u,
    quote: 'Environment variable … is used in auth config file but its value was not set',
  },
  {
    name: 'deployRefused',
    pattern: /InsecureConfiguration|auth config is invalid|auth configuration appears potentially insecure/u,
    quote: 'The pushed auth config is invalid',
  },
  {
    name: 'convexRejects',
    pattern:
      /Could not decode token|Token is missing a 'kid'|`?kid`? (?:does not|doesn't) match any|Could not fetch JWKS|InvalidAuthHeader/u,
    quote: 'Convex could not verify the token',
  },
  {
    name: 'convexRejects',
    pattern: /Failed to authenticate: .{0,200}check your server auth config/u,
    quote: 'Failed to authenticate: …, check your server auth config',
  },
  {
    // Google's own page says: Error 401: invalid_client.
    name: 'clientRefused',
    pattern: /(?<!Error \d{3}: )\binvalid_client\b/u,
    quote: 'invalid_client',
  },
  {
    // What WorkOS answers authkit-js (workos/authkit-js#37). Auth0 names the audience behind it.
    name: 'noRefreshToken',
    pattern: /\bMissing refresh token\b(?! \(audience)/iu,
    quote: 'Missing refresh token',
  },
  {
    name: 'refreshLoop',
    pattern: /Failed to refresh (?:access token|session): .{0,300}Too Many Requests/u,
    quote: 'Failed to refresh session: Too Many Requests',
  },
  {
    name: 'refreshFailed',
    pattern:
      /Failed to refresh (?:access token|session)\b.{0,300}invalid_grant|(?<!Error [Dd]escription: )(?:Refresh token already exchanged|Session has already ended)|TokenRefreshError/u,
    quote: 'Failed to refresh session: invalid_grant',
  },
  {
    name: 'refreshFailed',
    pattern: /Error [Dd]escription: (?:Refresh token already exchanged|Session has already ended)/u,
    quote: 'invalid_grant',
    isSecond: true,
  },
  {
    name: 'refreshFailed',
    pattern: /Failed to refresh(?: access token| session|\. Deleting cookie)/u,
    quote: 'Failed to refresh access token',
  },
  {
    name: 'caughtRedirect',
    pattern: /["']error["']\s*:\s*["']NEXT_REDIRECT|(?:Error|error|message): NEXT_REDIRECT|^\s*NEXT_REDIRECT\s*$/u,
    quote: 'NEXT_REDIRECT',
  },
  {
    name: 'convexUnauthorized',
    pattern: /\[CONVEX [A-Z]\(.{0,200}\)\].{0,200}\b(?:Unauthorized|Unauthenticated|Not authenticated)\b/iu,
    quote: 'Uncaught Error: Unauthorized (a Convex function)',
  },
  {
    // A browser's console has the name of the function in the line above, the dashboard has it in a column of its own.
    name: 'convexUnauthorized',
    pattern: /Uncaught (?:Convex)?Error: .{0,80}\b(?:Unauthorized|Unauthenticated|Not authenticated)\b/iu,
    quote: 'Uncaught Error: Unauthorized (a Convex function)',
  },
  {
    name: 'tooManyCookies',
    pattern:
      /\b(?:GET|POST|HEAD|PUT|PATCH|DELETE) \S{1,2000}(?: HTTP\/[\d.]+"?)? 431\b|\b(?:HTTP(?: ERROR|\/[\d.]+)?|status(?:Code)?"?)[ :=]{1,3}"?431\b|Request Header Fields Too Large|HPE_HEADER_OVERFLOW/u,
    quote: 'HTTP 431 Request Header Fields Too Large',
  },
  { name: 'callbackFailed', pattern: /\[AuthKit callback error\]/u, quote: '[AuthKit callback error]' },
  {
    // What the callback answers by default.
    name: 'callbackFailed',
    pattern: /Couldn['’]t sign in\. If you are not sure what happened/u,
    quote: "Couldn't sign in",
  },
  {
    // WorkOS's codes are ULIDs. The status comes first behind the URL, with its name, or, at Vercel, before it: other numbers are sizes and times.
    name: 'callbackNotServed',
    pattern:
      /[?&]code=01[\dA-Z]{8,40}\b[^\s"']{0,4000}(?![^\s"'])(?: HTTP\/[\d.]{1,3}"?)? 40[45]\b(?! ?ms|\.\d)|[?&]code=01[\dA-Z]{8,40}\b[^\s"']{0,4000}(?![^\s"'])[^\n]{0,300}?\b[Ss]tatus(?:_?[Cc]ode)?["']?\s?[:=]\s?"?40[45]\b|\bGET 40[45] (?:\S{1,300} )?\/\S{0,300}[?&]code=01[\dA-Z]{8,40}\b/u,
    quote: 'the callback returns 404 or 405',
  },
];

/** Some words of each text: a line without any of them shows nothing. They are searched for in whole files at once, so that there is no room for more than words. */
export const WORDS = [
  'AuthKit middleware',
  'are detected',
  'Auth cookie missing',
  'Empty password',
  'Password string too short',
  'valid cookie password',
  'provide a redirect URI',
  'getCookieOptions',
  'NoApiKeyProvided',
  'Missing API key',
  'must export a function',
  'ERR_TOO_MANY',
  'redirected you too many',
  't redirecting properly',
  '[Tt]oo many redirects',
  'Cookies can only',
  'missing_pkce_cookie',
  'missing_auth_params',
  'Missing required auth',
  'Sign-in session could not',
  'state mismatch',
  'state_mismatch',
  'No response is returned',
  '[Rr]edirect[-_ ][Uu][Rr][Ii]',
  'No auth provider',
  'Could not decode token',
  "'kid'",
  'kid`? does',
  'Could not fetch JWKS',
  'InvalidAuthHeader',
  'InsecureConfiguration',
  'auth config',
  'potentially insecure',
  'Failed to authenticate',
  'Failed to refresh',
  'invalid_client',
  'issing [Rr]efresh [Tt]oken',
  'Refresh token already',
  'Session has already',
  'TokenRefreshError',
  'NEXT_REDIRECT',
  'CONVEX [A-Z]\\(',
  'Uncaught (?:Convex)?Error',
  '\\b431\\b',
  'HPE_HEADER',
  'Request Header Fields',
  'AuthKit callback error',
  't sign in\\. If you',
  '[?&]code=01',
  'Failed to fetch RSC',
  "redirected from '",
  'Cross-Origin Request Blocked',
  'access control checks',
  '[?&]_rsc=',
].join('|');

/** A path in a console's line that says what was fetched: `redirected from 'https://…/sign-out?_rsc=…'`, `RSC payload for …/sign-out`. */
export const BACKGROUND_FETCH =
  /(?:redirected from '|Failed to fetch RSC payload for )(?<url>https?:\/\/[^\s'?]+(?:\?[^\s']*)?)/u;

/** The same in Safari: `Fetch API cannot load https://…/sign-in?_rsc=1a2b3 due to access control checks.` */
export const ROUTER_FETCH_REFUSED =
  /Fetch API cannot load (?<url>https?:\/\/[^\s'?]+\?(?:[^\s']*&)?_rsc=[^\s']*) due to access control checks/u;

/** What Firefox and Safari say of a request to WorkOS that CORS stops; they name no other URL. */
export const REFUSED_BY_CORS = /Cross-Origin Request Blocked|due to access control checks/u;

/** A request of Next.js's router that was redirected, as a server or Vercel logs it: `GET /sign-out?_rsc=1a2b3 307 in 4ms`, `GET 307 a.dev /sign-out?_rsc=1a2b3`. */
export const ROUTER_REQUEST =
  /(?:\bGET 30[2378] (?:\S{1,300} )?(?<behind>\/[^\s"'?]{0,300}\?(?:[^\s"']{0,300}&)?_rsc=))|(?:https?:\/\/[^/\s"']{1,300})?(?<url>\/[^\s"'?]{0,300}\?(?:[^\s"']{0,300}&)?_rsc=)[^\n]{0,2000}?\b30[2378]\b/u;
