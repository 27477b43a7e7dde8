/** What `next.config.*` says as far as it can be computed from the file alone. It is read, never run. */
import type { TSESTree } from '@typescript-eslint/types';
import { isFunction, propertyName, unwrap, type Node } from '../analysis/syntax/ast.ts';
import { definitionOf } from '../analysis/syntax/bindings/definitions.ts';
import { noModules } from '../analysis/syntax/bindings/modules.ts';
import type { SourceFile } from '../analysis/syntax/source-file.ts';
import { returnedExpressions } from '../analysis/flow/paths.ts';
import { createEvaluator } from '../analysis/values/evaluate.ts';
import { knownText, type Value } from '../analysis/values/values.ts';
import { valueNamed } from '../analysis/syntax/objects.ts';

export interface NextConfig {
  readonly basePath: string;
  readonly locales: readonly string[];
  readonly pageExtensions: readonly string[];
  /** `annotation`: for what says `'use memo'` alone. Undefined where it is computed. */
  readonly reactCompiler: boolean | 'annotation' | undefined;
}

/** In the order in which Next.js looks (vercel/next.js packages/next/src/shared/lib/constants.ts). */
export const NEXT_CONFIG_NAMES = [
  'next.config.js',
  'next.config.mjs',
  'next.config.ts',
  'next.config.mts',
  'next.config.cjs',
];

const DEFAULT_EXTENSIONS = ['tsx', 'ts', 'jsx', 'js'];

/** Reads a parsed config; the defaults for what is absent or computed. */
export function nextConfigOf(file: SourceFile | undefined): NextConfig {
  const objects = file ? configObjects(file) : [];
  const evaluator = createEvaluator({ loader: noModules });
  const valueOf = (name: string): Value | undefined => {
    const node = objects.map((object) => valueNamed(object, name)).find((found) => found !== undefined);
    return file && node && evaluator.evaluate({ file, node });
  };
  const basePath = textOf(valueOf('basePath'))?.replace(/\/+$/u, '') ?? '';
  const extensions = textsOf(valueOf('pageExtensions')).map((each) => each.replace(/^\./u, ''));
  const compiler = valueOf('reactCompiler') ?? propertyOf(valueOf('experimental'), 'reactCompiler');
  return {
    basePath: basePath === '' || basePath.startsWith('/') ? basePath : `/${basePath}`,
    locales: textsOf(propertyOf(valueOf('i18n'), 'locales')),
    pageExtensions: extensions.length > 0 ? extensions : DEFAULT_EXTENSIONS,
    reactCompiler: compiler ? isTurnedOn(compiler) : false,
  };
}

function isTurnedOn(value: Value): NextConfig['reactCompiler'] {
  if (value.type === 'object')
    return textOf(propertyOf(value, 'compilationMode')) === 'annotation' ? 'annotation' : true;
  return value.type === 'literal' && typeof value.value === 'boolean' ? value.value : undefined;
}

const textOf = (value: Value | undefined): string | undefined => value && knownText(value);

const propertyOf = (value: Value | undefined, name: string): Value | undefined =>
  value?.type === 'object' ? value.properties.get(name)?.value : undefined;

const textsOf = (value: Value | undefined): string[] =>
  value?.type === 'array' ? value.items.flatMap((item) => textOf(item.value) ?? []) : [];

/**
 * The object literals that make up the exported config: through plugins (`withIntl(withMDX(config))`), functions of the phase, variables and
 * spreads. A plugin's own options are among them; they share no names with what is asked for here.
 */
function configObjects(file: SourceFile): TSESTree.ObjectExpression[] {
  const objects: TSESTree.ObjectExpression[] = [];
  const seen = new Set<Node>();
  const queue: Node[] = exportedExpressions(file.ast);
  for (let node = queue.shift(); node && seen.size < 500; node = queue.shift()) {
    const expression = unwrap(node);
    if (seen.has(expression)) continue;
    seen.add(expression);
    if (expression.type === 'ObjectExpression') {
      objects.push(expression);
      for (const property of expression.properties)
        if (property.type === 'SpreadElement') queue.push(property.argument);
    } else queue.push(...partsOf(expression, file));
  }
  return objects;
}

function partsOf(expression: Node, file: SourceFile): Node[] {
  switch (expression.type) {
    case 'Identifier': {
      const definition = definitionOf({ file, node: expression }, noModules);
      return definition.kind === 'value' && definition.path.length === 0 ? [definition.node] : [];
    }
    case 'CallExpression':
      return [...expression.arguments, expression.callee];
    case 'ConditionalExpression':
      return [expression.consequent, expression.alternate];
    case 'LogicalExpression':
      return [expression.left, expression.right];
    // exports = module.exports = config
    case 'AssignmentExpression':
      return [expression.right];
    case 'AwaitExpression':
      return [expression.argument];
    default:
      return isFunction(expression) ? returnedExpressions(expression) : [];
  }
}

function exportedExpressions(program: TSESTree.Program): Node[] {
  return program.body.flatMap((statement): Node[] => {
    if (statement.type === 'ExportDefaultDeclaration') return [statement.declaration];
    if (statement.type === 'TSExportAssignment') return [statement.expression];
    if (statement.type !== 'ExpressionStatement' || statement.expression.type !== 'AssignmentExpression') return [];
    const { left, right } = statement.expression;
    const isExports =
      left.type === 'MemberExpression'
        ? propertyName(left) === 'exports'
        : left.type === 'Identifier' && left.name === 'exports';
    return isExports ? [right] : [];
  });
}
