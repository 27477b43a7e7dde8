/**
 * Objects that a package makes of the environment, whichever it is: `type({ … })(process.env)`. A variable under its own
 * name is the variable, or nothing would be deployed. The packages whose schemas are known are in `playbook/libraries/env-modules.ts`.
 */
import { type Node, propertyName, unwrap } from '../../../analysis/syntax/ast.ts';
import { mentions } from '../../../analysis/syntax/mentions.ts';
import { type Located, definitionOf } from '../../../analysis/syntax/bindings/definitions.ts';
import { isProcessEnv } from '../../../analysis/values/environment.ts';
import type { Evaluator, EvaluatorOptions } from '../../../analysis/values/evaluate.ts';
import { type Frame, type Value, unknown, objectWith } from '../../../analysis/values/values.ts';

const SOURCES: ReadonlySet<string> = new Set(['env', 'experimental__runtimeEnv', 'runtimeEnv', 'runtimeEnvStrict']);

/** For an evaluator: what a call makes of the environment that it is given. No opinion of anything else. */
export const interpretUnknownParser: NonNullable<EvaluatorOptions['interpret']> = (expression, evaluator, frame) => {
  const { file, node } = expression;
  if (node.type !== 'CallExpression' || node.arguments.length === 0 || !mentions(file, 'env')) return undefined;
  const given = node.arguments
    .map((argument) => environmentIn(argument, expression, evaluator, frame))
    .find((value) => value !== undefined);
  // What a function of the project returns is in its code, and that of the language's own is known.
  if (!given || isKnownFunction(expression, node.callee, evaluator)) return undefined;
  const callee = unwrap(node.callee);
  const isSafe = callee.type === 'MemberExpression' && propertyName(callee) === 'safeParse';
  return isSafe ? objectWith({ data: given }, true, expression) : given;
};

/** The environment that an argument is, or that one of its options is. */
function environmentIn(
  argument: Node,
  { file }: Located,
  evaluator: Evaluator,
  frame: Frame | undefined,
): Value | undefined {
  const node = unwrap(argument);
  if (node.type !== 'ObjectExpression')
    return isEnvironment({ file, node }, evaluator) ? environment({ file, node }) : undefined;
  for (const property of node.properties) {
    if (property.type === 'SpreadElement' && isEnvironment({ file, node: property.argument }, evaluator))
      return environment({ file, node });
    if (property.type !== 'Property' || !SOURCES.has(propertyName(property) ?? '')) continue;
    const at = { file, node: property.value };
    if (isEnvironment(at, evaluator)) return environment(at);
    const value = evaluator.evaluate(at, frame);
    return value.type === 'object' ? { ...value, open: true } : undefined;
  }
  return undefined;
}

function isEnvironment(expression: Located, { options: { loader } }: Evaluator): boolean {
  return isProcessEnv(definitionOf(expression, loader));
}

const environment = (from: Located): Value => unknown(from, { kind: 'global', name: 'process', path: ['env'] });

function isKnownFunction({ file }: Located, callee: Node, { options: { loader } }: Evaluator): boolean {
  const definition = definitionOf({ file, node: callee }, loader);
  return definition.kind === 'global' || (definition.kind === 'value' && definition.path.length === 0);
}
