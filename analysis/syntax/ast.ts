/** Small questions about nodes. Nothing here needs scopes. */
import type { TSESTree } from '@typescript-eslint/types';

export type Node = TSESTree.Node;
export type Range = readonly [start: number, end: number];
export type FunctionNode =
  TSESTree.ArrowFunctionExpression | TSESTree.FunctionDeclaration | TSESTree.FunctionExpression;

/** The nodes directly below a node, in source order as far as ESTree's property order goes. */
export function childrenOf(node: Node): Node[] {
  const children: Node[] = [];
  addChildren(node, children);
  return children;
}

// Every walk comes by here for every node: no list of keys, no set.
function addChildren(node: Node, children: Node[]): void {
  for (const key in node) {
    if (isNoChild(key)) continue;
    const value = (node as unknown as Record<string, unknown>)[key];
    if (typeof value !== 'object' || value === null) continue;
    if (Array.isArray(value)) {
      for (const item of value) if (isNode(item)) children.push(item);
    } else if (isNode(value)) children.push(value);
  }
}

const isNoChild = (key: string): boolean =>
  key === 'type' ||
  key === 'parent' ||
  key === 'range' ||
  key === 'loc' ||
  key === 'start' ||
  key === 'end' ||
  key === 'tokens' ||
  key === 'comments';

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && typeof (value as { type?: unknown }).type === 'string';
}

/**
 * Visits a node and all below it, parents first. A visitor that returns false keeps out of what is below.
 * Iterative, so that a chain of ten thousand `+` does not end the stack.
 */
export function walk(root: Node, visit: (node: Node) => unknown): void {
  if (root.type === 'Program') {
    walkProgram(root, visit);
    return;
  }
  const stack: Node[] = [root];
  for (let node = stack.pop(); node; node = stack.pop()) {
    if (visit(node) === false) continue;
    const first = stack.length;
    addChildren(node, stack);
    reverseFrom(stack, first);
  }
}

/** So that the first child is popped first. */
function reverseFrom(stack: Node[], first: number): void {
  for (let low = first, high = stack.length - 1; low < high; low += 1, high -= 1) {
    const [one, other] = [stack[low], stack[high]];
    if (one && other) [stack[low], stack[high]] = [other, one];
  }
}

/** The nodes of a program, parents first, and for each the index behind the last node below it. */
interface NodeList {
  readonly nodes: readonly Node[];
  readonly ends: Uint32Array;
}

/** Every rule walks through the whole of a file, so its nodes are listed once. */
const lists = new WeakMap<TSESTree.Program, NodeList>();

function walkProgram(program: TSESTree.Program, visit: (node: Node) => unknown): void {
  let list = lists.get(program);
  if (!list) lists.set(program, (list = listOf(program)));
  const { ends, nodes } = list;
  for (let index = 0; index < nodes.length;) {
    const node = nodes[index];
    index = node !== undefined && visit(node) === false ? (ends[index] ?? nodes.length) : index + 1;
  }
}

function listOf(program: TSESTree.Program): NodeList {
  const nodes: Node[] = [];
  const stack: (Node | number)[] = [program];
  const ends: number[] = [];
  const children: Node[] = [];
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    // A number is below the children of the node at that index: they have all been listed.
    if (typeof next === 'number') {
      ends[next] = nodes.length;
      continue;
    }
    ends.push(0);
    stack.push(nodes.push(next) - 1);
    children.length = 0;
    addChildren(next, children);
    for (const child of children.reverse()) stack.push(child);
  }
  return { nodes, ends: Uint32Array.from(ends) };
}

/** Whether a node or one below it passes a test. */
export function hasNode(root: Node, test: (node: Node) => boolean): boolean {
  let isFound = false;
  walk(root, (node) => {
    isFound ||= test(node);
    return !isFound;
  });
  return isFound;
}

/** Like `walk`, but stays out of nested functions (the root may be one). */
export function walkOwnCode(root: Node, visit: (node: Node) => unknown): void {
  walk(root, (node) => {
    const result = visit(node);
    return result !== false && (node === root || !isFunction(node));
  });
}

export type NodesByType = { readonly [Each in Node as `${Each['type']}`]: Each };

export type NodeType = keyof NodesByType;

/** The nodes of some types, in source order: a node itself, and those below it. */
export const nodesOf = <Type extends NodeType>(root: Node, ...types: readonly Type[]): NodesByType[Type][] =>
  listed(root, types, walk);

/** The same, but for what is in nested functions. */
export const ownNodesOf = <Type extends NodeType>(root: Node, ...types: readonly Type[]): NodesByType[Type][] =>
  listed(root, types, walkOwnCode);

function listed<Found extends Node>(root: Node, types: readonly string[], walkThrough: typeof walk): Found[] {
  const found: Found[] = [];
  walkThrough(root, (node) => {
    if (types.includes(node.type)) found.push(node as Found);
  });
  return found;
}

/** Sets `parent` on every node, as ESLint does before it runs rules. Returns how deep the tree is. */
export function setParents(root: Node): number {
  const stack: Node[] = [root];
  const depths = [1];
  let deepest = 1;
  for (let node = stack.pop(); node; node = stack.pop()) {
    const depth = (depths.pop() ?? 0) + 1;
    const first = stack.length;
    addChildren(node, stack);
    for (let index = first; index < stack.length; index += 1) {
      (stack[index] as { parent?: Node }).parent = node;
      depths.push(depth);
    }
    if (depth > deepest) deepest = depth;
  }
  return deepest;
}

export function isFunction(node: Node | null | undefined): node is FunctionNode {
  return (
    node?.type === 'ArrowFunctionExpression' ||
    node?.type === 'FunctionExpression' ||
    node?.type === 'FunctionDeclaration'
  );
}

/** The node itself, or the first one around it, that passes a test. */
export function closest<Found extends Node>(
  node: Node | undefined,
  test: (node: Node) => node is Found,
): Found | undefined {
  for (let current = node; current; current = current.parent) if (test(current)) return current;
  return undefined;
}

/** The innermost function around a node (not the node itself). */
export const enclosingFunction = (node: Node): FunctionNode | undefined => closest(node.parent, isFunction);

/** The expression below `as`, `satisfies`, `!`, `<T>x`, parentheses, an optional chain's wrapper and a JSX container. */
export function unwrap(node: Node): Node {
  let current = node;
  for (;;) {
    switch (current.type) {
      case 'TSAsExpression':
      case 'TSSatisfiesExpression':
      case 'TSNonNullExpression':
      case 'TSTypeAssertion':
      case 'TSInstantiationExpression':
      case 'ChainExpression':
      case 'JSXExpressionContainer':
        current = current.expression;
        break;
      case 'SequenceExpression': {
        const last = current.expressions.at(-1);
        if (!last) return current;
        current = last;
        break;
      }
      default:
        // Babel's and acorn's parsers may keep parentheses as nodes.
        if ((current as { type: string }).type === 'ParenthesizedExpression') {
          current = (current as unknown as { expression: Node }).expression;
          break;
        }
        return current;
    }
  }
}

/** The name that an expression is, or takes a member of: `cache` of `cache.token.value`. */
export function rootOf(node: Node): TSESTree.Identifier | undefined {
  const inner = unwrap(node);
  if (inner.type === 'MemberExpression') return rootOf(inner.object);
  return inner.type === 'Identifier' ? inner : undefined;
}

/** The same below an `await`. */
export function unwrapAwait(node: Node): Node {
  const inner = unwrap(node);
  return inner.type === 'AwaitExpression' ? unwrap(inner.argument) : inner;
}

/** The outermost node that only wraps this one (`as`, `!`, a chain …): what is in the parent's slot. */
export function wrapped(node: Node): Node {
  let current = node;
  while (current.parent && current.parent.type !== 'SequenceExpression' && unwrap(current.parent) === unwrap(node)) {
    current = current.parent;
  }
  return current;
}

/** The name of a property as written: `a.name`, `a['name']`, `{ name: … }`, `{ 'name': … }`, `this.#name` with its `#`; undefined if computed. */
export function propertyName(
  node: TSESTree.MemberExpression | TSESTree.Property | TSESTree.MethodDefinition | TSESTree.PropertyDefinition,
): string | undefined {
  const key = node.type === 'MemberExpression' ? node.property : node.key;
  if (key.type === 'PrivateIdentifier') return `#${key.name}`;
  if (!node.computed && key.type === 'Identifier') return key.name;
  if (key.type === 'Literal') return String(key.value);
  if (key.type === 'TemplateLiteral' && key.expressions.length === 0) return key.quasis[0]?.value.cooked ?? undefined;
  return undefined;
}

/** The value of a string literal or a template without holes. */
export function literalText(node: Node | null | undefined): string | undefined {
  if (node?.type === 'Literal' && typeof node.value === 'string') return node.value;
  if (node?.type === 'TemplateLiteral' && node.expressions.length === 0)
    return node.quasis[0]?.value.cooked ?? undefined;
  return undefined;
}

/** The name of a JSX attribute (`xlink:href` for a namespaced one). */
export function attributeName(attribute: TSESTree.JSXAttribute): string {
  const { name } = attribute;
  return name.type === 'JSXIdentifier' ? name.name : `${name.namespace.name}:${name.name.name}`;
}

/** The attribute of a name that an element is written with. */
export function attributeNamed(
  { attributes }: TSESTree.JSXOpeningElement,
  name: string,
): TSESTree.JSXAttribute | undefined {
  return attributes.find(
    (one): one is TSESTree.JSXAttribute => one.type === 'JSXAttribute' && attributeName(one) === name,
  );
}

/** Whether `inner` lies within `outer` (or is it). */
export function contains(outer: { readonly range: Range }, inner: { readonly range: Range }): boolean {
  return outer.range[0] <= inner.range[0] && inner.range[1] <= outer.range[1];
}
