/** What fails on the server: PLAYBOOK §5 and §7 to §9, each next to the code that is right. */

export interface SessionCase {
  readonly name: string;
  /** What is asked for, signed in or not. */
  readonly path: string;
  readonly signedIn?: true;
  readonly file: string;
  /** The rule that reports the file, before the codemods. */
  readonly rule?: string;
  /** What a browser gets. After the codemods it gets the same where none rewrites it. */
  readonly before: RegExp;
  readonly after?: RegExp;
  /** What the server prints, and the failure that triage tells from it. */
  readonly log?: { readonly text: string; readonly symptom: string };
}

const COOKIE = { text: 'Cookies can only be modified', symptom: 'cookieInRender' };
const COOKIE_RULE = 'no-cookie-write-in-render';

export const SESSIONS: readonly SessionCase[] = [
  {
    name: 'a route that the matcher leaves out',
    path: '/uncovered',
    file: 'proxy.ts',
    rule: 'valid-proxy',
    before: /^500/u,
    after: /^200/u,
    log: { text: "isn't covered by the AuthKit middleware", symptom: 'routeNotCovered' },
  },
  {
    name: 'getSignInUrl() in a page',
    path: '/cookie',
    file: 'app/cookie/page.tsx',
    rule: COOKIE_RULE,
    before: /^500/u,
    after: /^200 .*href="\/sign-in"/su,
    log: COOKIE,
  },
  {
    name: 'withAuth({ ensureSignedIn: true }) in a page',
    path: '/ensure',
    file: 'app/ensure/page.tsx',
    rule: COOKIE_RULE,
    before: /^500/u,
    after: /^307 \/sign-in\?returnTo=\/ensure/u,
    log: COOKIE,
  },
  {
    name: 'redirect() to the sign-in route',
    path: '/redirects',
    file: 'app/redirects/page.tsx',
    before: /^307 \/sign-in/u,
  },
  {
    name: 'signOut() in a page',
    path: '/signs-out',
    signedIn: true,
    file: 'app/signs-out/page.tsx',
    rule: COOKIE_RULE,
    before: /^500/u,
    log: COOKIE,
  },
  {
    name: 'a redirect in a try',
    path: '/caught',
    file: 'app/caught/route.ts',
    rule: 'no-caught-redirect',
    before: /^400 .*NEXT_REDIRECT/u,
  },
  {
    name: 'a redirect in a try that is thrown on',
    path: '/rethrown',
    file: 'app/rethrown/route.ts',
    before: /^307 http:\/\/localhost:\d+\/user_management\/authorize/u,
  },
];

/** Sign-ins from their first request to the session. */
export interface SignInCase {
  readonly name: string;
  readonly path: string;
  readonly file: string;
  readonly rule?: string;
  /** Whether it finishes as it is written. After the codemods each does. */
  readonly finishes: boolean;
  readonly symptom?: string;
}

export const SIGN_INS: readonly SignInCase[] = [
  { name: 'a sign-in', path: '/sign-in', file: 'app/callback/route.ts', finishes: true },
  {
    name: 'a sign-in whose callback is not called',
    path: '/callbacks/uncalled/sign-in',
    file: 'app/callbacks/uncalled/route.ts',
    rule: 'valid-callback-route',
    finishes: false,
    symptom: 'handlerNotCalled',
  },
  {
    name: 'a sign-in whose callback is for POST',
    path: '/callbacks/by-post/sign-in',
    file: 'app/callbacks/by-post/route.ts',
    rule: 'valid-callback-route',
    finishes: false,
  },
  {
    name: 'a sign-in by getAuthorizationUrl()',
    path: '/raw',
    file: 'app/raw/route.ts',
    rule: 'no-raw-authorization-url',
    finishes: false,
    symptom: 'missingVerifier',
  },
];

/** Ways to sign out by a click in the page /leaving, by what is written there. */
export interface LeavingCase {
  readonly text: string;
  /** Whether the session ends at WorkOS as well. After the codemod it always does. */
  readonly reachesWorkOS: boolean;
  /** Not rewritten by a codemod. */
  readonly stays?: true;
}

export const LEAVING: readonly LeavingCase[] = [
  { text: 'By anchor', reachesWorkOS: true },
  { text: 'By link', reachesWorkOS: false },
  { text: 'By link to a route that reads the request', reachesWorkOS: false },
  { text: 'By location', reachesWorkOS: true },
  { text: 'By router', reachesWorkOS: false },
  { text: 'By POST', reachesWorkOS: true, stays: true },
];
