/** Why AuthKit's token for a provider would be rejected, by the kind of provider that it is. */
import { type AuthKitAcceptance, assessAuthKitProvider } from '../acceptance/authkit.ts';
import { noProviderError } from '../acceptance/convex-errors.ts';
import { type WorkosIssuer, WORKOS_API, isHttpUrl, parseUrl, workosIssuer, workosKeys } from '../acceptance/issuer.ts';
import type { CustomJwtProvider, OidcProvider, Property, Provider, RejectionCause } from '../acceptance/types.ts';
import { isPlaceholder, shownText } from '../read/placeholders.ts';
import { type Change, toCustomJwt } from './changes.ts';
import { type Fault, type FaultId, type JudgeOptions, dataOf } from './fault.ts';
import type { Role } from './role.ts';

/** The fault of a provider that Convex deploys; undefined where it takes the token, and where it is not known to be WorkOS's. */
export function tokenFault(stored: Provider, role: Role, options: JudgeOptions): Fault | undefined {
  if (stored.type === 'oidc') return role === 'keys' ? undefined : discoveryFault(stored, role, options);
  switch (role) {
    case 'api':
      return issuerFault(stored, options);
    case 'keys':
      return workosKeys(stored.jwks) === 'wrongPath' ? keysFault(stored, options) : undefined;
    case 'client':
      return clientFault(stored, options);
    case 'shared':
      return sharedFault(stored, options);
  }
}

function discoveryFault(stored: OidcProvider, role: Role, { clientId }: JudgeOptions): Fault {
  const { redactedError = '' } = noProviderError([stored]);
  const data = { domain: shownText(stored.domain), error: redactedError, clientId: shownText(clientId) };
  // All but the shared one become the client's own, whose issuer names the client already.
  const audience: Change = { kind: role === 'shared' ? 'set' : 'remove', property: 'applicationID' };
  return { id: 'discoveryProvider', property: 'domain', data, changes: [...toCustomJwt(), audience] };
}

function issuerFault(stored: CustomJwtProvider, { clientId }: JudgeOptions): Fault {
  const verdict = assessAuthKitProvider(stored, { clientId }).session;
  return {
    id: 'wrongIssuer',
    property: 'issuer',
    data: verdict.accepted ? {} : { ...dataOf(verdict), value: shownText(stored.issuer) },
    changes: [{ kind: 'set', property: 'issuer' }],
  };
}

function keysFault(stored: CustomJwtProvider, { clientId }: JudgeOptions): Fault | undefined {
  // Any token would do: asked for the provider's own issuer, the model fetches the keys in thought.
  const issuer = { ...stored, issuer: `${WORKOS_API}/user_management/${clientId}` };
  const { applicationID: _, ...open } = issuer;
  return rejectionFault(assessAuthKitProvider(open, { clientId }).session, stored);
}

function clientFault(stored: CustomJwtProvider, { allowAudience, clientId }: JudgeOptions): Fault | undefined {
  const issuer = workosIssuer(stored.issuer);
  if (issuer?.kind !== 'client') return undefined;
  const authDomain = issuer.host === 'api.workos.com' ? {} : { authDomain: issuer.host };
  const ask = (provider: CustomJwtProvider): AuthKitAcceptance =>
    assessAuthKitProvider(provider, { clientId: issuer.clientId === '' ? clientId : issuer.clientId, ...authDomain });
  if (issuer.clientId === '') return rejectionFault(ask(stored).session, stored);
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
    return rejectionFault(ask(open).session, stored);
  }
  const { applicationID: _, ...anyone } = stored;
  return rejectionFault(hasOwnKeys(stored, issuer) ? ask(anyone).session : verdicts.session, stored);
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
    data: { ...(verdict.accepted ? {} : dataOf(verdict)), audience: shownText(audience), fix: 'Remove it.' },
    changes: [{ kind: 'remove', property: 'applicationID' }],
  };
}

function sharedFault(stored: CustomJwtProvider, { clientId }: JudgeOptions): Fault | undefined {
  const { applicationID: audience = '' } = stored;
  const keys = workosKeys(stored.jwks);
  const owner = typeof keys === 'object' ? keys.clientId : clientId;
  if (audience === '') {
    return {
      id: 'emptyClientId',
      property: 'applicationID',
      data: { property: 'applicationID' },
      changes: [{ kind: 'set', property: 'applicationID' }],
    };
  }
  if (isOtherAudience(audience, owner) && !audience.startsWith('client_')) {
    const fault = audienceFault('wrongAudience', assessAuthKitProvider(stored, { clientId: owner }).shared, audience);
    return {
      ...fault,
      data: { ...fault.data, fix: 'Set it to the client ID.' },
      changes: [{ kind: 'set', property: 'applicationID' }],
    };
  }
  return rejectionFault(assessAuthKitProvider(stored, { clientId: audience }).shared, stored);
}

/** Faults of an address of keys; any other cause is a set of keys that Convex can't read. */
const KEY_FAULTS: Readonly<Partial<Record<RejectionCause, FaultId>>> = {
  empty: 'emptyClientId',
  foreignKeys: 'foreignKeys',
  keysNotFound: 'wrongKeysPath',
};

function rejectionFault(verdict: AuthKitAcceptance['session'], { issuer }: CustomJwtProvider): Fault | undefined {
  if (verdict.accepted) return undefined;
  const { cause, property } = verdict;
  const data = { ...dataOf(verdict), property: property ?? '', value: shownText(issuer) };
  const set = (id: FaultId, name: Exclude<Property, 'domain'>): Fault => ({
    id,
    property: name,
    data,
    changes: [{ kind: 'set', property: name }],
  });
  if (property === 'algorithm') return set('wrongAlgorithm', 'algorithm');
  if (property === 'jwks') {
    return set(cause === undefined ? 'invalidKeySet' : (KEY_FAULTS[cause] ?? 'invalidKeySet'), 'jwks');
  }
  if (property === 'issuer') return set(cause === 'empty' ? 'emptyClientId' : 'wrongIssuer', 'issuer');
  return undefined;
}
