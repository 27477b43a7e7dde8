/** What React's own functions mean for values and components: they hand on what they are given. */
import type { Node } from '../analysis/ast.ts';
import { type Located, definitionOf } from '../analysis/bindings.ts';
import type { EvaluatorOptions } from '../analysis/evaluate.ts';
import type { ModuleLoader } from '../analysis/modules.ts';

/** The name of the export of `react` that an expression stands for: `useMemo`, `createElement`, `memo` … */
export function reactExport(expression: Located, loader: ModuleLoader): string | undefined {
  const definition = definitionOf(expression, loader);
  if (definition.kind !== 'export' || !/^react(?:\/jsx-(?:dev-)?runtime)?$/u.test(definition.module)) return undefined;
  const [member] = definition.path;
  // `import React from 'react'; React.useMemo(…)`
  if (definition.name === 'default' || definition.name === '*') return typeof member === 'string' ? member : undefined;
  return definition.path.length === 0 ? definition.name : undefined;
}

/** Reads through `useMemo(() => x)`, `useCallback(f)` and `use(x)`. */
export const interpretReact: NonNullable<EvaluatorOptions['interpret']> = ({ file, node }, evaluator, frame) => {
  if (node.type !== 'CallExpression' || !mayBeHook(node.callee)) return undefined;
  const [first] = node.arguments;
  const name = first && reactExport({ file, node: node.callee }, evaluator.options.loader);
  if (!first || name === undefined) return undefined;
  const given = { file, node: first };
  if (name === 'useCallback' || name === 'use') return evaluator.evaluate(given, frame);
  return name === 'useMemo' ? evaluator.call(evaluator.evaluate(given, frame), [], { file, node }) : undefined;
};

function mayBeHook(callee: Node): boolean {
  const name = callee.type === 'MemberExpression' ? callee.property : callee;
  return name.type === 'Identifier' && name.name.startsWith('use');
}
