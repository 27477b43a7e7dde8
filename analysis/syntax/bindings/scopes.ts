/** Which variable an identifier stands for, JSX names included, whatever parser made the scopes. */
import type { Scope, Variable } from '@typescript-eslint/scope-manager';
import type { TSESTree } from '@typescript-eslint/types';
import type { Node } from '../ast.ts';
import type { SourceFile } from '../source-file.ts';

export type { Scope, Variable };

/** Nodes that no scope begins with. Most between a name and its scope are such, and the manager, which looks each of them up, need not be asked. */
const WITHOUT_SCOPE: ReadonlySet<string> = new Set([
  'ArrayExpression',
  'AssignmentExpression',
  'AwaitExpression',
  'BinaryExpression',
  'CallExpression',
  'ChainExpression',
  'ConditionalExpression',
  'ExpressionStatement',
  'Identifier',
  'IfStatement',
  'JSXAttribute',
  'JSXElement',
  'JSXExpressionContainer',
  'JSXFragment',
  'JSXIdentifier',
  'JSXOpeningElement',
  'LogicalExpression',
  'MemberExpression',
  'NewExpression',
  'ObjectExpression',
  'Property',
  'ReturnStatement',
  'TemplateLiteral',
  'UnaryExpression',
  'VariableDeclaration',
  'VariableDeclarator',
]);

/** The value of a class field, whatever it is, is a scope of its own. */
const mayBeginScope = ({ parent, type }: Node): boolean =>
  !WITHOUT_SCOPE.has(type) || parent?.type === 'PropertyDefinition' || parent?.type === 'AccessorProperty';

/** The innermost scope around a node. */
function scopeOf(file: SourceFile, node: Node): Scope | undefined {
  for (let current: Node | undefined = node; current; current = current.parent) {
    if (!mayBeginScope(current)) continue;
    const scope = file.scopes.acquire(current, true);
    if (scope) return scope.type === 'function-expression-name' ? (scope.childScopes[0] ?? scope) : scope;
  }
  return file.scopes.globalScope ?? undefined;
}

/** Every rule asks for the same names again. */
const variables = new WeakMap<Node, Variable | null>();

/** The variable that an identifier (or JSX name) refers to; undefined for a global that no code declares. */
export function variableOf(
  file: SourceFile,
  identifier: TSESTree.Identifier | TSESTree.JSXIdentifier,
): Variable | undefined {
  let variable = variables.get(identifier);
  if (variable === undefined) variables.set(identifier, (variable = findVariable(file, identifier) ?? null));
  return variable ?? undefined;
}

function findVariable(
  file: SourceFile,
  identifier: TSESTree.Identifier | TSESTree.JSXIdentifier,
): Variable | undefined {
  for (let scope: Scope | null | undefined = scopeOf(file, identifier); scope; scope = scope.upper) {
    const variable = scope.set.get(identifier.name);
    if (variable && variable.defs.length > 0) return variable;
  }
  return undefined;
}

/** Whether an expression is one of the names that JavaScript, or its host, gives: no code of the file declares it. */
export const isGlobal = (file: SourceFile, node: Node, ...names: readonly string[]): boolean =>
  node.type === 'Identifier' && names.includes(node.name) && !variableOf(file, node);

/** Whether some scope of a file declares a name. */
export const isNameTaken = ({ scopes }: SourceFile, name: string): boolean =>
  scopes.scopes.some(({ set }) => set.has(name));

/** Where a variable is read as a value, JSX names included, types left out. */
export function readsOf(variable: Variable): Node[] {
  return variable.references
    .filter((reference) => reference.isRead() && (reference.isValueReference as boolean | undefined) !== false)
    .map(({ identifier }) => identifier);
}
