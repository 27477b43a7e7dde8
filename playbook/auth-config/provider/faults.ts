/**
 * What is wrong with one provider: first what Convex refuses to deploy, then why AuthKit's token for this provider would
 * be rejected. The verdicts are the acceptance model's; when a fault is found, the provider is judged again as if it were fixed.
 */
import { deploy } from '../acceptance/deploy.ts';
import { shownText, isPlaceholder, isUnnamed, knownStart } from '../read/placeholders.ts';
import { type Change, withChanges, toCustomJwt } from './changes.ts';
import { type Fault, type JudgeOptions, dataOf } from './fault.ts';
import { type ConcreteProvider, roleOf } from './role.ts';
import { tokenFault } from './token-faults.ts';
import type { Property, Rejected } from '../acceptance/types.ts';
import { WORKOS_API, workosKeys } from '../acceptance/issuer.ts';

const MAX_FAULTS = 6;

/** Every fault of a provider, one a cause. None of them depends on a value that isn't known. */
export function faultsOf(provider: ConcreteProvider, options: JudgeOptions): readonly Fault[] {
  const faults: Fault[] = [];
  let current = provider;
  for (let turn = 0; turn < MAX_FAULTS; turn += 1) {
    const found = firstFault(current, options);
    if (!found) break;
    if (!dependsOnUnknown(found, current)) faults.push(found);
    current = withChanges(current, found.changes, options);
    // What another service's provider needs is not what the playbook writes: no more is known of it.
    if (roleOf(provider) === undefined && roleOf(current) !== undefined) break;
  }
  return faults;
}

function firstFault(provider: ConcreteProvider, options: JudgeOptions): Fault | undefined {
  const role = roleOf(provider);
  // Of a list the model names the first fault; sound neighbours give the provider its own index.
  const deployed = deploy({ providers: [...Array.from({ length: options.index }, () => SOUND), provider.json] });
  if (!deployed.ok) return deployFault(deployed.rejection, provider, options);
  const stored = deployed.providers[options.index];
  if (!role || !stored) return undefined;
  if (
    role === 'shared' &&
    provider.json['type'] === 'customJwt' &&
    typeof provider.json['applicationID'] !== 'string'
  ) {
    return {
      id: 'openToAll',
      property: 'issuer',
      data: { issuer: shownText(stored.type === 'customJwt' ? stored.issuer : stored.domain) },
      changes: [{ kind: 'set', property: 'applicationID' }],
    };
  }
  return tokenFault(stored, role, options);
}

/** A provider that nothing is wrong with, and that belongs to no known service. */
export const SOUND = {
  type: 'customJwt',
  issuer: 'https://sound.invalid',
  jwks: 'https://sound.invalid/jwks',
  algorithm: 'RS256',
} as const;

function deployFault(rejection: Rejected, provider: ConcreteProvider, { allowAudience }: JudgeOptions): Fault {
  const { cause, property } = rejection;
  const { json } = provider;
  const changes = deployChanges(property, json);
  const fault: Fault = { id: 'refusedDeploy', property, cause, data: dataOf(rejection), changes };
  const needless = roleOf(provider) === 'client' ? needlessAudience(property, changes, json, allowAudience) : undefined;
  return needless === undefined
    ? fault
    : {
        ...fault,
        cause: undefined,
        data: { ...fault.data, fix: 'Remove it: the issuer already names the client.' },
        changes: [{ kind: 'remove', property: needless }],
      };
}

/** An audience where none is right: spelled right it would be one that no session token meets, or it is of the wrong kind. */
function needlessAudience(
  property: Property | undefined,
  changes: readonly Change[],
  json: ConcreteProvider['json'],
  allowAudience: boolean,
): string | undefined {
  const misspelt = misspeltIn(json);
  if (misspelt !== undefined && json['type'] === 'customJwt' && !allowAudience) return misspelt;
  const isOfWrongKind = property === 'applicationID' && Object.hasOwn(json, property);
  return isOfWrongKind && changes.every(({ kind }) => kind === 'set') ? property : undefined;
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

/** A fault that may be none, if what was made up is something else. */
function dependsOnUnknown({ cause, changes, id, property }: Fault, provider: ConcreteProvider): boolean {
  const { inexact, json } = provider;
  const text = (name: string): string => (typeof json[name] === 'string' ? json[name] : '');
  switch (id) {
    case 'foreignKeys': {
      const keys = workosKeys(text('jwks'));
      const owner = roleOf(provider) === 'shared' ? text('applicationID') : text('issuer');
      return [typeof keys === 'object' ? keys.clientId : '', owner].some(isPlaceholder);
    }
    case 'refusedDeploy': {
      if (inexact.has('type')) return true;
      // A property that is there and must not be is refused whatever it holds.
      const isMisplaced =
        cause !== 'notUrl' && changes.some((change) => change.kind !== 'set' || change.property === 'type');
      return !isMisplaced && property !== undefined && inexact.has(property);
    }
    case 'openToAll':
      return inexact.has('applicationID');
    case 'audienceRequired':
      return isUnnamed(text('applicationID'));
    case 'invalidKeySet':
      return inexact.has('jwks') && mayBeginAddress(text('jwks'));
    case 'wrongKeysPath':
      return mayBecome(text('jwks'), `${WORKOS_API}/sso/jwks/`);
    case 'wrongIssuer':
      return mayBecome(text('issuer'), `${WORKOS_API}/user_management/`);
    case 'discoveryProvider':
      return mayBecome(text('domain'), `${WORKOS_API}/user_management/`);
    default:
      return property !== undefined && inexact.has(property);
  }
}

/** Whether what is known of a text may be the beginning of an address that keys are found at. */
function mayBeginAddress(text: string): boolean {
  const known = knownStart(text);
  return ['https://', 'http://', 'data:'].some((scheme) => scheme.startsWith(known) || known.startsWith(scheme));
}

/** Whether what is known of a text, up to its first unknown part, is the beginning of what it should be. */
function mayBecome(text: string, right: string): boolean {
  const known = knownStart(text);
  return known.length < text.length && known.length < right.length && right.startsWith(known);
}
