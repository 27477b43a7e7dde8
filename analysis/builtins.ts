/**
 * What the language's own methods and properties give for values that are partly known: strings, arrays, objects,
 * URLs. Deliberately few: what hrefs, issuers and redirect URIs are made with in real code.
 */
import type { TSESTree } from '@typescript-eslint/types';
import type { Located } from './bindings.ts';
import type { Evaluator } from './evaluate.ts';
import { resolveUrl, urlMember } from './urls.ts';
import {
  type ArrayValue,
  type ItemValue,
  type OneOfValue,
  type Part,
  type PropertyValue,
  type TextValue,
  type Value,
  alternativesOf,
  concatenate,
  isNullish,
  knownText,
  literal,
  oneOf,
  text,
  truthOf,
  unknown,
} from './values.ts';

type Single = Exclude<Value, OneOfValue>;

/** A property of a value that is no object literal; undefined when it can't be told. */
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

/**
 * What a method call gives; undefined when the method is none that the analysis knows.
 * `new URL` is asked for under that name, with the input as the object.
 */
export function callMethod(
  evaluator: Evaluator,
  object: Value,
  name: string,
  args: readonly Value[],
  from: Located,
): Value | undefined {
  if (object.type === 'unknown' && object.definition.kind === 'global' && name !== 'new URL') {
    return callGlobalMethod(evaluator, object.definition.name, object.definition.path, name, args, from);
  }
  const results = alternativesOf(object).map((value): Value | undefined => {
    if (name === 'new URL') {
      const [base] = args;
      const hrefs = base ? alternativesOf(base).map((one) => resolveUrl(value, one, from)) : [resolveUrl(value, undefined, from)];
      const known = hrefs.filter((href) => href !== undefined);
      return known.length === hrefs.length ? oneOf(known, from) : undefined;
    }
    // `value?.trim()`; without `?.` the program throws.
    if (value.type === 'literal' && isNullish(value) === true) return literal(undefined, from);
    if (value.type === 'text') return callTextMethod(value, name, args, from);
    if (value.type === 'array') return callArrayMethod(evaluator, value, name, args, from);
    if (value.type === 'url' && (name === 'toString' || name === 'toJSON')) return { ...value.href, from };
    return undefined;
  });
  const known = results.filter((result) => result !== undefined);
  if (known.length === 0) return undefined;
  return oneOf(known.length === results.length ? known : [...known, unknown(from)], from);
}

function callTextMethod(value: TextValue, name: string, args: readonly Value[], from: Located): Value | undefined {
  const known = knownText(value);
  const texts = args.map((arg) => knownText(arg));
  const [first, second] = texts;
  const hasKnownArgs = texts.every((arg) => arg !== undefined);
  switch (name) {
    case 'toString':
    case 'valueOf':
      return value;
    case 'trim':
    case 'trimEnd':
    case 'trimStart':
      return mapKnown(value, (part, index) => trimPart(part, name, index, value.parts.length), from);
    case 'toLowerCase':
      return mapKnown(value, (part) => part.toLowerCase(), from);
    case 'toUpperCase':
      return mapKnown(value, (part) => part.toUpperCase(), from);
    case 'concat':
      return concatenate([value, ...args], from);
    case 'startsWith':
      return testEdge(value.parts[0], first, (part, edge) => part.startsWith(edge), from);
    case 'endsWith':
      return testEdge(value.parts.at(-1), first, (part, edge) => part.endsWith(edge), from);
    case 'includes':
      if (first !== undefined && value.parts.some((part) => part.kind === 'known' && part.text.includes(first))) {
        return literal(true, from);
      }
      return known !== undefined && first !== undefined ? literal(false, from) : undefined;
    case 'replace':
    case 'replaceAll': {
      if (known !== undefined && hasKnownArgs && first !== undefined && second !== undefined) {
        return text(name === 'replace' ? known.replace(first, () => second) : known.replaceAll(first, () => second), from);
      }
      const replaced = known === undefined ? undefined : replacePattern(known, args, from);
      if (replaced) return replaced;
      // Replacing in a text of which parts are unknown most often tidies slashes: the parts stay.
      return value.parts.some(({ kind }) => kind !== 'known') ? { ...value, from } : undefined;
    }
    case 'split':
      if (known === undefined || first === undefined) return undefined;
      return array(
        known.split(first).map((piece) => text(piece, from)),
        from,
      );
    default:
      return undefined;
  }
}

function trimPart(part: string, method: string, index: number, count: number): string {
  let trimmed = part;
  if (method !== 'trimEnd' && index === 0) trimmed = trimmed.trimStart();
  if (method !== 'trimStart' && index === count - 1) trimmed = trimmed.trimEnd();
  return trimmed;
}

function testEdge(
  part: Part | undefined,
  edge: string | undefined,
  test: (part: string, edge: string) => boolean,
  from: Located,
): Value | undefined {
  if (edge === undefined) return undefined;
  if (!part) return literal(edge === '', from);
  if (part.kind !== 'known') return undefined;
  if (test(part.text, edge)) return literal(true, from);
  return part.text.length >= edge.length ? literal(false, from) : undefined;
}

function mapKnown(value: TextValue, change: (part: string, index: number) => string, from: Located): TextValue {
  const parts = value.parts.map((part, index): Part => (part.kind === 'known' ? { ...part, text: change(part.text, index) } : part));
  return { type: 'text', parts: parts.filter((part) => part.kind !== 'known' || part.text !== ''), from };
}

function callArrayMethod(
  evaluator: Evaluator,
  value: ArrayValue,
  name: string,
  args: readonly Value[],
  from: Located,
): Value | undefined {
  const [first] = args;
  const mapped = (): ItemValue[] =>
    value.items.map((item, index) => ({
      value: (first && evaluator.call(first, [item.value, indexIn(value, index, from)], from)) ?? unknown(from),
      certain: item.certain,
    }));
  switch (name) {
    case 'map':
      return { type: 'array', items: mapped(), open: value.open, from };
    case 'flatMap':
      return flatten(mapped(), value.open, from);
    case 'flat':
      return flatten(value.items, value.open, from);
    case 'filter':
      return { type: 'array', items: value.items.flatMap((item, index) => kept(evaluator, item, first, indexIn(value, index, from))), open: value.open, from };
    case 'find': {
      const found = value.items.flatMap((item, index) => kept(evaluator, item, first, indexIn(value, index, from)));
      const [only] = found;
      return only?.certain === true && found.indexOf(only) === 0
        ? only.value
        : oneOf([...found.map((item) => item.value), value.open ? unknown(from) : literal(undefined, from)], from);
    }
    case 'concat': {
      const items = [...value.items];
      let { open } = value;
      for (const arg of args) {
        if (arg.type === 'array') {
          items.push(...arg.items);
          open ||= arg.open;
        } else if (arg.type === 'unknown' || arg.type === 'oneOf') open = true;
        else items.push({ value: arg, certain: true });
      }
      return { type: 'array', items, open, from };
    }
    case 'at': {
      const index = first?.type === 'literal' && typeof first.value === 'number' ? first.value : undefined;
      if (index === undefined || !isFixed(value)) return undefined;
      return value.items.at(index)?.value ?? literal(undefined, from);
    }
    case 'slice': {
      const [start, end] = args.map((arg) => (arg.type === 'literal' && typeof arg.value === 'number' ? arg.value : undefined));
      const isKnown = isFixed(value) && start !== undefined && (args.length === 1 || end !== undefined);
      if (isKnown) return { ...value, items: value.items.slice(start, end), from };
      return args.length === 0 ? value : { ...value, items: value.items.map((item) => ({ ...item, certain: false })), from };
    }
    case 'splice':
      return args.length === 0
        ? value
        : { type: 'array', items: value.items.map((item) => ({ ...item, certain: false })), open: value.open, from };
    case 'reverse':
    case 'sort':
    case 'toReversed':
    case 'toSorted':
      return value;
    case 'join': {
      const separator = first ?? text(',', from);
      if (value.open || value.items.some(({ certain }) => !certain)) return undefined;
      return concatenate(
        value.items.flatMap((item, index) => (index === 0 ? [item.value] : [separator, item.value])),
        from,
      );
    }
    case 'some':
    case 'every': {
      // One answer ends it: true for `some`, false for `every`.
      const truths = value.items.map((item, index) => ({ truth: answerOf(evaluator, item, first, indexIn(value, index, from)), certain: item.certain }));
      const ending = name === 'some';
      if (truths.some(({ certain, truth }) => certain && truth === ending)) return literal(ending, from);
      return value.open || truths.some(({ truth }) => truth !== !ending) ? undefined : literal(!ending, from);
    }
    case 'has':
    case 'includes': {
      const wanted = first && knownText(first);
      const listed = value.items.map((item) => knownText(item.value));
      if (wanted === undefined || value.open || listed.includes(undefined)) return undefined;
      return literal(listed.includes(wanted), from);
    }
    default:
      return undefined;
  }
}

/** Whether every item has its place. */
const isFixed = ({ items, open }: ArrayValue): boolean => !open && items.every(({ certain }) => certain);

/** What a callback gets beside the item: where it stands, unless an item before it may be absent. */
function indexIn({ items }: ArrayValue, index: number, from: Located): Value {
  return items.slice(0, index).every(({ certain }) => certain) ? literal(index, from) : unknown(from);
}

function kept(evaluator: Evaluator, item: ItemValue, test: Value | undefined, index: Value): ItemValue[] {
  const truth = answerOf(evaluator, item, test, index);
  if (truth === false) return [];
  return [truth === true ? item : { ...item, certain: false }];
}

/** Whether a callback (or `Boolean`) answers true for an item. */
function answerOf(evaluator: Evaluator, item: ItemValue, test: Value | undefined, index: Value): boolean | undefined {
  const isBoolean = test?.type === 'unknown' && test.definition.kind === 'global' && test.definition.name === 'Boolean';
  const answer = isBoolean ? item.value : test && evaluator.call(test, [item.value, index], index.from);
  return answer && truthOf(answer);
}

function flatten(items: readonly ItemValue[], open: boolean, from: Located): ArrayValue {
  let isOpen = open;
  const flat = items.flatMap((item): ItemValue[] => {
    const arms = alternativesOf(item.value);
    return arms.flatMap((arm): ItemValue[] => {
      if (arm.type !== 'array') {
        isOpen ||= arm.type === 'unknown';
        return arm.type === 'unknown' ? [] : [{ value: arm, certain: item.certain && arms.length === 1 }];
      }
      isOpen ||= arm.open;
      return arm.items.map((inner) => ({ value: inner.value, certain: inner.certain && item.certain && arms.length === 1 }));
    });
  });
  return { type: 'array', items: flat, open: isOpen, from };
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
  if (global === 'Object') return callObjectFunction(name, args, from);
  if (global === 'Array' && name === 'from' && first.type === 'array') return first;
  if (global === 'Promise' && name === 'resolve') return first;
  if (global === 'URL' && name === 'parse') return callMethod(evaluator, first, 'new URL', args.slice(1), from);
  return undefined;
}

function callObjectFunction(name: string, args: readonly Value[], from: Located): Value | undefined {
  const [first] = args;
  if (name === 'freeze' || name === 'seal') return first;
  if (name === 'assign') return assign(args, from);
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
  if (name === 'entries') return listed(([key, property]) => array([text(key, from), property.value], from));
  return undefined;
}

function assign(args: readonly Value[], from: Located): Value | undefined {
  const properties = new Map<string, PropertyValue>();
  let open = false;
  for (const arg of args) {
    if (arg.type !== 'object') {
      open = true;
      for (const [name, property] of properties) properties.set(name, { ...property, certain: false });
      continue;
    }
    open ||= arg.open;
    for (const [name, property] of arg.properties) properties.set(name, property);
  }
  return { type: 'object', properties, open, from };
}

/** Longer texts and patterns that repeat a repetition are not tried: they may take for ever. */
const MAX_TESTED = 200;
const REPEATS_REPETITION = /[*+}][^()]*\)\??[*+{]/u;

/** What `/pattern/.test(value)` gives for text that is known; undefined for any other. */
export function testPattern(node: TSESTree.Literal, value: Value | undefined, from: Located): Value | undefined {
  if (!('regex' in node) || !value || REPEATS_REPETITION.test(node.regex.pattern)) return undefined;
  const answers = alternativesOf(value).map((one) => {
    const known = knownText(one);
    if (known === undefined || known.length > MAX_TESTED) return undefined;
    try {
      // Without `g` and `y` no state is kept.
      return new RegExp(node.regex.pattern, node.regex.flags.replaceAll(/[gy]/gu, '')).test(known);
    } catch {
      return undefined;
    }
  });
  const [first] = answers;
  return first === undefined || answers.some((answer) => answer !== first) ? undefined : literal(first, from);
}

/** `'https://api/'.replace(/\/+$/, '')`: text that is known, with a pattern written in place and a text without `$`. */
function replacePattern(known: string, [pattern, replacement]: readonly Value[], from: Located): Value | undefined {
  const node = pattern?.from.node;
  const next = replacement && knownText(replacement);
  if (node?.type !== 'Literal' || !('regex' in node) || next === undefined || next.includes('$')) return undefined;
  if (known.length > MAX_TESTED || REPEATS_REPETITION.test(node.regex.pattern)) return undefined;
  try {
    return text(known.replace(new RegExp(node.regex.pattern, node.regex.flags), next), from);
  } catch {
    return undefined;
  }
}

function array(values: readonly Value[], from: Located): ArrayValue {
  return { type: 'array', items: values.map((value) => ({ value, certain: true })), open: false, from };
}
