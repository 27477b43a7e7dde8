/** Hosts that a client wrote and the app looks at before it sends them: held against a list, a pattern, a name of its own. */
import type { TSESTree } from '@typescript-eslint/types';
import {
  type Node,
  contains,
  enclosingFunction,
  hasNode,
  propertyName,
  unwrap,
  walk,
} from '../../../analysis/syntax/ast.ts';
import type { Located } from '../../../analysis/syntax/bindings.ts';
import { type Variable, readsOf, variableOf } from '../../../analysis/syntax/scopes.ts';
import { leaves } from '../../../analysis/flow/statements.ts';

/**
 * Whether the function that reads a host goes on to a place only with one that it knows: `if (!HOSTS.includes(host)) return …`
 * before it, or `if (HOSTS.has(host))` around it. That the host is there, or is localhost, says nothing.
 */
export function isCheckedHost({ file, node }: Located, site: Node): boolean {
  const owner = enclosingFunction(node);
  if (!owner) return false;
  const holders = new Set<Variable>();
  walk(owner.body, (one) => {
    if (one.type !== 'VariableDeclarator' || one.id.type !== 'Identifier' || !one.init) return;
    const { init } = one;
    const isMade =
      contains(init, node) || [...holders].some((holder) => readsOf(holder).some((read) => contains(init, read)));
    const variable = isMade ? variableOf(file, one.id) : undefined;
    if (variable) holders.add(variable);
  });
  const isHost = (one: Node): boolean => one === node || [...holders].some((holder) => readsOf(holder).includes(one));
  return hasNode(owner.body, (one) => {
    if (one.type !== 'IfStatement') return false;
    if (contains(one.consequent, site)) return isKnown(one.test, isHost);
    return isUnknown(one.test, isHost) && leaves(one.consequent);
  });
}

type IsHost = (node: Node) => boolean;

/** Whether a test holds for known hosts only. */
function isKnown(test: Node, isHost: IsHost): boolean {
  const node = bare(test);
  if (node.type === 'LogicalExpression' && node.operator === '&&')
    return isKnown(node.left, isHost) || isKnown(node.right, isHost);
  return node.type === 'CallExpression'
    ? isLookUp(node, isHost)
    : node.type === 'BinaryExpression' && /^={2,3}$/u.test(node.operator) && isCompared(node, isHost);
}

/** Whether a test holds for every host that is not known. */
function isUnknown(test: Node, isHost: IsHost): boolean {
  const node = bare(test);
  if (node.type === 'LogicalExpression' && node.operator === '||')
    return isUnknown(node.left, isHost) || isUnknown(node.right, isHost);
  if (node.type === 'UnaryExpression' && node.operator === '!') return isKnown(node.argument, isHost);
  if (node.type !== 'BinaryExpression') return false;
  if (node.operator.startsWith('!')) return isCompared(node, isHost);
  // `HOSTS.indexOf(host) === -1`, `… < 0`
  return [node.left, node.right].some((side) => isIndex(bare(side), isHost));
}

const bare = (node: Node): Node => {
  const inner = unwrap(node);
  return inner.type === 'AwaitExpression' ? unwrap(inner.argument) : inner;
};

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
  const isNothing =
    against.type === 'Literal'
      ? typeof against.value !== 'string' || against.value === ''
      : against.type === 'Identifier' && against.name === 'undefined';
  return !isNothing;
}
