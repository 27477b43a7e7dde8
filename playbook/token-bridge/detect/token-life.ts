/**
 * Tests that compare the time that a token has left. AuthKit's access tokens live 300 s, so "refresh when less than ten minutes are left" is
 * always true, and holds no refresh back (PLAYBOOK section 2).
 */
import type { TSESTree } from '@typescript-eslint/types';
import { type Node, isFunction, propertyName, unwrap } from '../../../analysis/syntax/ast.ts';
import { definitionOf } from '../../../analysis/syntax/bindings.ts';
import type { ModuleLoader } from '../../../analysis/syntax/modules.ts';
import { type Ref, argumentOf, contextOfCall } from '../values/call-contexts.ts';
import { calleesOf, returnedExpressions } from '../values/trace.ts';

/** Some time of day, in seconds. */
const NOW = 1_800_000_000;
/** Ages at which a test is tried: from a token that has just been issued to one that is about to expire. */
const SECONDS_LEFT = [299, 240, 120, 61, 31, 5];
const MAX_STEPS = 200;

interface Try {
  readonly loader: ModuleLoader;
  readonly secondsLeft: number;
  steps: number;
  /** Whether the token's time of expiry was read. */
  readsExpiry: boolean;
}

type Value = boolean | number | undefined;

/** Whether a test compares a token's time of expiry, and comes out the same for every token that is still valid. */
export function isSameForEachToken(test: Ref, loader: ModuleLoader): boolean {
  const values = SECONDS_LEFT.map((secondsLeft) => {
    const attempt: Try = { loader, secondsLeft, steps: 0, readsExpiry: false };
    const value = evaluate(test, attempt);
    return attempt.readsExpiry && typeof value === 'boolean' ? value : undefined;
  });
  return values[0] !== undefined && values.every((value) => value === values[0]);
}

function evaluate(ref: Ref, attempt: Try): Value {
  attempt.steps += 1;
  if (attempt.steps > MAX_STEPS) return undefined;
  const node = unwrap(ref.node);
  const of = (child: Node): Value => evaluate({ ...ref, node: child, path: [] }, attempt);
  switch (node.type) {
    case 'Literal':
      return typeof node.value === 'number' || typeof node.value === 'boolean' ? node.value : undefined;
    case 'UnaryExpression': {
      const value = of(node.argument);
      if (value === undefined) return undefined;
      return node.operator === '!' ? !value : node.operator === '-' ? -Number(value) : undefined;
    }
    case 'BinaryExpression':
      return node.left.type === 'PrivateIdentifier'
        ? undefined
        : calculate(node.operator, of(node.left), of(node.right));
    case 'LogicalExpression':
      return logical(node.operator, of(node.left), () => of(node.right));
    case 'CallExpression':
      return ofCall({ ...ref, node }, attempt);
    case 'MemberExpression':
      return propertyName(node) === 'exp' ? expiry(attempt) : ofName({ ...ref, node }, attempt);
    case 'Identifier':
      return ofName({ ...ref, node }, attempt);
    default:
      return undefined;
  }
}

/** `exp`, the claim of every JWT (RFC 7519, 4.1.4): in seconds. */
function expiry(attempt: Try): number {
  attempt.readsExpiry = true;
  return NOW + attempt.secondsLeft;
}

/** What stands beside a time that is unknown decides nothing: `!exp || exp < …` of a token that has one. */
function logical(operator: string, left: Value, right: () => Value): Value {
  if (left === undefined) return undefined;
  if (operator === '&&') return left ? right() : left;
  return operator === '||' ? left || right() : left;
}

function calculate(operator: string, left: Value, right: Value): Value {
  if (left === undefined || right === undefined) return undefined;
  const [a, b] = [Number(left), Number(right)];
  switch (operator) {
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '*':
      return a * b;
    case '/':
      return a / b;
    case '<':
      return a < b;
    case '<=':
      return a <= b;
    case '>':
      return a > b;
    case '>=':
      return a >= b;
    default:
      return undefined;
  }
}

function ofName(ref: Ref, attempt: Try): Value {
  const argument = argumentOf(ref, attempt.loader);
  if (argument) return evaluate(argument, attempt);
  const definition = definitionOf({ file: ref.file, node: ref.node }, attempt.loader);
  if (definition.kind !== 'value' || definition.node === ref.node) return undefined;
  // `const { exp } = decodeJwt(token)`.
  if (definition.path.at(-1) === 'exp') return expiry(attempt);
  return definition.path.length > 0
    ? undefined
    : evaluate({ ...ref, file: definition.file, node: definition.node }, attempt);
}

const ROUNDING = new Set(['ceil', 'floor', 'round', 'trunc']);

function ofCall(ref: Ref & { readonly node: TSESTree.CallExpression }, attempt: Try): Value {
  const {
    callee,
    arguments: [first],
  } = ref.node;
  if (callee.type === 'MemberExpression') {
    const method = propertyName(callee) ?? '';
    const object = unwrap(callee.object);
    const isOf = (name: string): boolean => object.type === 'Identifier' && object.name === name;
    if (isOf('Date') && method === 'now') return NOW * 1000;
    if (method === 'getTime' && isNewDate(object)) return NOW * 1000;
    if (isOf('Math') && ROUNDING.has(method) && first) return evaluate({ ...ref, node: first, path: [] }, attempt);
    if (method === 'getTime' && object.type === 'NewExpression' && object.arguments[0])
      return evaluate({ ...ref, node: object.arguments[0], path: [] }, attempt);
  }
  const [origin, second] = calleesOf({ ...ref, node: callee, path: [] }, attempt.loader);
  if (origin?.kind !== 'function' || second || !isFunction(origin.at.node)) return undefined;
  const [returned, other] = returnedExpressions(origin.at.node);
  if (!returned || other) return undefined;
  return evaluate({ ...origin.at, node: returned, path: [], frame: contextOfCall(origin.at, ref) }, attempt);
}

const isNewDate = (node: Node): boolean =>
  node.type === 'NewExpression' &&
  node.callee.type === 'Identifier' &&
  node.callee.name === 'Date' &&
  node.arguments.length === 0;
