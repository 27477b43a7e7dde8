/** Reading a member of a value: `object.name`, `list[0]`, `ROUTES[key]`, and the steps of a pattern. */
import type { TSESTree } from '@typescript-eslint/types';
import { propertyName, unwrap } from '../syntax/ast.ts';
import type { Definition, Located } from '../syntax/bindings/definitions.ts';
import { readMember } from './builtins/builtins.ts';
import type { Step } from '../syntax/bindings/declarations.ts';
import { anyEnvironment, isProcessEnv } from './environment.ts';
import type { Evaluator } from './evaluator.ts';
import { without } from './expressions.ts';
import { memberOfThis, memberValue } from './members.ts';
import {
  type ArrayValue,
  type Frame,
  type ObjectValue,
  type UnknownValue,
  type Value,
  alternativesOf,
  anyItemOf,
  isFixed,
  knownText,
  literal,
  oneOf,
  propertyOf,
  text,
  unknown,
} from './values.ts';
import { isNullish } from './comparisons.ts';

/** `object.name` and `object[key]`; any of the members where the key is not known. */
export function evaluateMember(
  evaluator: Evaluator,
  place: Located<TSESTree.MemberExpression>,
  frame: Frame | undefined,
): Value {
  const { file, node } = place;
  const name = evaluateMemberName(evaluator, place, frame);
  const own = name === undefined ? undefined : evaluateMemberOfThis(evaluator, place, name, frame);
  if (own) return own;
  const object = evaluator.evaluate({ file, node: node.object }, frame);
  if (name === undefined) return anyMemberOf(object, place);
  const found = evaluator.member(object, name, place);
  const isOptional = node.optional && alternativesOf(object).some((value) => isNullish(value) === true);
  return isOptional ? oneOf([found, literal(undefined, place)], place) : found;
}

/** The name of a member, as written or as its key comes out; undefined when that is not known. */
export function evaluateMemberName(
  evaluator: Evaluator,
  { file, node }: Located<TSESTree.MemberExpression>,
  frame: Frame | undefined,
): string | undefined {
  const name = propertyName(node);
  return name !== undefined || !node.computed
    ? name
    : knownText(evaluator.evaluate({ file, node: node.property }, frame));
}

/** `this.name` in a class or an object literal. */
function evaluateMemberOfThis(
  evaluator: Evaluator,
  place: Located<TSESTree.MemberExpression>,
  name: string,
  frame: Frame | undefined,
): Value | undefined {
  const object = unwrap(place.node.object);
  const member = object.type === 'ThisExpression' ? memberOfThis(object, name) : undefined;
  return member && memberValue(evaluator, member, place, frame);
}

function anyMemberOf(object: Value, from: Located): Value {
  const all = alternativesOf(object).flatMap((value): readonly Value[] => {
    if (value.type === 'object' && !value.open) return [...value.properties.values()].map((property) => property.value);
    return [value.type === 'array' ? anyItemOf(value, from) : unknown(from)];
  });
  return oneOf(all, from);
}

/** What a step into a value gives, for each of its alternatives. */
export function memberOf(evaluator: Evaluator, value: Value, step: Step, from: Located): Value {
  const found = alternativesOf(value).map((arm): Value => {
    if (typeof step !== 'string') return arm.type === 'object' ? without(arm, step.omit, from) : arm;
    if (arm.type === 'object') return propertyAt(arm, step, from);
    if (arm.type === 'array' && /^\d+$/u.test(step)) return itemAt(arm, Number(step), from);
    // `const { NAME } = process.env`, and `const env = process.env; env.NAME`.
    if (arm.type === 'unknown')
      return isProcessEnv(arm.definition) ? environmentVariable(evaluator, step, from) : stepInto(arm, step, from);
    // Reached with `?.` alone: without it the program throws.
    if (isNullish(arm) === true) return literal(undefined, from);
    return readMember(arm, step, from) ?? unknown(from);
  });
  return oneOf(found, from);
}

function propertyAt(object: ObjectValue, name: string, from: Located): Value {
  const property = propertyOf(object, name);
  if (property === 'absent') return literal(undefined, from);
  if (!property) return unknown(from);
  return property.certain ? property.value : oneOf([property.value, unknown(from)], from);
}

function itemAt(list: ArrayValue, index: number, from: Located): Value {
  const item = list.items[index];
  if (!item) return list.open ? unknown(from) : literal(undefined, from);
  // Where an item before it is absent, the next one takes its place.
  return isFixed({ ...list, items: list.items.slice(0, index + 1) })
    ? item.value
    : oneOf([item.value, unknown(from)], from);
}

/** What the environment has for a variable. */
export function environmentVariable(
  { options: { environment = anyEnvironment } }: Evaluator,
  name: string,
  from: Located,
): Value {
  const assumed = environment(name);
  switch (assumed.kind) {
    case 'value':
      return text(assumed.text, from);
    case 'unset':
      return literal(undefined, from);
    case 'set':
    case 'maybe':
      return { type: 'text', parts: [{ kind: 'env', name, presence: assumed.kind, from }], from };
  }
}

/** A member of an unknown: an unknown that says where it is found. */
export function stepInto({ definition, label }: UnknownValue, step: string, from: Located): UnknownValue {
  const stepped: Definition =
    definition.kind === 'unknown' ? definition : { ...definition, path: [...definition.path, step] };
  return { ...unknown(from, stepped), ...(label !== undefined && { label }) };
}
