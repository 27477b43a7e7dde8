/**
 * What the language's own methods and properties give for values that are partly known: strings, arrays, objects,
 * URLs. Deliberately few: what hrefs, issuers and redirect URIs are made with in real code.
 */
import { callArrayMethod, callMapMethod } from './array-methods.ts';
import type { Located } from '../../syntax/bindings/definitions.ts';
import type { Evaluator } from '../evaluator.ts';
import { mergedWith } from '../expressions.ts';
import { callTextMethod, testPattern } from './text-methods.ts';
import { constructUrl, urlMember } from './urls.ts';
import {
  knownNumber,
  type ArrayValue,
  type ObjectValue,
  type OneOfValue,
  type PropertyValue,
  type Value,
  alternativesOf,
  isFixed,
  knownText,
  listOf,
  literal,
  oneOfKnown,
  text,
} from '../values.ts';
import { concatenate } from '../concatenation.ts';
import { isNullish, truthOf } from '../comparisons.ts';

type Single = Exclude<Value, OneOfValue>;

/** A property of a value that is no object literal; undefined when it is not known. */
export function readMember(value: Single, name: string, from: Located): Value | undefined {
  switch (value.type) {
    case 'url':
      return urlMember(value, name, from);
    case 'text': {
      const known = knownText(value);
      return name === 'length' && known !== undefined ? literal(known.length, from) : undefined;
    }
    case 'array':
      return name === 'length' && isFixed(value) ? literal(value.items.length, from) : undefined;
    default:
      return undefined;
  }
}

/** What a method call gives; undefined when the method is none that the analysis knows. */
export function callMethod(
  evaluator: Evaluator,
  object: Value,
  name: string,
  args: readonly Value[],
  from: Located,
): Value | undefined {
  if (object.type === 'unknown' && object.definition.kind === 'global') {
    return callGlobalMethod(evaluator, object.definition.name, object.definition.path, name, args, from);
  }
  const results = alternativesOf(object).map((value): Value | undefined => {
    // `value?.trim()`; without `?.` the program throws.
    if (value.type === 'literal' && isNullish(value) === true) return literal(undefined, from);
    if (value.type === 'text') return callTextMethod(value, name, args, from);
    if (value.type === 'array')
      return (
        (value.isMap ? callMapMethod(evaluator, value, name, args, from) : undefined) ??
        callArrayMethod(evaluator, value, name, args, from)
      );
    if (value.type === 'url' && (name === 'toString' || name === 'toJSON')) return { ...value.href, from };
    if (value.type === 'unknown' && name === 'test') return testPattern(value, args[0], from);
    return undefined;
  });
  return oneOfKnown(results, from);
}

/** What a function that is there for everyone gives: `String(value)`. Undefined when the analysis does not know it. */
export function callGlobal(name: string, [first]: readonly Value[], from: Located): Value | undefined {
  if (!first) return undefined;
  switch (name) {
    case 'String':
      return concatenate([first], from);
    case 'Boolean': {
      const truth = truthOf(first);
      return truth === undefined ? undefined : literal(truth, from);
    }
    case 'encodeURI':
    case 'decodeURI':
      return first;
    case 'encodeURIComponent': {
      const known = knownText(first);
      // Half of a surrogate pair has no encoding: the program throws.
      return known === undefined || /\p{Surrogate}/u.test(known) ? undefined : text(encodeURIComponent(known), from);
    }
    default:
      return undefined;
  }
}

/** What `new` makes of a class that is there for everyone. A set is the list of its members, a map that of its entries. */
export function constructGlobal(name: string, [first, second]: readonly Value[], from: Located): Value | undefined {
  switch (name) {
    case 'URL':
      return first && constructUrl(first, second, from);
    case 'Map':
    case 'Set': {
      const list = first ?? listOf([], from);
      if (list.type !== 'array') return undefined;
      return name === 'Map' ? { ...list, isMap: true } : list;
    }
    default:
      return undefined;
  }
}

function callGlobalMethod(
  evaluator: Evaluator,
  global: string,
  path: readonly unknown[],
  name: string,
  args: readonly Value[],
  from: Located,
): Value | undefined {
  const [first] = args;
  if (path.length > 0 || !first) return undefined;
  if (global === 'Object') return callObjectFunction(evaluator, name, args, from);
  if (global === 'Array' && name === 'from' && first.type === 'array') return { ...first, isMap: false };
  if (global === 'Promise' && name === 'resolve') return first;
  if (global === 'Math') return rounded(name, first, from);
  if (global === 'URL' && name === 'parse') return constructUrl(first, args[1], from);
  return undefined;
}

function callObjectFunction(
  evaluator: Evaluator,
  name: string,
  args: readonly Value[],
  from: Located,
): Value | undefined {
  const [first] = args;
  if (name === 'freeze' || name === 'seal') return first;
  if (name === 'assign')
    return args.reduce<ObjectValue>((all, one) => mergedWith(all, one, true, from), {
      type: 'object',
      properties: new Map(),
      open: false,
      from,
    });
  if (name === 'fromEntries') return first?.type === 'array' ? fromEntries(evaluator, first, from) : undefined;
  if (first?.type !== 'object') return undefined;
  const entries = [...first.properties];
  const listed = (value: (entry: readonly [string, PropertyValue]) => Value): ArrayValue => ({
    type: 'array',
    items: entries.map((entry) => ({ value: value(entry), certain: entry[1].certain })),
    open: first.open,
    from,
  });
  if (name === 'values') return listed(([, property]) => property.value);
  if (name === 'keys') return listed(([key]) => text(key, from));
  if (name === 'entries') return listed(([key, property]) => listOf([text(key, from), property.value], from));
  return undefined;
}

function fromEntries(evaluator: Evaluator, entries: ArrayValue, from: Located): Value {
  const properties = new Map<string, PropertyValue>();
  let { open } = entries;
  for (const { certain, value } of entries.items) {
    const key = knownText(evaluator.member(value, '0', from));
    if (key === undefined) open = true;
    else properties.set(key, { value: evaluator.member(value, '1', from), node: value.from, certain });
  }
  return { type: 'object', properties, open, from };
}

const ROUNDING = new Map<string, (value: number) => number>([
  ['ceil', Math.ceil],
  ['floor', Math.floor],
  ['round', Math.round],
  ['trunc', Math.trunc],
]);

function rounded(name: string, value: Value, from: Located): Value | undefined {
  const round = ROUNDING.get(name);
  const number = knownNumber(value);
  return round && number !== undefined ? literal(round(number), from) : undefined;
}
