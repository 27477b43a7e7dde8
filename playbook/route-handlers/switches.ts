/** Handlers that are off unless a variable is set: `if (process.env.E2E_AUTH !== '1') return new Response(null, { status: 404 })`. */
import { literalText } from '../../analysis/syntax/ast.ts';
import { definitionOf } from '../../analysis/syntax/bindings/definitions.ts';
import { isProcessEnv } from '../../analysis/values/environment.ts';
import type { EvaluatorOptions } from '../../analysis/values/evaluate.ts';
import { literal } from '../../analysis/values/values.ts';

type Interpret = NonNullable<EvaluatorOptions['interpret']>;

/** What switches something on; any other value chooses between things. */
const ON = /^(?:1|true|yes|on|enabled?)$/iu;

/** What expressions are where no such variable is set. */
export const switchedOff: Interpret = ({ file, node }, evaluator) => {
  if (node.type !== 'BinaryExpression' || !/^[!=]==?$/u.test(node.operator)) return undefined;
  const [variable, value] = literalText(node.right) === undefined ? [node.right, node.left] : [node.left, node.right];
  const text = literalText(value);
  if (text === undefined || !ON.test(text)) return undefined;
  const definition = definitionOf({ file, node: variable }, evaluator.options.loader);
  if (definition.kind !== 'global' && definition.kind !== 'export') return undefined;
  return isProcessEnv({ ...definition, path: definition.path.slice(0, -1) })
    ? literal(node.operator.startsWith('!'), { file, node })
    : undefined;
};
