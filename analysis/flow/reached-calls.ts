/**
 * Which calls happen when a function runs: in its own code, in the functions of the project that it calls, and in callbacks that it hands to
 * a call. What only an event starts (a function in a JSX attribute, one that is returned or stored) does not happen then.
 */
import type { TSESTree } from '@typescript-eslint/types';
import { type FunctionNode, type Node, childrenOf, isFunction, unwrap } from '../syntax/ast.ts';
import { type Definition, type Located, definitionOf } from '../syntax/bindings.ts';
import { functionAt } from '../syntax/functions.ts';
import type { ModuleLoader } from '../syntax/modules.ts';
import { variableOf } from '../syntax/scopes.ts';
import type { Evaluator } from '../values/evaluate.ts';
import type { Frame } from '../values/values.ts';
import { isReachable } from './flow-values.ts';
import { returnedExpressions } from './paths.ts';

export type CallNode = TSESTree.CallExpression | TSESTree.NewExpression;

export interface ReachedCall {
  readonly file: Located['file'];
  readonly node: CallNode;
  /** The calls and elements that lead to it, from the first one in the function that was asked about; empty for a call of its own. */
  readonly via: readonly Step[];
}

/** A call or an element on the way, and the function that it leads into. */
export interface Step extends Located {
  readonly into: FunctionNode;
}

export interface ReachOptions {
  readonly loader: ModuleLoader;
  /** Whether a function that is called, rendered or handed to a call runs here: no for what runs in the browser. Default: yes. */
  readonly enters?: (target: Located<FunctionNode>, how: Entered) => boolean;
  /** Whether code at a place runs at all. Default: yes. */
  readonly isReached?: (place: Located) => boolean;
  /** Follow `<Component />` as a call of the component: for what happens while a tree renders on the server. */
  readonly followsElements?: boolean;
}

/** How a function comes to run: it is called, rendered as an element, or a call is given it and may run it. */
export type Entered = 'called' | 'given' | 'rendered';

/** The globals that run a function later, when the code around the call is long done. */
const DEFERRING = new Set(['queueMicrotask', 'requestAnimationFrame', 'setImmediate', 'setInterval', 'setTimeout']);

/** Further functions are not entered: a handler that reaches so many is not read to its end. */
const MAX_FUNCTIONS = 300;
const MAX_DEPTH = 15;

/**
 * The calls reached from a function that is called, or from any other code that runs (a block, a statement), in the order in which the text
 * leads to them. Each function is entered once.
 */
export function callsReachedFrom(start: Located, options: ReachOptions): readonly ReachedCall[] {
  const reached: ReachedCall[] = [];
  const entered = new Set<Node>();
  const enter = (target: Located, via: readonly Step[]): void => {
    if (entered.has(target.node) || entered.size >= MAX_FUNCTIONS || via.length > MAX_DEPTH) return;
    entered.add(target.node);
    visitCode(target, (node) => {
      visitNode({ file: target.file, node }, via);
    });
  };
  const visitNode = (place: Located, via: readonly Step[]): void => {
    const { file, node } = place;
    if (node.type === 'CallExpression' || node.type === 'NewExpression') {
      if (options.isReached?.(place) === false) return;
      reached.push({ file, node, via });
      follow({ file, node: unwrap(node.callee) }, 'called', place, via);
      if (isDeferring({ file, node })) return;
      for (const argument of node.arguments) {
        const callback = unwrap(argument);
        if (isFunction(callback) && options.enters?.({ file, node: callback }, 'given') !== false)
          enter({ file, node: callback }, via);
      }
    } else if (node.type === 'JSXOpeningElement' && options.followsElements === true) {
      if (node.name.type === 'JSXNamespacedName' || options.isReached?.(place) === false) return;
      follow({ file, node: node.name }, 'rendered', place, via);
    }
  };
  const follow = (callee: Located, how: Entered, place: Located, via: readonly Step[]): void => {
    for (const target of functionsBehind(definitionOf(callee, options.loader), options.loader))
      if (options.enters?.(target, how) !== false) enter(target, [...via, { ...place, into: target.node }]);
  };
  enter(start, []);
  return reached;
}

/** Whether a reached call happens under an evaluator's assumptions, with the arguments that the helpers on the way are given. */
export function isCallReachable({ file, node, via }: ReachedCall, evaluator: Evaluator): boolean {
  let frame: Frame | undefined;
  for (const site of via) {
    if (!isReachable(evaluator, site, frame)) return false;
    frame = frameOf(site, evaluator, frame);
  }
  return isReachable(evaluator, { file, node }, frame);
}

/** What the parameters around a reached call are, for an evaluator to look at its arguments. */
export const frameOfCall = ({ via }: ReachedCall, evaluator: Evaluator): Frame | undefined =>
  via.reduce<Frame | undefined>((frame, site) => frameOf(site, evaluator, frame), undefined);

function frameOf({ file, into, node }: Step, evaluator: Evaluator, upper: Frame | undefined): Frame | undefined {
  if (node.type !== 'CallExpression' || node.arguments.some(({ type }) => type === 'SpreadElement')) return undefined;
  const args = node.arguments.map((argument) => evaluator.evaluate({ file, node: argument }, upper));
  return { code: into, args, upper: undefined };
}

/**
 * The functions that run when a callee or an export is called: itself, what a wrapper is given (`cache(async () => …)`, `memo(Component)`),
 * and what a wrapper of the project returns.
 */
export function functionsBehind(
  definition: Definition,
  loader: ModuleLoader,
  depth = 4,
): readonly Located<FunctionNode>[] {
  if (definition.kind !== 'value' || depth === 0) return [];
  const { file, path } = definition;
  const node = unwrap(definition.node);
  if (isFunction(node)) return path.length === 0 ? [{ file, node }] : [];
  if (node.type !== 'CallExpression') return [];
  const behind = (expression: Located, members: typeof path): readonly Located<FunctionNode>[] =>
    functionsBehind(definitionOf(expression, loader, members), loader, depth - 1);
  const given = path.length === 0 ? node.arguments.flatMap((argument) => behind({ file, node: argument }, [])) : [];
  const maker = functionAt({ file, node: node.callee }, loader);
  if (!maker) return given;
  const results = returnedExpressions(maker.node);
  return [...given, ...results.flatMap((result) => behind({ file: maker.file, node: result }, path))];
}

function isDeferring({ file, node }: Located<CallNode>): boolean {
  const callee = unwrap(node.callee);
  return callee.type === 'Identifier' && DEFERRING.has(callee.name) && !variableOf(file, callee);
}

/** Visits the code that runs when a function is called, parents first; functions within are entered by their calls. */
function visitCode({ node: root }: Located, visit: (node: Node) => void): void {
  const stack: Node[] = isFunction(root) ? [root.body, ...[...root.params].reverse()] : [root];
  for (let node = stack.pop(); node; node = stack.pop()) {
    if (isFunction(node)) continue;
    visit(node);
    stack.push(...childrenOf(node).reverse());
  }
}
