/** What has to change in a provider that Convex refuses to deploy. */
import type { Property, Rejected } from '../acceptance/types.ts';
import { type Change, toCustomJwt } from './changes.ts';
import { type Fault, type JudgeOptions, dataOf } from './fault.ts';
import { type ConcreteProvider, roleOf } from './role.ts';

export function deployFault(rejection: Rejected, provider: ConcreteProvider, { allowAudience }: JudgeOptions): Fault {
  const { property } = rejection;
  const { json } = provider;
  const misspelt = misspeltIn(json);
  // Spelled right it would be one that no session token meets.
  if (misspelt !== undefined && roleOf(provider) === 'client' && json['type'] === 'customJwt' && !allowAudience) {
    return {
      id: 'refusedDeploy',
      property,
      data: { ...dataOf(rejection), fix: 'Remove it: the issuer already names the client.' },
      changes: [{ kind: 'remove', property: misspelt }],
    };
  }
  // An applicationID of the wrong kind, where none is right.
  if (
    property === 'applicationID' &&
    Object.hasOwn(json, property) &&
    roleOf(provider) === 'client' &&
    deployChanges(property, json).every(({ kind }) => kind === 'set')
  ) {
    return {
      id: 'refusedDeploy',
      property,
      data: { ...dataOf(rejection), fix: 'Remove it: the issuer already names the client.' },
      changes: [{ kind: 'remove', property }],
    };
  }
  return {
    id: 'refusedDeploy',
    property,
    cause: rejection.cause,
    data: dataOf(rejection),
    changes: deployChanges(property, json),
  };
}

const misspeltIn = (json: ConcreteProvider['json']): 'applicationId' | 'applicationid' | undefined =>
  (['applicationId', 'applicationid'] as const).find((name) => Object.hasOwn(json, name));

function deployChanges(property: Property | undefined, json: ConcreteProvider['json']): readonly Change[] {
  const misspelt = misspeltIn(json);
  if (misspelt !== undefined) {
    return Object.hasOwn(json, 'applicationID')
      ? [{ kind: 'remove', property: misspelt }]
      : [{ kind: 'rename', property: misspelt, to: 'applicationID' }];
  }
  if (property === 'domain' && json['type'] === 'customJwt') {
    return Object.hasOwn(json, 'issuer')
      ? [{ kind: 'remove', property }]
      : [{ kind: 'rename', property, to: 'issuer' }];
  }
  // An issuer without the type of a customJwt.
  if (property === 'issuer' && json['type'] !== 'customJwt')
    return [
      { kind: 'set', property: 'type' },
      ...(Object.hasOwn(json, 'domain') ? [{ kind: 'remove', property: 'domain' } as const] : []),
    ];
  if (property === undefined) return [];
  return property === 'domain' ? toCustomJwt() : [{ kind: 'set', property }];
}
