/** Which reads of a variable are written as if it could be left unset. */
import type { TSESTree } from '@typescript-eslint/types';
import {
  type FunctionNode,
  type Node,
  enclosingFunction,
  isFunction,
  literalText,
  propertyName,
  unwrap,
  wrapped,
} from '../../analysis/syntax/ast.ts';
import { type Located, definitionOf } from '../../analysis/syntax/bindings.ts';
import type { ModuleLoader } from '../../analysis/syntax/modules.ts';
import { readsOf, variableOf } from '../../analysis/syntax/scopes.ts';

/** From variable to variable, into helpers and out of them: no further than this. */
const MAX_HOPS = 3;

/**
 * How a read is treated as if the variable could be left unset: the operator, or undefined where it isn't. Follows the
 * value into the variable, the property, the parameter and the result of the function that hold it.
 */
export function optionalBy(read: Located, loader: ModuleLoader): string | undefined {
  const { file, node } = read;
  if (node.type === 'Property') return optionalBinding({ file, node: node.value }, loader, MAX_HOPS);
  return optionalUse(read, loader, MAX_HOPS);
}

function optionalUse({ file, node: use }: Located, loader: ModuleLoader, hops: number): string | undefined {
  const neverReturns = (node: Node): boolean => throws({ file, node }, loader);
  let found: string | undefined;
  let flag: string | undefined;
  let isTest = false;
  let mayBeNothing = false;
  for (let current = wrapped(use), { parent } = current; parent; current = wrapped(parent), { parent } = current) {
    switch (parent.type) {
      case 'MemberExpression':
        return parent.object === current && parent.optional ? '?.' : undefined;
      case 'UnaryExpression':
        if (parent.operator !== '!' && parent.operator !== 'typeof') return found;
        isTest = true;
        break;
      case 'BinaryExpression':
        if (isFlag(parent)) found = flag = `${parent.operator} '${literalText(unwrap(parent.right)) ?? ''}'`;
        else if (!isNothing(parent.left) && !isNothing(parent.right) && !isTypeTest(parent)) return found;
        isTest = true;
        break;
      case 'CallExpression':
        if (isBoolean(parent, file.text)) isTest = true;
        else return found ?? (isTest ? undefined : optionalArgument({ file, node: parent }, current, loader, hops));
        break;
      case 'LogicalExpression':
        if (isTest || parent.left !== current) break;
        if (neverReturns(parent.right)) return found;
        found ??= parent.operator;
        mayBeNothing = isNothing(parent.right) || isParameter(parent.right);
        break;
      case 'ConditionalExpression':
        if (parent.test !== current) return found;
        return neverReturns(parent.consequent) || neverReturns(parent.alternate) ? undefined : (flag ?? 'a ternary');
      case 'IfStatement':
        if (parent.test !== current) return found;
        return neverReturns(parent.consequent) || (parent.alternate && neverReturns(parent.alternate))
          ? undefined
          : (flag ?? 'if');
      case 'VariableDeclarator':
        if (isTest) return found;
        // `process.env.X ?? ''`, and then `if (!x) throw …`: it is wanted.
        if (found !== undefined) return mayBeNothing && isWanted({ file, node: parent.id }, loader) ? undefined : found;
        return parent.id.type === 'Identifier'
          ? optionalBinding({ file, node: parent.id }, loader, hops - 1)
          : undefined;
      case 'Property':
        return found ?? (isTest ? undefined : optionalMember({ file, node: parent }, loader, hops - 1));
      case 'ReturnStatement':
      case 'ArrowFunctionExpression':
        return found ?? (isTest ? undefined : optionalResult({ file, node: parent }, loader, hops - 1));
      default:
        return found;
    }
  }
  return found;
}

/** How a name that holds the value is used: a variable, a parameter, a name with a default. */
function optionalBinding({ file, node }: Located, loader: ModuleLoader, hops: number): string | undefined {
  if (node.type === 'AssignmentPattern') return 'a default';
  if (node.type !== 'Identifier' || hops < 0) return undefined;
  const variable = variableOf(file, node);
  // Where an absent value is thrown at anywhere, the variable is wanted.
  if (!variable || isWanted({ file, node }, loader)) return undefined;
  return firstOf(readsOf(variable), (use) => optionalUse({ file, node: use }, loader, hops));
}

/** The parameter that an argument becomes, in a function of the project. */
function optionalArgument(
  { file, node }: Located<TSESTree.CallExpression>,
  argument: Node,
  loader: ModuleLoader,
  hops: number,
): string | undefined {
  const index = node.arguments.findIndex((one) => one === argument);
  const called = index === -1 ? undefined : functionOf({ file, node: node.callee }, loader);
  const parameter = called?.node.params[index];
  return called && parameter ? optionalBinding({ file: called.file, node: parameter }, loader, hops - 1) : undefined;
}

/** The reads of the property that holds it: `env.other` of `const env = { other: process.env.OTHER }`. */
function optionalMember(
  { file, node }: Located<TSESTree.Property>,
  loader: ModuleLoader,
  hops: number,
): string | undefined {
  const object = wrapped(node.parent);
  const declarator = object.parent;
  const name = propertyName(node);
  if (
    hops < 0 ||
    name === undefined ||
    declarator?.type !== 'VariableDeclarator' ||
    declarator.id.type !== 'Identifier'
  )
    return undefined;
  const variable = variableOf(file, declarator.id);
  const members = variable ? readsOf(variable).map((read) => wrapped(read).parent) : [];
  return firstOf(members, (member) =>
    member?.type === 'MemberExpression' && propertyName(member) === name
      ? optionalUse({ file, node: member }, loader, hops)
      : undefined,
  );
}

/** The calls of the function that returns it. */
function optionalResult({ file, node }: Located, loader: ModuleLoader, hops: number): string | undefined {
  const owner = isFunction(node) ? node : enclosingFunction(node);
  const name =
    owner?.type === 'FunctionDeclaration'
      ? owner.id
      : owner?.parent.type === 'VariableDeclarator'
        ? owner.parent.id
        : undefined;
  const variable = hops >= 0 && name?.type === 'Identifier' ? variableOf(file, name) : undefined;
  const calls = variable ? readsOf(variable).map((read) => read.parent) : [];
  return firstOf(calls, (call) =>
    call?.type === 'CallExpression' && call.arguments.length === 0
      ? optionalUse({ file, node: call }, loader, hops)
      : undefined,
  );
}

/** Whether `if (!x) throw …` stands anywhere for a variable. */
function isWanted({ file, node }: Located, loader: ModuleLoader): boolean {
  const variable = node.type === 'Identifier' ? variableOf(file, node) : undefined;
  return variable !== undefined && readsOf(variable).some((use) => isGuard({ file, node: use }, loader));
}

function isGuard({ file, node: use }: Located, loader: ModuleLoader): boolean {
  for (let current: Node | undefined = use.parent; current; current = current.parent) {
    if (current.type === 'IfStatement') return throws({ file, node: current.consequent }, loader);
    if (!current.type.endsWith('Expression')) return false;
  }
  return false;
}

/** Whether a statement or an expression ends in an error: `throw`, or the call of a function that does nothing else. */
function throws({ file, node }: Located, loader: ModuleLoader): boolean {
  if (node.type === 'ThrowStatement') return true;
  if (node.type === 'BlockStatement') return node.body.some((statement) => throws({ file, node: statement }, loader));
  const call = unwrap(node.type === 'ExpressionStatement' ? node.expression : node);
  if (call.type !== 'CallExpression') return false;
  const called = functionOf({ file, node: call.callee }, loader)?.node;
  if (called?.returnType?.typeAnnotation.type === 'TSNeverKeyword') return true;
  return (
    called?.body.type === 'BlockStatement' &&
    called.body.body.at(-1)?.type === 'ThrowStatement' &&
    called.body.body.every(
      ({ type }) => type === 'ThrowStatement' || type === 'ExpressionStatement' || type === 'VariableDeclaration',
    )
  );
}

function functionOf(callee: Located, loader: ModuleLoader): Located<FunctionNode> | undefined {
  const definition = definitionOf(callee, loader);
  if (definition.kind !== 'value' || definition.path.length > 0 || !isFunction(definition.node)) return undefined;
  return { file: definition.file, node: definition.node };
}

function isNothing(node: Node): boolean {
  const inner = unwrap(node);
  return (
    (inner.type === 'Identifier' && inner.name === 'undefined') ||
    (inner.type === 'Literal' && (inner.value === null || inner.value === ''))
  );
}

/** `name` of `(name, fallback) => process.env[name] ?? fallback`. */
function isParameter(node: Node): boolean {
  const inner = unwrap(node);
  return (
    inner.type === 'Identifier' &&
    enclosingFunction(inner)?.params.some((one) => one.type === 'Identifier' && one.name === inner.name) === true
  );
}

/** `process.env.GUESTS === 'true'`: a switch that is off where nobody sets it. */
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

function isBoolean({ callee }: TSESTree.CallExpression, text: string): boolean {
  return unwrap(callee).type === 'Identifier' && text.slice(...callee.range) === 'Boolean';
}

function firstOf<Item>(items: readonly Item[], ask: (item: Item) => string | undefined): string | undefined {
  for (const item of items) {
    const found = ask(item);
    if (found !== undefined) return found;
  }
  return undefined;
}
