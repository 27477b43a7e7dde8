/** Whether a fault depends on what is not known of a provider. */
import { WORKOS_API, workosKeys } from '../acceptance/issuer.ts';
import { isPlaceholder, isUnnamed, knownStart } from '../read/placeholders.ts';
import type { Fault } from './fault.ts';
import { type ConcreteProvider, roleOf } from './role.ts';

/** A fault that may be none, if what was made up is something else. */
export function dependsOnUnknown({ cause, changes, id, property }: Fault, provider: ConcreteProvider): boolean {
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
