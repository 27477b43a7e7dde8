/** The schema of `authkit.json`, which is part of the package for editors, as the measure of what is right in it. */
import schema from '../../authkit.schema.json' with { type: 'json' };
import { isRecord, recordOf } from '../settings.ts';
import { faultsOf, type SchemaFault } from './validate.ts';

export type { SchemaFault } from './validate.ts';

/** What is wrong with a configuration. */
export function configurationFaults(value: unknown): readonly SchemaFault[] {
  return faultsOf(value, schema, schema, '');
}

/** What is wrong with `settings.authkit` of an ESLint or Oxlint config. */
export function settingsFaults(settings: unknown): readonly SchemaFault[] {
  const own = recordOf(settings)['authkit'];
  if (own === undefined) return [];
  // It is for ESLint's cache, and a static file has no use for it.
  const { cacheKey: _, ...rest } = recordOf(own);
  return faultsOf(isRecord(own) ? rest : own, schema.definitions.settings, schema, 'settings.authkit');
}
