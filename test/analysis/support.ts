import { type Node, walk } from '../../analysis/syntax/ast.ts';
import type { Environment } from '../../analysis/values/environment.ts';
import { createEvaluator } from '../../analysis/values/evaluate.ts';
import type { ModuleLoader } from '../../analysis/syntax/bindings/modules.ts';
import type { SourceFile } from '../../analysis/syntax/source-file.ts';
import { type Value, alternativesOf, describeText } from '../../analysis/values/values.ts';
import { parsed } from '../helpers/parse.ts';

export const parse = (code: string): SourceFile => parsed('/app/file.tsx', code);

/** Modules by the specifiers that import them. */
export function loaderOf(modules: Readonly<Record<string, string>>): ModuleLoader {
  const files = new Map(Object.entries(modules).map(([name, code]) => [name, parsed(`/app/${name}.tsx`, code)]));
  return { load: (specifier) => files.get(specifier) };
}

/** The value of what `use(…)` is called with in the code, for a reader: one text an alternative. */
export function evaluated(
  code: string,
  environment?: Environment,
  modules: Readonly<Record<string, string>> = {},
): string[] {
  const file = parse(code);
  let argument: Node | undefined;
  walk(file.ast, (node) => {
    if (node.type === 'CallExpression' && node.callee.type === 'Identifier' && node.callee.name === 'use')
      [argument] = node.arguments;
  });
  if (!argument) throw new Error('the code calls no use()');
  const evaluator = createEvaluator({ loader: loaderOf(modules), ...(environment && { environment }) });
  return alternativesOf(evaluator.evaluate({ file, node: argument })).map(shown);
}

function shown(value: Value): string {
  switch (value.type) {
    case 'text':
      return describeText(value);
    case 'url':
      return `url ${describeText(value.href)}`;
    case 'literal':
      return String(value.value);
    case 'array':
      return `[${value.items.map((item) => shown(item.value) + (item.certain ? '' : '?')).join(', ')}]`;
    case 'object':
      return `{${[...value.properties].map(([key, { value: held }]) => `${key}: ${shown(held)}`).join(', ')}}`;
    default:
      return value.type;
  }
}
