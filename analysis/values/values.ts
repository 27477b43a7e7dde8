/**
 * What an expression will be when the program runs, as far as the text tells: text of known, environment and unknown
 * parts, objects, arrays, functions, and the alternatives between them. Where something is unknown it says what it is.
 */
import type { TSESTree } from '@typescript-eslint/types';
import type { FunctionNode, Node } from '../syntax/ast.ts';
import type { Definition, Located } from '../syntax/bindings/definitions.ts';
import { redacted } from '../texts/redact.ts';

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

/** The call (or round) of some code that is being evaluated. */
export function frameOf(code: Frame['code'], frame: Frame | undefined): Frame | undefined {
  let current = frame;
  while (current && current.code !== code) current = current.upper;
  return current;
}

/** No list of links is longer: lists that double each other would fill the memory. */
export const MAX_ITEMS = 10_000;

/** More alternatives than this are one unknown. */
export const MAX_ALTERNATIVES = 32;

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

function sameValue(a: Value, b: Value): boolean {
  if (a === b) return true;
  if (a.type === 'literal' && b.type === 'literal') return a.value === b.value;
  const left = knownText(a);
  return a.type === b.type && left !== undefined && left === knownText(b) && sameNode(a.from, b.from);
}

const sameNode = (a: Located, b: Located): boolean => (a.node satisfies Node) === b.node;
