/**
 * What is wrong with one provider: first what Convex refuses to deploy, then why AuthKit's token for this provider would
 * be rejected. The verdicts are the acceptance model's; when a fault is found, the provider is judged again as if it were fixed.
 */
import { deploy } from '../acceptance/deploy.ts';
import { shownText } from '../read/placeholders.ts';
import { withChanges } from './changes.ts';
import { deployFault } from './deploy-faults.ts';
import type { Fault, JudgeOptions } from './fault.ts';
import { type ConcreteProvider, roleOf } from './role.ts';
import { tokenFault } from './token-faults.ts';
import { dependsOnUnknown } from './unknown-parts.ts';

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
  return tokenFault(stored, role, options);
}

/** A provider that nothing is wrong with, and that belongs to no known service. */
export const SOUND = {
  type: 'customJwt',
  issuer: 'https://sound.invalid',
  jwks: 'https://sound.invalid/jwks',
  algorithm: 'RS256',
} as const;
