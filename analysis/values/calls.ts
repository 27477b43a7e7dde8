/** Calls and `new`: what functions of the project return, what built-in ones give, and what a class makes. */
import type { TSESTree } from '@typescript-eslint/types';
import { onceFor } from '../once.ts';
import { type FunctionNode, unwrap } from '../syntax/ast.ts';
import { type Located, definitionOf, requiredModule } from '../syntax/bindings/definitions.ts';
import { callGlobal, callMethod, constructGlobal } from './builtins/builtins.ts';
import type { Evaluator } from './evaluator.ts';
import { returnedValue } from '../flow/flow-values.ts';
import { requiredValue } from './exported-values.ts';
import { evaluateMemberName, stepInto } from './member-access.ts';
import { instanceObject } from './members.ts';
import { variableOf } from '../syntax/bindings/scopes.ts';
import { type Frame, type FunctionValue, type Value, isFixed, oneOf, unknown } from './values.ts';

/** A call: of a built-in method, of a function of the project, of a built-in function; else an unknown that says what is called. */
export function evaluateCall(
  evaluator: Evaluator,
  place: Located<TSESTree.CallExpression>,
  frame: Frame | undefined,
): Value {
  const { file, node } = place;
  const callee = unwrap(node.callee);
  const module = requiredModule(file, node);
  if (module !== undefined) return requiredValue(evaluator, module, place);
  if (callee.type === 'MemberExpression') {
    const name = evaluateMemberName(evaluator, { file, node: callee }, frame);
    const object = evaluator.evaluate({ file, node: callee.object }, frame);
    const result =
      name === undefined
        ? undefined
        : callMethod(evaluator, object, name, evaluateArguments(evaluator, place, frame), place);
    if (result) return result;
  }
  const target = evaluator.evaluate({ file, node: callee }, frame);
  if (target.type !== 'unknown' || target.definition.kind === 'global') {
    const result = evaluator.call(target, inPlace(evaluateArguments(evaluator, place, frame)), place);
    if (result) return result;
  } else if (target.definition.kind === 'parameter') {
    // What a callback of the caller's gives depends on that parameter.
    return stepInto(unknown(place, target.definition), '()', place);
  }
  return unknown(place, definitionOf(place, evaluator.options.loader));
}

function evaluateArguments(
  evaluator: Evaluator,
  { file, node }: Located<TSESTree.CallExpression | TSESTree.NewExpression>,
  frame: Frame | undefined,
): Value[] {
  return node.arguments.flatMap((argument): Value[] => {
    if (argument.type !== 'SpreadElement') return [evaluator.evaluate({ file, node: argument }, frame)];
    const items = evaluator.evaluate({ file, node: argument.argument }, frame);
    return items.type === 'array' && isFixed(items)
      ? items.items.map(({ value }) => value)
      : [unknown({ file, node: argument })];
  });
}

/** More parameters than anyone writes. */
const MAX_PARAMETERS = 10;

/** Arguments for parameters: behind a spread of unknown length, no argument is known to belong to a certain parameter. */
function inPlace(args: readonly Value[]): readonly Value[] {
  const spread = args.findIndex(({ from }) => from.node.type === 'SpreadElement');
  const first = args[spread];
  return first ? [...args.slice(0, spread), ...Array.from({ length: MAX_PARAMETERS }, () => first)] : args;
}

/** Functions in functions: no one builds a path deeper than this. */
const MAX_CALLS = 12;

/** What a call of a value returns, also where it is handed over by its name (`parts.map(String)`); undefined for what is no function that is known. */
export function callValue(
  evaluator: Evaluator,
  callee: Value,
  args: readonly Value[],
  from: Located,
): Value | undefined {
  if (callee.type === 'oneOf') {
    return oneOf(
      callee.values.map((value) => callValue(evaluator, value, args, from) ?? unknown(from)),
      from,
    );
  }
  if (callee.type === 'unknown' && callee.definition.kind === 'global' && callee.definition.path.length === 0)
    return callGlobal(callee.definition.name, args, from);
  if (callee.type !== 'function') return undefined;
  const frame = frameOfCall(callee, args);
  if (callee.node.generator || depthOf(frame) > MAX_CALLS) return unknown(from);
  return returnedValue(evaluator, { file: callee.from.file, node: callee.node }, frame);
}

const frameWithoutArguments = onceFor((code: FunctionNode): Frame => ({ code, args: [], upper: undefined }));

/** Calls without arguments of a function outside of any other, as those of hooks are, are all the same one. */
function frameOfCall({ frame: upper, node: code }: FunctionValue, args: readonly Value[]): Frame {
  return upper || args.length > 0 ? { code, args, upper } : frameWithoutArguments(code);
}

function depthOf(frame: Frame): number {
  let depth = 0;
  for (let current: Frame | undefined = frame; current; current = current.upper) depth += 1;
  return depth;
}

/** `new`: what a class of the project declares, or a built-in one is made of. Whatever else it is, it is an object: true, and not nullish. */
export function evaluateNew(
  evaluator: Evaluator,
  place: Located<TSESTree.NewExpression>,
  frame: Frame | undefined,
): Value {
  const { file, node } = place;
  const callee = unwrap(node.callee);
  const made = (): Value | undefined => {
    if (callee.type !== 'Identifier') return undefined;
    if (!variableOf(file, callee))
      return constructGlobal(callee.name, evaluateArguments(evaluator, place, frame), place);
    const { from, type } = evaluator.evaluate({ file, node: callee }, frame);
    const isClass =
      type === 'object' && (from.node.type === 'ClassDeclaration' || from.node.type === 'ClassExpression');
    return isClass ? instanceObject(evaluator, { file: from.file, node: from.node }, place) : undefined;
  };
  return made() ?? { ...unknown(place), isSet: true };
}
