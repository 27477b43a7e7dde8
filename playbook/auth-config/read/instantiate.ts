/** From the static values of a provider to the providers that Convex may see. */
import type { ObjectValue } from '../../../analysis/values/values.ts';
import type { JsonValue } from '../acceptance/types.ts';
import type { ConcreteProvider } from '../provider/role.ts';
import { type Concrete, concreteOf } from './placeholders.ts';
import { readProperty } from './providers.ts';

const PROPERTIES = [
  'type',
  'issuer',
  'domain',
  'algorithm',
  'jwks',
  'applicationID',
  'applicationId',
  'applicationid',
] as const;
const ADDRESSES: ReadonlySet<string> = new Set(['issuer', 'domain', 'jwks']);

/** More combinations of alternatives than these are not looked at. */
const MAX_COMBINATIONS = 24;

/** Every provider that an object may be: one, or several where conditions decide about its properties. */
export function concreteProviders(provider: ObjectValue): readonly ConcreteProvider[] {
  let combinations: ReadonlyMap<string, Concrete>[] = [new Map()];
  for (const name of PROPERTIES) {
    const reading = provider.properties.has(name) ? readProperty(provider, name) : undefined;
    if (!reading) continue;
    const values = reading.values.map((value) => concreteOf(value, ADDRESSES.has(name)));
    combinations = combinations.flatMap((one) => values.map((value) => new Map([...one, [name, value]])));
    if (combinations.length > MAX_COMBINATIONS) combinations = combinations.slice(0, MAX_COMBINATIONS);
  }
  return combinations.map((combination) => completed(combination, provider.open));
}

function completed(combination: ReadonlyMap<string, Concrete>, open: boolean): ConcreteProvider {
  const json: Record<string, JsonValue> = {};
  const inexact = new Set<string>();
  for (const [name, { exact, json: value }] of combination) {
    if (value !== undefined) json[name] = value;
    if (!exact) inexact.add(name);
  }
  const isCustom = Object.hasOwn(json, 'issuer') || Object.hasOwn(json, 'jwks');
  // Of kinds that are not known, take those that raise no fault; nothing that depends on them is reported.
  const supply = (name: string, value: string): void => {
    const isMissing = open && !combination.has(name);
    if (!isMissing && !(inexact.has(name) && (name === 'type' || name === 'algorithm'))) return;
    json[name] = value;
    inexact.add(name);
  };
  supply('type', isCustom ? 'customJwt' : 'oidc');
  if (isCustom) {
    supply('algorithm', 'RS256');
    supply('jwks', 'https://unknown-0.invalid');
    supply('issuer', 'https://unknown-0.invalid');
  } else supply('domain', 'https://unknown-0.invalid');
  if (open && !combination.has('applicationID')) inexact.add('applicationID');
  if (open && !isCustom) supply('applicationID', 'unknown-0.invalid');
  return { json, inexact };
}
