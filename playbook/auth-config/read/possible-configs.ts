/** The configurations that an `auth.config` may come to, written out: one, where nothing is left to conditions. */
import type { ObjectValue } from '../../../analysis/values/values.ts';
import type { ConcreteProvider } from '../provider/role.ts';
import { concreteProviders } from './instantiate.ts';
import type { AuthConfig, ProviderSlot } from './providers.ts';

/** One provider, with the object that it is read from. */
export interface PossibleProvider extends ConcreteProvider {
  readonly value: ObjectValue | undefined;
}

export interface PossibleConfig {
  readonly providers: readonly PossibleProvider[];
  /** True when there may be providers that no one can see. */
  readonly open: boolean;
}

/** More combinations than these are not written out. */
const MAX_CONFIGS = 32;

/** Every configuration; none where the default export is no list of providers. */
export function possibleConfigs(config: AuthConfig): readonly PossibleConfig[] {
  if (config.kind !== 'lists') return [];
  return config.lists.flatMap(({ open, slots }) => {
    let lists: (readonly PossibleProvider[])[] = [[]];
    let isCut = false;
    for (const slot of slots) {
      const arms = armsOf(slot);
      lists = lists.flatMap((list) => arms.map((arm) => (arm ? [...list, arm] : list)));
      if (lists.length > MAX_CONFIGS) {
        lists = lists.slice(0, MAX_CONFIGS);
        isCut = true;
      }
    }
    return lists.map((providers): PossibleConfig => ({ providers, open: open || isCut || slots.some(isHidden) }));
  });
}

const isHidden = ({ alternatives }: ProviderSlot): boolean => alternatives.some(({ type }) => type === 'unknown');

/** What may be in a slot; undefined for nothing at all. */
function armsOf({ alternatives, certain }: ProviderSlot): (PossibleProvider | undefined)[] {
  const providers = alternatives.flatMap((value): (PossibleProvider | undefined)[] => {
    if (value.type === 'object') return concreteProviders(value).map((one) => ({ ...one, value }));
    // A provider that no one can see is left out, and makes the list an open one.
    return value.type === 'unknown' ? [undefined] : [{ json: {}, inexact: new Set<string>(), value: undefined }];
  });
  return certain ? providers : [...providers, undefined];
}
