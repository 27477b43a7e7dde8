/** The vocabulary of Convex's verifier: providers, tokens, what is known about keys, and the verdict. */

export type JsonValue = boolean | number | string | JsonValue[] | { readonly [key: string]: JsonValue } | null;

/** An OpenID Connect provider as Convex has stored it after a deploy. */
export interface OidcProvider {
  readonly type: 'oidc';
  /** Completed with `https://` where the scheme was left out. */
  readonly domain: string;
  readonly applicationID: string;
}

/** A custom JWT provider as Convex has stored it after a deploy. */
export interface CustomJwtProvider {
  readonly type: 'customJwt';
  /** Completed with `https://` where the scheme was left out. */
  readonly issuer: string;
  readonly jwks: string;
  readonly algorithm: 'ES256' | 'RS256';
  readonly applicationID?: string;
}

export type Provider = CustomJwtProvider | OidcProvider;

/** The two parts of a token that decide. Values are `unknown`, for a token is what someone sent. */
export interface Token {
  readonly header: Readonly<Record<string, unknown>>;
  readonly claims: Readonly<Record<string, unknown>>;
}

/** The environment of the Convex deployment, and what `auth.config.ts` and the modules it imports read from it. */
export interface DeployEnvironment {
  /** The names of all `process.env.NAME` reads in the module graph. */
  readonly reads: readonly string[];
  /** Every variable of the deployment: what it lacks is unset. */
  readonly variables: Readonly<Record<string, string>>;
}

/** What Convex gets when it asks a provider's `jwks` address. */
export type KeySetAnswer =
  | { readonly ok: false; readonly code: string; readonly error: string; readonly reason: string }
  | { readonly ok: true; readonly keys: readonly Key[] };

/** A member of a key set, as far as it decides which key verifies a token. */
export interface Key {
  readonly kty: string;
  readonly kid?: string;
  readonly alg?: string;
  /** The key as it is in the set, for the one who verifies the signature. */
  readonly jwk: Readonly<Record<string, unknown>>;
}

/** What is known next to the providers and the token. What is left out is not checked, and the verdict says so. */
export interface Evidence {
  /** Seconds since 1970. */
  readonly now: number;
  /** What the matched provider's `jwks` answered. A `data:` address needs none. */
  readonly keys?: KeySetAnswer;
  /** Whether the key that `kid` names verifies the signature. */
  readonly signature?: 'invalid' | 'valid';
  /** The token represents a kind of token: no `kid` is known, so that it is not looked for in the keys. */
  readonly anyKey?: boolean;
  /** One provider of several is asked about by itself: the words call it 'this provider'. */
  readonly isAlone?: boolean;
}

/**
 * How far Convex gets: `deploy` (the push fails, before any token), `token` (the token can't be read), `match` (no
 * provider is found for it), then for the provider found `jwks`, `signature` and `claims`.
 */
export type Stage = 'claims' | 'deploy' | 'jwks' | 'match' | 'signature' | 'token';

/** The rows of PLAYBOOK §3's table. */
export type Row = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10 | 11 | 12 | 13 | 14 | 15 | 16 | 17 | 18 | 19 | 20 | 21;

/**
 * `misspelled`: `applicationId`. `notUrl`: an issuer or domain that Convex takes for no URL. `empty`: the text that a variable leaves
 * behind that is set to nothing. `keysNotFound`: an address at which no keys are served. `foreignKeys`: the keys of another client.
 */
export type RejectionCause = 'empty' | 'foreignKeys' | 'keysNotFound' | 'misspelled' | 'notUrl';

export type Property = 'algorithm' | 'applicationID' | 'domain' | 'issuer' | 'jwks' | 'type';

export interface Accepted {
  readonly accepted: true;
  /** The index of the provider that takes the token. */
  readonly provider: number;
  readonly row: Row;
  /** What no one looked at, because the evidence for it was not given. Empty: Convex takes this token. */
  readonly unproven: readonly ('discovery' | 'jwks' | 'signature')[];
  /** Later providers that match the token as well, and that Convex never tries. */
  readonly shadowed: readonly number[];
}

export interface Rejected {
  readonly accepted: false;
  readonly stage: Stage;
  /** Convex's own code of the error. */
  readonly code: string;
  /** Convex's own words, as a development deployment says them. */
  readonly error: string;
  /** Convex's own words where they differ in production, whose errors are redacted. */
  readonly redactedError?: string;
  /** Why, in plain words, with the values seen. Never the token, its subject, session or e-mail. */
  readonly reason: string;
  /** What to write instead, or what else to do. */
  readonly fix: string;
  /** The index of the provider at fault: the one that Convex chose, or that breaks the deploy. */
  readonly provider?: number;
  /** The index of the provider that came closest where Convex found none. */
  readonly closest?: number;
  /** The property at fault, of `provider` or of `closest`; a misspelt `applicationId` counts as `applicationID`. */
  readonly property?: Property;
  /** The claim at fault. */
  readonly claim?: string;
  /** What kind of fault it is, where a property may have several. */
  readonly cause?: RejectionCause;
  /** The variable at fault. */
  readonly variable?: string;
  readonly row: Row;
}

export type Acceptance = Accepted | Rejected;
