/** What is done to a variable's value after it was made. */
import type { TSESTree } from '@typescript-eslint/types';
import { type Node, contains, enclosingFunction, propertyName, wrapped } from './ast.ts';
import type { Located } from './bindings.ts';
import type { Evaluator } from './evaluate.ts';
import { mergedWith, without } from './expressions.ts';
import { isReachable } from './flow.ts';
import { type Variable, readsOf } from './scopes.ts';
import { withHost, withPath } from './urls.ts';
import {
  type ArrayValue,
  type Frame,
  type ItemValue,
  type ObjectValue,
  type PropertyValue,
  type UrlValue,
  type Value,
  alternativesOf,
  listOf,
  literal,
  oneOf,
  truthOf,
  unknown,
} from './values.ts';

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
  const reads = readsOf(variable);
  const home = enclosingFunction(variable.defs[0]?.node ?? from.node);
  let current: Value = value.type === 'array' && reads.some(takesOut) ? withoutSome(value) : value;
  for (const read of reads) {
    const change = mutationAt(read);
    if (!change || contains(change.node, from.node)) continue;
    const certain = enclosingFunction(read) === home && isUnconditional(change.node, home, from.node);
    if (!certain && !isReachable(evaluator, { file: from.file, node: change.node }, frame)) continue;
    const isCertain = certain || isDecided(evaluator, change.node, from, frame);
    current = changedAt(current, change.path, (value) => applied(evaluator, value, change, from, frame, isCertain));
  }
  return current;
}

/** Whether something is taken out of a set or a map. */
function takesOut({ parent: member }: Node): boolean {
  return member?.type === 'MemberExpression' && ['clear', 'delete'].includes(propertyName(member) ?? '');
}

function withoutSome(list: ArrayValue): ArrayValue {
  return { ...list, items: list.items.map((item) => ({ ...item, certain: false })), open: list.open || list.isMap === true };
}

type Mutation = {
  /** The members from the variable to what is changed: `['providers']` of `config.providers.push(…)`. */
  readonly path: readonly string[];
} & (
  | { readonly kind: 'assign'; readonly node: TSESTree.AssignmentExpression; readonly name: string | undefined }
  | { readonly kind: 'delete'; readonly node: TSESTree.UnaryExpression; readonly name: string }
  /** `Object.assign` with the variable in the first place. */
  | { readonly kind: 'merge'; readonly node: TSESTree.CallExpression }
  /** `list.push(…)`, `set.add(…)`, `map.set(key, value)`. */
  | { readonly kind: 'push'; readonly node: TSESTree.CallExpression; readonly method: string }
);

const ADDING = new Set(['add', 'push', 'set', 'unshift']);

function mutationAt(read: Node): Mutation | undefined {
  const path: string[] = [];
  const call = wrapped(read).parent;
  if (call?.type === 'CallExpression' && call.arguments[0] === wrapped(read) && isObjectAssign(call.callee)) return { kind: 'merge', node: call, path };
  for (let object = wrapped(read), member = object.parent; member?.type === 'MemberExpression' && member.object === object; object = wrapped(member), member = object.parent) {
    const { parent } = wrapped(member);
    const name = propertyName(member);
    if (parent?.type === 'AssignmentExpression' && parent.left === member) return { kind: 'assign', node: parent, name, path };
    if (parent?.type === 'UnaryExpression' && parent.operator === 'delete' && name !== undefined) return { kind: 'delete', node: parent, name, path };
    if (name === undefined) return undefined;
    if (parent?.type === 'CallExpression' && parent.callee === member && ADDING.has(name)) return { kind: 'push', node: parent, method: name, path };
    path.push(name);
  }
  return undefined;
}

function isObjectAssign(callee: Node): boolean {
  return callee.type === 'MemberExpression' && callee.object.type === 'Identifier' && callee.object.name === 'Object' && propertyName(callee) === 'assign';
}

/** A value in which the one at a path is another; as it is where nothing stands there. */
function changedAt(value: Value, [step, ...rest]: readonly string[], change: (value: Value) => Value): Value {
  if (step === undefined) return change(value);
  if (value.type === 'object') {
    const property = value.properties.get(step);
    return property ? { ...value, properties: new Map(value.properties).set(step, { ...property, value: changedAt(property.value, rest, change) }) } : value;
  }
  const index = value.type === 'array' && /^\d+$/u.test(step) ? Number(step) : -1;
  if (value.type !== 'array' || index === -1) return value;
  return { ...value, items: value.items.map((item, at) => (at === index ? { ...item, value: changedAt(item.value, rest, change) } : item)) };
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
  if (change.kind === 'push') {
    if (value.type !== 'array' || (change.method === 'set') !== (value.isMap === true)) return value;
    if (change.method === 'set') {
      const entry = listOf(change.node.arguments.map((argument) => evaluator.evaluate({ file, node: argument }, frame)), from);
      return { ...value, items: [...value.items, { value: entry, certain }] };
    }
    const more = change.node.arguments.flatMap((argument): ItemValue[] => {
      if (argument.type !== 'SpreadElement') return [{ value: evaluator.evaluate({ file, node: argument }, frame), certain }];
      const items = evaluator.evaluate({ file, node: argument.argument }, frame);
      return items.type === 'array' ? items.items.map((item) => ({ ...item, certain: item.certain && certain })) : [];
    });
    return { ...value, items: change.method === 'unshift' ? [...more, ...value.items] : [...value.items, ...more] };
  }
  if (change.kind === 'merge') {
    if (value.type !== 'object') return value;
    const given = change.node.arguments.slice(1).map((argument) => (argument.type === 'SpreadElement' ? unknown(from) : evaluator.evaluate({ file, node: argument }, frame)));
    return given.reduce<ObjectValue>((merged, one) => mergedWith(merged, one, certain, from), value);
  }
  if (change.kind === 'delete') {
    if (value.type !== 'object') return value;
    if (certain) return without(value, [change.name], from);
    const property = value.properties.get(change.name);
    return property ? { ...value, properties: new Map(value.properties).set(change.name, { ...property, certain: false }) } : value;
  }
  const next = evaluator.evaluate({ file, node: change.node.right }, frame);
  if (value.type === 'url') {
    const urls = alternativesOf(next).map((part): Value => changedUrl(value, change.name, part, from));
    return oneOf(certain ? urls : [value, ...urls], from);
  }
  if (value.type === 'array' && certain && change.name !== undefined && Number(change.name) < value.items.length) {
    const place = Number(change.name);
    return { ...value, items: value.items.map((item, index) => (index === place ? { value: next, certain: true } : item)) };
  }
  if (value.type !== 'object') return value;
  if (change.name === undefined) return { ...value, open: true };
  const properties = new Map<string, PropertyValue>(value.properties);
  const before = properties.get(change.name)?.value ?? literal(undefined, from);
  properties.set(change.name, {
    value: certain ? next : oneOf([before, next], from),
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
  const test = branch?.parent?.type === 'IfStatement' && branch.parent.consequent === branch ? branch.parent : undefined;
  return test !== undefined && truthOf(evaluator.evaluate({ file, node: test.test }, frame)) === true;
}
