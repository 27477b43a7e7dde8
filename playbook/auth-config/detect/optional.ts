/** Which reads of a variable are written as if it could be left unset. */
import type { TSESTree } from '@typescript-eslint/types';
import {
  type Node,
  enclosingFunction,
  isFunction,
  literalText,
  propertyName,
  unwrap,
  wrapped,
} from '../../../analysis/syntax/ast.ts';
import type { Located } from '../../../analysis/syntax/bindings/definitions.ts';
import { functionAt } from '../../../analysis/syntax/functions.ts';
import type { ModuleLoader } from '../../../analysis/syntax/bindings/modules.ts';
import { readsOf, variableOf, isGlobal } from '../../../analysis/syntax/bindings/scopes.ts';
import { isAsserted, isWanted, neverReturns } from './required.ts';
import { isNullishLiteral } from '../../../analysis/syntax/objects.ts';
import { readsOfFunction } from '../../../analysis/values/iterations.ts';

/** From variable to variable, into helpers and out of them: no further than this. */
const MAX_HOPS = 4;

/**
 * How a read is treated as if the variable could be left unset: the operator, or undefined where it isn't. Follows the
 * value into the variable, the property, the parameter and the result of the function that hold it. An operator in front of
 * a check that throws (`process.env.X?.trim()`, then `if (!x) throw`) makes nothing optional.
 */
export function optionalBy(read: Located, loader: ModuleLoader): string | undefined {
  const { file, node } = read;
  const use =
    node.type === 'Property' ? ofBinding({ file, node: node.value }, loader, MAX_HOPS) : ofUse(read, loader, MAX_HOPS);
  return use.kind === 'optional' ? use.by : undefined;
}

/** `required`: code throws without the value. `plain`: nothing is said of its absence. */
type Use =
  { readonly kind: 'optional'; readonly by: string } | { readonly kind: 'plain' } | { readonly kind: 'required' };

const PLAIN: Use = { kind: 'plain' };
const REQUIRED: Use = { kind: 'required' };
const optional = (by: string): Use => ({ kind: 'optional', by });

/** What is found on the way from a read to the statement that it is in. */
interface Walk {
  readonly file: Located['file'];
  readonly loader: ModuleLoader;
  readonly hops: number;
  /** The operator that was met. */
  by: string | undefined;
  /** A comparison with a switch's value, by which it is optional without an operator. */
  flag: string | undefined;
  /** Whether the value at hand is a boolean made of it. */
  isTest: boolean;
  /** Whether what is behind the operator is as absent as the value: a check may follow. */
  mayBeNothing: boolean;
}

function ofUse({ file, node: use }: Located, loader: ModuleLoader, hops: number): Use {
  const walk: Walk = { file, loader, hops, by: undefined, flag: undefined, isTest: false, mayBeNothing: true };
  for (let current = wrapped(use), { parent } = current; parent; current = wrapped(parent), { parent } = current) {
    const result = step(walk, current, parent);
    if (result) return result;
  }
  return foundBy(walk);
}

const foundBy = ({ by }: Walk): Use => (by === undefined ? PLAIN : optional(by));

/** One step outward. Undefined: the value goes on. */
function step(walk: Walk, current: Node, parent: Node): Use | undefined {
  switch (parent.type) {
    case 'MemberExpression':
      return ofAccess(walk, current, parent);
    case 'UnaryExpression':
      if (parent.operator !== '!' && parent.operator !== 'typeof') return foundBy(walk);
      walk.isTest = true;
      return undefined;
    case 'BinaryExpression':
      return ofComparison(walk, parent);
    case 'CallExpression':
      return ofCall(walk, current, parent);
    case 'LogicalExpression':
      return ofOperator(walk, current, parent);
    case 'ConditionalExpression':
    case 'IfStatement':
      return ofCondition(walk, current, parent);
    case 'VariableDeclarator':
      return ofDeclarator(walk, parent);
    case 'Property':
      return walk.by === undefined && !walk.isTest
        ? ofMember({ file: walk.file, node: parent }, walk.loader, walk.hops - 1)
        : foundBy(walk);
    case 'ReturnStatement':
    case 'ArrowFunctionExpression':
      if (walk.isTest) return foundBy(walk);
      return ofResult(walk, { file: walk.file, node: parent });
    default:
      return foundBy(walk);
  }
}

const isThrown = ({ file, loader }: Walk, node: Node): boolean => neverReturns({ file, node }, loader);

function ofAccess(walk: Walk, current: Node, member: TSESTree.MemberExpression): Use | undefined {
  if (member.object !== current) return foundBy(walk);
  if (!member.optional) return walk.by !== undefined && isMethodCall(member) ? undefined : foundBy(walk);
  walk.by ??= '?.';
  return undefined;
}

function ofOperator(walk: Walk, current: Node, { left, operator, right }: TSESTree.LogicalExpression): Use | undefined {
  if (walk.isTest || left !== current) return undefined;
  if (isThrown(walk, right)) return REQUIRED;
  walk.by ??= operator;
  walk.mayBeNothing &&= isNothing(right) || isParameter(right);
  return undefined;
}

function ofCondition(
  walk: Walk,
  current: Node,
  { alternate, consequent, test, type }: TSESTree.ConditionalExpression | TSESTree.IfStatement,
): Use | undefined {
  if (test !== current) return type === 'ConditionalExpression' ? undefined : foundBy(walk);
  if (isThrown(walk, consequent) || (alternate && isThrown(walk, alternate))) return REQUIRED;
  return optional(walk.flag ?? (type === 'IfStatement' ? 'if' : 'a ternary'));
}

/** `x?.trim().toLowerCase()`: without the value the whole chain is undefined. */
const isMethodCall = (member: TSESTree.MemberExpression): boolean => {
  const { parent } = wrapped(member);
  return parent?.type === 'CallExpression' && unwrap(parent.callee) === member;
};

function ofComparison(walk: Walk, comparison: TSESTree.BinaryExpression): Use | undefined {
  const { left, operator, right } = comparison;
  if (isFlag(comparison)) walk.by = walk.flag = `${operator} '${literalText(unwrap(right)) ?? ''}'`;
  else if (!isNothing(left) && !isNothing(right) && !isTypeTest(comparison)) return foundBy(walk);
  walk.isTest = true;
  return undefined;
}

function ofCall(walk: Walk, current: Node, call: TSESTree.CallExpression): Use | undefined {
  const { file, hops, loader } = walk;
  // A method of the value itself, whose result has its place.
  if (unwrap(call.callee) === unwrap(current)) return undefined;
  if (isGlobal(file, unwrap(call.callee), 'Boolean')) {
    walk.isTest = true;
    return undefined;
  }
  if (isAsserted({ file, node: call }, current, loader)) return REQUIRED;
  if (walk.isTest) return foundBy(walk);
  const inner = ofArgument({ file, node: call }, current, loader, hops);
  if (walk.by === undefined || (inner.kind === 'required' && walk.mayBeNothing)) return inner;
  return foundBy(walk);
}

function ofDeclarator(walk: Walk, { id }: TSESTree.VariableDeclarator): Use {
  const { file, hops, loader } = walk;
  if (walk.isTest) return foundBy(walk);
  // `process.env.X ?? ''`, and then `if (!x) throw …`: it is wanted.
  if (walk.by !== undefined)
    return walk.mayBeNothing && ofBinding({ file, node: id }, loader, hops - 1).kind === 'required'
      ? REQUIRED
      : foundBy(walk);
  return id.type === 'Identifier' ? ofBinding({ file, node: id }, loader, hops - 1) : PLAIN;
}

/** How a name that holds the value is used: a variable, a parameter, a name with a default. */
function ofBinding({ file, node }: Located, loader: ModuleLoader, hops: number): Use {
  if (node.type === 'AssignmentPattern') return optional('a default');
  if (node.type !== 'Identifier' || hops < 0) return PLAIN;
  const variable = variableOf(file, node);
  if (!variable) return PLAIN;
  // Where an absent value is thrown at anywhere, the variable is wanted.
  if (isWanted({ file, node }, loader)) return REQUIRED;
  return strongest(readsOf(variable).map((use) => () => ofUse({ file, node: use }, loader, hops)));
}

/** The parameter that an argument becomes, in a function of the project. */
function ofArgument(
  { file, node }: Located<TSESTree.CallExpression>,
  argument: Node,
  loader: ModuleLoader,
  hops: number,
): Use {
  const index = node.arguments.findIndex((one) => one === argument);
  const called = index === -1 ? undefined : functionAt({ file, node: node.callee }, loader);
  const parameter = called?.node.params[index];
  return called && parameter ? ofBinding({ file: called.file, node: parameter }, loader, hops - 1) : PLAIN;
}

/** The reads of the property that holds it: `env.other` of `const env = { other: process.env.OTHER }`. */
function ofMember({ file, node }: Located<TSESTree.Property>, loader: ModuleLoader, hops: number): Use {
  const object = wrapped(node.parent);
  const declarator = object.parent;
  const name = propertyName(node);
  if (
    hops < 0 ||
    name === undefined ||
    declarator?.type !== 'VariableDeclarator' ||
    declarator.id.type !== 'Identifier'
  )
    return PLAIN;
  const variable = variableOf(file, declarator.id);
  const members = variable ? readsOf(variable).map((read) => wrapped(read).parent) : [];
  return strongest(
    members.map(
      (member) => () =>
        member?.type === 'MemberExpression' && propertyName(member) === name
          ? ofUse({ file, node: member }, loader, hops)
          : PLAIN,
    ),
  );
}

/** The calls of the function that returns it. */
function ofResult(walk: Walk, { file, node }: Located): Use {
  const { hops, loader } = walk;
  const owner = isFunction(node) ? node : enclosingFunction(node);
  const calls = owner && hops > 0 ? readsOfFunction(file, owner).map((read) => read.parent) : [];
  const use = strongest(
    calls.map(
      (call) => () =>
        call?.type === 'CallExpression' && call.callee.type === 'Identifier'
          ? ofUse({ file, node: call }, loader, hops - 1)
          : PLAIN,
    ),
  );
  if (walk.by === undefined) return use;
  return use.kind === 'required' && walk.mayBeNothing ? REQUIRED : foundBy(walk);
}

/** Where one use demands the value, the others may treat it as they like. */
function strongest(uses: readonly (() => Use)[]): Use {
  let found: Use = PLAIN;
  for (const ask of uses) {
    const use = ask();
    if (use.kind === 'required') return use;
    if (found.kind === 'plain') found = use;
  }
  return found;
}

const isNothing = (node: Node): boolean => isNullishLiteral(node) || literalText(unwrap(node)) === '';

/** `name` of `(name, fallback) => process.env[name] ?? fallback`. */
function isParameter(node: Node): boolean {
  const inner = unwrap(node);
  return (
    inner.type === 'Identifier' &&
    enclosingFunction(inner)?.params.some((one) => one.type === 'Identifier' && one.name === inner.name) === true
  );
}

/** `process.env.GUESTS === 'true'`: a switch that is off where it is not set. */
function isFlag({ operator, right }: TSESTree.BinaryExpression): boolean {
  return (
    /^[!=]==?$/u.test(operator) &&
    /^(?:1|0|on|off|true|false|yes|no|enabled|disabled)$/iu.test(literalText(unwrap(right)) ?? '')
  );
}

/** `typeof x === 'string'`, and its like with `'undefined'`. */
function isTypeTest({ left, right }: TSESTree.BinaryExpression): boolean {
  const sides = [left, right].map((side) => unwrap(side));
  return (
    sides.some((side) => side.type === 'UnaryExpression' && side.operator === 'typeof') &&
    sides.some((side) => side.type === 'Literal' && (side.value === 'string' || side.value === 'undefined'))
  );
}
