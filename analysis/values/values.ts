/**
 * What an expression will be when the program runs, as far as the text tells: text of known, environment and unknown
 * parts, objects, arrays, functions, and the alternatives between them. Where something is unknown it says what it is.
 */
import { reachLimit } from '../limits.ts';
import type { TSESTree } from '@typescript-eslint/types';
import type { FunctionNode, Node } from '../syntax/ast.ts';
import type { Definition, Located } from '../syntax/bindings/definitions.ts';
import { redacted } from './redact.ts';

export type Part =
  /** `from` is where the text, or its start, is written. */
  | { readonly kind: 'known'; readonly text: string; readonly from?: Located | undefined }
  /** `process.env.NAME`; `set` when the assumed environment has it (whatever its value), `maybe` when it can't tell. */
  | { readonly kind: 'env'; readonly name: string; readonly presence: 'maybe' | 'set'; readonly from: Located }
  | { readonly kind: 'unknown'; readonly value: UnknownValue };

export interface TextValue {
  readonly type: 'text';
  readonly parts: readonly Part[];
  readonly from: Located;
  /** What a test before it has shown: see `knownToBe`. */
  readonly truth?: boolean;
}

export interface LiteralValue {
  readonly type: 'literal';
  readonly value: bigint | boolean | number | null | undefined;
  readonly from: Located;
}

export interface PropertyValue {
  readonly value: Value;
  /** The property, shorthand or spread that holds it. */
  readonly node: Located;
  /** False when another value may take its place: an unknown spread after it, an assignment under a condition. */
  readonly certain: boolean;
}

export interface ObjectValue {
  readonly type: 'object';
  readonly properties: ReadonlyMap<string, PropertyValue>;
  /** True when it may have properties that are not listed (an unknown spread, a computed key). */
  readonly open: boolean;
  readonly from: Located;
}

export interface ItemValue {
  readonly value: Value;
  /** False when the item may be absent: a conditional `push`, a filter that can't be decided. */
  readonly certain: boolean;
}

export interface ArrayValue {
  readonly type: 'array';
  readonly items: readonly ItemValue[];
  readonly open: boolean;
  /** It is a `Map`, whose items are its entries. */
  readonly isMap?: boolean;
  readonly from: Located;
}

/** `new URL(…)`. */
export interface UrlValue {
  readonly type: 'url';
  readonly href: TextValue;
  readonly from: Located;
}

export interface FunctionValue {
  readonly type: 'function';
  readonly node: FunctionNode;
  readonly frame: Frame | undefined;
  readonly from: Located;
}

/** One of several: arms of a conditional that the assumed environment does not decide. */
export interface OneOfValue {
  readonly type: 'oneOf';
  readonly values: readonly Exclude<Value, OneOfValue>[];
  readonly from: Located;
}

export interface UnknownValue {
  readonly type: 'unknown';
  /** What is there: a parameter, an export of a package, a call whose result is not known. */
  readonly definition: Definition;
  readonly from: Located;
  /** A name that the playbook gave it: `request-origin`. */
  readonly label?: string;
  /** The part of it that is taken, if it is a URL. */
  readonly urlPart?: 'host' | 'origin' | 'pathname';
  /** The playbook knows that it is there and not empty: the host of a request. */
  readonly isSet?: boolean;
  /** What a test before it has shown: see `knownToBe`. */
  readonly truth?: boolean;
}

export type Value =
  ArrayValue | FunctionValue | LiteralValue | ObjectValue | OneOfValue | TextValue | UnknownValue | UrlValue;

/** A call that is being evaluated: what the parameters of one function are. Or a round of a loop, whose one argument is the item. */
export interface Frame {
  readonly code: FunctionNode | TSESTree.ForOfStatement;
  readonly args: readonly Value[];
  readonly upper: Frame | undefined;
}

/** No list of links is longer: lists that double each other would fill the memory. */
export const MAX_ITEMS = 10_000;

/** More alternatives than this are one unknown. */
const MAX_ALTERNATIVES = 32;

export const text = (known: string, from: Located): TextValue => ({
  type: 'text',
  parts: known === '' ? [] : [{ kind: 'known', text: known, from }],
  from,
});
export const literal = (value: LiteralValue['value'], from: Located): LiteralValue => ({
  type: 'literal',
  value,
  from,
});
export const unknown = (
  from: Located,
  definition: Definition = { kind: 'value', ...from, path: [] },
): UnknownValue => ({
  type: 'unknown',
  definition,
  from,
});

/** A list of these values and no others. */
export const listOf = (values: readonly Value[], from: Located): ArrayValue => ({
  type: 'array',
  items: values.map((value) => ({ value, certain: true })),
  open: false,
  from,
});

/** The alternatives as one value; flat, without repeats of the same source place. */
export function oneOf(values: readonly Value[], from: Located): Value {
  const flat = values.flatMap(alternativesOf);
  const distinct = flat.filter((value, index) => flat.findIndex((other) => sameValue(other, value)) === index);
  const [only] = distinct;
  if (only && distinct.length === 1) return only;
  if (distinct.length === 0 || distinct.length > MAX_ALTERNATIVES) return unknown(from);
  return { type: 'oneOf', values: distinct, from };
}

/** The values that an expression may have; one for everything but `oneOf`. */
export function alternativesOf(value: Value): readonly Exclude<Value, OneOfValue>[] {
  return value.type === 'oneOf' ? value.values : [value];
}

/** Whether every item of a list has its place. */
export const isFixed = ({ items, open }: ArrayValue): boolean => !open && items.every(({ certain }) => certain);

/** The list, or as much of it as is worth remembering. */
export const bounded = (list: ArrayValue): ArrayValue =>
  list.items.length > MAX_ITEMS ? { ...list, items: list.items.slice(0, MAX_ITEMS), open: true } : list;

/** A list of which it is not known what is where, or what is still in it. */
export const unsure = (list: ArrayValue): ArrayValue => ({
  ...list,
  items: list.items.map((item) => ({ ...item, certain: false })),
  // A map is asked for what is not in it, too.
  open: list.open || list.isMap === true,
});

/** What any item of a list may be; an unknown for what is no list. */
export function anyItemOf(list: Value, from: Located): Value {
  const values = alternativesOf(list).flatMap((array): Value[] => {
    if (array.type !== 'array') return [unknown(from)];
    const listed = array.items.map(({ value }) => value);
    return array.open ? [...listed, unknown(from)] : listed;
  });
  return oneOf(values, from);
}

/** The alternatives among values of which some may be missing: those are unknown. Undefined where all are missing. */
export function oneOfKnown(answers: readonly (Value | undefined)[], from: Located): Value | undefined {
  const known = answers.filter((answer) => answer !== undefined);
  if (known.length === 0) return undefined;
  return oneOf(known.length === answers.length ? known : [...known, unknown(from)], from);
}

/** The text of a value that is known in full. */
export function knownText(value: Value): string | undefined {
  if (value.type === 'url') return knownText(value.href);
  if (value.type !== 'text') return undefined;
  let known = '';
  for (const part of value.parts) {
    if (part.kind !== 'known') return undefined;
    known += part.text;
  }
  return known;
}

/** A number that is known. */
export function knownNumber(value: Value): number | undefined {
  return value.type === 'literal' && typeof value.value === 'number' ? value.value : undefined;
}

/** A text for people: `https://${process.env.VERCEL_URL}/callback`, `…` where a part is unknown; without secrets, and short. */
export function describeText(value: TextValue): string {
  const parts = value.parts.map((part) => {
    if (part.kind === 'known') return part.text;
    return part.kind === 'env' ? `\${process.env.${part.name}}` : '…';
  });
  return redacted(parts.join(''));
}

/** Whether JavaScript takes the value for true; undefined when that is not known. */
export function truthOf(value: Value): boolean | undefined {
  switch (value.type) {
    case 'text':
      if (value.parts.some(isFilled)) return true;
      return value.parts.length === 0 ? false : value.truth;
    case 'literal':
      return Boolean(value.value);
    case 'oneOf':
      return agreed(value.values.map(truthOf));
    case 'unknown':
      return value.isSet === true ? true : value.truth;
    default:
      return true;
  }
}

/**
 * A value of which a test has shown how it comes out: where `a || b` gives `a`, that is true. So `unknown || true` is true, whatever
 * the unknown is.
 */
export function knownToBe(truth: boolean, value: Exclude<Value, OneOfValue>): Exclude<Value, OneOfValue> {
  return value.type === 'text' || value.type === 'unknown' ? { ...value, truth } : value;
}

function isFilled(part: Part): boolean {
  if (part.kind === 'known') return part.text !== '';
  return part.kind === 'env' ? part.presence === 'set' : part.value.isSet === true;
}

/** Whether the value is null or undefined; undefined when that is not known. */
export function isNullish(value: Value): boolean | undefined {
  switch (value.type) {
    case 'literal':
      return value.value === null || value.value === undefined;
    case 'text': {
      if (value.truth === true) return false;
      const [only] = value.parts;
      return value.parts.length === 1 && only?.kind === 'env' && only.presence === 'maybe' ? undefined : false;
    }
    case 'oneOf':
      return agreed(value.values.map(isNullish));
    case 'unknown':
      return value.isSet === true || value.truth === true ? false : undefined;
    default:
      return false;
  }
}

/** Whether `===` holds between two values; undefined when that is not known. */
export function areEqual(a: Value, b: Value): boolean | undefined {
  if (a.type === 'oneOf' || b.type === 'oneOf') {
    return agreed(alternativesOf(a).flatMap((left) => alternativesOf(b).map((right) => areEqual(left, right))));
  }
  if (a.type === 'unknown' || b.type === 'unknown') return undefined;
  if (a.type === 'literal' && b.type === 'literal') return a.value === b.value;
  if (a.type === 'text' && b.type === 'text') {
    const [left, right] = [knownText(a), knownText(b)];
    if (left !== undefined && right !== undefined) return left === right;
    return (left === '' && truthOf(b) === true) || (right === '' && truthOf(a) === true) ? false : undefined;
  }
  if (a.type !== b.type) {
    const [unset, other] = a.type === 'literal' ? [a, b] : [b, a];
    return unset.type === 'literal' && unset.value === undefined && isNullish(other) === undefined ? undefined : false;
  }
  return undefined;
}

/** The same of `==`: what is unset equals what is unset. What else is of another type is turned into one of the same, which is not followed. */
export function areLooselyEqual(a: Value, b: Value): boolean | undefined {
  if (a.type === 'oneOf' || b.type === 'oneOf') {
    return agreed(alternativesOf(a).flatMap((left) => alternativesOf(b).map((right) => areLooselyEqual(left, right))));
  }
  const [left, right] = [isNullish(a), isNullish(b)];
  if (left === true) return right;
  if (right === true) return left;
  const isOfOneType =
    a.type === b.type && (a.type !== 'literal' || b.type !== 'literal' || typeof a.value === typeof b.value);
  return isOfOneType ? areEqual(a, b) : undefined;
}

/** An object that has these members; `open`: and others that are not known. */
export function objectWith(members: Readonly<Record<string, Value>>, open: boolean, from: Located): ObjectValue {
  const properties = Object.entries(members).map(
    ([name, value]) => [name, { value, node: from, certain: true }] as const,
  );
  return { type: 'object', properties: new Map(properties), open, from };
}

/** A property of an object value: absent, or what it holds; undefined when the object may have it and does not say. */
export function propertyOf(object: ObjectValue, name: string): PropertyValue | 'absent' | undefined {
  const property = object.properties.get(name);
  if (property) return property;
  return object.open ? undefined : 'absent';
}

/** No path or URL is longer, or has more pieces: names that double each other would fill the memory. */
export const MAX_TEXT = 100_000;
const MAX_PARTS = 1_000;

/** Joins values to one text, as a template does. Alternatives multiply; what is no text becomes an unknown part. */
export function concatenate(values: readonly Value[], from: Located): Value {
  let texts: (readonly Part[])[] = [[]];
  for (const value of values) {
    const pieces = alternativesOf(value).map(partsOf);
    texts = texts.flatMap((left) => pieces.map((right) => join(left, right)));
    if (texts.length > MAX_ALTERNATIVES) return unknown(from);
    if (texts.some(isTooLong)) {
      reachLimit(from.file.path);
      return unknown(from);
    }
  }
  return oneOf(
    texts.map((parts) => ({ type: 'text', parts, from })),
    from,
  );
}

/** What `+` gives where one of the values is text; undefined for others. */
export function addedText(values: readonly Value[], from: Located): Value | undefined {
  const start = values.findIndex((value) =>
    alternativesOf(value).some(({ type }) => type === 'text' || type === 'url'),
  );
  return start === -1
    ? undefined
    : concatenate([...summed(values.slice(0, start), from), ...values.slice(start)], from);
}

/** What comes before the first text is added up: `1 + 2 + 'a'` is `3a`. */
function summed(values: readonly Value[], from: Located): readonly Value[] {
  if (values.length < 2) return values;
  const numbers = values.map(knownNumber).filter((number) => number !== undefined);
  if (numbers.length === values.length)
    return [
      literal(
        numbers.reduce((sum, number) => sum + number),
        from,
      ),
    ];
  // What is not known may be a number, which the others are added to.
  return values.some(({ type }) => type === 'literal') ? [unknown(from)] : values;
}

function isTooLong(parts: readonly Part[]): boolean {
  if (parts.length > MAX_PARTS) return true;
  return parts.reduce((length, part) => length + (part.kind === 'known' ? part.text.length : 1), 0) > MAX_TEXT;
}

function partsOf(value: Exclude<Value, OneOfValue>): readonly Part[] {
  switch (value.type) {
    case 'text':
      return value.parts;
    case 'url':
      return value.href.parts;
    case 'literal':
      return [{ kind: 'known', text: String(value.value) }];
    case 'unknown':
      return [{ kind: 'unknown', value }];
    default:
      return [{ kind: 'unknown', value: unknown(value.from) }];
  }
}

function join(left: readonly Part[], right: readonly Part[]): readonly Part[] {
  const [last, first] = [left.at(-1), right[0]];
  if (last?.kind === 'known' && first?.kind === 'known') {
    return [
      ...left.slice(0, -1),
      { kind: 'known', text: last.text + first.text, from: last.from ?? first.from },
      ...right.slice(1),
    ];
  }
  return [...left, ...right];
}

function agreed(answers: readonly (boolean | undefined)[]): boolean | undefined {
  const [first] = answers;
  return answers.every((answer) => answer === first) ? first : undefined;
}

function sameValue(a: Value, b: Value): boolean {
  if (a === b) return true;
  if (a.type === 'literal' && b.type === 'literal') return a.value === b.value;
  const left = knownText(a);
  return a.type === b.type && left !== undefined && left === knownText(b) && sameNode(a.from, b.from);
}

const sameNode = (a: Located, b: Located): boolean => (a.node satisfies Node) === b.node;
