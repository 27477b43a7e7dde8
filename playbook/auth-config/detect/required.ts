/** Code that throws without a value: `if (!x) throw …`, `assert(x)`, a helper that does either. */
import type { TSESTree } from '@typescript-eslint/types';
import { type Node, hasNode, isFunction } from '../../../analysis/syntax/ast.ts';
import { type Located, definitionOf } from '../../../analysis/syntax/bindings/definitions.ts';
import type { ModuleLoader } from '../../../analysis/syntax/bindings/modules.ts';
import { onlyThrows } from '../../../analysis/flow/exceptions/only-throws.ts';
import { mayComplete } from '../../../analysis/flow/reachability.ts';
import { readsOf, variableOf } from '../../../analysis/syntax/bindings/scopes.ts';
import { knownDefinition } from '../../libraries/index.ts';

/** Whether `if (!x) throw …`, or its like, is anywhere for a variable. */
export function isWanted({ file, node }: Located, loader: ModuleLoader): boolean {
  const variable = node.type === 'Identifier' ? variableOf(file, node) : undefined;
  return variable !== undefined && readsOf(variable).some((use) => isGuard({ file, node: use }, loader));
}

function isGuard({ file, node: use }: Located, loader: ModuleLoader): boolean {
  for (let current = use, { parent } = current; parent; current = parent, { parent } = current) {
    if (parent.type === 'IfStatement') return neverReturns({ file, node: parent.consequent }, loader);
    if (parent.type === 'CallExpression' && isAsserted({ file, node: parent }, current, loader)) return true;
    // `x || fail()`
    if (
      parent.type === 'LogicalExpression' &&
      parent.left === current &&
      neverReturns({ file, node: parent.right }, loader)
    )
      return true;
    if (!parent.type.endsWith('Expression')) return false;
  }
  return false;
}

/** Whether a call is an assertion of its first argument. */
export function isAsserted(
  { file, node }: Located<TSESTree.CallExpression>,
  argument: Node,
  loader: ModuleLoader,
): boolean {
  if (node.arguments[0] !== argument) return false;
  const definition = definitionOf({ file, node: node.callee }, loader);
  if (definition.kind === 'export') return knownDefinition(definition, loader)?.entry.asserts === true;
  // `function assert(value: unknown): asserts value`
  const type = definition.kind === 'value' && isFunction(definition.node) ? definition.node.returnType : undefined;
  return type?.typeAnnotation.type === 'TSTypePredicate' && type.typeAnnotation.asserts;
}

/** Whether a statement or an expression ends in an error: `throw`, or the call of a function that does nothing else. */
export function neverReturns({ file, node }: Located, loader: ModuleLoader): boolean {
  const ends = (expression: Node): boolean => onlyThrows({ file, node: expression }, loader);
  return node.type.endsWith('Statement') ? !mayComplete(node, { ends }) && !mayReturn(node) : ends(node);
}

const mayReturn = (statement: Node): boolean => hasNode(statement, ({ type }) => type === 'ReturnStatement');
