/**
 * What is wrong with one provider: first what Convex refuses to deploy, then why AuthKit's token for this provider would
 * be rejected. Each answer is the acceptance model's; a fault that is found is mended in thought, and the question asked again.
 */
import { assessAuthKitProviders } from '../acceptance/authkit.ts';
import type { AuthKitAcceptance } from '../acceptance/authkit.ts';
import { noProviderError } from '../acceptance/convex-errors.ts';
import { deploy } from '../acceptance/deploy.ts';
import { type WorkosIssuer, WORKOS_API, isHttpUrl, parseUrl, workosIssuer, workosKeys } from '../acceptance/issuer.ts';
import type {
  CustomJwtProvider,
  JsonValue,
  Property,
  Provider,
  Rejected,
  RejectionCause,
} from '../acceptance/types.ts';
import { isPlaceholder, isUnnamed, knownStart, shownText } from '../read/placeholders.ts';

/**
 * - `client`: the user_management issuer, on WorkOS's host or a custom one; `shared`: the API host itself.
 * - `api`: another address on WorkOS's host, which no token has for its issuer.
 * - `keys`: somebody's issuer with WorkOS's keys: a custom auth domain, most likely.
 */
export type Role = 'api' | 'client' | 'keys' | 'shared';

/** A provider with every value written out, made up where it isn't known. */
export interface ConcreteProvider {
  readonly json: Readonly<Record<string, JsonValue>>;
  /** The properties whose value, or presence, is made up. */
  readonly inexact: ReadonlySet<string>;
}

export type Change =
  | { readonly kind: 'remove'; readonly property: string }
  | { readonly kind: 'rename'; readonly property: string; readonly to: string }
  | { readonly kind: 'set'; readonly property: Exclude<Property, 'domain'> };

export type FaultId =
  | 'audienceRequired'
  | 'discoveryProvider'
  | 'emptyClientId'
  | 'foreignKeys'
  | 'invalidKeySet'
  | 'openToAll'
  | 'refusedDeploy'
  | 'wrongAlgorithm'
  | 'wrongAudience'
  | 'wrongIssuer'
  | 'wrongKeysPath';

export interface Fault {
  readonly id: FaultId;
  readonly property: Property | undefined;
  readonly cause?: RejectionCause | undefined;
  readonly data: Readonly<Record<string, string>>;
  readonly changes: readonly Change[];
}

export interface JudgeOptions {
  /** Where the provider stands in the list, for Convex's own words. */
  readonly index: number;
  /** The client id of the environment, or its placeholder. */
  readonly clientId: string;
  /** A JWT template adds the client id as `aud`. */
  readonly allowAudience: boolean;
}

const MAX_FAULTS = 6;

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

/** Every fault of a provider, one a cause. None of them hinges on a value that isn't known. */
export function faultsOf(provider: ConcreteProvider, options: JudgeOptions): readonly Fault[] {
  const faults: Fault[] = [];
  let current = provider;
  for (let turn = 0; turn < MAX_FAULTS; turn += 1) {
    const found = firstFault(current, options);
    if (!found) break;
    if (!dependsOnUnknown(found, current)) faults.push(found);
    current = withChanges(current, found.changes, options);
    // What another service's provider needs is not what the playbook writes: no more can be told of it.
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
  if (stored.type === 'oidc') return role === 'keys' ? undefined : discoveryFault(stored, role, options);
  if (role === 'api') return issuerFault(stored, options);
  if (role === 'keys') return workosKeys(stored.jwks) === 'wrongPath' ? keysFault(stored, options) : undefined;
  return role === 'client' ? clientFault(stored, options) : sharedFault(stored, options);
}

/** A provider that nothing is wrong with, and that is nobody's. */
export const SOUND = {
  type: 'customJwt',
  issuer: 'https://sound.invalid',
  jwks: 'https://sound.invalid/jwks',
  algorithm: 'RS256',
} as const;

function deployFault(rejection: Rejected, provider: ConcreteProvider, { allowAudience }: JudgeOptions): Fault {
  const { property } = rejection;
  const { json } = provider;
  const misspelt = misspeltIn(json);
  // Spelled right it would be one that no session token meets.
  if (misspelt !== undefined && roleOf(provider) === 'client' && json['type'] === 'customJwt' && !allowAudience) {
    return {
      id: 'refusedDeploy',
      property,
      data: { ...dataOf(rejection), cure: 'Remove it: the issuer already names the client.' },
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
      data: { ...dataOf(rejection), cure: 'Remove it: the issuer already names the client.' },
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

function toCustomJwt(): readonly Change[] {
  return [
    { kind: 'set', property: 'type' },
    { kind: 'rename', property: 'domain', to: 'issuer' },
    { kind: 'set', property: 'issuer' },
    { kind: 'set', property: 'algorithm' },
    { kind: 'set', property: 'jwks' },
  ];
}

function discoveryFault(stored: Provider & { readonly type: 'oidc' }, role: Role, { clientId }: JudgeOptions): Fault {
  const { redactedError = '' } = noProviderError([stored]);
  const data = { domain: shownText(stored.domain), error: redactedError, clientId: shownText(clientId) };
  // All but the shared one become the client's own, whose issuer names the client already.
  const audience: Change = { kind: role === 'shared' ? 'set' : 'remove', property: 'applicationID' };
  return { id: 'discoveryProvider', property: 'domain', data, changes: [...toCustomJwt(), audience] };
}

function issuerFault(stored: CustomJwtProvider, { clientId }: JudgeOptions): Fault {
  const verdict = assessAuthKitProviders([stored], { clientId }).session;
  return {
    id: 'wrongIssuer',
    property: 'issuer',
    data: verdict.accepted ? {} : dataOf(verdict),
    changes: [{ kind: 'set', property: 'issuer' }],
  };
}

function keysFault(stored: CustomJwtProvider, { clientId }: JudgeOptions): Fault | undefined {
  // Any token would do: asked for the provider's own issuer, the model fetches the keys in thought.
  const issuer = { ...stored, issuer: `${WORKOS_API}/user_management/${clientId}` };
  const { applicationID: _, ...open } = issuer;
  return rejectionFault(assessAuthKitProviders([open], { clientId }).session);
}

function clientFault(stored: CustomJwtProvider, { allowAudience, clientId }: JudgeOptions): Fault | undefined {
  const issuer = workosIssuer(stored.issuer);
  if (issuer?.kind !== 'client') return undefined;
  if (issuer.clientId === '')
    return rejectionFault(
      assessAuthKitProviders([stored], {
        clientId,
        ...(issuer.host !== 'api.workos.com' && { authDomain: issuer.host }),
      }).session,
    );
  const isCustomHost = issuer.host !== 'api.workos.com';
  const ask = (provider: CustomJwtProvider): AuthKitAcceptance =>
    assessAuthKitProviders([provider], { clientId: issuer.clientId, ...(isCustomHost && { authDomain: issuer.host }) });
  const verdicts = ask(stored);
  // Where the keys are the app's own, it may well make tokens of its own, with any audience.
  if (stored.applicationID !== undefined && !hasOwnKeys(stored, issuer)) {
    const { applicationID: audience, ...open } = stored;
    if (isOtherAudience(audience, issuer.clientId)) {
      return audienceFault(
        'wrongAudience',
        verdicts.withAudience.accepted ? verdicts.session : verdicts.withAudience,
        audience,
      );
    }
    if (!allowAudience && !verdicts.session.accepted && ask(open).session.accepted) {
      return audienceFault('audienceRequired', verdicts.session, audience);
    }
    return rejectionFault(ask(open).session);
  }
  const { applicationID: _, ...anyone } = stored;
  return rejectionFault(hasOwnKeys(stored, issuer) ? ask(anyone).session : verdicts.session);
}

/** Whether the keys come neither from WorkOS nor from where the issuer is. */
function hasOwnKeys({ jwks }: CustomJwtProvider, { host }: WorkosIssuer): boolean {
  const keys = isHttpUrl(jwks) ? parseUrl(jwks)?.host : undefined;
  return keys !== undefined && keys !== 'api.workos.com' && keys !== host;
}

/** A client id begins with `client_` (WorkOS's API reference), so that no other text is one, whatever a variable holds. */
function isOtherAudience(audience: string, clientId: string): boolean {
  if (audience === clientId || isPlaceholder(audience)) return false;
  return !isPlaceholder(clientId) || !audience.startsWith('client_');
}

function audienceFault(
  id: 'audienceRequired' | 'wrongAudience',
  verdict: AuthKitAcceptance['session'],
  audience: string,
): Fault {
  return {
    id,
    property: 'applicationID',
    data: { ...(verdict.accepted ? {} : dataOf(verdict)), audience: shownText(audience) },
    changes: [{ kind: 'remove', property: 'applicationID' }],
  };
}

function sharedFault(stored: CustomJwtProvider, { clientId }: JudgeOptions): Fault | undefined {
  const { applicationID: audience = '' } = stored;
  const keys = workosKeys(stored.jwks);
  const owner = typeof keys === 'object' ? keys.clientId : clientId;
  if (audience === '') {
    const verdict = assessAuthKitProviders([stored], { clientId: owner }).shared;
    return {
      id: 'emptyClientId',
      property: 'applicationID',
      data: verdict.accepted ? {} : dataOf(verdict),
      changes: [{ kind: 'set', property: 'applicationID' }],
    };
  }
  if (isOtherAudience(audience, owner) && !audience.startsWith('client_')) {
    const verdict = assessAuthKitProviders([stored], { clientId: owner }).shared;
    return {
      ...audienceFault('wrongAudience', verdict, audience),
      changes: [{ kind: 'set', property: 'applicationID' }],
    };
  }
  return rejectionFault(assessAuthKitProviders([stored], { clientId: audience }).shared);
}

function rejectionFault(verdict: AuthKitAcceptance['session']): Fault | undefined {
  if (verdict.accepted) return undefined;
  const { property, row } = verdict;
  const data = dataOf(verdict);
  const set = (id: FaultId, name: Exclude<Property, 'domain'>): Fault => ({
    id,
    property: name,
    data,
    changes: [{ kind: 'set', property: name }],
  });
  if (property === 'algorithm') return set('wrongAlgorithm', 'algorithm');
  if (property === 'jwks') {
    if (row === 8) return set('foreignKeys', 'jwks');
    if (row === 20) return set('emptyClientId', 'jwks');
    return set(verdict.cause === 'keysNotFound' ? 'wrongKeysPath' : 'invalidKeySet', 'jwks');
  }
  if (property === 'issuer') return set(row === 20 ? 'emptyClientId' : 'wrongIssuer', 'issuer');
  return undefined;
}

function dataOf({ cure, error, reason, stage }: Rejected): Record<string, string> {
  if (stage === 'deploy') return { error: shownText(error), reason: shownText(reason), cure: shownText(cure) };
  return {
    // Without Convex's advice and list: each provider was asked for alone, and its own list has all of them.
    error: shownText(error.replace(/(?:\. Check |: \[)[^]*$/u, '')),
    reason: shownText(reason).replaceAll(/\b(?<t>[Tt])he provider at index 0/gu, '$<t>his provider'),
    cure: shownText(cure).replaceAll(/'(?<text>[^'`]*\$\{[^']*)'/gu, '`$<text>`'),
  };
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

/** What a provider is after some changes. */
export function withChanges(
  { inexact, json }: ConcreteProvider,
  changes: readonly Change[],
  options: JudgeOptions,
): ConcreteProvider {
  const next: Record<string, JsonValue> = { ...json };
  const left = new Set(inexact);
  for (const change of changes) {
    const value = next[change.property];
    if (change.kind === 'set') next[change.property] = canonicalValue(change.property, next, options);
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
  { clientId }: Pick<JudgeOptions, 'clientId'>,
): string {
  const issuer = typeof json['issuer'] === 'string' ? workosIssuer(json['issuer']) : undefined;
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
