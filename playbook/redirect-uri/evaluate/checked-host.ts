/** Hosts that a client wrote and the app looks at before it sends them: held against a list, a pattern, a name of its own. */
import type { TSESTree } from '@typescript-eslint/types';
import {
  type FunctionNode,
  type Node,
  contains,
  enclosingFunction,
  hasNode,
  isFunction,
  propertyName,
  unwrap,
  walk,
  unwrapAwait,
} from '../../../analysis/syntax/ast.ts';
import type { Located } from '../../../analysis/syntax/bindings/definitions.ts';
import { type Variable, readsOf, variableOf } from '../../../analysis/syntax/bindings/scopes.ts';
import { type Assumptions, mayRun } from '../../../analysis/flow/reachability.ts';
import { isNullishLiteral } from '../../../analysis/syntax/objects.ts';

/** How a host that a client wrote gets to where it is sent. */
export interface HostFlow {
  /** Where the host is read. */
  readonly host: Located;
  /** Where it is sent. */
  readonly site: Located;
  /** Whether something else is sent as well: what a function is handed may be looked at there, then. */
  readonly isOneOfSeveral: boolean;
}

/**
 * Whether the function that reads a host hands on only one that it knows: `if (!HOSTS.includes(host)) return …` before it, or a test
 * `HOSTS.has(host)` around it. That the host is there, or is not localhost, says nothing.
 */
export function isCheckedHost({ host: { file, node }, isOneOfSeveral, site }: HostFlow): boolean {
  const owner = enclosingFunction(node);
  if (!owner) return false;
  const holders = new Set<Variable>();
  const isHost = (one: Node): boolean => one === node || [...holders].some((holder) => readsOf(holder).includes(one));
  const flowsIn = (target: Node): boolean =>
    hasNode(
      target,
      (one) => isHost(one) && isValue(one, [owner, site.node], isOneOfSeveral) && !isGuarded(one, owner, isHost),
    );
  walk(owner.body, (one) => {
    const written = writtenBy(one);
    const variable = written && flowsIn(written.value) ? variableOf(file, written.name) : undefined;
    if (variable) holders.add(variable);
  });
  if (site.file === file && contains(owner, site.node)) return !flowsIn(site.node);
  if (owner.body.type !== 'BlockStatement') return !flowsIn(owner.body);
  return !hasNode(
    owner.body,
    (one) => one.type === 'ReturnStatement' && enclosingFunction(one) === owner && flowsIn(one),
  );
}

function writtenBy(node: Node): { readonly name: TSESTree.Identifier; readonly value: Node } | undefined {
  if (node.type === 'VariableDeclarator' && node.id.type === 'Identifier' && node.init)
    return { name: node.id, value: node.init };
  if (node.type !== 'AssignmentExpression') return undefined;
  // `url.host = host`
  let left: Node = node.left;
  while (left.type === 'MemberExpression') left = unwrap(left.object);
  return left.type === 'Identifier' ? { name: left, value: node.right } : undefined;
}

/** Whether a read is a part of what comes out, and not only looked at: compared, tested, or given to a function that decides. */
function isValue(read: Node, ends: readonly Node[], isOneOfSeveral: boolean): boolean {
  for (let current = read; current.parent && !ends.includes(current.parent); current = current.parent) {
    const { parent }: Node = current;
    if (isFunction(parent)) return false;
    if (parent.type === 'BinaryExpression' && parent.operator !== '+') return false;
    if (parent.type === 'LogicalExpression' && parent.operator === '&&' && parent.left === current) return false;
    if ((parent.type === 'ConditionalExpression' || parent.type === 'IfStatement') && parent.test === current)
      return false;
    const isArgument = parent.type === 'CallExpression' && parent.callee !== current;
    if (isArgument && isOneOfSeveral && unwrap(parent.callee).type === 'Identifier') return false;
  }
  return true;
}

/** Whether a read is only reached with a host that is known. */
const isGuarded = (read: Node, owner: FunctionNode, isHost: IsHost): boolean =>
  !mayRun(read, unknownHost(isHost), owner);

/** How tests come out for a host that no one knows. */
const unknownHost = (isHost: IsHost): Assumptions => ({
  isTrue: (test) => (isKnown(test, isHost) ? false : isUnknown(test, isHost) || undefined),
  // `assertKnown(host)`
  ends(expression) {
    const call = unwrapAwait(expression);
    return call.type === 'CallExpression' && unwrap(call.callee).type === 'Identifier' && isLookUp(call, isHost);
  },
});

type IsHost = (node: Node) => boolean;

/** Whether a test holds for known hosts only. */
function isKnown(test: Node, isHost: IsHost): boolean {
  const node = unwrapAwait(test);
  if (node.type === 'LogicalExpression' && node.operator !== '??') {
    const sides = [node.left, node.right].map((side) => isKnown(side, isHost));
    return node.operator === '&&' ? sides.includes(true) : !sides.includes(false);
  }
  return node.type === 'CallExpression'
    ? isLookUp(node, isHost)
    : node.type === 'BinaryExpression' && /^={2,3}$/u.test(node.operator) && isCompared(node, isHost);
}

/** Whether a test holds for every host that is not known. */
function isUnknown(test: Node, isHost: IsHost): boolean {
  const node = unwrapAwait(test);
  if (node.type === 'LogicalExpression' && node.operator === '||')
    return isUnknown(node.left, isHost) || isUnknown(node.right, isHost);
  if (node.type === 'UnaryExpression' && node.operator === '!') return isKnown(node.argument, isHost);
  if (node.type !== 'BinaryExpression') return false;
  if (node.operator.startsWith('!')) return isCompared(node, isHost);
  // `HOSTS.indexOf(host) === -1`, `… < 0`
  return [node.left, node.right].some((side) => isIndex(unwrapAwait(side), isHost));
}

/** `HOSTS.includes(host)`, `isOurs(host)`, `PATTERN.test(host)`, `host.endsWith('.acme.com')`. */
function isLookUp({ arguments: args, callee }: TSESTree.CallExpression, isHost: IsHost): boolean {
  const target = unwrap(callee);
  if (target.type === 'MemberExpression' && isHost(unwrap(target.object)))
    return ['endsWith', 'match'].includes(propertyName(target) ?? '');
  const isConversion = target.type === 'Identifier' && ['Boolean', 'String'].includes(target.name);
  return !isConversion && args.some((argument) => hasNode(argument, isHost));
}

function isIndex(node: Node, isHost: IsHost): boolean {
  if (node.type !== 'CallExpression') return false;
  const callee = unwrap(node.callee);
  return (
    callee.type === 'MemberExpression' &&
    propertyName(callee) === 'indexOf' &&
    node.arguments.some((argument) => isHost(unwrap(argument)))
  );
}

/** Compared with a name, or with a variable of the environment; not with nothing. */
function isCompared({ left, right }: TSESTree.BinaryExpression, isHost: IsHost): boolean {
  const [one, other] = [unwrap(left), unwrap(right)];
  const against = isHost(one) ? other : isHost(other) ? one : undefined;
  if (!against) return false;
  return against.type === 'Literal'
    ? typeof against.value === 'string' && against.value !== ''
    : !isNullishLiteral(against);
}
