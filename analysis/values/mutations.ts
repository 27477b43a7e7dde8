/** What is done to a variable's value after it was made. */
import type { TSESTree } from '@typescript-eslint/types';
import { type Node, contains, enclosingFunction, propertyName, wrapped } from '../syntax/ast.ts';
import type { Located } from '../syntax/bindings/definitions.ts';
import type { Evaluator } from './evaluator.ts';
import { evaluateList, mergedWith, without } from './expressions.ts';
import { assigned, isReachable } from '../flow/flow-values.ts';
import { appends, changedItem, changedList, changesList } from './builtins/list-changes.ts';
import { type Variable, readsOf } from '../syntax/bindings/scopes.ts';
import { withHost, withPath } from './builtins/urls.ts';
import {
  type Frame,
  type ObjectValue,
  type PropertyValue,
  type UrlValue,
  type Value,
  alternativesOf,
  literal,
  oneOf,
  unknown,
} from './values.ts';
import { truthOf } from './comparisons.ts';

/**
 * A value with what is done to its variable afterwards: `options.redirectUri = …`, `providers.push(…)`,
 * `url.pathname = …`. A change under a condition that is not decided is an alternative.
 */
export function withMutations(
  evaluator: Evaluator,
  variable: Variable,
  value: Value,
  from: Located,
  frame: Frame | undefined,
): Value {
  if (value.type !== 'object' && value.type !== 'array' && value.type !== 'url') return value;
  const home = enclosingFunction(variable.defs[0]?.node ?? from.node);
  let current: Value = value;
  for (const read of readsOf(variable)) {
    const change = mutationAt(read);
    if (!change || contains(change.node, from.node)) continue;
    const isStraight = enclosingFunction(read) === home && isUnconditional(change.node, home, from.node);
    if (!isStraight && !isReachable(evaluator, { file: from.file, node: change.node }, frame)) continue;
    const isSettled =
      !movesItems(change) || enclosingFunction(from.node) !== home || change.node.range[1] <= from.node.range[0];
    const isCertain = isSettled && (isStraight || isDecided(evaluator, change.node, from, frame));
    current = changedAt(current, change.path, (value) => applied(evaluator, value, change, from, frame, isCertain));
  }
  return current;
}

/**
 * Whether items of a list have other places after a change, so that it counts only for who reads the list behind it. (Whatever else is
 * done further down belongs to the object or list: whoever is given the whole of it looks at it later.)
 */
function movesItems(change: Mutation): boolean {
  return change.kind === 'list' ? !appends(change.method) : change.kind === 'assign' && change.name === 'length';
}

type Mutation = {
  /** The members from the variable to what is changed: `['providers']` of `config.providers.push(…)`. */
  readonly path: readonly string[];
} & (
  | { readonly kind: 'assign'; readonly node: TSESTree.AssignmentExpression; readonly name: string | undefined }
  | { readonly kind: 'delete'; readonly node: TSESTree.UnaryExpression; readonly name: string }
  /** `Object.assign` with the variable in the first place. */
  | { readonly kind: 'merge'; readonly node: TSESTree.CallExpression }
  /** `list.push(…)`, `list.sort()`, `set.add(…)`, `map.set(key, value)`. */
  | { readonly kind: 'list'; readonly node: TSESTree.CallExpression; readonly method: string }
);

function mutationAt(read: Node): Mutation | undefined {
  const path: string[] = [];
  const call = wrapped(read).parent;
  if (call?.type === 'CallExpression' && call.arguments[0] === wrapped(read) && isObjectAssign(call.callee))
    return { kind: 'merge', node: call, path };
  for (
    let object = wrapped(read), member = object.parent;
    member?.type === 'MemberExpression' && member.object === object;
    object = wrapped(member), member = object.parent
  ) {
    const { parent } = wrapped(member);
    const name = propertyName(member);
    if (parent?.type === 'AssignmentExpression' && parent.left === member)
      return { kind: 'assign', node: parent, name, path };
    if (parent?.type === 'UnaryExpression' && parent.operator === 'delete' && name !== undefined)
      return { kind: 'delete', node: parent, name, path };
    if (name === undefined) return undefined;
    if (parent?.type === 'CallExpression' && parent.callee === member && changesList(name))
      return { kind: 'list', node: parent, method: name, path };
    path.push(name);
  }
  return undefined;
}

function isObjectAssign(callee: Node): boolean {
  return (
    callee.type === 'MemberExpression' &&
    callee.object.type === 'Identifier' &&
    callee.object.name === 'Object' &&
    propertyName(callee) === 'assign'
  );
}

/** A value in which the one at a path is another; as it is where nothing is there. */
function changedAt(value: Value, [step, ...rest]: readonly string[], change: (value: Value) => Value): Value {
  if (step === undefined) return change(value);
  if (value.type === 'object') {
    const property = value.properties.get(step);
    return property
      ? {
          ...value,
          properties: new Map(value.properties).set(step, {
            ...property,
            value: changedAt(property.value, rest, change),
          }),
        }
      : value;
  }
  const index = value.type === 'array' && /^\d+$/u.test(step) ? Number(step) : -1;
  if (value.type !== 'array' || index === -1) return value;
  return {
    ...value,
    items: value.items.map((item, at) =>
      at === index ? { ...item, value: changedAt(item.value, rest, change) } : item,
    ),
  };
}

function withoutMember(object: ObjectValue, name: string, from: Located, certain: boolean): ObjectValue {
  if (certain) return without(object, [name], from);
  const property = object.properties.get(name);
  return property
    ? { ...object, properties: new Map(object.properties).set(name, { ...property, certain: false }) }
    : object;
}

function applied(
  evaluator: Evaluator,
  value: Value,
  change: Mutation,
  from: Located,
  frame: Frame | undefined,
  certain: boolean,
): Value {
  const { file } = from;
  const evaluate = (node: Node) => evaluator.evaluate({ file, node }, frame);
  if (change.kind === 'list') {
    return value.type === 'array'
      ? changedList(change.method, {
          list: value,
          args: evaluateList(change.node.arguments, from, evaluate),
          isCertain: certain,
        })
      : value;
  }
  if (change.kind === 'merge') {
    if (value.type !== 'object') return value;
    const given = change.node.arguments
      .slice(1)
      .map((argument) => (argument.type === 'SpreadElement' ? unknown(from) : evaluate(argument)));
    return given.reduce<ObjectValue>((merged, one) => mergedWith(merged, one, certain, from), value);
  }
  if (change.kind === 'delete')
    return value.type === 'object' ? withoutMember(value, change.name, from, certain) : value;
  const next = (before: Value) => assigned(change.node, before, evaluate, from);
  if (value.type === 'url') {
    const before = change.name === undefined ? unknown(from) : evaluator.member(value, change.name, from);
    const urls = alternativesOf(next(before)).map((part): Value => changedUrl(value, change.name, part, from));
    return oneOf(certain ? urls : [value, ...urls], from);
  }
  if (value.type === 'array') {
    const before = change.name === undefined ? unknown(from) : evaluator.member(value, change.name, from);
    return changedItem(value, change.name, { value: next(before), certain });
  }
  if (value.type !== 'object') return value;
  if (change.name === undefined) return { ...value, open: true };
  const properties = new Map<string, PropertyValue>(value.properties);
  const before = properties.get(change.name)?.value ?? literal(undefined, from);
  const after = next(value.open && !properties.has(change.name) ? unknown(from) : before);
  properties.set(change.name, {
    value: certain ? after : oneOf([before, after], from),
    node: { file, node: change.node },
    certain: true,
  });
  return { ...value, properties };
}

function changedUrl(value: UrlValue, name: string | undefined, part: Value, from: Located): Value {
  switch (name) {
    case 'hash':
    case 'search':
      return value;
    case 'host':
    case 'hostname':
      return withHost(value, part);
    case 'pathname':
      return part.type === 'text' ? withPath(value, part) : unknown(from);
    default:
      return unknown(from);
  }
}

function isUnconditional(node: Node, home: Node | undefined, reader: Node): boolean {
  for (let current = node.parent; current && current !== home; current = current.parent) {
    // Who reads on in the same block of `try` has come past it.
    if (current.type === 'TryStatement' && contains(current.block, node) && contains(current.block, reader)) continue;
    if (!['BlockStatement', 'ExpressionStatement', 'Program'].includes(current.type)) return false;
  }
  return true;
}

// `if (test) items.push(…)` whose test is known to be true.
function isDecided(evaluator: Evaluator, node: Node, { file }: Located, frame: Frame | undefined): boolean {
  const statement = node.parent;
  const block = statement?.parent;
  const branch = block?.type === 'BlockStatement' ? block : statement;
  const test =
    branch?.parent?.type === 'IfStatement' && branch.parent.consequent === branch ? branch.parent : undefined;
  return test !== undefined && truthOf(evaluator.evaluate({ file, node: test.test }, frame)) === true;
}
