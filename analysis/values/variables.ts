/** What a name gives: the value of its variable at the place where it is read. */
import type { TSESTree } from '@typescript-eslint/types';
import type { FunctionNode, Node } from '../syntax/ast.ts';
import type { Located } from '../syntax/bindings/definitions.ts';
import {
  type Path,
  declarationOf,
  isRestParameter,
  parameterDefault,
  writesOf,
} from '../syntax/bindings/declarations.ts';
import type { Evaluator } from './evaluator.ts';
import { valueAt } from '../flow/flow-values.ts';
import { iterationBy } from './iterations.ts';
import { withMutations } from './mutations.ts';
import { type Variable, variableOf } from '../syntax/bindings/scopes.ts';
import {
  type Frame,
  type Value,
  alternativesOf,
  anyItemOf,
  frameOf,
  listOf,
  literal,
  oneOf,
  unknown,
} from './values.ts';
import { isNullish } from './comparisons.ts';

/** A name: its variable, with what is done to the value on the way; an unknown of that name for a global. */
export function evaluateName(
  evaluator: Evaluator,
  place: Located<TSESTree.Identifier | TSESTree.JSXIdentifier>,
  frame: Frame | undefined,
): Value {
  const { file, node } = place;
  const variable = variableOf(file, node);
  if (variable)
    return withMutations(evaluator, variable, valueOfVariable(evaluator, variable, place, frame), place, frame);
  return node.name === 'undefined'
    ? literal(undefined, place)
    : unknown(place, { kind: 'global', name: node.name, path: [] });
}

function valueOfVariable(evaluator: Evaluator, variable: Variable, from: Located, frame: Frame | undefined): Value {
  if (writesOf(variable).length > 0) return valueAt(evaluator, variable, from, frame);
  const { file } = from;
  const declaration = declarationOf(variable);
  switch (declaration.kind) {
    case 'value':
      return taken(evaluator, evaluator.evaluate({ file, node: declaration.node }, frame), declaration, from, frame);
    case 'element':
      return taken(evaluator, itemOfLoop(evaluator, declaration.loop, from, frame), declaration, from, frame);
    case 'parameter':
      return taken(
        evaluator,
        valueOfParameter(evaluator, declaration.function, declaration.index, from, frame),
        declaration,
        from,
        frame,
      );
    case 'import':
      return evaluator.imported(declaration.module, declaration.name, from);
    case 'declared':
      return evaluator.evaluate({ file, node: declaration.node }, frame);
    case 'empty':
      return literal(undefined, from);
    case 'unknown':
      return unknown(from);
  }
}

interface Taken {
  readonly path: Path;
  /** What is used for `undefined`. */
  readonly fallback?: Node | undefined;
}

/** What a pattern takes of a value: `{ a: { b = fallback } }`. */
function taken(
  evaluator: Evaluator,
  value: Value,
  { fallback, path }: Taken,
  from: Located,
  frame: Frame | undefined,
): Value {
  const found = path.reduce<Value>((current, step) => evaluator.member(current, step, from), value);
  if (!fallback) return found;
  const other = () => evaluator.evaluate({ file: from.file, node: fallback }, frame);
  const arms = alternativesOf(found).map((arm) => {
    if (arm.type === 'literal') return arm.value === undefined ? other() : arm;
    return isNullish(arm) === undefined ? oneOf([arm, other()], from) : arm;
  });
  return oneOf(arms, from);
}

/** A parameter: the argument where the call is known, each of the items for a callback of a list's, or an unknown that says whose it is. */
function valueOfParameter(
  evaluator: Evaluator,
  owner: FunctionNode,
  index: number,
  from: Located,
  frame: Frame | undefined,
): Value {
  const call = frameOf(owner, frame);
  if (!call)
    return (
      itemOfCallback(evaluator, owner, index, from, frame) ??
      unknown(from, { kind: 'parameter', file: from.file, function: owner, index, path: [] })
    );
  if (isRestParameter(owner, index)) return listOf(call.args.slice(index), from);
  return taken(
    evaluator,
    call.args[index] ?? literal(undefined, from),
    { path: [], fallback: parameterDefault(owner, index) },
    from,
    frame,
  );
}

/** `items.map((item) => …)`: what the callback is given is any of the items. */
function itemOfCallback(
  evaluator: Evaluator,
  callback: FunctionNode,
  index: number,
  from: Located,
  frame: Frame | undefined,
): Value | undefined {
  const iteration = iterationBy(callback);
  if (iteration?.parameter !== index) return undefined;
  const items = evaluator.evaluate({ file: from.file, node: iteration.items }, frame);
  return items.type === 'unknown' ? undefined : anyItemOf(items, from);
}

/** `for (const item of items)`: the item of this round, or any of them. */
function itemOfLoop(
  evaluator: Evaluator,
  loop: TSESTree.ForOfStatement,
  from: Located,
  frame: Frame | undefined,
): Value {
  const round = frameOf(loop, frame);
  if (round) return round.args[0] ?? unknown(from);
  return anyItemOf(evaluator.evaluate({ file: from.file, node: loop.right }, frame), from);
}
