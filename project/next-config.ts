/** What `next.config.*` says in literals. The file is read, never run. */
import type { TSESTree } from '@typescript-eslint/types';
import {
  isFunction,
  literalText,
  propertyName,
  unwrap,
  walk,
  walkOwnCode,
  type FunctionNode,
  type Node,
} from '../analysis/syntax/ast.ts';
import type { SourceFile } from '../analysis/syntax/source-file.ts';

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
  const objects = file ? configObjects(file.ast) : [];
  const basePath = literalText(valueOf(objects, 'basePath'))?.replace(/\/+$/u, '') ?? '';
  const extensions = textsOf(valueOf(objects, 'pageExtensions')).map((each) => each.replace(/^\./u, ''));
  const compiler = valueOf(objects, 'reactCompiler') ?? valueOf(objectsIn(objects, 'experimental'), 'reactCompiler');
  return {
    basePath: basePath === '' || basePath.startsWith('/') ? basePath : `/${basePath}`,
    locales: textsOf(valueOf(objectsIn(objects, 'i18n'), 'locales')),
    pageExtensions: extensions.length > 0 ? extensions : DEFAULT_EXTENSIONS,
    reactCompiler: compiler ? isTurnedOn(compiler) : false,
  };
}

function isTurnedOn(node: Node): NextConfig['reactCompiler'] {
  if (node.type === 'ObjectExpression')
    return literalText(valueOf([node], 'compilationMode')) === 'annotation' ? 'annotation' : true;
  return node.type === 'Literal' && typeof node.value === 'boolean' ? node.value : undefined;
}

/**
 * The object literals that make up the exported config: through plugins (`withIntl(withMDX(config))`), functions of the phase, variables and
 * spreads. A plugin's own options are among them; they share no names with what is asked for here.
 */
function configObjects(program: TSESTree.Program): TSESTree.ObjectExpression[] {
  const objects: TSESTree.ObjectExpression[] = [];
  const seen = new Set<Node>();
  const queue: Node[] = exportedExpressions(program);
  for (let node = queue.shift(); node && seen.size < 500; node = queue.shift()) {
    const expression = unwrap(node);
    if (seen.has(expression)) continue;
    seen.add(expression);
    if (expression.type === 'ObjectExpression') {
      objects.push(expression);
      for (const property of expression.properties)
        if (property.type === 'SpreadElement') queue.push(property.argument);
    } else queue.push(...partsOf(expression, program));
  }
  return objects;
}

function partsOf(expression: Node, program: TSESTree.Program): Node[] {
  switch (expression.type) {
    case 'Identifier':
      return definitionsOf(program, expression.name);
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
      return isFunction(expression) ? returnedBy(expression) : [];
  }
}

function returnedBy(node: FunctionNode): Node[] {
  if (node.body.type !== 'BlockStatement') return [node.body];
  const returned: Node[] = [];
  walkOwnCode(node, (each) => {
    if (each.type === 'ReturnStatement' && each.argument) returned.push(each.argument);
  });
  return returned;
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

function definitionsOf(program: TSESTree.Program, name: string): Node[] {
  const definitions: Node[] = [];
  walk(program, (node) => {
    if (node.type === 'VariableDeclarator' && node.init && node.id.type === 'Identifier' && node.id.name === name) {
      definitions.push(node.init);
    } else if (node.type === 'FunctionDeclaration' && node.id?.name === name) definitions.push(node);
  });
  return definitions;
}

function valueOf(objects: readonly TSESTree.ObjectExpression[], name: string): Node | undefined {
  for (const { properties } of objects) {
    for (const property of properties) {
      if (property.type === 'Property' && propertyName(property) === name) return unwrap(property.value);
    }
  }
  return undefined;
}

function objectsIn(objects: readonly TSESTree.ObjectExpression[], name: string): TSESTree.ObjectExpression[] {
  const value = valueOf(objects, name);
  return value?.type === 'ObjectExpression' ? [value] : [];
}

function textsOf(node: Node | undefined): string[] {
  if (node?.type !== 'ArrayExpression') return [];
  return node.elements.flatMap((element) => (element ? (literalText(unwrap(element)) ?? []) : []));
}
