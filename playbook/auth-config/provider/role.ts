/** A provider with every value written out, and whose it is. */
import { type WorkosIssuer, parseUrl, workosIssuer, workosKeys } from '../acceptance/issuer.ts';
import type { JsonValue, Property } from '../acceptance/types.ts';

/**
 * - `client`: the user_management issuer, on WorkOS's host or a custom one; `shared`: the API host itself.
 * - `api`: another address on WorkOS's host, which no token has for its issuer.
 * - `keys`: someone's issuer with WorkOS's keys: a custom auth domain, most likely.
 */
export type Role = 'api' | 'client' | 'keys' | 'shared';

/** A provider with every value written out, made up where it isn't known. */
export interface ConcreteProvider {
  readonly json: Readonly<Record<string, JsonValue>>;
  /** The properties whose value, or presence, is made up. */
  readonly inexact: ReadonlySet<string>;
}

/** What a property of a provider says, where it is a text. */
export function textOf({ json }: Pick<ConcreteProvider, 'json'>, name: Property): string | undefined {
  const value = json[name];
  return typeof value === 'string' ? value : undefined;
}

/** The issuer or the domain of a provider. */
export function addressOf({ json }: Pick<ConcreteProvider, 'json'>): string | undefined {
  const address = json['issuer'] ?? json['domain'];
  return typeof address === 'string' ? address : undefined;
}

/** What the issuer of a provider says, where it is WorkOS's. */
export function issuerOf(provider: Pick<ConcreteProvider, 'json'>): WorkosIssuer | undefined {
  const issuer = textOf(provider, 'issuer');
  return issuer === undefined ? undefined : workosIssuer(issuer);
}

/** Whose provider it is; undefined for those that are none of WorkOS's. */
export function roleOf({ json }: ConcreteProvider): Role | undefined {
  const { domain, issuer, jwks } = json;
  const address = typeof issuer === 'string' ? issuer : domain;
  const workos = typeof address === 'string' ? workosIssuer(address) : undefined;
  if (workos) return workos.kind;
  if (
    typeof address === 'string' &&
    parseUrl(/^https?:/u.test(address) ? address : `https://${address}`)?.host === 'api.workos.com'
  )
    return 'api';
  return typeof jwks === 'string' && workosKeys(jwks) !== undefined ? 'keys' : undefined;
}
