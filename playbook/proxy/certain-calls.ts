/** Whether a call is made in every request, and its failure reaches the user: no `catch` around it, no test before it that asks for the route. */
import type { TSESTree } from '@typescript-eslint/types';
import { type Node, hasNode, isFunction, propertyName, unwrap } from '../../analysis/syntax/ast.ts';
import { type Located, definitionOf } from '../../analysis/syntax/bindings.ts';
import { declarationOf } from '../../analysis/syntax/declarations.ts';
import type { ModuleLoader } from '../../analysis/syntax/modules.ts';
import { variableOf } from '../../analysis/syntax/scopes.ts';
import type { SourceFile } from '../../analysis/syntax/source-file.ts';

/**
 * False for a call (or an element) under any condition, for one whose failure is caught, and for one behind an exit that the app's mode or the
 * request's headers decide: apps skip `withAuth()` in such ways where they know that no proxy has run.
 */
export function isCertain({ file, node }: Located, loader: ModuleLoader): boolean {
  for (let current: Node = node; current.parent && !isFunction(current); current = current.parent) {
    const { parent } = current;
    if (isConditional(current, parent) || isCaught(current, parent)) return false;
    if (parent.type === 'BlockStatement' || parent.type === 'Program') {
      const before = parent.body.slice(0, parent.body.indexOf(current as TSESTree.Statement));
      if (before.some((statement) => isModeExit(statement, file, loader))) return false;
    }
  }
  return true;
}

function isConditional(node: Node, parent: Node): boolean {
  switch (parent.type) {
    case 'IfStatement':
    case 'ConditionalExpression':
    case 'SwitchStatement':
    case 'WhileStatement':
      return node !== ('test' in parent ? parent.test : parent.discriminant);
    case 'LogicalExpression':
    case 'AssignmentPattern':
      return node === parent.right;
    case 'ForStatement':
    case 'ForOfStatement':
    case 'ForInStatement':
      return node === parent.body;
    case 'CatchClause':
    case 'SwitchCase':
      return true;
    default:
      return false;
  }
}

function isCaught(node: Node, parent: Node): boolean {
  if (parent.type === 'TryStatement')
    return node === parent.block && parent.handler !== null && !rethrows(parent.handler);
  // withAuth().catch(() => null), Promise.allSettled([withAuth()])
  if (parent.type === 'MemberExpression' && node === parent.object) {
    const call = parent.parent;
    const isCalled = call.type === 'CallExpression' && call.callee === parent;
    const method = propertyName(parent);
    return isCalled && (method === 'catch' || (method === 'then' && call.arguments.length > 1));
  }
  const callee = parent.type === 'CallExpression' && node !== parent.callee ? unwrap(parent.callee) : undefined;
  return callee?.type === 'MemberExpression' && propertyName(callee) === 'allSettled';
}

const rethrows = ({ body }: TSESTree.CatchClause): boolean => body.body.some(({ type }) => type === 'ThrowStatement');

const EXITS = new Set(['ReturnStatement', 'ThrowStatement']);

/** `if (isLocalDev()) return MOCK_USER;`: a way out before the call, whose test asks the environment, the headers, or other modules. */
function isModeExit(statement: Node, file: SourceFile, loader: ModuleLoader): boolean {
  if (statement.type !== 'IfStatement' || !hasNode(statement, ({ type }) => EXITS.has(type))) return false;
  return asksForMode(statement.test, file, loader, 3);
}

function asksForMode(node: Node, file: SourceFile, loader: ModuleLoader, depth: number): boolean {
  return hasNode(node, (each) => {
    if (each.type === 'MemberExpression') return propertyName(each) === 'env' || propertyName(each) === 'headers';
    if (each.type !== 'Identifier' || depth === 0) return false;
    const variable = variableOf(file, each);
    const declaration = variable && declarationOf(variable);
    if (declaration?.kind === 'value') return asksForMode(declaration.node, file, loader, depth - 1);
    if (declaration?.kind !== 'import') return false;
    const definition = definitionOf({ file, node: each }, loader);
    // A check of the request's body by a library says nothing of the mode; a module of the project, or the headers, may.
    return definition.kind !== 'export' || /^(?:next\/headers|[@~#.]\/)/u.test(definition.module);
  });
}
