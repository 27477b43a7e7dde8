/**
 * The providers of an `auth.config` file as its text has them: each property a static value with the node that holds
 * it, unknown parts named as unknown. Nothing of the file runs.
 */
import { type Located } from '../../../analysis/syntax/bindings/definitions.ts';
import type { Evaluator } from '../../../analysis/values/evaluate.ts';
import { exportsOf } from '../../../analysis/syntax/bindings/exports.ts';
import type { SourceFile } from '../../../analysis/syntax/source-file.ts';
import {
  type ObjectValue,
  type OneOfValue,
  type Value,
  alternativesOf,
  unknown,
} from '../../../analysis/values/values.ts';

export type SingleValue = Exclude<Value, OneOfValue>;

/** One place of the list of providers. */
export interface ProviderSlot {
  /** What may stand there: one value, or the arms of a conditional that no one can decide. */
  readonly alternatives: readonly SingleValue[];
  /** False when the place may be left out: a conditional `push`, a spread that may be empty. */
  readonly certain: boolean;
}

export interface ProviderList {
  readonly slots: readonly ProviderSlot[];
  /** True when there may be providers that the text does not tell: an unknown spread, a call of a package. */
  readonly open: boolean;
  /** The expression that is the list. */
  readonly from: Located;
}

export type AuthConfig =
  /** One list, or several where a condition decides between them. */
  | { readonly kind: 'lists'; readonly lists: readonly ProviderList[] }
  | { readonly kind: 'missingExport' }
  /** A default export that is known, and that is no `{ providers: [ … ] }`. */
  | { readonly kind: 'misshapen'; readonly from: Located; readonly value: unknown }
  /** No one can say what is exported. */
  | { readonly kind: 'unknown' };

/** A chain of `export { default } from` longer than this is a circle. */
const MAX_HOPS = 16;

/** Reads the default export of an `auth.config` file. Never throws. */
export function readAuthConfig(file: SourceFile, evaluator: Evaluator): AuthConfig {
  const exported = defaultExport(file, evaluator, MAX_HOPS);
  if (exported === 'missing') return { kind: 'missingExport' };
  if (exported === undefined) return { kind: 'unknown' };
  const lists: ProviderList[] = [];
  let misshapen: AuthConfig | undefined;
  for (const value of alternativesOf(exported)) {
    const read = readConfig(value);
    if (read.kind === 'lists') lists.push(...read.lists);
    else if (read.kind === 'unknown') return read;
    else misshapen ??= read;
  }
  return lists.length > 0 ? { kind: 'lists', lists } : (misshapen ?? { kind: 'unknown' });
}

function defaultExport(file: SourceFile, evaluator: Evaluator, hops: number): Value | 'missing' | undefined {
  const found = exportsOf(file).named.get('default');
  if (!found) return 'missing';
  if (found.kind === 'local') return evaluator.evaluate({ file, node: found.node });
  const target = evaluator.options.loader.load(found.module, file.path);
  if (!target || hops === 0) return undefined;
  if (found.name === 'default') return defaultExport(target, evaluator, hops - 1);
  const other = exportsOf(target).named.get(found.name);
  return other?.kind === 'local' ? evaluator.evaluate({ file: target, node: other.node }) : undefined;
}

function readConfig(value: SingleValue): AuthConfig {
  switch (value.type) {
    case 'unknown':
      return { kind: 'unknown' };
    case 'object': {
      const property = value.properties.get('providers');
      if (!property) return value.open ? { kind: 'unknown' } : { kind: 'misshapen', from: value.from, value: {} };
      const arms = alternativesOf(property.value);
      const lists = arms.flatMap((arm): ProviderList[] => listOf(arm) ?? []);
      if (lists.length > 0)
        return { kind: 'lists', lists: property.certain ? lists : lists.map((list) => ({ ...list, open: true })) };
      const [first] = arms;
      return first
        ? { kind: 'misshapen', from: property.node, value: { providers: plainOf(first) } }
        : { kind: 'unknown' };
    }
    default:
      return { kind: 'misshapen', from: value.from, value: plainOf(value) };
  }
}

function listOf(value: SingleValue): [ProviderList] | undefined {
  if (value.type === 'array') {
    const slots = value.items.map((item): ProviderSlot => ({
      alternatives: alternativesOf(item.value),
      certain: item.certain,
    }));
    return [{ slots, open: value.open, from: value.from }];
  }
  // `authKit.getAuthConfigProviders()` among them: the component's own list, which is right.
  return value.type === 'unknown' ? [{ slots: [], open: true, from: value.from }] : undefined;
}

/** A value as Convex would get it, as far as its kind goes. */
function plainOf(value: SingleValue): unknown {
  switch (value.type) {
    case 'literal':
      return value.value;
    case 'object':
      return {};
    case 'array':
      return [];
    case 'function':
      return undefined;
    default:
      return 'text';
  }
}

/** The values that a property of a provider may have. `absent`: it may not be there. */
export interface PropertyReading {
  readonly values: readonly SingleValue[];
  /** The property, shorthand or spread that holds it. */
  readonly node: Located;
}

/**
 * What a provider has for a property. Undefined when it has no such property; an unknown value where it may have one
 * (an unknown spread).
 */
export function readProperty(provider: ObjectValue, name: string): PropertyReading | undefined {
  const property = provider.properties.get(name);
  if (!property) return provider.open ? { values: [unknown(provider.from)], node: provider.from } : undefined;
  const values = alternativesOf(property.value);
  return { values: property.certain ? values : [...values, unknown(property.node)], node: property.node };
}
