/** How a variable gets its value: the first half of following a binding. */
import type { TSESTree } from '@typescript-eslint/types';
import { onceFor } from '../../once.ts';
import { type FunctionNode, type Node, propertyName } from '../ast.ts';
import type { Variable } from './scopes.ts';

/** A step into a value: a property or index by its name, or what a rest element leaves over. */
export type Step = string | { readonly omit: readonly string[] };
export type Path = readonly Step[];

export type Declaration =
  /** `const { a: { b } } = node` declares `b` with the path `['a', 'b']`. */
  | { readonly kind: 'value'; readonly node: Node; readonly path: Path; readonly fallback?: Node | undefined }
  /** `for (const x of items)`. */
  | {
      readonly kind: 'element';
      readonly loop: TSESTree.ForOfStatement;
      readonly path: Path;
      readonly fallback?: Node | undefined;
    }
  | { readonly kind: 'import'; readonly module: string; readonly name: string; readonly node: Node }
  | {
      readonly kind: 'parameter';
      readonly function: FunctionNode;
      readonly index: number;
      readonly path: Path;
      readonly fallback?: Node | undefined;
    }
  | {
      readonly kind: 'declared';
      readonly node:
        FunctionNode | TSESTree.ClassDeclaration | TSESTree.TSEnumDeclaration | TSESTree.TSModuleDeclaration;
    }
  /** `let x;` */
  | { readonly kind: 'empty' }
  /** A catch binding, a type, something declared twice. */
  | { readonly kind: 'unknown' };

const UNKNOWN: Declaration = { kind: 'unknown' };

/** How a variable is declared. Says nothing of later assignments: see `writesOf`. */
export const declarationOf = onceFor((variable: Variable): Declaration => {
  // `type Route = …` next to `const Route = …` shares the name, and says nothing of the value.
  const definitions = variable.defs.filter(({ type }) => (type as string) !== 'Type');
  // An overloaded function has one definition a signature; the last one has the body.
  const definition = definitions.at(-1);
  if (!definition) return UNKNOWN;
  const node = definition.node as Node;
  switch (node.type) {
    case 'ImportSpecifier':
    case 'ImportDefaultSpecifier':
    case 'ImportNamespaceSpecifier':
      return importDeclaration(node);
    case 'FunctionDeclaration':
    case 'FunctionExpression':
    case 'ArrowFunctionExpression':
      return definition.name === node.id ? { kind: 'declared', node } : parameterDeclaration(node, definition.name);
    case 'ClassDeclaration':
    case 'TSEnumDeclaration':
      return { kind: 'declared', node };
    // Two namespaces of one name, or one that adds to a function, are merged.
    case 'TSModuleDeclaration':
      return definitions.length > 1 ? UNKNOWN : { kind: 'declared', node };
    case 'VariableDeclarator':
      return definitions.length > 1 ? UNKNOWN : declaratorDeclaration(node, definition.name);
    // A member of an enum by its bare name, in the value of another.
    case 'TSEnumMember':
      return node.initializer ? { kind: 'value', node: node.initializer, path: [] } : UNKNOWN;
    case 'TSImportEqualsDeclaration':
      return node.moduleReference.type === 'TSExternalModuleReference' && node.importKind !== 'type'
        ? { kind: 'import', module: node.moduleReference.expression.value, name: '*', node }
        : UNKNOWN;
    default:
      return UNKNOWN;
  }
});

/** Assignments to a variable after its declaration, in source order. */
export const writesOf = onceFor((variable: Variable): readonly Node[] =>
  variable.references
    .filter((reference) => reference.isWrite() && reference.init !== true)
    .map(({ identifier }) => identifier),
);

function importDeclaration(
  node: TSESTree.ImportDefaultSpecifier | TSESTree.ImportNamespaceSpecifier | TSESTree.ImportSpecifier,
): Declaration {
  const declaration = node.parent;
  if (declaration.type !== 'ImportDeclaration' || declaration.importKind === 'type') return UNKNOWN;
  const module = declaration.source.value;
  if (node.type === 'ImportNamespaceSpecifier') return { kind: 'import', module, name: '*', node };
  if (node.type === 'ImportDefaultSpecifier') return { kind: 'import', module, name: 'default', node };
  if (node.importKind === 'type') return UNKNOWN;
  const name = node.imported.type === 'Identifier' ? node.imported.name : node.imported.value;
  return { kind: 'import', module, name, node };
}

function declaratorDeclaration(node: TSESTree.VariableDeclarator, name: Node): Declaration {
  const found = findInPattern(node.id, name);
  if (!found) return UNKNOWN;
  const statement = node.parent;
  // `declare const x: string` has its value from elsewhere.
  if (statement.declare) return UNKNOWN;
  const loop = statement.parent;
  if ((loop.type === 'ForOfStatement' || loop.type === 'ForInStatement') && loop.left === statement) {
    return loop.type === 'ForOfStatement' ? { kind: 'element', loop, ...found } : UNKNOWN;
  }
  return node.init ? { kind: 'value', node: node.init, ...found } : { kind: 'empty' };
}

function parameterDeclaration(node: FunctionNode, name: Node): Declaration {
  for (const [index, parameter] of node.params.entries()) {
    const pattern = parameter.type === 'TSParameterProperty' ? parameter.parameter : parameter;
    const found = findInPattern(pattern, name);
    if (found) return { kind: 'parameter', function: node, index, ...found };
  }
  return UNKNOWN;
}

interface InPattern {
  readonly path: Path;
  /** The default value (`= …`) nearest to the name. */
  readonly fallback?: Node | undefined;
}

function findInPattern(pattern: Node, name: Node): InPattern | undefined {
  if (pattern === name) return { path: [] };
  switch (pattern.type) {
    case 'AssignmentPattern': {
      const found = findInPattern(pattern.left, name);
      return found && { path: found.path, fallback: found.path.length === 0 ? pattern.right : found.fallback };
    }
    case 'ObjectPattern':
      return findInObjectPattern(pattern, name);
    case 'ArrayPattern': {
      for (const [index, element] of pattern.elements.entries()) {
        const found = element && element.type !== 'RestElement' ? findInPattern(element, name) : undefined;
        if (found) return prefixed(String(index), found);
      }
      return undefined;
    }
    case 'RestElement':
      return findInPattern(pattern.argument, name);
    default:
      return undefined;
  }
}

function findInObjectPattern(pattern: TSESTree.ObjectPattern, name: Node): InPattern | undefined {
  const keys: string[] = [];
  for (const property of pattern.properties) {
    if (property.type === 'RestElement') {
      const found = findInPattern(property.argument, name);
      if (found) return prefixed({ omit: keys }, found);
      continue;
    }
    const key = propertyName(property);
    const found = findInPattern(property.value, name);
    if (found) return key === undefined ? undefined : prefixed(key, found);
    if (key !== undefined) keys.push(key);
  }
  return undefined;
}

const prefixed = (step: Step, { path, fallback }: InPattern): InPattern => ({ path: [step, ...path], fallback });

/** The parameter list entry's own default: `f(a = 1)`, `f({ x } = {})`. */
export function parameterDefault(node: FunctionNode, index: number): Node | undefined {
  const parameter = node.params[index];
  return parameter?.type === 'AssignmentPattern' ? parameter.right : undefined;
}

/** Whether a parameter is `...rest`. */
export function isRestParameter(node: FunctionNode, index: number): boolean {
  return node.params[index]?.type === 'RestElement';
}
