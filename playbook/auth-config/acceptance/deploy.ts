/**
 * What a push does with `auth.config.ts` before any token arrives: reads the environment, checks what the file
 * exports, completes the issuers.
 *
 * Source: get-convex/convex-backend `crates/isolate/src/environment/auth_config.rs`, `crates/common/src/auth.rs`.
 */
import {
  insecureConfigurationError,
  invalidUrlError,
  missingExportError,
  noVariantError,
  schemaError,
  unserializableError,
  unsetVariableError,
  type ConvexError,
} from './convex-errors.ts';
import { WORKOS_API } from './issuer.ts';
import type { DeployEnvironment, JsonValue, Property, Provider, Rejected, RejectionCause, Row } from './types.ts';

/** Variables that Convex sets in every deployment. */
export const ALWAYS_SET: ReadonlySet<string> = new Set(['CONVEX_CLOUD_URL', 'CONVEX_SITE_URL']);

export type Deploy =
  { readonly ok: false; readonly rejection: Rejected } | { readonly ok: true; readonly providers: readonly Provider[] };

interface Fault {
  readonly cause?: RejectionCause;
  readonly property?: Property;
  readonly provider?: number;
  readonly variable?: string;
  readonly reason: string;
  readonly fix: string;
  readonly row: Row;
}

type JsonObject = Readonly<Record<string, JsonValue>>;

/**
 * Deploys a default export. Never throws. `environment` left out means that nothing is known of it, and that no read
 * of a variable fails.
 */
export function deploy(defaultExport: unknown, environment?: DeployEnvironment): Deploy {
  const unset = environment?.reads.find((name) => !ALWAYS_SET.has(name) && !Object.hasOwn(environment.variables, name));
  if (unset !== undefined) {
    return refuse(unsetVariableError(unset), {
      variable: unset,
      reason: `${unset} is read, and is not set in the Convex deployment. The read itself throws, so that a fallback behind it never runs.`,
      fix: `Set it with \`npx convex env set ${unset} <value>\`, or remove the read.`,
      row: 19,
    });
  }
  if (defaultExport === undefined || defaultExport === null) {
    return refuse(missingExportError(), {
      reason: 'auth.config has no default export, or it is null.',
      fix: 'Write `export default { providers: [ … ] } satisfies AuthConfig;`.',
      row: 15,
    });
  }
  let config: JsonValue;
  try {
    const text = JSON.stringify(defaultExport) as string | undefined;
    if (text === undefined) return unserializable();
    config = JSON.parse(text) as JsonValue;
  } catch {
    return unserializable();
  }
  return deployConfig(config);
}

function unserializable(): Deploy {
  return refuse(unserializableError(), {
    reason: 'The default export can not be written as JSON (a function, a circular object or a bigint).',
    fix: 'Export a plain object: `export default { providers: [ … ] } satisfies AuthConfig;`.',
    row: 15,
  });
}

function deployConfig(config: JsonValue): Deploy {
  const list = isObject(config) ? config['providers'] : undefined;
  if (!isObject(config) || !Array.isArray(list)) {
    const detail = !isObject(config)
      ? `invalid type: ${jsonKind(config)}, expected struct SerializedAuthConfig`
      : list === undefined
        ? 'missing field `providers`'
        : `invalid type: ${jsonKind(list)}, expected a sequence`;
    return refuse(schemaError(detail), {
      reason: 'The default export has no list of providers.',
      fix: 'Write `export default { providers: [ … ] } satisfies AuthConfig;`.',
      row: 15,
    });
  }
  // Convex reads all providers before it looks at the first URL.
  return firstOf(list, findConfusion) ?? firstOf(list, findMisfit) ?? storeAll(list);
}

function firstOf(
  list: readonly JsonValue[],
  find: (provider: JsonValue, index: number) => Deploy | undefined,
): Deploy | undefined {
  for (const [index, provider] of list.entries()) {
    const found = find(provider, index);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The providers as Convex keeps them, their addresses completed. */
function storeAll(list: readonly JsonValue[]): Deploy {
  const providers: Provider[] = [];
  for (const [index, provider] of list.entries()) {
    const stored = isObject(provider) ? store(provider) : undefined;
    if (stored === undefined) continue;
    const address = stored.type === 'oidc' ? stored.domain : stored.issuer;
    const completed = completeIssuer(address);
    if (!completed.ok) return notUrl(stored, address, index, completed.why);
    providers.push(
      stored.type === 'oidc' ? { ...stored, domain: completed.url } : { ...stored, issuer: completed.url },
    );
  }
  return { ok: true, providers };
}

function notUrl({ type }: Provider, address: string, index: number, why: string | undefined): Deploy {
  const property = type === 'oidc' ? 'domain' : 'issuer';
  const at = `The ${property} of the provider at index ${String(index)}`;
  const isEmpty = address === '';
  return refuse(invalidUrlError(address, why), {
    cause: 'notUrl',
    provider: index,
    property,
    reason: isEmpty
      ? `${at} is empty, as it is when its variable is set to nothing.`
      : `${at} ("${address}") is not a URL that Convex takes.`,
    fix: isEmpty
      ? 'Give the variable its value with `npx convex env set`.'
      : 'Write a whole URL, with https:// and a host.',
    row: isEmpty ? 20 : 15,
  });
}

/** The mistakes for which Convex has words of their own. The order is Convex's. */
function findConfusion(provider: JsonValue, index: number): Deploy | undefined {
  if (!isObject(provider)) return undefined;
  const type = typeof provider['type'] === 'string' ? provider['type'] : 'unknown';
  const at = `Provider at index ${String(index)}`;
  const confused = (error: ConvexError, fault: Omit<Fault, 'provider' | 'row'>, row: Row = 15): Deploy =>
    refuse(error, { ...fault, provider: index, row });
  if (Object.hasOwn(provider, 'applicationId') || Object.hasOwn(provider, 'applicationid')) {
    const rule = "must have applicationID property spelled lowercase 'application', capital I, capital D.";
    return confused(schemaError(`${at} ${rule}`), {
      cause: 'misspelled',
      property: 'applicationID',
      reason: `${at} has a property applicationId, which is spelled applicationID.`,
      fix: 'Write `applicationID`.',
    });
  }
  if (type !== 'customJwt' && type !== 'oidc' && type !== 'unknown') {
    return confused(schemaError(`${at} has unexpected 'type' value '${type}'`), {
      property: 'type',
      reason: `${at} has the type '${type}', which Convex doesn't know.`,
      fix: "Write `type: 'customJwt'`.",
    });
  }
  if (type === 'customJwt' && Object.hasOwn(provider, 'domain')) {
    return confused(schemaError(`${at} is a customJwt so cannot have a 'domain' specified`), {
      property: 'domain',
      reason: `${at} is a customJwt, which has an issuer and no domain.`,
      fix: 'Write `issuer` in place of `domain`.',
    });
  }
  if (type !== 'customJwt' && Object.hasOwn(provider, 'issuer')) {
    return confused(schemaError(`${at} is oidc so cannot have an 'issuer' specified.`), {
      property: 'issuer',
      reason: `${at} has an issuer but not the type 'customJwt', so that Convex takes it for an OpenID Connect provider.`,
      fix: "Write `type: 'customJwt'`.",
    });
  }
  // By letter, and only whether the property is there: without the scheme, or with `applicationID: null`, it deploys.
  const shared = provider['issuer'] === WORKOS_API || provider['issuer'] === `${WORKOS_API}/`;
  if (!shared || Object.hasOwn(provider, 'applicationID')) return undefined;
  const reason = `${at} accepts tokens of every WorkOS customer, because all of them share its issuer.`;
  const fix = 'Write `applicationID: process.env.WORKOS_CLIENT_ID` next to it.';
  return confused(insecureConfigurationError(index), { property: 'applicationID', reason, fix }, 10);
}

interface Misfit {
  readonly property?: Property;
  readonly reason: string;
  readonly fix: string;
}

/** The first provider that fits no form which Convex knows. */
function findMisfit(provider: JsonValue, index: number): Deploy | undefined {
  const misfit = isObject(provider)
    ? misfitOf(provider)
    : { reason: `is ${jsonKind(provider)}, not an object`, fix: 'Write an object for each provider.' };
  return (
    misfit &&
    refuse(noVariantError(), {
      ...misfit,
      reason: `The provider at index ${String(index)} ${misfit.reason}.`,
      provider: index,
      row: 15,
    })
  );
}

function misfitOf(provider: JsonObject): Misfit | undefined {
  const custom = provider['type'] === 'customJwt';
  for (const property of custom ? (['issuer', 'jwks'] as const) : (['domain', 'applicationID'] as const)) {
    if (typeof provider[property] !== 'string') {
      return {
        property,
        reason: `has no ${property}, or one that is not a string`,
        fix: `Write \`${property}\` as a string.`,
      };
    }
  }
  if (!custom) return undefined;
  const applicationId = provider['applicationID'];
  if (applicationId !== undefined && applicationId !== null && typeof applicationId !== 'string') {
    return {
      property: 'applicationID',
      reason: 'has an applicationID that is not a string',
      fix: 'Write the client id as a string.',
    };
  }
  const algorithm = provider['algorithm'];
  if (algorithm === 'RS256' || algorithm === 'ES256') return undefined;
  return {
    property: 'algorithm',
    reason: algorithm === undefined ? 'has no algorithm' : `has an algorithm other than RS256 and ES256`,
    fix: "Write `algorithm: 'RS256'`.",
  };
}

function store(provider: JsonObject): Provider | undefined {
  const { applicationID, domain, issuer, jwks, algorithm } = provider;
  if (provider['type'] !== 'customJwt') {
    return typeof domain === 'string' && typeof applicationID === 'string'
      ? { type: 'oidc', domain, applicationID }
      : undefined;
  }
  if (typeof issuer !== 'string' || typeof jwks !== 'string') return undefined;
  if (algorithm !== 'RS256' && algorithm !== 'ES256') return undefined;
  return { type: 'customJwt', issuer, jwks, algorithm, ...(typeof applicationID === 'string' && { applicationID }) };
}

/**
 * Convex has the list of top-level domains at hand when it judges an issuer without a scheme; here every word of
 * letters counts as one, so that a made-up domain passes.
 */
function completeIssuer(
  address: string,
): { readonly ok: false; readonly why?: string } | { readonly ok: true; readonly url: string } {
  if (address.startsWith('"')) return { ok: false, why: 'starts with a double quote (")' };
  const hasScheme = /^[\p{L}\p{M}\p{Nd}\p{Pc}]+:\/\//u.test(address);
  const url = hasScheme ? address : `https://${address}`;
  if (!URL.canParse(url)) return { ok: false, ...(/^https?:\/*$/u.test(url) && { why: 'empty host' }) };
  const parsed = new URL(url);
  if (parsed.protocol !== 'https:' && parsed.protocol !== 'http:')
    return { ok: false, why: 'scheme should be http or https' };
  if (!hasScheme && parsed.hostname !== 'localhost' && !/\.(?:\p{L}{2,}|xn--[^.]+)$/u.test(parsed.hostname)) {
    return { ok: false, why: 'Does not look like a URL (must have a scheme or end with a top-level domain)' };
  }
  return { ok: true, url };
}

function refuse(error: ConvexError, fault: Fault): Deploy {
  return { ok: false, rejection: { accepted: false, stage: 'deploy', ...error, ...fault } };
}

function isObject(value: JsonValue): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value's kind as serde_json calls it. */
function jsonKind(value: JsonValue): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'sequence';
  if (typeof value === 'object') return 'map';
  if (typeof value === 'string') return `string ${JSON.stringify(value)}`;
  if (typeof value === 'boolean') return `boolean \`${String(value)}\``;
  return Number.isInteger(value) ? `integer \`${String(value)}\`` : `floating point \`${String(value)}\``;
}
