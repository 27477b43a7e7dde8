/**
 * Which calls happen when a function runs: in its own code, in the functions of the project that it calls, and in callbacks that it hands to
 * a call. What only an event starts (a function in a JSX attribute, one that is returned or stored) does not happen then.
 */
import { type FunctionNode, type Node, isFunction, unwrap, wrapped } from '../../syntax/ast.ts';
import { type Definition, type Located, definitionOf } from '../../syntax/bindings/definitions.ts';
import { functionAt, parameterFor } from '../../syntax/functions.ts';
import type { ModuleLoader } from '../../syntax/bindings/modules.ts';
import { readsOf, variableOf } from '../../syntax/bindings/scopes.ts';
import type { Evaluator } from '../../values/evaluator.ts';
import { isReachable } from '../flow-values.ts';
import { returnedExpressions } from '../paths.ts';
import type { SourceFile } from '../../syntax/source-file.ts';
import { type CallNode, type Site, walkCalls } from './call-walk.ts';
import { type Ref, contextOfCall, frameOf, type FunctionRef } from './call-contexts.ts';

export interface ReachedCall {
  readonly file: SourceFile;
  readonly node: CallNode;
  /** With the arguments of the functions around it. */
  readonly ref: Ref;
  /** The calls and elements that lead to it, from the first one in the function that was asked about; empty for a call of its own. */
  readonly via: readonly Site<Node>[];
}

export interface ReachOptions {
  readonly loader: ModuleLoader;
  /** Whether a function that is called, rendered or handed to a call runs here: no for what runs in the browser. Default: yes. */
  readonly enters?: (target: Located<FunctionNode>, how: Entered) => boolean;
  /** Whether code at a place runs at all. Default: yes. */
  readonly isReached?: (place: Located) => boolean;
  /** The functions of the project that a library's function calls, where it is given them. */
  readonly callsBack?: (call: Located<CallNode>) => readonly Located[];
  /** Follow `<Component />` as a call of the component: for what happens while a tree renders on the server. */
  readonly followsElements?: boolean;
}

/** How a function comes to run: it is called, rendered as an element, or a call is given it and may run it. */
export type Entered = 'called' | 'given' | 'rendered';

/** The globals that run a function later, when the code around the call is long done. */
const DEFERRING = new Set(['queueMicrotask', 'requestAnimationFrame', 'setImmediate', 'setInterval', 'setTimeout']);

/** Further functions are not entered: a handler that reaches so many is not read to its end. */
const MAX_FUNCTIONS = 300;

/**
 * The calls reached from a function that is called, or from any other code that runs (a block, a statement), in the order in which the text
 * leads to them. Each function is entered once.
 */
export function callsReachedFrom(start: Located, options: ReachOptions): readonly ReachedCall[] {
  const {
    callsBack = () => [],
    enters = () => true,
    followsElements = false,
    isReached = () => true,
    loader,
  } = options;
  const reached: ReachedCall[] = [];
  const entered = new Set<Node>([start.node]);
  walkCalls<Node>(
    { ...start, path: [] },
    {
      enter(sites, { file, node, ref }) {
        const isElement = node.type === 'JSXOpeningElement';
        if (isElement && (!followsElements || node.name.type === 'JSXNamespacedName')) return [];
        if (!isReached({ file, node })) return undefined;
        if (!isElement) reached.push({ file, node, ref, via: sites.slice(0, -1) });
        const callee = { file, node: isElement ? node.name : unwrap(node.callee) };
        if (isFunction(callee.node)) return [];
        const enterAll = (expression: Located, how: Entered) => {
          const targets = functionsBehind(definitionOf(expression, loader), loader).filter(
            (target) => !entered.has(target.node) && entered.size < MAX_FUNCTIONS && enters(target, how),
          );
          for (const target of targets) entered.add(target.node);
          return targets.map((target): FunctionRef => ({ ...target, path: [] }));
        };
        const targets = enterAll(callee, isElement ? 'rendered' : 'called').map((at) =>
          node.type === 'CallExpression' ? { ...at, frame: contextOfCall(at, ref) } : at,
        );
        const given = isElement ? [] : callsBack({ file, node }).flatMap((each) => enterAll(each, 'given'));
        return [...targets, ...given];
      },
      runs: (node, { file }) =>
        isRunAtOnce(node, file) && enters({ file, node }, 'given') && !isOnlyKept({ file, node }, loader),
    },
  );
  return reached;
}

/** Whether a reached call happens under an evaluator's assumptions, with the arguments that the helpers on the way are given. */
export const isCallReachable = ({ file, node, ref, via }: ReachedCall, evaluator: Evaluator): boolean =>
  [...via, { file, node, ref }].every((site) => isReachable(evaluator, site, frameOf(site.ref, evaluator)));

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

/** Whether a function that code holds is run by the call that it is given to, or that calls it on the spot. */
function isRunAtOnce(node: FunctionNode, file: SourceFile): boolean {
  const { parent } = wrapped(node);
  if (parent?.type !== 'CallExpression' && parent?.type !== 'NewExpression') return false;
  const callee = unwrap(parent.callee);
  return callee.type !== 'Identifier' || !DEFERRING.has(callee.name) || variableOf(file, callee) !== undefined;
}

/**
 * Whether the function of the project that a callback is given to calls it in none of its own code, but in a function that it makes, and leaves to
 * its caller: `debounced(() => save())`. What is called under the name of the result is followed from there.
 */
function isOnlyKept({ file, node }: Located<FunctionNode>, loader: ModuleLoader): boolean {
  const { parent } = wrapped(node);
  if (parent?.type !== 'CallExpression') return false;
  const target = parameterFor({ file, node: parent }, node, loader);
  if (!target) return false;
  return readsOf(target.variable).every((read) => {
    let inner: Node | undefined;
    for (let around: Node | undefined = read; around && around !== target.node; around = around.parent)
      if (isFunction(around)) inner = around;
    return inner !== undefined && isReturnedAsIs(inner, target.node);
  });
}

/** Whether a function returns an expression itself, or an object or a list that has it. */
export function isReturnedAsIs(expression: Node, owner: Node): boolean {
  let current = wrapped(expression);
  while (current.parent && HOLDING.has(current.parent.type)) current = wrapped(current.parent);
  return current.parent?.type === 'ReturnStatement' || current.parent === owner;
}

const HOLDING = new Set(['ArrayExpression', 'ObjectExpression', 'Property']);
