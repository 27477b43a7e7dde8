/** What is reached in a handler, and in the helpers that it calls. */
import type { TSESTree } from '@typescript-eslint/types';
import { isReachable } from '../../analysis/flow/flow-values.ts';
import {
  type FunctionNode,
  type Node,
  contains,
  hasNode,
  isFunction,
  propertyName,
  unwrap,
  unwrapAwait,
  walk,
} from '../../analysis/syntax/ast.ts';
import { type Definition, type Located, definitionOf } from '../../analysis/syntax/bindings/definitions.ts';
import { declarationOf, writesOf } from '../../analysis/syntax/bindings/declarations.ts';
import { functionOf, parameterFor } from '../../analysis/syntax/functions.ts';
import { type Concern, type ModuleLoader, loaderFor, withCalls } from '../../analysis/syntax/bindings/modules.ts';
import { type Variable, variableOf } from '../../analysis/syntax/bindings/scopes.ts';
import { type Evaluator, createEvaluator } from '../../analysis/values/evaluate.ts';
import { iterationBy } from '../../analysis/values/iterations.ts';
import { type Value, alternativesOf } from '../../analysis/values/values.ts';
import { isNullish } from '../../analysis/values/comparisons.ts';

const MAX_HELPERS = 5;
/** A longer function is not read: whether a place is reached is asked of all that stands before it. */
export const MAX_HANDLER = 20_000;

/** Whether something holds for a place in a handler, or in a helper of it. */
export type Condition = (place: Located, handler: Node, evaluator: Evaluator) => boolean;

/** How a handler is asked. */
export interface Asked {
  readonly evaluator: Evaluator;
  /** All that goes into the evaluator, and the question. */
  readonly key: string;
}

/** What is looked for in a handler and in the helpers that it calls. */
export interface Search<T> {
  /** Unique among the searches of a question. */
  readonly name: string;
  /** `ofHandler` is called where the answer is one for this handler alone. */
  readonly ask: (place: Located, evaluator: Evaluator, ofHandler: () => void) => T | undefined;
  readonly isOnTheWay: Condition;
  /** What helpers have to do with it; through how many calls is known here. */
  readonly concern: Concern;
  /** The same of an export of a package that a call is given, to call it: `safely(signOut)`. */
  readonly ofExport?: (definition: ExportDefinition, loader: ModuleLoader) => T | undefined;
  /** Whether an argument may be what makes a helper do it: `clear('wos-session')`. Left out: none is. */
  readonly isMadeBy?: (argument: Value) => boolean;
  /** Further conditions of a place that counts. */
  readonly isWanted?: Condition;
}

export type ExportDefinition = Extract<Definition, { kind: 'export' }>;

/** The first answer to a question of each node that is reached when people are signed in and nothing fails. */
export const reachedIn = <T>(handler: Located<FunctionNode>, asked: Asked, search: Search<T>): T | undefined =>
  reached(handler, { ...asked, search, notes: { ofHandler: 0 } }, MAX_HELPERS);

interface Walk<T> extends Asked {
  readonly search: Search<T>;
  /** How many answers were for one handler alone. */
  readonly notes: { ofHandler: number };
}

function reached<T>(handler: Located<FunctionNode>, walked: Walk<T>, helpers: number): T | undefined {
  const { file } = handler;
  const { evaluator, notes, search } = walked;
  const { ask, isOnTheWay, isWanted } = search;
  const ofHandler = () => {
    notes.ofHandler += 1;
  };
  let found: T | undefined;
  walk(handler.node, (node) => {
    if (found !== undefined || node.type === 'CatchClause') return false;
    if (node !== handler.node && isFunction(node) && !iterationBy(node)) return false;
    const answer =
      ask({ file, node }, evaluator, ofHandler) ??
      (node.type === 'CallExpression' && helpers > 0
        ? (inHelper({ file, node }, handler, walked, helpers) ?? inGiven({ file, node }, walked, helpers))
        : undefined);
    if (
      answer === undefined ||
      !isOnTheWay({ file, node }, handler.node, evaluator) ||
      !isReachable(evaluator, { file, node })
    )
      return true;
    if (isWanted?.({ file, node }, handler.node, evaluator) !== false) found = answer;
    return true;
  });
  return found;
}

/**
 * What is reached in the function that a call calls. Hundreds of handlers call the same few: that nothing is reached in one of them is
 * remembered by its name, so that its module need not be parsed again.
 */
function inHelper<T>(
  { file, node }: Located<TSESTree.CallExpression>,
  handler: Located<FunctionNode>,
  walked: Walk<T>,
  helpers: number,
): T | undefined {
  const { evaluator, key, notes, search } = walked;
  const callee = { file, node: node.callee };
  const look = (): T | undefined => {
    const helper = helperOf(callee, evaluator, withCalls(search.concern, helpers));
    if (!helper || lengthOf(helper.node) > MAX_HANDLER) return undefined;
    if (helper.file === file && contains(helper.node, handler.node)) {
      notes.ofHandler += 1;
      return undefined;
    }
    const found = reached(helper, walked, helpers - 1);
    const depends = found !== undefined || isMadeByArgument({ file, node }, walked);
    const inside = depends ? withArguments({ file, node }, helper, evaluator) : evaluator;
    if (inside === evaluator) return found;
    // It depends on what this call gives the helper.
    notes.ofHandler += 1;
    const call = `${key}:${file.path}:${String(node.range[0])}`;
    return reached(helper, { ...walked, evaluator: inside, key: call }, helpers - 1);
  };
  const { loader } = evaluator.options;
  const name = search.isWanted ? undefined : importedName(callee, loader);
  if (name === undefined || !loader.remember) return look();
  let result: { readonly found: T | undefined } | undefined;
  const isNever = loader.remember(`reached ${search.name}`, `${key}:${String(helpers)}:${name}`, () => {
    const before = notes.ofHandler;
    result = { found: look() };
    return result.found === undefined && notes.ofHandler === before;
  });
  if (isNever) return undefined;
  return result ? result.found : look();
}

/** What is reached in a function that a call is given, and runs: `safely(() => signOut())`, `load().then(leave)`. */
function inGiven<T>({ file, node }: Located<TSESTree.CallExpression>, walked: Walk<T>, helpers: number): T | undefined {
  const { evaluator, search } = walked;
  for (const [index, argument] of node.arguments.entries()) {
    const given = unwrap(argument);
    // The code of those that run once an item is the handler's own here.
    if (!mayBeFunction(given) || (isFunction(given) && iterationBy(given))) continue;
    const definition = definitionOf({ file, node: given }, loaderFor(evaluator.options.loader, search.concern));
    const target = functionOf(definition);
    const found =
      definition.kind === 'export'
        ? search.ofExport?.(definition, evaluator.options.loader)
        : target && lengthOf(target.node) <= MAX_HANDLER && !(target.file === file && contains(target.node, node))
          ? reached(target, walked, helpers - 1)
          : undefined;
    if (found !== undefined && isRunBy({ file, node }, index, walked)) return found;
  }
  return undefined;
}

const mayBeFunction = (node: Node): boolean =>
  isFunction(node) || node.type === 'Identifier' || node.type === 'MemberExpression';

/** Whether a call runs the function that it is given: an array's method, a promise, or a helper of the project that calls its parameter. */
function isRunBy<T>({ file, node }: Located<TSESTree.CallExpression>, index: number, walked: Walk<T>): boolean {
  const callee = unwrap(node.callee);
  const argument = node.arguments[index];
  if (argument && iterationBy(argument)) return true;
  const method = callee.type === 'MemberExpression' ? propertyName(callee) : undefined;
  if (method === 'then' || method === 'finally') return index === 0;
  const helper = argument && parameterFor({ file, node }, argument, walked.evaluator.options.loader);
  if (!helper || lengthOf(helper.node) > MAX_HANDLER) return false;
  const calls: Search<true> = {
    name: `calls ${String(index)}`,
    ask: (place) => isCallOf(place, helper.variable) || undefined,
    isOnTheWay: walked.search.isOnTheWay,
    concern: walked.search.concern,
  };
  return (
    reached(
      helper,
      { ...walked, evaluator: withArguments({ file, node }, helper, walked.evaluator), search: calls },
      0,
    ) === true
  );
}

function isMadeByArgument<T>(
  { file, node }: Located<TSESTree.CallExpression>,
  { evaluator, search: { isMadeBy } }: Walk<T>,
): boolean {
  if (!isMadeBy) return false;
  return node.arguments.some(
    (argument) =>
      /^(?:Identifier|Literal|MemberExpression)$/u.test(argument.type) &&
      isMadeBy(evaluator.evaluate({ file, node: argument })),
  );
}

/** What is known inside of a call: each parameter, and each name that one is taken apart into, whose value does not depend on more than the request. */
function withArguments(
  { file, node }: Located<TSESTree.CallExpression>,
  helper: Located<FunctionNode>,
  evaluator: Evaluator,
): Evaluator {
  const spread = node.arguments.findIndex(({ type }) => type === 'SpreadElement');
  const args = node.arguments.map((argument) => evaluator.evaluate({ file, node: argument }));
  const frame = { code: helper.node, args, upper: undefined };
  const known = new Map<Variable, Value>();
  for (const variable of helper.file.scopes.getDeclaredVariables(helper.node)) {
    const declaration = declarationOf(variable);
    const [name] = variable.identifiers;
    // One that is set again holds something else by then.
    if (declaration.kind !== 'parameter' || !name || writesOf(variable).length > 0) continue;
    if (spread !== -1 && declaration.index >= spread) continue;
    const value = evaluator.evaluate({ file: helper.file, node: name }, frame);
    if (alternativesOf(value).every(({ type }) => type === 'literal' || type === 'text')) known.set(variable, value);
  }
  if (known.size === 0) return evaluator;
  const { interpret } = evaluator.options;
  return createEvaluator({
    ...evaluator.options,
    interpret: (place, own, frame) => {
      const variable = place.node.type === 'Identifier' ? variableOf(place.file, place.node) : undefined;
      return (variable && known.get(variable)) ?? interpret?.(place, own, frame);
    },
  });
}

function isCallOf({ file, node }: Located, variable: Variable): boolean {
  const callee = node.type === 'CallExpression' ? unwrap(node.callee) : undefined;
  return callee?.type === 'Identifier' && variableOf(file, callee) === variable;
}

/** What a name that is imported from a module of the project, or a member of it, is known by in all files. */
function importedName({ file, node }: Located, loader: ModuleLoader): string | undefined {
  const members: string[] = [];
  let expression = unwrap(node);
  while (expression.type === 'MemberExpression') {
    const name = propertyName(expression);
    if (name === undefined) return undefined;
    members.unshift(name);
    expression = unwrap(expression.object);
  }
  const variable = expression.type === 'Identifier' ? variableOf(file, expression) : undefined;
  const declaration = variable && declarationOf(variable);
  if (declaration?.kind !== 'import') return undefined;
  const path = loader.resolve?.(declaration.module, file.path);
  return path === undefined ? undefined : JSON.stringify([path, declaration.name, ...members]);
}

/** The function of the project that a call calls: by its name, or out of a list of handlers (`handlers[action]()`). */
function helperOf(callee: Located, evaluator: Evaluator, concern: Concern): Located<FunctionNode> | undefined {
  const definition = definitionOf(callee, loaderFor(evaluator.options.loader, concern));
  const called = functionOf(definition);
  if (called) return called;
  // To evaluate every callee would be expensive; only one that is looked up may depend on the path, and what a call gives may be a function.
  const isMade = unwrapAwait(callee.node).type === 'CallExpression';
  if (definition.kind === 'export' || (!isMade && !isLookedUp(callee))) return undefined;
  const [only, other] = alternativesOf(evaluator.evaluate(callee)).filter((value) => isNullish(value) !== true);
  return only?.type === 'function' && !other ? { file: only.from.file, node: only.node } : undefined;
}

// handlers[action](), const handler = handlers[action] ?? fallback
function isLookedUp({ file, node }: Located): boolean {
  const callee = unwrap(node);
  const variable = callee.type === 'Identifier' ? variableOf(file, callee) : undefined;
  const declaration = variable && declarationOf(variable);
  const made = declaration?.kind === 'value' && declaration.path.length === 0 ? declaration.node : callee;
  return !isFunction(made) && hasNode(made, (one) => one.type === 'MemberExpression' && one.computed);
}

/** In characters. */
export const lengthOf = ({ range: [start, end] }: Node): number => end - start;
