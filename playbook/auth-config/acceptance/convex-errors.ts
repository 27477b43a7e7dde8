/**
 * What Convex says, word by word, so that a search for its error finds us.
 *
 * Source: get-convex/convex-backend `crates/authentication/src/lib.rs` (tokens and JWKS),
 * `crates/isolate/src/environment/auth_config.rs` and `crates/common/src/auth.rs` (the deploy),
 * `crates/isolate/src/client.rs` and `crates/application/src/lib.rs` (what the push puts before a deploy error),
 * `crates/errors/src/lib.rs` (internal errors), and get-convex/biscuit `src/errors.rs` (times).
 */
import type { Provider } from './types.ts';

export interface ConvexError {
  readonly code: string;
  readonly error: string;
  readonly redactedError?: string;
}

const PUSH_PREFIX = 'The pushed auth config is invalid: ';
const SEE_DOCS = 'To learn more, see the auth documentation at https://docs.convex.dev/auth.';

/** Every error of the deploy but that of a missing variable arrives under one code, with one prefix. */
function deployError(text: string): ConvexError {
  return { code: 'InvalidAuthConfig', error: PUSH_PREFIX + text };
}

export function schemaError(detail: string): ConvexError {
  return deployError(`auth config file must include a list of provider credentials: ${detail}`);
}

/** No variant of the provider schema fits: serde names neither the provider nor the property. */
export function noVariantError(): ConvexError {
  return schemaError('data did not match any variant of untagged enum SerializedAuthInfo');
}

export function missingExportError(): ConvexError {
  return deployError(`auth config file is missing default export. ${SEE_DOCS}`);
}

export function unserializableError(): ConvexError {
  return deployError(`auth config file can only contain strings ${SEE_DOCS}`);
}

export function insecureConfigurationError(index: number): ConvexError {
  return deployError(
    `This auth configuration appears potentially insecure: Provider at index ${String(index)} has an issuer that is ` +
      'shared among many applications, so must to specify an ApplicationID to check against an `aud` field of a JWT.',
  );
}

/** `why` is what the URL parser says, which is left out where it isn't known here. */
export function invalidUrlError(url: string, why: string | undefined): ConvexError {
  return deployError(`Invalid provider domain URL "${url}"${why === undefined ? '' : `: ${why}`}`);
}

export function unsetVariableError(name: string): ConvexError {
  return {
    code: 'AuthConfigMissingEnvironmentVariable',
    error: `Environment variable ${name} is used in auth config file but its value was not set`,
  };
}

/** What Convex reports for calls that have no meaning while it evaluates `auth.config.ts`, by the name of the call. */
export const forbiddenCallErrors = {
  'Math.random': deployError('Uncaught Error: Math.random unsupported when evaluating auth config file'),
  crypto: deployError('Uncaught Error: Cannot use cryptographic randomness when evaluating auth config file'),
  Date: deployError('Uncaught Error: Date unsupported when evaluating auth config file'),
  performance: deployError('Uncaught Error: The Performance API is not supported when evaluating auth config file'),
} as const satisfies Readonly<Record<string, ConvexError>>;

function tokenError(error: string, redactedError?: string): ConvexError {
  return redactedError === undefined
    ? { code: 'InvalidAuthHeader', error }
    : { code: 'InvalidAuthHeader', error, redactedError };
}

export function unreadableTokenError(): ConvexError {
  return tokenError(
    'Could not parse JWT payload. Check that the token is a valid JWT format with three base64-encoded parts separated by dots.',
  );
}

export function missingIssuerError(): ConvexError {
  return tokenError(
    "Missing issuer claim ('iss') in JWT payload. The JWT must include an 'iss' claim that matches one of your configured auth providers.",
  );
}

const NO_PROVIDER = 'No auth provider found matching the given token';

/** A development deployment lists its providers; a production deployment stops after the first words. */
export function noProviderError(providers: readonly Provider[]): ConvexError {
  const list = providers.map((provider) =>
    provider.type === 'oidc'
      ? `OIDC(domain=${provider.domain}, app_id=${provider.applicationID})`
      : `CustomJWT(issuer=${provider.issuer}, app_id=${provider.applicationID ?? 'none'})`,
  );
  const error =
    list.length === 0
      ? `${NO_PROVIDER} (no providers configured). Check convex/auth.config.ts.`
      : `${NO_PROVIDER}. Check that your JWT's issuer and audience match one of your configured providers: [${list.join(', ')}]`;
  return { code: 'NoAuthProvider', error, redactedError: NO_PROVIDER };
}

/** A wrong `kid`, `alg`, signature or number of parts all read alike: Convex reports only whether there was a `kid`. */
export function undecodableError(kid: string | undefined): ConvexError {
  return kid === undefined
    ? tokenError("Could not decode token. JWT may be missing a 'kid' (key ID) header.")
    : tokenError(
        `Could not decode token. The JWT's 'kid' (key ID) header is '${kid}', does this key match any key in the provider's JWKS?`,
        "Could not decode token. The JWT's 'kid' (key ID) header doesn't match any key in the provider's JWKS, or the JWT signature is invalid.",
      );
}

export function invalidDataUrlError(): ConvexError {
  return tokenError(
    'Invalid JWKS data URL. Check that the data URL is properly formatted and contains valid base64-encoded JSON.',
  );
}

/** `why` is the HTTP status (`HTTP 404 Not Found`) or the client's words. */
export function unfetchableError(jwks: string, why: string): ConvexError {
  return tokenError(`Could not fetch JWKS from URL '${jwks}': ${why}. Check that the URL is correct and accessible.`);
}

export function contentTypeError(jwks: string, contentType: string | undefined): ConvexError {
  return tokenError(
    `Invalid Content-Type '${contentType ?? 'unknown'}' when fetching JWKS from '${jwks}'. ` +
      "Expected 'application/json' or 'application/jwk-set+json'.",
  );
}

export function invalidKeySetError(jwks: string): ConvexError {
  return tokenError(
    `Invalid JWKS response body from '${jwks}'. The response is not valid JSON or doesn't match the expected JWKS format.`,
  );
}

/** An address that isn't a URI at all ends as an internal error, of which the client learns nothing. */
export function internalError(): ConvexError {
  return { code: 'InternalServerError', error: "Your request couldn't be completed. Try again later." };
}

/** `why` is biscuit's: `Token expired 60 seconds ago`, `Token will be valid in 60 seconds`. */
export function invalidTimeError(why: string): ConvexError {
  return tokenError(`Could not validate token: ${why}`);
}

/** No `sub`, or no `exp`. */
export function invalidClaimsError(): ConvexError {
  return tokenError(
    'Could not verify token claim. Check that the JWT contains valid claims and matches your auth provider configuration.',
  );
}

export function invalidOidcClaimsError(): ConvexError {
  return {
    code: 'Unauthenticated',
    error: "Could not verify OIDC token claim. Check that the token signature is valid and the token hasn't expired.",
  };
}
