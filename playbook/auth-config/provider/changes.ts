/** What has to change in a provider, and what it is then. */
import { WORKOS_API } from '../acceptance/issuer.ts';
import type { JsonValue, Property } from '../acceptance/types.ts';
import { type ConcreteProvider, issuerOf } from './role.ts';

export type Change =
  | { readonly kind: 'remove'; readonly property: string }
  | { readonly kind: 'rename'; readonly property: string; readonly to: string }
  | { readonly kind: 'set'; readonly property: Exclude<Property, 'domain'> };

/** Who the texts are written for. */
export interface Client {
  /** The client id of the environment, or its placeholder. */
  readonly clientId: string;
}

/** What a provider is after some changes. */
export function withChanges(
  { inexact, json }: ConcreteProvider,
  changes: readonly Change[],
  client: Client,
): ConcreteProvider {
  const next: Record<string, JsonValue> = { ...json };
  const left = new Set(inexact);
  for (const change of changes) {
    const value = next[change.property];
    if (change.kind === 'set') next[change.property] = canonicalValue(change.property, next, client);
    else Reflect.deleteProperty(next, change.property);
    if (change.kind === 'rename' && value !== undefined) next[change.to] = value;
    left.delete(change.property);
  }
  return { json: next, inexact: left };
}

/** What the playbook writes for a property, with the client id that the provider itself names. */
export function canonicalValue(
  property: Exclude<Property, 'domain'>,
  json: ConcreteProvider['json'],
  { clientId }: Client,
): string {
  const issuer = issuerOf({ json });
  const own = issuer?.kind === 'client' && issuer.clientId !== '' ? issuer.clientId : clientId;
  switch (property) {
    case 'algorithm':
      return 'RS256';
    case 'applicationID':
      return own;
    case 'issuer': {
      if (issuer?.kind === 'shared') return `${WORKOS_API}/`;
      const base =
        issuer?.kind === 'client' && issuer.host !== 'api.workos.com' ? `https://${issuer.host}` : WORKOS_API;
      return `${base}/user_management/${own}`;
    }
    case 'jwks':
      return `${WORKOS_API}/sso/jwks/${own}`;
    case 'type':
      return 'customJwt';
  }
}

/** All that an OpenID Connect provider lacks to be a custom JWT one. */
export function toCustomJwt(): readonly Change[] {
  return [
    { kind: 'set', property: 'type' },
    { kind: 'rename', property: 'domain', to: 'issuer' },
    { kind: 'set', property: 'issuer' },
    { kind: 'set', property: 'algorithm' },
    { kind: 'set', property: 'jwks' },
  ];
}
