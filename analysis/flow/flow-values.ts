/**
 * Statements, as far as values depend on them: what a function returns, what a variable holds that is assigned in several
 * places, whether a place is reached at all under the assumed environment.
 */
import type { TSESTree } from '@typescript-eslint/types';
import { onceFor } from '../once.ts';
import { type FunctionNode, type Node, enclosingFunction, hasNode, unwrap } from '../syntax/ast.ts';
import type { Located } from '../syntax/bindings/definitions.ts';
import type { Evaluator } from '../values/evaluator.ts';
import type { SourceFile } from '../syntax/source-file.ts';
import type { Variable } from '../syntax/bindings/scopes.ts';
import { chosen } from '../values/expressions.ts';
import { all, atom, known as knownCondition, mayHold, not, replaceAtoms } from './conditions.ts';
import { throwsIn } from './exceptions/exceptions.ts';
import { type Exit, type Path, exitsOf } from './paths.ts';
import { type Assumptions, mayComplete, mayRun, truthOfPath, truthOfTest } from './reachability.ts';
import { writesReaching } from './writes.ts';
import { type Frame, type Value, alternativesOf, literal, oneOf, unknown } from '../values/values.ts';
import { addedText } from '../values/concatenation.ts';
import { areEqual, isNullish, truthOf } from '../values/comparisons.ts';

/** What a function returns: by every exit that is reached under the assumed environment. */
export function returnedValue(evaluator: Evaluator, { file, node }: Located<FunctionNode>, frame: Frame): Value {
  const from = { file, node: node.body };
  const values = openExits(node, assumptionsOf(evaluator, file, frame)).flatMap(({ argument, kind, node: exit }) => {
    if (kind === 'throw') return [];
    return [argument ? evaluator.evaluate({ file, node: argument }, frame) : literal(undefined, { file, node: exit })];
  });
  return oneOf(values, from);
}

const openExits = (owner: FunctionNode, assumptions: Assumptions): readonly Exit[] =>
  exitsOf(owner).filter(({ when }) => truthOfPath(when, assumptions) !== false);

/** How the tests of a file come out in a frame. */
export function assumptionsOf(evaluator: Evaluator, file: SourceFile, frame?: Frame): Assumptions {
  const evaluate = (node: Node): Value => evaluator.evaluate({ file, node }, frame);
  return {
    isTrue: (node) => truthOf(evaluate(node)),
    isNullish: (node) => isNullish(evaluate(node)),
    areEqual: (a, b) => areEqual(evaluate(a), evaluate(b)),
    throws: (block) => throwsIn(block, evaluate),
    ends: (expression) => neverGoesOn(evaluator, { file, node: expression }, frame),
    passes: (loop) => (loop.type === 'ForOfStatement' ? passesLoop(evaluator, { file, node: loop }, frame) : undefined),
    repeats: (loop) => (loop.type === 'ForOfStatement' ? hasItems(evaluate(loop.right)) : undefined),
  };
}

interface Endings {
  /** False for a call that is being asked about: a function that calls itself has no other result. */
  readonly known: WeakMap<Node, boolean>;
  asked: number;
}
const endingsOf = onceFor((_evaluator: Evaluator): Endings => ({ known: new WeakMap(), asked: 0 }));
/** So many functions are run through. Functions that call each other twice would take forever. */
const MAX_ASKED = 200;

/** Whether a call is the last thing that happens: of a package's function that throws, or of a function of the project that only can. */
function neverGoesOn(evaluator: Evaluator, { file, node }: Located, frame: Frame | undefined): boolean {
  const { isEnding } = evaluator.options;
  const isAwaited = node.type === 'AwaitExpression';
  const call = unwrap(isAwaited ? node.argument : node);
  if (!isEnding || call.type !== 'CallExpression') return false;
  const state = endingsOf(evaluator);
  const { known } = state;
  let answer = known.get(call);
  if (answer === undefined) {
    known.set(call, false);
    state.asked += 1;
    answer =
      isEnding({ file, node: call }) ||
      (state.asked < MAX_ASKED && onlyThrows(evaluator, { file, node: call }, isAwaited, frame));
    // What a call does may depend on the frame; without one it is always the same.
    if (frame) known.delete(call);
    else known.set(call, answer);
  }
  return answer;
}

function onlyThrows(
  evaluator: Evaluator,
  { file, node: call }: Located<TSESTree.CallExpression>,
  isAwaited: boolean,
  frame: Frame | undefined,
): boolean {
  const callee = evaluator.evaluate({ file, node: call.callee }, frame);
  if (callee.type !== 'function' || callee.node.body.type !== 'BlockStatement') return false;
  const { from, frame: upper, node: code } = callee;
  if (
    (code.async && !isAwaited) ||
    !hasNode(code.body, ({ type }) => type === 'ThrowStatement' || type === 'CallExpression')
  )
    return false;
  const args = call.arguments.map((argument) => evaluator.evaluate({ file, node: argument }, frame));
  const assumptions = assumptionsOf(evaluator, from.file, { code, args, upper });
  return openExits(code, assumptions).every(({ kind }) => kind === 'throw');
}

/** No one writes more rounds than this to ask for headers. */
const MAX_ROUNDS = 20;

/** Whether each round of a loop comes to its end, where its items are known and nothing else leaves it. */
function passesLoop(
  evaluator: Evaluator,
  { file, node: loop }: Located<TSESTree.ForOfStatement>,
  frame: Frame | undefined,
): boolean | undefined {
  const mayEnd = hasNode(loop.body, ({ type }) => type === 'ReturnStatement' || type === 'ThrowStatement');
  if (!mayEnd || hasNode(loop.body, ({ type }) => /^(?:Break|Continue|ForOf)Statement$/u.test(type))) return undefined;
  const [items, other] = alternativesOf(evaluator.evaluate({ file, node: loop.right }, frame));
  if (
    items?.type !== 'array' ||
    other ||
    items.open ||
    items.items.length > MAX_ROUNDS ||
    !items.items.every(({ certain }) => certain)
  )
    return undefined;
  return items.items.every(({ value }) =>
    mayComplete(loop.body, assumptionsOf(evaluator, file, { code: loop, args: [value], upper: frame })),
  );
}

/** Whether a list has an item. */
function hasItems(list: Value): boolean | undefined {
  if (list.type !== 'array') return undefined;
  return list.items.some(({ certain }) => certain) || (list.items.length === 0 && !list.open ? false : undefined);
}

/** Whether a place is reached under the evaluator's environment: false only where a test says so. */
export const isReachable = (evaluator: Evaluator, { file, node }: Located, frame?: Frame): boolean =>
  mayRun(node, assumptionsOf(evaluator, file, frame));

/** What a variable may hold, each with the tests that are left open. */
interface Held {
  readonly when: Path;
  readonly value: Value;
}

/** More values than these are not kept apart. */
const MAX_HELD = 32;

/** What a variable holds at a place, when it is assigned in more places than its declaration. */
export function valueAt(evaluator: Evaluator, variable: Variable, at: Located, frame: Frame | undefined): Value {
  const { file } = at;
  const writes = variable.references
    .filter((reference) => reference.isWrite())
    .map(({ identifier }) => identifier as Node)
    .sort((a, b) => a.range[0] - b.range[0]);
  const declarator = variable.defs[0]?.node as Node | undefined;
  if (!declarator) return unknown(at);
  const home = enclosingFunction(declarator);
  // Written from another function (a callback, an effect): when is not known.
  if (writes.some((write) => enclosingFunction(write) !== home)) return unknown(at);
  const assumptions = assumptionsOf(evaluator, file, frame);
  const evaluate = (node: Node): Value => evaluator.evaluate({ file, node }, frame);
  const start = home && declarator === home ? unknown(at) : literal(undefined, at);
  let held: readonly Held[] = [{ when: knownCondition(true), value: start }];
  let isLost = false;
  for (const write of writesReaching(writes, at.node, home ? home.body : file.ast)) {
    const when = openTests(write.when, assumptions);
    if (when.kind === 'known' && !when.value) continue;
    const before = oneOf(
      held.filter((one) => mayHold(all([one.when, when]))).map(({ value }) => value),
      at,
    );
    held = [{ when, value: writtenValue(write.node, before, evaluate, at) }, ...hidden(held, when)];
    isLost = (isLost || held.length > MAX_HELD) && when.kind !== 'known';
    if (isLost) held = held.slice(0, 1);
  }
  if (isLost) return unknown(at);
  return oneOf(
    held.map(({ value }) => value),
    at,
  );
}

/** What is left of earlier values where a later one is written under a condition. */
const hidden = (held: readonly Held[], by: Path): readonly Held[] =>
  held.map(({ value, when }) => ({ value, when: all([when, not(by)]) })).filter(({ when }) => mayHold(when));

/** A path without the tests that are decided. */
const openTests = (path: Path, assumptions: Assumptions): Path =>
  replaceAtoms(path, (test) => {
    const truth = truthOfTest(test, assumptions);
    return truth === undefined ? atom(test) : knownCondition(truth);
  }) ?? path;

/** What one write leaves in a variable. */
function writtenValue(write: Node, before: Value, evaluate: (node: Node) => Value, at: Located): Value {
  const { parent } = write;
  if (parent?.type === 'VariableDeclarator' && parent.id === write)
    return parent.init ? evaluate(parent.init) : literal(undefined, at);
  const isStatement = parent?.type === 'AssignmentExpression' && parent.left === write && isWholeStatement(parent);
  return isStatement ? assigned(parent, before, evaluate, at) : unknown(at);
}

function isWholeStatement(expression: Node): boolean {
  let current = expression;
  while (current.parent && unwrap(current.parent) === expression) current = current.parent;
  return current.parent?.type === 'ExpressionStatement';
}

/** What an assignment makes of what was there before it. */
export function assigned(
  node: TSESTree.AssignmentExpression,
  before: Value,
  evaluate: (node: Node) => Value,
  from: Located,
): Value {
  switch (node.operator) {
    case '=':
      return evaluate(node.right);
    case '||=':
    case '&&=':
    case '??=':
      return chosen(
        node.operator === '||=' ? '||' : node.operator === '&&=' ? '&&' : '??',
        before,
        () => evaluate(node.right),
        from,
      );
    case '+=':
      return addedText([before, evaluate(node.right)], from) ?? unknown(from);
    default:
      return unknown(from);
  }
}
