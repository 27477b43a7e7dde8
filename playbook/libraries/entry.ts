/**
 * The form of a row: what an export of a package means to a sign-in. A row is data; a new package, alias or SDK version is another row.
 * Finders ask for the meaning, never for a package's or a function's name.
 */

/** Where a redirect URI goes: which argument holds it, and under which member. */
export interface RedirectSink {
  /**
   * `proxy` decides for every sign-in of the app, `sign-in` for one; `callback` is where the callback sends users on to, `sign-out` where
   * WorkOS sends them after signing out.
   */
  readonly kind: 'callback' | 'proxy' | 'sign-in' | 'sign-out';
  readonly argument: number;
  readonly member: string;
  /** Called in the browser, where only `NEXT_PUBLIC_` variables are. */
  readonly isInBrowser?: true;
  /** Nothing replaces it when it is left out. */
  readonly isRequired?: true;
}

/** When a call does something: always, only where an option is true (`withAuth({ ensureSignedIn: true })`), or unless it has a value. */
export type When =
  | 'always'
  | { readonly argument: number; readonly option: string }
  | { readonly argument: number; readonly option: string; readonly unless: string };

/** How a WorkOS token is renewed by force; what it changes in what the hooks return. */
export type ForcedKind =
  /** `useAccessToken().refresh()`: sets `loading` while it runs, replaces `accessToken`. */
  | 'refresh'
  /** `useAuth().refreshAuth()`: sets `useAuth().loading`, replaces the user object. */
  | 'refreshAuth'
  /** `refreshSession()` on the server: the hooks don't hear of it. */
  | 'refreshSession'
  /** `getAccessToken({ forceRefresh: true })` of authkit-react: the user object stays when nothing in it changed. */
  | 'forceRefresh';

/** A value that a hook returns; `user` stands for all that `refreshAuth()` replaces, `token` for the result of `useAccessToken()` as a whole. */
export type WorkOSValue = 'auth.loading' | 'token.error' | 'token.loading' | 'token.value' | 'token' | 'user';

export type TokenMeaning =
  /** Answers from the cache, renews what is about to expire. `mayForce`: an option `forceRefresh` renews it in any case. */
  | { readonly kind: 'ask'; readonly mayForce?: true }
  | { readonly kind: 'forced'; readonly by: ForcedKind }
  | { readonly kind: 'value'; readonly name: WorkOSValue };

export interface Meaning {
  /** Ends the session of whoever calls it. */
  readonly endsSession?: true;
  /** Gives a URL of WorkOS's sign-in (or redirects to it): a route handler that does it starts a sign-in. */
  readonly startsSignIn?: When;
  /** Makes or is the handler that finishes a sign-in. */
  readonly finishesSignIn?: 'handler-factory' | 'by-hand';
  /**
   * Sets or deletes a cookie, which a Server Component may not do. `since`: the first version that does (PLAYBOOK §7). `signedOutOnly`: for
   * visitors without a session alone.
   */
  readonly writesCookie?: { readonly when: When; readonly since?: string; readonly signedOutOnly?: true };
  /** Leaves by an exception that Next.js catches: a `catch` around it must rethrow. */
  readonly leavesByException?: When;
  /** Leaves to the URL in its first argument, or to what a member of that says (`href`, with a locale). */
  readonly redirectsTo?: 'member' | 'url';
  /** Leaves to an error page (`notFound()`), not to another URL. */
  readonly isRefusal?: true;
  /** Reads the session that the proxy left in the request's headers: throws on a route that the proxy's matcher leaves out. */
  readonly needsProxy?: true;
  /** Is, or makes, the proxy that refreshes the session. */
  readonly proxy?: 'factory' | 'function';
  /** Refreshes the session and returns headers that must reach the browser. */
  readonly returnsSessionHeaders?: true;
  /** Sends the headers of `returnsSessionHeaders` on, as its first two arguments are the request and the headers. */
  readonly sendsSessionHeaders?: true;
  /** The part of its result that goes to the page that is rendered, and never to the browser. */
  readonly resultForPage?: string;
  /** Puts headers into the response that is its first argument, and returns that. */
  readonly finishesResponse?: true;
  /** Rethrows what Next.js throws to leave a function. */
  readonly rethrows?: true;
  readonly redirectSink?: RedirectSink;
  /** Makes a client of WorkOS's API. */
  readonly makesWorkOSClient?: true;
  /** Makes the providers of an `auth.config` for AuthKit's tokens. */
  readonly makesProviders?: true;
  /** Returns the session, which has the token as `accessToken`. */
  readonly returnsSession?: true;
  /** What it is to whoever hands the access token to another service. */
  readonly token?: TokenMeaning;
  /** Switches the session to another organisation in client code. */
  readonly switchesOrganization?: When;
  /** A component that hands tokens to Convex: those of its `useAuth`'s `fetchAccessToken`, or `adapted` of AuthKit's own hook. */
  readonly tokenProvider?: 'adapted' | 'own';
  /** Hands the tokens of its first argument, a function, to Convex. */
  readonly takesFetcher?: true;
  /** A component that Next.js prefetches: the props that may hold its URL. */
  readonly link?: { readonly hrefProps: readonly string[]; readonly isPlain?: true; readonly isForm?: true };
  /** A hook or object that is the router of Next.js, which has `prefetch`; or what gives a component the router as its prop `router`. */
  readonly router?: 'hook' | 'object' | 'wrapper';
  /** Gives the path of what an argument has under a member (`getPathname({ href, locale })`), or of the argument itself. */
  readonly path?: { readonly argument: number; readonly member?: string };
  /** Returns a function that means the same as its first argument: `cache(getUser)` of React. */
  readonly wraps?: true;
  /**
   * Makes a state outside of components. `members`: of a function that returns it and is given what sets it; `value`: a single value; `object`: an
   * object that is written to.
   */
  readonly store?: 'members' | 'object' | 'value';
  /** A hook that reads the store that it is given: its value, what sets it, or both in a list. `members`: as the store's own hook. */
  readonly readsStore?: 'members' | 'pair' | 'setter' | 'value';
  /**
   * A hook that keeps what a function returns (`data`): which argument is that function, or has it under a member, and which one the function is given;
   * which one has the options; and the option that renews what is kept at intervals.
   */
  readonly caches?: {
    readonly argument: number;
    readonly given?: number;
    readonly member?: string;
    readonly options: number;
    readonly renewedBy: string;
  };
  /** Calls, for each request, the function that its first argument has under a member. */
  readonly callsMember?: string;
  /** Is a handler that signs users out on `POST` alone. */
  readonly signsOutOnPost?: true;
  /** Throws where its first argument has no value, or is false. */
  readonly asserts?: true;
  /** Gives the headers of the request. */
  readonly requestHeaders?: true;
  /** Answers a request: `NextResponse.json()`. `redirect`: its first argument says where to; `next` hands the request on. */
  readonly response?: 'body' | 'next' | 'redirect' | 'rewrite';
}

export interface Entry extends Meaning {
  /** Members of the export itself: `NextResponse.json`. */
  readonly members?: Readonly<Record<string, Entry>>;
  /** Members of what a call of it, or `new`, returns: `useAuth().signOut`. `'()'` is what is returned itself, when it is called. */
  readonly returns?: Readonly<Record<string, Entry>>;
}

/** What the exports of some modules mean. All modules of one library have the same exports. */
export interface Library {
  /** Whether its hooks are those of authkit-nextjs (`next`), or one hook has all that those have (`react`). */
  readonly sdk?: 'next' | 'react';
  /** The package as the docs name it. */
  readonly name: string;
  readonly modules: readonly string[];
  readonly exports: Readonly<Record<string, Entry>>;
}

export const ASK: Entry = { token: { kind: 'ask' } };
export const forced = (by: ForcedKind): Entry => ({ token: { kind: 'forced', by } });
export const value = (name: WorkOSValue): Entry => ({ token: { kind: 'value', name } });

/** What `useAuth().refreshAuth()` replaces along with the user. */
export const WITH_USER = {
  user: value('user'),
  permissions: value('user'),
  roles: value('user'),
  entitlements: value('user'),
  featureFlags: value('user'),
  impersonator: value('user'),
} satisfies Readonly<Record<string, Entry>>;

/** A row with nothing to say but that the export is known. */
export const KNOWN: Entry = {};

/** `{ option: true }` of the first argument. */
export const whenOption = (option: string, argument = 0): When => ({ argument, option });
